"""A unit in a reporting period, by default the running month: what pages of running work are asked.

The unit stands on the tree of today; a period that still runs is looked at as far as today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, QueryDict

from nhanlucso.indicators.engine.relations import Window
from nhanlucso.indicators.queries import Ask
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.periods import DECREE, Period, month_of, parse_period
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.browsing.rules import ordered
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history, visible_unit
from nhanlucso.orgs.rules import Version
from nhanlucso.web.kit.asking import NOW, Question, own_unit
from nhanlucso.web.kit.choices import Bar, bar


@dataclass(frozen=True, slots=True)
class Monthly:
    """A checked question. `start` and `end` bound the period; records are read up to `last`, the unit stands on
    `tree`. `became`: what the unit is today, if it has ended; then there is nothing else to show."""

    unit: Unit
    version: Version
    period: Period
    start: date
    end: date
    last: date
    tree: date
    bar: Bar
    became: tuple[Version, ...]
    valid: bool

    @property
    def running(self) -> bool:
        """Whether what is shown is the state of today."""
        return self.last == today()

    @property
    def query(self) -> str:
        """The question as a query string, for links that keep it."""
        words = QueryDict(mutable=True)
        words.update({"unit": str(self.unit.pk), "period": self.period.text})
        return words.urlencode()


def monthly(request: HttpRequest, scope: Scope) -> Monthly | None:
    """The question of the address, asked with a scope that is narrowed already; None if it holds no unit at all.

    Raises Http404 for a unit that is no number, Unit.DoesNotExist outside the scope, Refused("bad_period").
    """
    wanted = request.GET.get("unit", "")
    if wanted and not wanted.isdecimal():
        raise Http404
    unit_id = int(wanted) if wanted else own_unit(scope)
    if unit_id is None:
        return None
    unit, day, past = visible_unit(scope, unit_id), today(), history()
    period = parse_period(request.GET.get("period") or month_of(day).text)
    start, end = period.window()
    last = min(end, day) if start <= day else end
    tree = max(day, last)
    version = past.version(unit.pk, tree)
    shown = version or past.last_version(unit.pk)
    if shown is None:
        raise Http404
    heirs = [] if version else [past.version(u, day) for u in past.carry(unit.pk, shown.valid_to, day)]
    asked = Question(unit, shown, period, DECREE, NOW, Ask(Window(start, last), tree), version is not None)
    return Monthly(
        unit=unit,
        version=shown,
        period=period,
        start=start,
        end=end,
        last=last,
        tree=tree,
        bar=bar(scope, asked),
        became=tuple(ordered(v for v in heirs if v)),
        valid=version is not None,
    )
