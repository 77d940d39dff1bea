"""What the figures say of a unit: a few of them, and a map of its communes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from nhanlucso.indicators.catalogue import INDICATORS, Indicator
from nhanlucso.indicators.definitions import definitions
from nhanlucso.indicators.figures import as_json
from nhanlucso.indicators.queries import Ask, Wanted, ask, busy_years, figure_sets
from nhanlucso.indicators.targets import binding_targets
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.periods import Period, parse_period
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.enums import UnitKind
from nhanlucso.orgs.queries import history, reach
from nhanlucso.orgs.rules import Version
from nhanlucso.web.kit.asking import NOW, THEN, default_period
from nhanlucso.web.kit.choices import in_order
from nhanlucso.web.kit.commune_map import Below, CommuneMap, commune_map
from nhanlucso.web.kit.periods import period_label
from nhanlucso.web.kit.wording import percent

_CODES = ("staff.headcount", "coverage.basic", "teams.count", "teams.village_coverage")
_OF_A_VILLAGE = ("teams.count", "teams.members", "teams.assists")  # nobody has a post in a village
_STAFF, _SHARE = INDICATORS["staff.headcount"], "coverage.basic"
_COMMUNES_AT_MOST = 400


@dataclass(frozen=True, slots=True)
class Card:
    """A figure with its name and the address behind it."""

    code: str
    label: str
    figure: dict[str, object]


@dataclass(frozen=True, slots=True)
class Share:
    """A share that the communes can be coloured by."""

    code: str
    label: str | Promise
    chosen: bool


@dataclass(frozen=True, slots=True)
class Places:
    """The communes below a unit on a map, and the same as a list, the highest share first."""

    map: CommuneMap
    rows: list[Below]
    shares: list[Share]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The figures of a unit in a period; `query` asks the same of other pages. No cards: it is not valid then."""

    unit: int
    period: str
    query: str
    cards: list[Card]
    places: Places | None


def unit_numbers(scope: Scope, unit: int, share: str) -> Numbers:
    """Figures of the period that figures begin with, on the tree of then if the unit was valid; the map coloured by
    a share of this code, by basic digital skills if there is none."""
    period = _period(unit)
    asked, tree = ask(period.text), THEN
    if history().version(unit, asked.tree) is None:
        asked, tree = ask(period.text, tree=str(max(today(), asked.window.b))), NOW
    query = f"unit={unit}&period={period.text}&tree={tree}"
    version = history().version(unit, asked.tree)
    if version is None:
        return Numbers(unit, period_label(period), query, [], None)
    shares = _shares(asked)
    coloured = shares[share if share in shares else _SHARE]
    communes = _communes(scope, asked, unit)
    codes = _OF_A_VILLAGE if version.kind == UnitKind.VILLAGE else _CODES
    own, below = figure_sets(
        scope,
        [
            Wanted(asked, [INDICATORS[code] for code in codes], [unit]),
            Wanted(asked, [coloured, _STAFF], [v.unit for v in communes]),
        ],
    )
    cards = [
        Card(f.indicator.code, str(f.indicator.name), as_json(f, str(unit), period.text)) for f in own[unit]
    ]
    rows = [Below(v, below[v.unit][0], _whole(below[v.unit][1].value)) for v in communes]
    return Numbers(
        unit, period_label(period), query, cards, _places(scope, asked, period, unit, coloured, rows)
    )


def _shares(asked: Ask) -> dict[str, Indicator]:
    """Shipped and own ones, as they hold in the period."""
    return {code: one for code, one in definitions(asked.window.b).items() if one.is_share}


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


def _communes(scope: Scope, asked: Ask, unit: int) -> list[Version]:
    """The communes below a unit in reach; none where a map could not show them all."""
    past, inside = history(), reach(scope.to(Permission.SEE_FIGURES))
    below = [
        past.version(u, asked.tree) for u in past.subtree(unit, asked.tree) if u != unit and inside.holds(u)
    ]
    found = in_order(v for v in below if v is not None and v.kind == UnitKind.COMMUNE)
    return found if len(found) <= _COMMUNES_AT_MOST else []


def _places(
    scope: Scope, asked: Ask, period: Period, unit: int, coloured: Indicator, rows: list[Below]
) -> Places | None:
    """The map with its list; None for fewer than two communes with a place."""
    aims = binding_targets(scope, history().closure(asked.tree)[unit], period.year) if rows else {}
    drawn = commune_map(rows, aims.get(coloured.code), _finding(coloured, rows), _address)
    if drawn is None:
        return None
    shares = [Share(i.code, i.name, i.code == coloured.code) for i in _shares(asked).values()]
    return Places(drawn, sorted(rows, key=_highest_first), shares)


def _address(unit: int) -> str:
    return reverse("unit", args=[unit])


def _highest_first(row: Below) -> tuple[bool, float]:
    return row.figure.value is None, -float(row.figure.value or 0)


def _finding(coloured: Indicator, rows: Sequence[Below]) -> str:
    """What the map says, as its title."""
    known = [row for row in rows if row.figure.value is not None]
    if not known:
        return _("%(name)s: chưa có số liệu") % {"name": coloured.name}
    top = min(known, key=_highest_first)
    bottom = max(known, key=_highest_first)
    if top.figure.value == bottom.figure.value:
        return _("%(name)s: nơi nào cũng %(share)s") % {
            "name": coloured.name,
            "share": percent(top.figure.value),
        }
    return _("%(name)s: từ %(low)s (%(there)s) đến %(high)s (%(here)s)") % {
        "name": coloured.name,
        "low": percent(bottom.figure.value),
        "there": bottom.version.name,
        "high": percent(top.figure.value),
        "here": top.version.name,
    }


def _whole(value: float | int | None) -> int | None:
    return None if value is None else int(value)
