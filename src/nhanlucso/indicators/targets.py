"""Which target a figure is measured against."""

from __future__ import annotations

from collections.abc import Sequence

from nhanlucso.indicators.definitions import newest
from nhanlucso.kernel.scope import Scope
from nhanlucso.plans.queries import Aim, targets_of_lines


def binding_targets(scope: Scope, line: tuple[int, ...], year: int) -> dict[str, Aim]:
    """The target of each indicator for the unit that the line begins with, by code.

    `line`: the unit and its ancestors on the tree, nearest first. A share that an ancestor's plan asks for binds
    everyone below; a number («250 người») is the ancestor's own.
    """
    return binding_targets_of(scope, [line], year)[0]


def binding_targets_of(scope: Scope, lines: Sequence[tuple[int, ...]], year: int) -> list[dict[str, Aim]]:
    """As `binding_targets`, for many units in one query, in the order of the lines."""
    found = targets_of_lines(scope, lines, year)
    return [_binding(aims, line) for aims, line in zip(found, lines, strict=True)]


def _binding(aims_of: dict[str, list[Aim]], line: tuple[int, ...]) -> dict[str, Aim]:
    found: dict[str, Aim] = {}
    for code, aims in aims_of.items():
        indicator = newest(code)
        if indicator is None:
            continue
        own = [aim for aim in aims if indicator.is_share or aim.unit_id == line[0]]
        if own:
            found[code] = own[0]
    return found
