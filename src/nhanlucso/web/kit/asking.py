"""What a page is asked about: unit, period, calendar and tree from the address, with defaults that have data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, QueryDict

from nhanlucso.indicators.queries import Ask, ask, busy_years
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.periods import DECREE, Period, parse_period
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history, reach, visible_unit
from nhanlucso.orgs.rules import Version

THEN, NOW = "then", "now"


@dataclass(frozen=True, slots=True)
class Question:
    """A checked question: `version` is the unit as it stands on the tree (or last stood, if `valid` is False)."""

    unit: Unit
    version: Version
    period: Period
    calendar: str
    tree: str
    asked: Ask
    valid: bool

    @property
    def query(self) -> str:
        """The question as a query string, for links that keep it."""
        words = QueryDict(mutable=True)
        words.update({"unit": str(self.unit.pk), "period": self.period.text, "tree": self.tree})
        if self.calendar != DECREE:
            words["calendar"] = self.calendar
        return words.urlencode()


def scope_of(request: HttpRequest) -> Scope:
    """The scope that the middleware put on the request."""
    scope = request.scope  # type: ignore[attr-defined]
    assert isinstance(scope, Scope)
    return scope


def unit_or_404(scope: Scope, unit_id: int) -> Unit:
    try:
        return visible_unit(scope, unit_id)
    except Unit.DoesNotExist:
        raise Http404 from None


def unit_asked(request: HttpRequest) -> Version | None:
    """The unit that a list is narrowed to, as it is or last was; raises Http404 outside the scope."""
    text = request.GET.get("unit", "")
    if not text.isdecimal():
        return None
    past, unit = history(), int(text)
    found = past.last_version(unit)
    if found is None or not reach(scope_of(request)).holds(unit):
        raise Http404
    return past.version(unit, today()) or found


def question(request: HttpRequest, period_text: str = "") -> Question | None:
    """The question of a page, or the same one of another period; None if the scope holds no unit at all.

    Raises Http404 outside the scope and for a unit that is no number, Refused for a period, calendar or tree
    that cannot be.
    """
    scope, words = scope_of(request), request.GET
    wanted = words.get("unit", "")
    if wanted and not wanted.isdecimal():
        raise Http404
    unit_id = int(wanted) if wanted else own_unit(scope)
    if unit_id is None:
        return None
    unit = unit_or_404(scope, unit_id)
    calendar = words.get("calendar", DECREE)
    period = parse_period(period_text or words.get("period") or default_period(unit.pk))
    tree = _tree(unit.pk, words.get("tree", ""), period.window(calendar)[1])
    on = str(_now(period.window(calendar)[1])) if tree == NOW else tree
    asked = ask(period.text, calendar, on)
    version = history().version(unit.pk, asked.tree)
    shown = version or history().last_version(unit.pk)
    if shown is None:
        raise Http404
    return Question(unit, shown, period, calendar, tree, asked, version is not None)


def _tree(unit: int, wanted: str, then: date) -> str:
    """The tree that is asked for. «Then» and «now» (by default: then) give way to each other where the unit is
    valid on the other one alone; the page says which tree it shows."""
    if wanted not in ("", THEN, NOW):
        return wanted
    past = history()
    valid = {THEN: past.version(unit, then), NOW: past.version(unit, _now(then))}
    wanted = wanted or THEN
    other = NOW if wanted == THEN else THEN
    return wanted if valid[wanted] or not valid[other] else other


def _now(then: date) -> date:
    """The day of the tree «as today»: never before the period ends."""
    return max(today(), then)


def own_unit(scope: Scope) -> int | None:
    """The unit that somebody's pages begin with: the first of the scope, else the first root of today."""
    past, inside, day = history(), reach(scope), today()
    if held := [unit for unit in scope.unit_ids if inside.holds(unit)]:  # a unit that has ended holds nothing
        return min(held)
    roots = [v for v in past.children(None, day) if inside.holds(v.unit)]
    roots = roots or [v for u in past.versions if inside.holds(u) and (v := past.last_version(u))]
    return min(roots, key=lambda v: (v.kind != "province", v.unit)).unit if roots else None


def default_period(unit_id: int) -> str:
    """The running period, or, if nothing is recorded in its year, the last year with at least half as many
    records as the fullest: nine months while they last, the year afterwards."""
    day = today()
    years = busy_years(unit_id, day)
    if not years or _decree_year(day) in years:
        return running_period(day)
    fullest = max(rows for rows, _ in years.values())
    year, day = max((year, last) for year, (rows, last) in years.items() if 2 * rows >= fullest)
    return _period(year, day)


def running_period(day: date) -> str:
    """The period that a day is worked on for: nine months while they last, the year afterwards."""
    return _period(_decree_year(day), day)


def _period(year: int, day: date) -> str:
    return f"{year:04d}-9M" if day <= date(year, 9, 14) else f"{year:04d}"


def _decree_year(day: date) -> int:
    return day.year + (day >= date(day.year, 12, 15))
