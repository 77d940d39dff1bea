"""Steering boards and who sits on them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused

KEY = "abcdefgh2345"
FIRST = date(2025, 7, 1)


@pytest.fixture
def board(plans: Any) -> Any:
    from nhanlucso.plans.steering.services import BoardData, add_board

    data = BoardData("Ban Chỉ đạo", plans.places.hoa, "", FIRST)
    return add_board(unit=plans.places.province, board=data, key=KEY, by=plans.officer, at=now())


@pytest.fixture
def person(plans: Any) -> Any:
    from tests.factories.records import make_person

    return make_person("Hoàng A Páo", plans.places.hoa)


def test_a_board_is_written_once_and_read_below(plans: Any, board: Any) -> None:
    from nhanlucso.plans.models import Board
    from nhanlucso.plans.steering.queries import boards_of_unit, visible_board
    from nhanlucso.plans.steering.services import BoardData, add_board, change_board

    data = BoardData("Ban Chỉ đạo")
    again = add_board(unit=plans.places.province, board=data, key=KEY, by=plans.officer, at=now())
    assert again == board
    assert visible_board(plans.commune, board.pk).board == board
    assert [view.board for view in boards_of_unit(plans.commune, plans.places.province.pk)] == [board]
    assert boards_of_unit(plans.commune, None) == []
    with pytest.raises(Board.DoesNotExist):
        other = Board.objects.create(uid="b-2", unit=plans.places.hoa, name="Ban xã Hòa")
        visible_board(plans.commune, other.pk)
    changed = change_board(board=board, data=data, by=plans.officer, at=now())
    assert (changed.standing_unit, changed.decision) == (None, "")


def test_a_board_is_refused(plans: Any, board: Any) -> None:
    from nhanlucso.orgs.models import Unit
    from nhanlucso.plans.steering.services import BoardData, add_board, change_board

    with pytest.raises(Refused, match="quá 300"):
        add_board(unit=plans.places.loc, board=BoardData("a" * 301), by=plans.commune, at=now())
    with pytest.raises(Unit.DoesNotExist):
        add_board(unit=plans.places.province, board=BoardData("Ban"), by=plans.commune, at=now())
    with pytest.raises(Unit.DoesNotExist):
        change_board(board=board, data=BoardData("Ban"), by=plans.commune, at=now())
    with pytest.raises(Unit.DoesNotExist):
        outside = BoardData("Ban", plans.places.hoa)
        add_board(unit=plans.places.loc, board=outside, by=plans.commune, at=now())
    with pytest.raises(Refused, match="không được làm"):
        add_board(unit=plans.places.province, board=BoardData("Ban"), by=plans.viewer, at=now())


def test_somebody_sits_on_a_board_and_leaves(plans: Any, board: Any, person: Any) -> None:
    from nhanlucso.plans.steering.queries import visible_board
    from nhanlucso.plans.steering.services import SeatData, add_seat, change_seat, remove_board, remove_seat

    first, again = (
        add_seat(board=board, person=person, seat=SeatData("head", FIRST), by=plans.officer, at=now())
        for _ in range(2)
    )
    assert first == again
    with pytest.raises(Refused, match="đã ở trong ban"):
        add_seat(board=board, person=person, seat=SeatData("member", FIRST), by=plans.officer, at=now())
    with pytest.raises(Refused, match="Ban này có thành viên"):
        remove_board(board=board, by=plans.officer, at=now())
    ended = SeatData("head", FIRST, date(2026, 1, 31))
    change_seat(seat=first, data=ended, by=plans.officer, at=now())
    later = SeatData("member", date(2026, 2, 1))
    second = add_seat(board=board, person=person, seat=later, by=plans.officer, at=now())
    seats = visible_board(plans.officer, board.pk).seats
    assert [(seat.member.role, seat.current) for seat in seats] == [("member", True), ("head", False)]
    for seat in (first, second):
        remove_seat(seat=seat, by=plans.officer, at=now())
    remove_board(board=board, by=plans.officer, at=now())


def test_names_are_seen_only_inside_the_reach(plans: Any, board: Any, person: Any) -> None:
    from nhanlucso.plans.steering.queries import visible_board
    from nhanlucso.plans.steering.services import SeatData, add_seat

    add_seat(board=board, person=person, seat=SeatData("head", FIRST), by=plans.officer, at=now())
    seen, hidden = (visible_board(scope, board.pk) for scope in (plans.officer, plans.commune))
    assert [seat.person and seat.person.name for seat in seen.seats] == ["Hoàng A Páo"]
    assert ([seat.person for seat in hidden.seats], hidden.hidden) == ([None], 1)


def test_a_seat_is_refused(plans: Any, board: Any, person: Any) -> None:
    from nhanlucso.people.models import Person
    from nhanlucso.plans.models import Board
    from nhanlucso.plans.steering.services import SeatData, add_seat

    for seat, code in ((SeatData("king"), "bad_role"), (SeatData("", FIRST, date(2025, 1, 1)), "bad_span")):
        with pytest.raises(Refused) as refusal:
            add_seat(board=board, person=person, seat=seat, by=plans.officer, at=now())
        assert refusal.value.code == code
    own = Board.objects.create(uid="b-loc", unit=plans.places.loc, name="Ban xã Lộc")
    with pytest.raises(Person.DoesNotExist):
        add_seat(board=own, person=person, seat=SeatData(), by=plans.commune, at=now())
