"""One figure opened: itself, its trend, its children and communes, all from one build."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nhanlucso.indicators.catalogue import INDICATORS, Indicator
from nhanlucso.indicators.definitions import in_force
from nhanlucso.indicators.queries import Ask, Wanted, ask, figure_sets
from nhanlucso.indicators.rules import Figure
from nhanlucso.indicators.targets import binding_targets
from nhanlucso.kernel.periods import Period, previous
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history, reach
from nhanlucso.orgs.rules import Version
from nhanlucso.plans.queries import Aim
from nhanlucso.web.kit.asking import THEN, Question
from nhanlucso.web.kit.choices import in_order
from nhanlucso.web.kit.commune_map import Below

PERIODS = 6  # of the trend, the one asked for included
COMMUNES_AT_MOST = 400
_HEADCOUNT = "staff.headcount"
_COMPANION = {"training.attendances": "training.persons", "training.person_days": "training.persons"}


@dataclass(frozen=True, slots=True)
class Opened:
    """A figure and all around it. `trend` holds None where the unit did not stand on the tree of the period."""

    figure: Figure
    companion: Figure | None
    aim: Aim | None
    trend: list[tuple[Period, Figure | None]]
    children: list[Below]
    communes: list[Below]


def opened(scope: Scope, question: Question, indicator: Indicator) -> Opened:
    """Everything that the page of a figure shows. The unit must be valid on the tree."""
    unit, asked = question.unit.pk, question.asked
    children, communes = _below(scope, question)
    held = [unit, *dict.fromkeys(v.unit for v in (*children, *communes))]
    periods = _periods(question, indicator)
    companion = _COMPANION.get(indicator.code)
    parts = [
        Wanted(asked, [indicator], held),
        Wanted(asked, [INDICATORS[_HEADCOUNT]], [v.unit for v in communes]),
        Wanted(asked, [INDICATORS[companion]] if companion else [], [unit]),
        *(Wanted(part, [then], [unit]) for _, part, then in periods if then),
    ]
    found, staff, beside, *past = figure_sets(scope, parts)
    rest = iter(past)
    trend = [(period, next(rest)[unit][0] if then else None) for period, _, then in periods]
    aims = binding_targets(scope, history().closure(asked.tree)[unit], question.period.year)
    return Opened(
        figure=found[unit][0],
        companion=beside[unit][0] if beside[unit] else None,
        aim=aims.get(indicator.code),
        trend=_begun([*trend, (question.period, found[unit][0])]),
        children=_told([Below(v, found[v.unit][0]) for v in children]),
        communes=[Below(v, found[v.unit][0], _count(staff[v.unit][0])) for v in communes],
    )


def _below(scope: Scope, question: Question) -> tuple[list[Version], list[Version]]:
    """Children of the unit, and the communes anywhere below it, as far as the scope reaches."""
    past, inside, on = history(), reach(scope), question.asked.tree
    unit = question.unit.pk
    children = in_order(v for v in past.children(unit, on) if inside.holds(v.unit))
    versions = (past.version(u, on) for u in past.subtree(unit, on) if u != unit and inside.holds(u))
    communes = in_order(v for v in versions if v is not None and v.kind == "commune")
    return children, communes if len(communes) <= COMMUNES_AT_MOST else []


def _periods(question: Question, indicator: Indicator) -> list[tuple[Period, Ask, Indicator | None]]:
    """Like periods before this one, oldest first, and the indicator as it held for them; None where it did not, or
    where the unit does not stand on their tree."""
    past, unit = history(), question.unit.pk
    found: list[tuple[Period, Ask, Indicator | None]] = []
    period = previous(question.period)
    while period is not None and len(found) < PERIODS - 1:
        tree = THEN if question.tree == THEN else question.asked.tree.isoformat()
        part = ask(period.text, question.calendar, tree)
        then = in_force(indicator, part.window.b) if past.version(unit, part.tree) else None
        found.insert(0, (period, part, then))
        period = previous(period)
    return found


def _begun(trend: Sequence[tuple[Period, Figure | None]]) -> list[tuple[Period, Figure | None]]:
    """The trend from the first period on that tells something: before it, nothing was recorded."""
    for start, (_, figure) in enumerate(trend):
        if figure is not None and (figure.value or figure.unallocated):
            return list(trend[start:])
    return list(trend[-1:])


def _told(rows: list[Below]) -> list[Below]:
    """Rows that tell something: none where nothing is known, villages only where one of them has something."""
    if all(row.figure.value is None for row in rows):
        return []
    if any(row.version.kind == "village" and (row.figure.value or row.figure.denominator) for row in rows):
        return rows
    return [row for row in rows if row.version.kind != "village"]


def _count(figure: Figure) -> int | None:
    return None if figure.value is None else int(figure.value)
