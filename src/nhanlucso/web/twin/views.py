"""One indicator on the boundary of then and of now."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.indicators.definitions import definitions
from nhanlucso.indicators.queries import Ask, ask
from nhanlucso.indicators.twin import Twins, twins
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.periods import DECREE, Period, parse_period, year_before
from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.queries import history
from nhanlucso.web.kit.asking import NOW, Question, question, scope_of
from nhanlucso.web.kit.choices import bar, period_groups
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.frame import gone, indicator_or_404
from nhanlucso.web.kit.lists import Listing, listing
from nhanlucso.web.kit.periods import period_label
from nhanlucso.web.kit.wording import day, moment
from nhanlucso.web.twin.shown import Labels, Teller, sheet_head, sheet_rows

FIRST = "training.attendances"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared: the unit and later period of `question`, the earlier period, the indicator."""

    question: Question
    before: Period
    indicator: Indicator
    lead: int | None

    @property
    def windows(self) -> tuple[Ask, Ask]:
        calendar = self.question.calendar
        return ask(self.before.text, calendar), ask(self.question.period.text, calendar)

    @property
    def labels(self) -> Labels:
        return Labels(period_label(self.before), period_label(self.question.period))

    def query(self, **changed: str | int) -> str:
        """The same question with changes, as a query string."""
        words: dict[str, str | int] = {
            "unit": self.question.unit.pk,
            "indicator": self.indicator.code,
            "before": self.before.text,
            "period": self.question.period.text,
        }
        if self.question.calendar != DECREE:
            words["calendar"] = self.question.calendar
        return urlencode(words | changed)


@needs(Permission.SEE_FIGURES)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """A unit of now beside what it was, and all units below it."""
    asked = _asked(request)
    title = _("Đối chiếu địa giới")
    if asked is None:
        return render(request, "figures/empty.html", {"title": title})
    context: dict[str, object] = {
        "title": title,
        "crumbs": [(_("Chỉ số"), reverse("figures"))],
        "asked": asked,
        "question": asked.question,
        "bar": bar(scope_of(request), asked.question),
        "indicators": definitions(asked.question.asked.window.b).values(),
        "befores": period_groups(asked.before),
        "labels": asked.labels,
    }
    if asked.question.valid:
        context |= _report(request, asked)
    else:
        context["gone"] = gone(request, asked.question)
    return render(request, "twin/page.html", context)


@needs(Permission.EXPORT_LISTS)
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The table as a file."""
    asked = _asked(request)
    if asked is None or not asked.question.valid:
        raise Http404
    held = _twins(request, asked)
    teller = Teller(held, asked.labels)
    rows = [teller.row(twin) for twin in (held.own, *held.below)]
    notes = [str(asked.indicator.name), str(asked.indicator.definition), teller.headline(), _trees(held)]
    return listing(
        request,
        Listing(
            _("Đối chiếu địa giới: %(unit)s") % {"unit": held.own.version.name},
            sheet_head(asked.labels),
            sheet_rows(rows),
            notes,
            subject=("indicator", asked.indicator.code),
        ),
    )


def _asked(request: HttpRequest) -> Asked | None:
    found = question(request)
    if found is None:
        return None
    given = request.GET.get("before", "")
    before = parse_period(given) if given else (year_before(found.period) or found.period)
    if (
        before.window(found.calendar)[1] > found.asked.window.b
    ):  # the earlier one stands first, however it was asked
        before, found = found.period, replace(found, period=before, asked=ask(before.text, found.calendar))
    indicator = indicator_or_404(request.GET.get("indicator") or FIRST, found.asked.window.b)
    lead = request.GET.get("lead", "")
    return Asked(_as_now(found, before), before, indicator, int(lead) if lead.isdecimal() else None)


def _as_now(found: Question, before: Period) -> Question:
    """The question on the tree of now, which is of no day before the end of either period."""
    now = max(today(), found.asked.window.b, before.window(found.calendar)[1])
    version = history().version(found.unit.pk, now)
    return replace(
        found,
        tree=NOW,
        asked=Ask(found.asked.window, now),
        version=version or found.version,
        valid=bool(version),
    )


def _twins(request: HttpRequest, asked: Asked) -> Twins:
    return twins(
        scope_of(request),
        asked.indicator,
        asked.question.unit.pk,
        asked.windows,
        asked.question.asked.tree,
        asked.lead,
    )


def _report(request: HttpRequest, asked: Asked) -> dict[str, object]:
    held = _twins(request, asked)
    teller = Teller(held, asked.labels)
    here = request.path
    return {
        "held": held,
        "headline": teller.headline(),
        "chart": teller.chart(),
        "old": [(row, f"{here}?{asked.query(lead=row.unit)}") for row in teller.old_rows()],
        "together": teller.together(),
        "row": teller.row(held.own),
        "below": [teller.row(twin, f"{here}?{asked.query(unit=twin.version.unit)}") for twin in held.below],
        "trees": _trees(held),
        "as_of": moment(held.own.later.as_of),
        "export_query": asked.query(),
    }


def _trees(held: Twins) -> str:
    return _("Khi đó: địa giới ngày %(then)s. Nay: địa giới ngày %(now)s.") % {
        "then": day(held.then.tree),
        "now": day(held.later.tree),
    }
