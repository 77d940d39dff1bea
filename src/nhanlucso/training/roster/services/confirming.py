"""A unit confirms the marks of its own people or objects to them; the host answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean
from nhanlucso.people.models import Person
from nhanlucso.training.enums import Confirmation
from nhanlucso.training.models import RosterConfirmation, RosterObjection, TrainingClass
from nhanlucso.training.queries.classes import hosted_classes
from nhanlucso.training.roster.queries.confirming import own_rows

_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Place:
    """A class, and the unit that speaks of its people in it (ids)."""

    class_id: int
    unit_id: int


def confirm_roster(
    *, place: Place, state: str, note: str, seen: str, by: Scope, at: datetime
) -> RosterConfirmation:
    """Stores what a unit says of the marks of its people; the last word stands. `seen`: the fingerprint of the rows
    that were shown, so that nobody confirms what came later.

    Raises Refused("not_allowed", "bad_value", "note_missing", "marks_changed"), TrainingClass.DoesNotExist,
    Unit.DoesNotExist.
    """
    by = by.require(Permission.RECORD_ATTENDANCE)
    if state not in Confirmation.values:
        raise Refused("bad_value", _("Hãy chọn xác nhận hoặc không đồng ý."))
    words = clean(note)[:_LONGEST]
    if state == Confirmation.DISPUTED and not words:
        raise Refused("note_missing", _("Hãy ghi rõ không đồng ý điều gì."))
    with transaction.atomic():
        held = own_rows(by, place.class_id, place.unit_id)
        if held.seen != seen:
            raise Refused("marks_changed", _("Điểm danh vừa thay đổi. Xem lại rồi xác nhận."))
        confirmation, _made = RosterConfirmation.objects.update_or_create(
            training_class_id=place.class_id,
            unit_id=place.unit_id,
            defaults={
                "state": state,
                "note": words,
                "people": len(held.rows),
                "fingerprint": seen,
                "account_id": by.account_id,
                "at": at,
            },
        )
        _told(f"roster.{state}", held.training_class, by, at, len(held.rows))
    return confirmation


def object_to_row(*, place: Place, person_id: int, note: str, by: Scope, at: datetime) -> RosterObjection:
    """Objects to the marks of one of a unit's own people; an objection that is open gets the new words.

    Raises Refused("not_allowed", "note_missing"), Person.DoesNotExist for who is not among them, else as
    `confirm_roster`.
    """
    by = by.require(Permission.RECORD_ATTENDANCE)
    words = clean(note)[:_LONGEST]
    if not words:
        raise Refused("note_missing", _("Hãy ghi rõ dấu nào sai, đúng ra là gì."))
    with transaction.atomic():
        held = own_rows(by, place.class_id, place.unit_id)
        if person_id not in {row.person.person_id for row in held.rows}:
            raise Person.DoesNotExist
        objection, _made = RosterObjection.objects.update_or_create(
            training_class_id=place.class_id,
            unit_id=place.unit_id,
            person_id=person_id,
            answered_at=None,
            defaults={"note": words, "account_id": by.account_id, "at": at},
        )
        _told("roster.object", held.training_class, by, at)
    return objection


def withdraw_objection(*, place: Place, person_id: int, by: Scope, at: datetime) -> None:
    """Takes back an open objection; none changes nothing. Raises as `object_to_row`."""
    by = by.require(Permission.RECORD_ATTENDANCE)
    with transaction.atomic():
        held = own_rows(by, place.class_id, place.unit_id)
        gone, _by_table = RosterObjection.objects.filter(
            training_class=place.class_id, unit=place.unit_id, person=person_id, answered_at__isnull=True
        ).delete()
        if gone:
            _told("roster.withdraw", held.training_class, by, at)


def answer_objection(*, objection_id: int, answer: str, by: Scope, at: datetime) -> RosterObjection:
    """The host's answer, which closes the objection; the first one stands.

    Raises Refused("not_allowed", "answer_missing"), RosterObjection.DoesNotExist for who does not host the class.
    """
    by = by.require(Permission.RECORD_ATTENDANCE)
    words = clean(answer)[:_LONGEST]
    if not words:
        raise Refused("answer_missing", _("Hãy ghi trả lời."))
    hosted = hosted_classes(by).order_by().values("pk")
    with transaction.atomic():
        rows = RosterObjection.objects.select_for_update(of=("self",))
        objection = rows.get(pk=objection_id, training_class__in=hosted)
        if objection.answered_at is None:
            objection.answer, objection.answered_at, objection.answered_by_id = words, at, by.account_id
            objection.save(update_fields=["answer", "answered_at", "answered_by"])
            _told("roster.answer", objection.training_class, by, at)
    return objection


def _told(verb: str, found: TrainingClass, by: Scope, at: datetime, count: int = 1) -> None:
    record(
        verb=verb,
        object_type="training_class",
        object_id=found.uid,
        by=by.account_id,
        at=at,
        count=count,
    )
