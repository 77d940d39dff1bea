"""One plan as its page shows it: targets by indicator and year, activities with their classes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from nhanlucso.indicators.definitions import definitions, newest
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import natural_key
from nhanlucso.orgs.queries import Reach, history, reach
from nhanlucso.orgs.rules import History
from nhanlucso.plans.models import Activity, Target
from nhanlucso.training.queries.classes import visible_classes
from nhanlucso.web.kit.standing import target_words
from nhanlucso.web.kit.wording import number


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target in words."""

    target: Target
    unit: str
    words: str


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """The targets of one indicator in one year: that of the issuer (or the first) and those of other units.

    `known`: the indicator is one of the catalogue; `open`: its figure may be looked at for the unit of `main`.
    """

    name: str | Promise
    code: str
    year: int
    main: TargetLine
    others: list[TargetLine]
    known: bool
    open: bool


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity with the names of its units, and how many classes belong to it as far as the asker sees them."""

    activity: Activity
    lead: str
    partners: list[str]
    classes: int


def target_line(target: Target, past: History) -> TargetLine:
    """A target in words; a target without a value says so."""
    indicator = newest(target.indicator)
    if target.value is None:
        words = _("chưa ghi mức")
    elif indicator is None:
        words = target_words(target.value, target.comparator, "")
    else:
        words = target_words(target.value, target.comparator, str(indicator.measure.value))
    return TargetLine(target, _name(past, target.unit_id), words)


def target_groups(scope: Scope, targets: Iterable[Target], issuer: int | None) -> list[TargetGroup]:
    """The targets of a plan by year (the newest first) and indicator, in the order of the catalogue."""
    groups: dict[tuple[int, str], list[Target]] = {}
    for target in targets:
        groups.setdefault((target.year, target.indicator), []).append(target)
    past, inside = history(), reach(scope.to(Permission.SEE_FIGURES))
    order = {code: place for place, code in enumerate(definitions())}
    return [
        _group(year, code, [target_line(row, past) for row in rows], issuer, inside)
        for (year, code), rows in sorted(
            groups.items(), key=lambda item: (-item[0][0], order.get(item[0][1], len(order)), item[0][1])
        )
    ]


def _group(year: int, code: str, lines: list[TargetLine], issuer: int | None, inside: Reach) -> TargetGroup:
    lines = sorted(lines, key=lambda line: (line.target.unit_id != issuer, line.unit))
    indicator = newest(code)
    seen = indicator is not None and inside.holds(lines[0].target.unit_id)
    return TargetGroup(
        indicator.name if indicator else code, code, year, lines[0], lines[1:], indicator is not None, seen
    )


def activity_lines(scope: Scope, activities: Collection[Activity]) -> list[ActivityLine]:
    """The activities of a plan in words; classes are counted in one query."""
    past, counts = history(), dict[int, int]()
    if activities:
        seen = visible_classes(scope).filter(activity__in=[a.pk for a in activities])
        for activity in set(seen.values_list("activity_id", "pk")):
            counts[activity[0]] = counts.get(activity[0], 0) + 1
    return [
        ActivityLine(
            row,
            _name(past, row.lead_unit_id) if row.lead_unit_id else "",
            sorted((_name(past, unit.pk) for unit in row.partner_units.all()), key=natural_key),
            counts.get(row.pk, 0),
        )
        for row in activities
    ]


def unit_name(unit: int) -> str:
    """What a unit is called today, or was last."""
    return _name(history(), unit)


def _name(past: History, unit: int) -> str:
    return past.name(unit, today()) or number(unit)
