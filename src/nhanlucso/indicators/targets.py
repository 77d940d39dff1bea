"""Which target a figure is measured against."""

from __future__ import annotations

from nhanlucso.indicators.catalogue import INDICATORS
from nhanlucso.kernel.scope import Scope
from nhanlucso.plans.queries import Aim, targets_for


def binding_targets(scope: Scope, line: tuple[int, ...], year: int) -> dict[str, Aim]:
    """The target of each indicator for the unit that the line begins with, by code.

    `line`: the unit and its ancestors on the tree, nearest first. A share that an ancestor's plan asks for binds
    everyone below; a number («250 người») is the ancestor's own.
    """
    found: dict[str, Aim] = {}
    for code, aims in targets_for(scope, line, year).items():
        indicator = INDICATORS.get(code)
        if indicator is None:
            continue
        own = [aim for aim in aims if indicator.is_share or aim.unit_id == line[0]]
        if own:
            found[code] = own[0]
    return found
