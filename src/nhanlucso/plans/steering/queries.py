"""Steering boards as far as a scope reads and changes them; names of people only where it sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import writable_unit
from nhanlucso.people.queries import PersonName, people_by_ids
from nhanlucso.plans.models import Board, BoardMember
from nhanlucso.plans.queries import concerns


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat on a board; `person` None: not to be seen by the asker."""

    member: BoardMember
    person: PersonName | None
    current: bool


@dataclass(frozen=True, slots=True)
class BoardView:
    """A steering board with its seats, head first, those that have ended last."""

    board: Board
    seats: list[Seat]
    current: bool

    @property
    def hidden(self) -> int:
        """How many seats of today are held by people whom the asker does not see."""
        return sum(seat.person is None and seat.current for seat in self.seats)


def visible_board(scope: Scope, pk: int) -> BoardView:
    """A board of a unit in reach or above it. Raises Board.DoesNotExist otherwise."""
    found = Board.objects.get(pk=pk)
    if not concerns(scope, found.unit_id):
        raise Board.DoesNotExist
    return _board_views(scope, Board.objects.filter(pk=pk))[0]


def boards_of_unit(scope: Scope, unit_id: int | None) -> list[BoardView]:
    """The boards of a unit, the newest first; none where the scope does not read them."""
    if unit_id is None or not concerns(scope, unit_id):
        return []
    return _board_views(scope, Board.objects.filter(unit=unit_id).order_by("-valid_to", "-valid_from", "uid"))


def writable_board(scope: Scope, pk: int) -> Board:
    """A board of a unit where plans may be edited. Raises Refused("not_allowed"), Board.DoesNotExist,
    Unit.DoesNotExist."""
    scope.require(Permission.EDIT_PLANS)
    found = Board.objects.get(pk=pk)
    writable_unit(scope, Permission.EDIT_PLANS, found.unit_id)
    return found


def writable_seat(scope: Scope, pk: int) -> BoardMember:
    """A seat on a board that may be edited. Raises as `writable_board`, BoardMember.DoesNotExist."""
    scope.require(Permission.EDIT_PLANS)
    found = BoardMember.objects.select_related("board", "person").get(pk=pk)
    writable_unit(scope, Permission.EDIT_PLANS, found.board.unit_id)
    return found


def _board_views(scope: Scope, boards: QuerySet[Board]) -> list[BoardView]:
    found = list(boards.prefetch_related(Prefetch("members", BoardMember.objects.order_by("pk"))))
    day = today()
    people = people_by_ids(scope, {member.person_id for board in found for member in board.members.all()})
    return [
        BoardView(board, _seats(board, people, day), board.valid_from <= day <= board.valid_to)
        for board in found
    ]


_RANKS = {"head": 0, "deputy": 1, "member": 2}


def _seats(board: Board, people: Mapping[int, PersonName], day: date) -> list[Seat]:
    seats = [Seat(m, people.get(m.person_id), m.valid_from <= day <= m.valid_to) for m in board.members.all()]
    return sorted(seats, key=lambda seat: (not seat.current, _RANKS.get(seat.member.role, 3)))
