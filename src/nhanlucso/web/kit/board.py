"""The board of targets: where each figure stands, how far it is, and which units below are furthest away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nhanlucso.indicators.definitions import definitions
from nhanlucso.indicators.queries import Wanted, figure_sets
from nhanlucso.indicators.rules import Figure
from nhanlucso.indicators.targets import binding_targets_of
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import natural_key
from nhanlucso.orgs.queries import history, reach
from nhanlucso.orgs.rules import Version
from nhanlucso.plans.queries import Aim, with_targets
from nhanlucso.plans.rules import distance
from nhanlucso.web.kit.asking import THEN, Question
from nhanlucso.web.kit.choices import predecessors, query
from nhanlucso.web.kit.standing import Standing, standing
from nhanlucso.web.kit.wording import number

FURTHEST = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One target beside its figure of the period.

    `unit`: whose figure it is; `query` asks of that unit. `unmet`: how many members of the denominator are not in
    the numerator (None where the figure is no share), `who`: the address of the list of them ("" where there is
    none). `far`: the distance as a part of the target, to compare targets of all kinds; None unless it is missed.
    """

    name: str | Promise
    figure: Figure
    standing: Standing
    query: str
    aim: Aim
    unit: Version
    unmet: int | None
    who: str
    far: float | None

    @property
    def word(self) -> str:
        """Whether the target is met, in one word beside its sign; unknown is never «chưa đạt»."""
        if self.figure.value is None:
            return _("Chưa có số liệu")
        if self.standing.reached is None:
            return _("Chưa rõ")
        return _("Đạt") if self.standing.reached else pgettext("chỉ tiêu", "Chưa đạt")

    @property
    def gap(self) -> str:
        """How far it is: in people where that can be said, else in the measure of the figure."""
        return self.standing.people or (self.standing.label if self.standing.reached is False else "")

    @property
    def who_words(self) -> str:
        """What the link to the list says: «40 người chưa đạt»."""
        words = {"count": number(self.unmet or 0)}
        if self.figure.indicator.relation == "villages":
            return _("%(count)s thôn chưa có") % words
        return _("%(count)s người chưa đạt") % words


@dataclass(frozen=True, slots=True)
class PlanLines:
    """The lines of the targets that one plan sets."""

    plan_id: int
    title: str
    number: str
    issuer: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Behind:
    """Where targets of a unit and of those directly below it stand, at the cost of one question.

    `own`: all lines of the unit itself, in the order of the catalogue. `below`: the lines of units below that miss
    their target, the furthest first, at most FURTHEST. `missed`, `unknown`, `judged`: how many targets of units
    below are missed, cannot be judged, and stand at all; `codes`: the indicators that units below have targets for,
    with their names, in the order of the catalogue.
    """

    own: list[Line]
    below: list[Line]
    missed: int
    unknown: int
    judged: int
    codes: list[tuple[str, str | Promise]]

    @property
    def furthest(self) -> list[Line]:
        """What a leader looks at first: missed lines of the unit and of those below, the furthest first."""
        return _furthest([*self.own, *self.below])


def line_of(question: Question) -> tuple[int, ...]:
    """The unit of the question and its ancestors on the tree, nearest first; empty if it is not valid then."""
    return history().closure(question.asked.tree).get(question.unit.pk, ())


def board(scope: Scope, question: Question) -> list[Line]:
    """The targets that bind the unit in the year of the period, in the order of the catalogue."""
    return _lines(scope, question, [question.unit.pk])[question.unit.pk]


def targets_behind(scope: Scope, question: Question) -> Behind:
    """The lines of a unit and what is furthest away below it. The unit must be valid on the tree.

    Costs one query for targets and one question to the facts, however many units stand below.
    """
    past, inside, unit = history(), reach(scope), question.unit.pk
    below = [
        v.unit
        for v in past.children(unit, question.asked.tree)
        if v.kind != "village" and inside.holds(v.unit)
    ]
    found = _lines(scope, question, [unit, *below])
    own = found.pop(unit)
    rows = [line for lines in found.values() for line in lines if not _empty(line.figure)]
    codes = {line.aim.indicator for line in rows}
    return Behind(
        own=own,
        below=_furthest(rows)[:FURTHEST],
        missed=sum(line.standing.reached is False for line in rows),
        unknown=sum(line.standing.reached is None for line in rows),
        judged=len(rows),
        codes=[(code, indicator.name) for code, indicator in definitions().items() if code in codes],
    )


def by_plan(lines: Iterable[Line]) -> list[PlanLines]:
    """The lines under the plans that set them, in the order in which the plans come first."""
    names, groups = history().names(), dict[int, list[Line]]()
    for line in lines:
        groups.setdefault(line.aim.plan_id, []).append(line)
    return [
        PlanLines(
            plan_id,
            group[0].aim.plan_title,
            group[0].aim.plan_number,
            names.get(group[0].aim.issuer_id or 0, ""),
            group,
        )
        for plan_id, group in groups.items()
    ]


def earlier(scope: Scope, question: Question) -> list[tuple[str, str]]:
    """The units that this one was formed from and that had targets in the year: their names then, and the query
    that asks the same of them."""
    past, then = history(), question.asked.window.b
    units = with_targets(scope, predecessors(past, question.unit.pk), question.period.year)
    named = [(version.name, unit) for unit in units if (version := past.version(unit, then))]
    return [(name, query(question, unit=unit, tree=THEN)) for name, unit in named]


def _lines(scope: Scope, question: Question, units: Sequence[int]) -> dict[int, list[Line]]:
    """The lines of units, every indicator computed once for all units that have a target for it."""
    past, tree, open_ = history(), question.asked.tree, reach(scope.to(Permission.SEE_FIGURES))
    found: dict[int, list[Line]] = {unit: [] for unit in units}
    units = [unit for unit in units if open_.holds(unit)]
    closure = past.closure(tree)
    aims = binding_targets_of(scope, [closure.get(unit, ()) for unit in units], question.period.year)
    aims_of = dict(zip(units, aims, strict=True))
    parts = [
        Wanted(question.asked, [indicator], having)
        for code, indicator in definitions(question.asked.window.b).items()
        if (having := [unit for unit in units if code in aims_of[unit]])
    ]
    if not parts:
        return found
    for part in figure_sets(scope, parts):
        for unit, figures in part.items():
            version = past.version(unit, tree)
            if version is not None:
                aim = aims_of[unit][figures[0].indicator.code]
                found[unit].append(_line(scope, question, figures[0], aim, version))
    return found


def _line(scope: Scope, question: Question, figure: Figure, aim: Aim, version: Version) -> Line:
    words = query(question, unit=version.unit)
    stands = standing(figure, aim)
    unmet = None
    if figure.numerator is not None and figure.denominator is not None:
        unmet = figure.denominator - figure.numerator
    who = ""
    if unmet and scope.may(Permission.SEE_PEOPLE):
        who = f"{reverse('passport', args=[figure.indicator.code])}?{words}&group=missing"
    far = None
    if stands.reached is False and figure.value is not None:
        far = distance(float(figure.value), aim.value, aim.comparator) / (aim.value or 1)
    return Line(figure.indicator.name, figure, stands, words, aim, version, unmet, who, far)


def _furthest(lines: Iterable[Line]) -> list[Line]:
    missed = [line for line in lines if line.far is not None]
    return sorted(
        missed,
        key=lambda line: (
            -(line.far or 0),
            -(line.unmet or 0),
            natural_key(line.unit.name),
            line.aim.indicator,
        ),
    )


def _empty(figure: Figure) -> bool:
    """Whether a share is of nobody: there is nothing to reach and nothing unknown."""
    return figure.denominator == 0 and not figure.unallocated
