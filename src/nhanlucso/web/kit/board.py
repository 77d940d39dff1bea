"""The board of targets: where each figure stands, how far it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from nhanlucso.indicators.catalogue import INDICATORS
from nhanlucso.indicators.queries import figures, pick
from nhanlucso.indicators.rules import Figure
from nhanlucso.indicators.targets import binding_targets
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history
from nhanlucso.plans.queries import with_targets
from nhanlucso.web.kit.asking import THEN, Question
from nhanlucso.web.kit.choices import predecessors, query
from nhanlucso.web.kit.standing import Standing, standing


@dataclass(frozen=True, slots=True)
class Line:
    """One target beside its figure of the period."""

    name: str | Promise
    figure: Figure
    standing: Standing | None
    query: str


def line_of(question: Question) -> tuple[int, ...]:
    """The unit of the question and its ancestors on the tree, nearest first; empty if it is not valid then."""
    return history().closure(question.asked.tree).get(question.unit.pk, ())


def board(scope: Scope, question: Question) -> list[Line]:
    """The targets that bind the unit in the year of the period, in the order of the catalogue."""
    aims = binding_targets(scope, line_of(question), question.period.year)
    known = [code for code in INDICATORS if code in aims]
    if not known:
        return []
    unit = question.unit.pk
    found = figures(scope, question.asked, pick(known), [unit])[unit]
    return [Line(f.indicator.name, f, standing(f, aims[f.indicator.code]), question.query) for f in found]


def earlier(scope: Scope, question: Question) -> list[tuple[str, str]]:
    """The units that this one was formed from and that had targets in the year: their names then, and the query
    that asks the same of them."""
    past, then = history(), question.asked.window.b
    units = with_targets(scope, predecessors(past, question.unit.pk), question.period.year)
    named = [(version.name, unit) for unit in units if (version := past.version(unit, then))]
    return [(name, query(question, unit=unit, tree=THEN)) for name, unit in named]
