"""The question bar: which units, periods, calendars and trees a page offers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from nhanlucso.kernel.clock import ALWAYS, today
from nhanlucso.kernel.periods import CIVIL, DECREE, RANGE, Period, parse_period
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import natural_key
from nhanlucso.orgs.enums import UnitKind
from nhanlucso.orgs.queries import history, reach
from nhanlucso.orgs.rules import History, Version
from nhanlucso.web.kit.asking import NOW, THEN, Question, own_unit
from nhanlucso.web.kit.periods import period_label
from nhanlucso.web.kit.wording import day

_YEARS_BACK, _UNITS_AT_MOST = 3, 200
_KINDS = (*(kind for kind in UnitKind.values if kind != UnitKind.VILLAGE), UnitKind.VILLAGE)


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    selected: bool = False


@dataclass(frozen=True, slots=True)
class OptionGroup:
    label: str
    options: list[Option]


@dataclass(frozen=True, slots=True)
class Bar:
    """The choices of the question bar; `special` if calendar or tree are not one of the usual ones."""

    units: list[OptionGroup]
    periods: list[OptionGroup]
    calendars: list[Option]
    trees: list[Option]
    special: bool


def bar(scope: Scope, question: Question) -> Bar:
    """What the question bar offers around a question."""
    return Bar(
        units=_units(scope, question),
        periods=period_groups(question.period),
        calendars=[
            Option(DECREE, _("Kỳ báo cáo của Nhà nước (chốt ngày 14)"), question.calendar == DECREE),
            Option(CIVIL, _("Theo tháng dương lịch"), question.calendar == CIVIL),
        ],
        trees=_trees(question),
        special=question.calendar != DECREE or question.tree not in (THEN, NOW),
    )


def query(question: Question, **changed: str | int) -> str:
    """The question with some words changed, as a query string."""
    words = QueryDict(question.query, mutable=True)
    for name, value in changed.items():
        words[name] = str(value)
    return words.urlencode()


def in_order(versions: Iterable[Version]) -> list[Version]:
    """Units as lists of an administration show them: by kind, code, then name."""
    return sorted(
        versions, key=lambda v: (_KINDS.index(v.kind), v.code == "", v.code, natural_key(v.name), v.unit)
    )


def predecessors(past: History, unit: int) -> list[int]:
    """The units that turned into this one, wholly or in part."""
    return sorted({old for (old, _p), way in past.exits.items() if unit in way.successors and old != unit})


def _units(scope: Scope, question: Question) -> list[OptionGroup]:
    past, inside, unit, on = history(), reach(scope), question.unit.pk, question.asked.tree
    own = own_unit(scope)
    above = [u for u in past.closure(on).get(unit, ())[1:] if inside.holds(u)]
    before = [u for u in predecessors(past, unit) if inside.holds(u)]
    below = [v.unit for v in in_order(past.children(unit, on)) if inside.holds(v.unit)]
    groups = (
        (_("Đang xem"), [unit]),
        (_("Đơn vị của tôi"), [] if own in (None, unit, *above) else [own]),
        (_("Cấp trên"), above),
        (_("Trực thuộc"), below[:_UNITS_AT_MOST]),
        (_("Hình thành từ"), before[:_UNITS_AT_MOST]),
    )
    return [
        OptionGroup(label, [_unit_option(past, u, question) for u in units if u is not None])
        for label, units in groups
        if units
    ]


def _unit_option(past: History, unit: int, question: Question) -> Option:
    version = past.version(unit, question.asked.tree) or past.last_version(unit)
    if version is None:
        return Option(str(unit), str(unit))
    name = version.name
    if version.valid_to != ALWAYS and version.valid_to < today():
        name = _("%(name)s (đến %(day)s)") % {"name": name, "day": day(version.valid_to)}
    return Option(str(unit), name, unit == question.unit.pk)


def period_groups(asked: Period) -> list[OptionGroup]:
    """The periods around one, by kind."""
    year, last = asked.year, max(asked.year, today().year)
    years = range(min(year + 1, last), max(year - _YEARS_BACK, 2) - 1, -1)
    shapes = (
        (_("Năm"), [f"{y:04d}" for y in years]),
        (_("9 tháng"), [f"{y:04d}-9M" for y in years]),
        (_("6 tháng"), [f"{y:04d}-H{h}" for y in years for h in (2, 1)]),
        (_("Quý"), [f"{year:04d}-Q{q}" for q in (1, 2, 3, 4)]),
        (_("Tháng"), [f"{year:04d}-M{m:02d}" for m in range(1, 13)]),
    )
    groups = [
        OptionGroup(label, [_period_option(parse_period(text), asked) for text in texts])
        for label, texts in shapes
    ]
    if asked.kind == RANGE:
        groups.insert(0, OptionGroup(_("Đang xem"), [_period_option(asked, asked)]))
    return groups


def _period_option(period: Period, asked: Period) -> Option:
    label = period_label(period)
    return Option(period.text, label[0].upper() + label[1:], period.text == asked.text)


def _trees(question: Question) -> list[Option]:
    trees = [
        Option(THEN, _("Như cuối kỳ"), question.tree == THEN),
        Option(NOW, _("Như hôm nay"), question.tree == NOW),
    ]
    if question.tree not in (THEN, NOW):
        trees.append(Option(question.tree, _("Như ngày %(day)s") % {"day": day(question.tree)}, True))
    return trees
