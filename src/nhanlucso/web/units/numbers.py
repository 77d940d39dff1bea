"""What the figures say of a unit: a few of them, and a map of its communes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from nhanlucso.indicators.catalogue import INDICATORS
from nhanlucso.indicators.figures import as_json
from nhanlucso.indicators.queries import Ask, ask, busy_years, figures
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.periods import Period, parse_period
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs import catalogue
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history, reach
from nhanlucso.orgs.rules import Version
from nhanlucso.web.kit.asking import NOW, THEN, default_period
from nhanlucso.web.kit.charts import Chart, MapPoint, points_map
from nhanlucso.web.kit.periods import period_label

CODES = ("staff.headcount", "coverage.basic", "teams.count", "teams.village_coverage")
_STAFF, _SHARE = INDICATORS["staff.headcount"], INDICATORS["coverage.basic"]


@dataclass(frozen=True, slots=True)
class Card:
    """A figure with its name and the address behind it."""

    code: str
    label: str
    figure: dict[str, object]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The figures of a unit in a period; `query` asks the same of other pages. No cards: it is not valid then."""

    period: str
    query: str
    cards: list[Card]
    chart: Chart | None


def unit_numbers(scope: Scope, unit: int) -> Numbers:
    """Figures of the period that figures begin with, on the tree of then if the unit was valid."""
    period = _period(unit)
    asked, tree = ask(period.text), THEN
    if history().version(unit, asked.tree) is None:
        asked, tree = ask(period.text, tree=str(max(today(), asked.window.b))), NOW
    query = f"unit={unit}&period={period.text}&tree={tree}"
    cards: list[Card] = []
    chart = None
    if history().version(unit, asked.tree) is not None:
        found = figures(scope, asked, [INDICATORS[code] for code in CODES], [unit])[unit]
        cards = [
            Card(f.indicator.code, str(f.indicator.name), as_json(f, str(unit), period.text)) for f in found
        ]
        chart = _map(scope, asked, unit)
    return Numbers(period_label(period), query, cards, chart)


def _period(unit: int) -> Period:
    """The period that figures begin with; of a unit that has ended, the last one that it lived to the end of."""
    last = history().last_version(unit)
    if last is None or last.valid_to >= today():
        return parse_period(default_period(unit))
    years = busy_years(unit, last.valid_to)
    fullest = max((rows for rows, _day in years.values()), default=0)
    busy = [(year, day) for year, (rows, day) in years.items() if 2 * rows >= fullest]
    year, day = max(busy, default=(last.valid_to.year, last.valid_to))
    texts = [f"{year}-9M"] if day <= date(year, 9, 14) else []
    periods = map(parse_period, (*texts, f"{year}", f"{year}-9M", f"{year}-H1", f"{year}-Q1"))
    lived = (period for period in periods if period.window()[1] <= last.valid_to)
    return next(lived, parse_period(f"{year - 1}"))


def _map(scope: Scope, asked: Ask, unit: int) -> Chart | None:
    """The communes below a unit that have a point, sized by staff and coloured by share; None for fewer than two."""
    past, inside = history(), reach(scope)
    below = [past.version(u, asked.tree) for u in past.subtree(unit, asked.tree) if inside.holds(u)]
    communes = {v.unit: v for v in below if v is not None and v.kind == "commune"}
    places = _places(communes)
    if len(places) < 2:
        return None
    found = figures(scope, asked, [_STAFF, _SHARE], list(places))
    points = [
        MapPoint(communes[u].name, *place, found[u][0].value, found[u][1].value, reverse("unit", args=[u]))
        for u, place in places.items()
    ]
    title = _("Kỹ năng số cơ bản của cán bộ các xã, phường")
    return points_map(points, title, size_word=_("cán bộ, công chức"), share_word=_("tỷ lệ"))


def _places(communes: dict[int, Version]) -> dict[int, tuple[float, float]]:
    keys = Unit.objects.filter(pk__in=communes).exclude(catalogue_key="").values_list("pk", "catalogue_key")
    known = {entry.key: entry for entry in catalogue.entries()}
    linked = [(unit, known[key]) for unit, key in keys if key in known]
    return {u: (e.lon, e.lat) for u, e in linked if e.lon is not None and e.lat is not None}
