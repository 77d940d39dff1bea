"""The history as a resolution would leave it, without writing anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from nhanlucso.kernel.clock import ALWAYS
from nhanlucso.orgs.restructuring.rules import Opening, Ref
from nhanlucso.orgs.rules import ChangeRow, History, Version
from nhanlucso.reform.rules.draft import Draft, Plan


def foreseen(past: History, draft: Draft, planned: Plan) -> History:
    """What the history would be once a plan without problems is carried out; new units have numbers below zero."""
    numbers = {unit.key: -number for number, unit in enumerate(draft.units, 1)}

    def pk(ref: Ref) -> int:
        return numbers[ref] if isinstance(ref, str) else ref

    opened = {pk(opening.unit): opening for opening in planned.opening}
    closing = planned.ended | planned.waiting.keys() | opened.keys()
    versions = [*_cut(past, closing, draft), *(_begun(u, o, draft.day, pk) for u, o in opened.items())]
    changes = [
        ChangeRow(draft.day, f"9-{number:09d}", "", origin, None if target is None else pk(target))
        for number, event in enumerate(planned.events)
        for origin, target in event.rows
    ]
    return History(versions, [*_rows(past), *changes])


def _cut(past: History, closing: Iterable[int], draft: Draft) -> Iterator[Version]:
    """The versions that are there; those of units that change end the day before."""
    ending = frozenset(closing)
    for unit, versions in past.versions.items():
        for version in versions:
            goes_on = version.valid_from < draft.day <= version.valid_to
            yield version._replace(valid_to=draft.last) if unit in ending and goes_on else version


def _begun(unit: int, opening: Opening, day: date, pk: Callable[[Ref], int]) -> Version:
    parent = None if opening.parent is None else pk(opening.parent)
    return Version(unit, day, opening.until or ALWAYS, parent, opening.kind, opening.name, opening.code)


def _rows(past: History) -> Iterator[ChangeRow]:
    """The events that are there, in the order in which carrying reads them."""
    for (unit, position), way_out in past.exits.items():
        for successor in way_out.successors or (None,):
            yield ChangeRow(way_out.date, f"0-{position:09d}", "", unit, successor)
