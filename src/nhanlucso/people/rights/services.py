"""What a person may ask for: a copy of their data, erasure; and what stands against it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.journal.models import RowChange
from nhanlucso.journal.rows import label_of
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean
from nhanlucso.people.models import Hold, Person, PersonAccount, PersonInvite, Reveal
from nhanlucso.people.queries import visible_person
from nhanlucso.people.rights.queries import Stored, standing, stored_about
from nhanlucso.people.rights.rules import tombstone


def copy_data(*, pk: int, by: Scope, at: datetime) -> list[Stored]:
    """Everything that is stored about a person, given out and put on record. Raises Person.DoesNotExist."""
    with transaction.atomic():
        found = stored_about(by, pk)
        person = Person.objects.get(pk=pk)
        record(verb="person.copy", object_type="person", object_id=person.uid, by=by.account_id, at=at)
    return found


def hold_person(*, person: Person, reason: str, by: Scope, at: datetime) -> Hold:
    """From now on nothing of a person is erased. Sent twice it is one; Raises Refused("reason_missing")."""
    by = by.require(Permission.EDIT_PEOPLE)
    visible_person(by, person.pk)
    words = clean(reason)
    if not words:
        raise Refused("reason_missing", _("Ghi vì sao phải giữ, như số văn bản yêu cầu."))
    with transaction.atomic():
        made, new = Hold.objects.get_or_create(
            person=person, defaults={"reason": words[:300], "account_id": by.account_id, "at": at}
        )
        if new:
            _written("person.hold", person, by, at)
    return made


def release_person(*, person: Person, by: Scope, at: datetime) -> None:
    """Takes a hold back. Sent twice it is done once."""
    by = by.require(Permission.EDIT_PEOPLE)
    visible_person(by, person.pk)
    with transaction.atomic():
        if Hold.objects.filter(person=person).delete()[0]:
            _written("person.release", person, by, at)


def erase_person(*, person: Person, by: Scope, at: datetime) -> Person:
    """Removes name and identifiers for good; id, posts, classes and results stay, so that no figure changes.

    What the journal kept of the person is erased too. Erased already, nothing happens. Raises Refused("on_hold",
    "post_valid", "account_active"); Person.DoesNotExist outside the scope.
    """
    by = by.require(Permission.EDIT_PEOPLE)
    visible_person(by, person.pk)
    with transaction.atomic():
        held = Person.objects.select_for_update().get(pk=person.pk)
        if held.erased_at is not None:
            return held
        _refuse(held, by)
        told = tombstone(held.uid, held.birth)
        Person.objects.filter(pk=held.pk).update(**told, erased_at=at)
        _erase_copies(held, told)
        Reveal.objects.filter(person=held).delete()
        for link in PersonInvite.objects.filter(person=held).select_related("invite"):
            link.invite.delete()
        PersonAccount.objects.filter(person=held).delete()
        _written("person.erase", held, by, at)
    held.refresh_from_db()
    return held


def _refuse(person: Person, by: Scope) -> None:
    found = standing(by, person)
    if found.hold is not None:
        raise Refused(
            "on_hold",
            _("Hồ sơ đang phải giữ: %(reason)s. Thôi giữ trước rồi mới xóa được.")
            % {"reason": found.hold.reason},
        )
    if found.post:
        raise Refused(
            "post_valid", _("Người này còn vị trí công tác hôm nay. Kết thúc vị trí trước rồi mới xóa được.")
        )
    if found.account:
        raise Refused(
            "account_active", _("Tài khoản của người này còn đăng nhập được. Khóa tài khoản trước.")
        )


def _erase_copies(person: Person, told: dict[str, str]) -> None:
    """The rows of the journal say what the record says now: they can be taken back, and name nobody."""
    rows = RowChange.objects.filter(table=label_of(Person), row=str(person.pk))
    changed = []
    for change in rows.select_for_update().iterator():
        for kept in (change.before, change.after):
            if kept:
                kept.update(told)
        changed.append(change)
    RowChange.objects.bulk_update(changed, ["before", "after"], batch_size=500)


def _written(verb: str, person: Person, by: Scope, at: datetime) -> None:
    record(verb=verb, object_type="person", object_id=person.uid, by=by.account_id, at=at, facts=True)
