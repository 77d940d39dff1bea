"""Carrying and reach on small histories."""

from __future__ import annotations

from datetime import date, timedelta

from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.orgs.rules import ChangeRow, History, PostSpan, Version

REFORM = date(2025, 7, 1)
EVE = date(2025, 6, 30)
OLD, OTHER, TOP, NEW, NEXT = 1, 2, 9, 11, 12


def version(unit: int, start: date = EVER, end: date = ALWAYS, parent: int | None = TOP) -> Version:
    return Version(unit, start, end, parent, "commune", f"u{unit}", "")


def change(origin: int | None, to: int | None, name: str = "e", day: date = REFORM) -> ChangeRow:
    return ChangeRow(day, name, "", origin, to)


def split() -> History:
    """OLD becomes NEW and NEXT, OTHER becomes NEW; TOP stays."""
    units = [
        version(TOP, parent=None),
        version(OLD, end=EVE),
        version(OTHER, end=EVE),
        version(NEW, REFORM),
        version(NEXT, REFORM),
    ]
    return History(units, [change(OLD, NEW), change(OLD, NEXT), change(OTHER, NEW, "f")])


def test_nothing_changes_before_its_day() -> None:
    assert split().carry(OLD, EVER, EVE) == {OLD}


def test_a_split_leaves_all_successors_as_candidates() -> None:
    assert split().carry(OLD, EVER, REFORM) == {NEW, NEXT}


def test_a_fact_after_the_end_of_its_unit_is_brought_back() -> None:
    assert split().carry(OTHER, date(2026, 1, 1), date(2026, 2, 1)) == {NEW}


def test_posts_of_the_day_decide_a_split() -> None:
    post = PostSpan(NEXT, REFORM, ALWAYS)
    assert split().carry(OLD, EVER, REFORM, [post]) == {NEXT}


def test_posts_in_both_successors_decide_nothing() -> None:
    posts = [PostSpan(NEXT, REFORM, ALWAYS), PostSpan(NEW, REFORM, ALWAYS)]
    assert split().carry(OLD, EVER, REFORM, posts) == {NEW, NEXT}


def test_a_later_post_decides_nothing() -> None:
    post = PostSpan(NEXT, date(2025, 7, 2), ALWAYS)
    assert split().carry(OLD, EVER, date(2025, 8, 1), [post]) == {NEW, NEXT}


def test_two_events_of_one_day_follow_each_other_in_the_order_of_their_ids() -> None:
    units = [version(OLD, end=EVE), version(NEW, REFORM), version(NEXT, REFORM)]
    forward = History(units, [change(OLD, NEW, "a"), change(NEW, NEXT, "b")])
    assert forward.carry(OLD, EVER, REFORM) == {NEXT}
    backward = History(units, [change(OLD, NEW, "b"), change(NEW, NEXT, "a")])
    assert backward.carry(OLD, EVER, REFORM) == {NEW}


def test_an_abolished_unit_without_an_heir_is_dropped() -> None:
    history = History([version(OLD, end=EVE)], [change(OLD, None)])
    assert history.carry(OLD, EVER, REFORM) == frozenset()


def test_a_parent_that_has_ended_holds_nothing() -> None:
    history = History([version(TOP, end=EVE, parent=None), version(OLD)], [])
    assert history.closure(REFORM) == {OLD: (OLD,)}


def test_reach_of_a_successor_holds_what_went_there_wholly() -> None:
    assert split().inside_since(frozenset({NEW}), REFORM) == {NEW: EVER, OTHER: EVER}
    assert split().inside_since(frozenset({TOP}), REFORM) == {
        unit: EVER for unit in (TOP, OLD, OTHER, NEW, NEXT)
    }


def test_reach_begins_where_a_part_had_left() -> None:
    """OLD goes on after it lost NEXT: records before that day may be of either."""
    units = [version(TOP, parent=None), version(OLD), version(NEXT, REFORM)]
    history = History(units, [change(OLD, OLD), change(OLD, NEXT)])
    assert history.inside_since(frozenset({OLD}), REFORM) == {OLD: REFORM}


def test_answers_for_dates_are_remembered_but_not_for_ever() -> None:
    past = History([Version(1, EVER, ALWAYS, None, "commune", "Xã", "")], [])
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(200)]
    for day in days:
        assert past.closure(day) is past.closure(day)
        assert past.inside_since(frozenset({1}), day) is past.inside_since(frozenset({1}), day)
        assert [version.unit for version in past.children(None, day)] == [1]
    assert past.closure(days[0]) == past.closure(days[-1]) == {1: (1,)}
