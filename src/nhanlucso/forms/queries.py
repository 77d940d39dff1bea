"""Reading forms: which there are, what is bound, what stands in the blanks for a unit and a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from nhanlucso.files.reading import whole
from nhanlucso.forms.enums import Part, Span, Text
from nhanlucso.forms.models import FormBinding, ReportForm
from nhanlucso.forms.rules import Measured, Proposal, number_of, proposals, sure, words_of
from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.indicators.definitions import definition, definitions
from nhanlucso.indicators.figures import QUALIFIER_WORDS
from nhanlucso.indicators.queries import Ask, Wanted, ask, figure_sets
from nhanlucso.indicators.rules import Figure
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.numbers import rounded_share, vi_date
from nhanlucso.kernel.periods import Period, previous, year_before, year_to_date
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import fold
from nhanlucso.orgs.queries import history, reach
from nhanlucso.papers.forms import Layout, Spot, read_form


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


def proposed(scope: Scope, spots: Sequence[Spot], on: date) -> dict[str, list[Proposal]]:
    """Figures that the words around blanks ask for, by the name of the blank. A row may name a unit in reach."""
    past, inside = history(), reach(scope.to(Permission.SEE_FIGURES))
    units = {
        fold(version.name): unit
        for unit in past.closure(on)
        if inside.holds(unit)
        and (version := past.version(unit, on)) is not None
        and version.kind != "village"
    }
    known = measured()
    return {spot.name: proposals(spot, known, units) for spot in spots}


def clear_proposals(scope: Scope, form: ReportForm, on: date) -> dict[str, Proposal]:
    """The proposals that are clearly the likeliest, by the blank, for all that nothing was said of."""
    bound = set(form.bindings.values_list("spot", flat=True))
    spots = [spot for name, spot in layout_of(form).spots.items() if name not in bound]
    found = {name: sure(those) for name, those in proposed(scope, spots, on).items()}
    return {name: one for name, one in found.items() if one is not None}


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in a blank: as words, as a number where it is one; `unknown`: there is no figure. With a figure the
    unit, period and tree that it is asked of, so that it can be opened."""

    words: str
    number: float | None = None
    code: str = ""
    unit: int = 0
    period: str = ""
    tree: str = ""
    figure: Figure | None = None
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Filling:
    """Who fills a form in, for which period."""

    unit: int
    name: str
    period: Period
    calendar: str
    asked: Ask
    day: date


def filled(scope: Scope, form: ReportForm, layout: Layout, filling: Filling) -> dict[str, Filled]:
    """What stands in every bound blank that the form still has, by its name.

    All windows are read on the one tree of the period, so that an earlier one is that of the same unit. A unit that is
    not there on that tree, or an indicator that is gone, has no figure. Raises Unit.DoesNotExist for a unit outside
    the scope.
    """
    bindings = [b for b in form.bindings.order_by("pk") if b.spot in layout.spots]
    done = {b.spot: Filled(_text(b.code, filling)) for b in bindings if b.code in Text.values}
    groups: dict[tuple[str, int], list[FormBinding]] = {}
    for binding in bindings:
        if binding.code not in Text.values:
            groups.setdefault((binding.span, binding.unit_id or filling.unit), []).append(binding)
    asked = {key: _wanted(key, group, filling) for key, group in groups.items()}
    ready = {key: wanted for key, wanted in asked.items() if wanted is not None}
    sets = figure_sets(scope, list(ready.values())) if ready else []
    figures = {
        (key, figure.indicator.code): figure
        for key, found in zip(ready, sets, strict=True)
        for figure in found[key[1]]
    }
    for key, group in groups.items():
        for binding in group:
            spot = layout.spots[binding.spot]
            done[binding.spot] = _figure(binding, spot, key, figures.get((key, binding.code)), filling)
    return done


def _wanted(key: tuple[str, int], group: Sequence[FormBinding], filling: Filling) -> Wanted | None:
    span, unit = key
    period = spanned(span, filling.period, filling.calendar)
    if period is None or history().version(unit, filling.asked.tree) is None:
        return None
    codes = dict.fromkeys(binding.code for binding in group)
    indicators = [one for code in codes if (one := _known(code, filling.asked.window.b)) is not None]
    if not indicators:
        return None
    return Wanted(ask(period, filling.calendar, filling.asked.tree.isoformat()), indicators, [unit])


def _known(code: str, on: date) -> Indicator | None:
    try:
        return definition(code, on)
    except Refused:
        return None


def spanned(span: str, period: Period, calendar: str) -> str | None:
    """The period that a span means, as it is written; None where there is none before. Public: plain values."""
    if span == Span.TO_DATE:
        return year_to_date(period, calendar)
    earlier = {Span.YEAR_BEFORE: year_before, Span.PREVIOUS: previous}.get(Span(span))
    if earlier is None:
        return period.text
    found = earlier(period)
    return found.text if found else None


def _text(code: str, filling: Filling) -> str:
    return {
        Text.UNIT: filling.name,
        Text.PERIOD: filling.period.label,
        Text.DAY: vi_date(filling.day),
    }[Text(code)]


def _figure(
    binding: FormBinding, spot: Spot, key: tuple[str, int], figure: Figure | None, filling: Filling
) -> Filled:
    span, unit = key
    period = spanned(span, filling.period, filling.calendar) or ""
    tree = filling.asked.tree.isoformat()
    if figure is None:
        return Filled("", None, binding.code, unit, period, tree, None, unknown=True)
    number = number_of(binding.part, figure.value, figure.numerator, figure.denominator)
    if number is None:
        return Filled("", None, binding.code, unit, period, tree, figure, unknown=True)
    whole_part = binding.part == Part.VALUE
    is_share = figure.indicator.is_share and whole_part
    number = float(rounded_share(number)) if is_share else number
    qualifier = QUALIFIER_WORDS[figure.qualifier] if whole_part else ""
    words = words_of(number, qualifier, percent=is_share and not (spot.says_percent or spot.percent))
    exact = None if qualifier else number
    return Filled(words, exact, binding.code, unit, period, tree, figure)
