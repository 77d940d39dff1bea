"""Which forms there are, what they hold, what the words around their blanks ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.models import Count, Q, QuerySet

from nhanlucso.files.reading import whole
from nhanlucso.forms.models import ReportForm
from nhanlucso.forms.rules.naming import bare, name_of, names_a_village
from nhanlucso.forms.rules.proposals import Measured, Proposal, proposals, sure
from nhanlucso.indicators.definitions import definitions
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.enums import UnitKind
from nhanlucso.orgs.queries import history, reach
from nhanlucso.papers.forms import DAY, Layout, Spot, read_form


def visible_forms(scope: Scope) -> QuerySet[ReportForm]:
    """The forms of units in reach and those that are shared, the newest first; `bound`: how many blanks are."""
    looking = scope.to(Permission.SEE_FIGURES)
    if looking.is_empty:
        return ReportForm.objects.none()
    found = ReportForm.objects.all()
    if not looking.everything:
        found = found.filter(Q(shared=True) | reach(looking).rows("unit"))
    return found.select_related("upload", "unit").annotate(bound=Count("bindings")).order_by("-at", "-pk")


def visible_form(scope: Scope, form_id: int) -> ReportForm:
    """One of them; raises ReportForm.DoesNotExist otherwise."""
    return visible_forms(scope).get(pk=form_id)


def may_edit(scope: Scope, form: ReportForm) -> bool:
    """Whether the scope may say what stands in this form's blanks."""
    working = scope.to(Permission.SUBMIT_REPORTS)
    return not working.is_empty and reach(working).holds(form.unit_id)


def editable_form(scope: Scope, form_id: int) -> ReportForm:
    """A form that the scope may change. Raises Refused("not_allowed"), ReportForm.DoesNotExist outside the reach."""
    form = visible_form(scope.require(Permission.SUBMIT_REPORTS), form_id)
    if not may_edit(scope, form):
        raise ReportForm.DoesNotExist
    return form


def layout_of(form: ReportForm) -> Layout:
    """What the form holds, read from its file. Public: a blank form, no record. Raises Refused("damaged_file")."""
    return read_form(whole(form.upload))


def measured() -> list[Measured]:
    """Every indicator as blanks are compared with it. Public: definitions, no record."""
    return [
        Measured(one.code, str(one.name), one.measure.value, one.is_share)
        for one in definitions(None).values()
    ]


def naming() -> Callable[[str], bool]:
    """Tells whether words are the name of a unit, of today or of the past. Public: names of units."""
    known: set[str] = set()
    for versions in history().versions.values():
        for version in versions:
            if version.kind != UnitKind.VILLAGE:
                key = name_of(version.name)
                known |= {key, bare(key)}
    return lambda words: names_a_village(words) or name_of(words) in known


def proposed(scope: Scope, spots: Sequence[Spot]) -> dict[str, list[Proposal]]:
    """Figures that the words around blanks ask for, by the name of the blank."""
    scope.require(Permission.SUBMIT_REPORTS)
    known, names_unit = measured(), naming()
    alike: dict[tuple[object, ...], list[Proposal]] = {}
    found = {}
    for spot in spots:
        rows = tuple(
            "·" if names_unit(word) else word for word in spot.beside
        )  # a column of units is asked once
        asked = (rows, spot.above, spot.before, spot.after, spot.kind, spot.percent, spot.says_percent)
        if asked not in alike:
            alike[asked] = proposals(spot, known, names_unit)
        found[spot.name] = alike[asked]
    return found


def clear_proposals(scope: Scope, form: ReportForm, layout: Layout) -> dict[str, Proposal]:
    """The proposals that are clearly the likeliest, by the blank, for all that nothing was said of. The day of a
    paper is for whoever signs it."""
    bound = set(form.bindings.values_list("spot", flat=True))
    spots = [spot for name, spot in layout.spots.items() if name not in bound and spot.kind != DAY]
    found = {name: sure(those) for name, those in proposed(scope, spots).items()}
    return {name: one for name, one in found.items() if one is not None}


def line_of(layout: Layout, spot: Spot) -> list[Spot]:
    """The blanks of the same column whose rows name a unit (of the same row, where its columns do); this one alone
    where none does. Public: a blank form and names of units."""
    names_unit = naming()
    across = not any(map(names_unit, spot.beside)) and any(map(names_unit, spot.above))
    return [
        one
        for one in layout.spots.values()
        if (one.row == spot.row if across else one.column == spot.column)
        and any(map(names_unit, one.above if across else one.beside))
    ] or [spot]
