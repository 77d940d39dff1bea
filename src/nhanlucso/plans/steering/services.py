"""Writing steering boards and who sits on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import writable_unit
from nhanlucso.people.models import Person
from nhanlucso.people.queries import visible_person
from nhanlucso.plans.enums import BoardRole
from nhanlucso.plans.models import Board, BoardMember
from nhanlucso.plans.rules import LONGEST_BOARD_NAME, check_span, title_of
from nhanlucso.plans.steering.queries import writable_board, writable_seat
from nhanlucso.plans.trail import owned, written


@dataclass(frozen=True, slots=True)
class BoardData:
    """A steering board; `decision`: the paper that set it up, as it is cited. None and empty are unknown."""

    name: str
    standing_unit: Unit | None = None
    decision: str = ""
    valid_from: date = EVER
    valid_to: date = ALWAYS


@dataclass(frozen=True, slots=True)
class SeatData:
    """Somebody's time on a board."""

    role: str = ""
    valid_from: date = EVER
    valid_to: date = ALWAYS


def add_board(*, unit: Unit, board: BoardData, key: str = "", by: Scope, at: datetime) -> Board:
    """Writes a board of a unit where plans may be edited. With a `key` that was used before for the unit, the board
    of then.

    Raises Refused("not_allowed", "title_missing", "title_too_long", "bad_span"), Unit.DoesNotExist.
    """
    by = by.require(Permission.EDIT_PLANS)
    writable_unit(by, Permission.EDIT_PLANS, unit.pk)
    fields = _board_fields(board, None, by)
    with transaction.atomic():
        made, new = Board.objects.get_or_create(defaults=fields, **owned(Board, key, unit=unit))
        if new:
            written("board.add", made.uid, by, at)
    return made


def change_board(*, board: Board, data: BoardData, by: Scope, at: datetime) -> Board:
    """Corrects a board. Raises as `add_board`, Board.DoesNotExist."""
    by = by.require(Permission.EDIT_PLANS)
    writable_board(by, board.pk)
    fields = _board_fields(data, board.standing_unit_id, by)
    with transaction.atomic():
        Board.objects.filter(pk=board.pk).update(**fields)
        written("board.change", board.uid, by, at)
    board.refresh_from_db()
    return board


def remove_board(*, board: Board, by: Scope, at: datetime) -> None:
    """Removes a board on which nobody sits or sat. Raises Refused("not_allowed", "has_members"),
    Board.DoesNotExist."""
    by = by.require(Permission.EDIT_PLANS)
    writable_board(by, board.pk)
    with transaction.atomic():
        if board.members.exists():
            raise Refused(
                "has_members",
                _("Ban này có thành viên. Ban đã hết nhiệm vụ thì ghi ngày cuối, không xóa."),
            )
        written("board.remove", board.uid, by, at)
        board.delete()


def add_seat(*, board: Board, person: Person, seat: SeatData, by: Scope, at: datetime) -> BoardMember:
    """Gives somebody in reach a seat on a board. The same seat a second time is the one of then.

    Raises Refused("not_allowed", "bad_role", "bad_span", "seat_overlaps"), Board.DoesNotExist, Person.DoesNotExist.
    """
    by = by.require(Permission.EDIT_PLANS)
    writable_board(by, board.pk)
    visible_person(by, person.pk)
    _check_seat(seat)
    with transaction.atomic():
        Board.objects.select_for_update().get(pk=board.pk)
        held = board.members.filter(person=person, role=seat.role, valid_from=seat.valid_from).first()
        if held is not None and held.valid_to == seat.valid_to:
            return held
        _refuse_overlap(board.pk, person.pk, seat)
        made = BoardMember.objects.create(
            board=board, person=person, role=seat.role, valid_from=seat.valid_from, valid_to=seat.valid_to
        )
        written("board.add_seat", board.uid, by, at)
    return made


def change_seat(*, seat: BoardMember, data: SeatData, by: Scope, at: datetime) -> BoardMember:
    """Corrects or ends a seat. Raises as `add_seat`, BoardMember.DoesNotExist."""
    by = by.require(Permission.EDIT_PLANS)
    writable_seat(by, seat.pk)
    _check_seat(data)
    with transaction.atomic():
        Board.objects.select_for_update().get(pk=seat.board_id)
        _refuse_overlap(seat.board_id, seat.person_id, data, but=seat.pk)
        seat.role, seat.valid_from, seat.valid_to = data.role, data.valid_from, data.valid_to
        seat.save(update_fields=["role", "valid_from", "valid_to"])
        written("board.change_seat", seat.board.uid, by, at)
    return seat


def remove_seat(*, seat: BoardMember, by: Scope, at: datetime) -> None:
    """Removes a seat that was written by mistake. Raises Refused("not_allowed"), BoardMember.DoesNotExist."""
    by = by.require(Permission.EDIT_PLANS)
    writable_seat(by, seat.pk)
    with transaction.atomic():
        written("board.remove_seat", seat.board.uid, by, at)
        seat.delete()


def _board_fields(data: BoardData, before: int | None, by: Scope) -> dict[str, object]:
    check_span(data.valid_from, data.valid_to)
    if data.standing_unit is not None and data.standing_unit.pk != before:
        writable_unit(by, Permission.EDIT_PLANS, data.standing_unit.pk)
    return {
        "name": title_of(data.name, LONGEST_BOARD_NAME),
        "standing_unit": data.standing_unit,
        "decision": clean(data.decision),
        "valid_from": data.valid_from,
        "valid_to": data.valid_to,
    }


def _check_seat(seat: SeatData) -> None:
    check_span(seat.valid_from, seat.valid_to)
    if seat.role and seat.role not in BoardRole.values:
        raise Refused("bad_role", _("Không có vai trò này trong ban."))


def _refuse_overlap(board: int, person: int, seat: SeatData, but: int | None = None) -> None:
    """Nobody sits on one board twice on one day."""
    others = BoardMember.objects.filter(
        board=board, person=person, valid_from__lte=seat.valid_to, valid_to__gte=seat.valid_from
    )
    if others.exclude(pk=but or 0).exists():
        raise Refused(
            "seat_overlaps", _("Người này đã ở trong ban vào những ngày đó. Sửa thời gian đã ghi trước.")
        )
