"""What must hold of units, on small histories."""

from __future__ import annotations

from datetime import date, timedelta

from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.orgs.rules import History, Version
from nhanlucso.upkeep.health.rules import circling, never_there, outliving, overlapping

REFORM = date(2025, 7, 1)
EVE = REFORM - timedelta(days=1)


def _version(unit: int, parent: int | None = None, first: date = EVER, last: date = ALWAYS) -> Version:
    return Version(unit, first, last, parent, "commune", f"Xã {unit}", "")


def _history(*versions: Version) -> History:
    return History(versions, [])


def test_versions_that_follow_each_other() -> None:
    assert overlapping(_history(_version(1, last=EVE), _version(1, first=REFORM))) == []


def test_versions_that_share_a_day() -> None:
    assert overlapping(_history(_version(1, last=REFORM), _version(1, first=REFORM), _version(2))) == [1]


def test_parents_that_are_there_in_several_versions() -> None:
    parent = [_version(1, last=EVE), _version(1, first=REFORM)]
    assert outliving(_history(*parent, _version(2, parent=1))) == []


def test_a_parent_that_ends_before_its_child() -> None:
    child = _version(2, parent=1)
    assert outliving(_history(_version(1, last=EVE), child)) == [child]


def test_a_parent_that_begins_after_its_child() -> None:
    child = _version(2, parent=1, last=EVE)
    assert outliving(_history(_version(1, first=REFORM), child)) == [child]


def test_a_parent_with_a_gap() -> None:
    child = _version(2, parent=1)
    gap = [_version(1, last=EVE), _version(1, first=REFORM + timedelta(days=1))]
    assert outliving(_history(*gap, child)) == [child]


def test_a_circle() -> None:
    circle = [_version(1, parent=3), _version(2, parent=1), _version(3, parent=2, first=REFORM)]
    assert circling(
        _history(*circle, _version(3, last=EVE), _version(4, parent=1), _version(5, parent=4))
    ) == [3]


def test_above_once_and_below_later_is_no_circle() -> None:
    first = [_version(1, last=EVE), _version(2, parent=1, last=EVE)]
    then = [_version(2, first=REFORM), _version(1, parent=2, first=REFORM)]
    assert circling(_history(*first, *then)) == []


def test_spans_at_units_that_were_never_there() -> None:
    history = _history(_version(1, last=EVE))
    there = [(1, EVER, ALWAYS), (1, EVE, ALWAYS)]
    assert never_there(history, [*there, (1, REFORM, ALWAYS), (2, EVER, ALWAYS)]) == 2
