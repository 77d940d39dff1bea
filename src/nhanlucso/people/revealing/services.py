"""Showing whole what pages mask, with a reason, on record."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.people.enums import RevealReason
from nhanlucso.people.models import Person, Reveal
from nhanlucso.people.queries import visible_person
from nhanlucso.people.revealing.rules import MOST, SHOWN_FOR, WITHIN


def reveal(*, person: Person, reason: str, by: Scope, at: datetime) -> Reveal:
    """Notes that the account sees phone, mail and identity number of a person whole from now on, for some minutes.

    Sent twice within these minutes it is one. Raises Refused("not_allowed", "bad_reason", "too_many_reveals");
    Person.DoesNotExist outside the scope.
    """
    by = by.require(Permission.EDIT_PEOPLE)
    visible_person(by, person.pk)
    if reason not in RevealReason.values:
        raise Refused("bad_reason", _("Chọn lý do cần xem."))
    with transaction.atomic():
        mine = Reveal.objects.filter(account=by.account_id)
        standing = mine.filter(person=person, at__gt=at - SHOWN_FOR).order_by("-at").first()
        if standing is not None:
            return standing
        if mine.filter(at__gt=at - WITHIN).count() >= MOST:
            raise Refused(
                "too_many_reveals",
                _("Tài khoản này đã xem đầy đủ %(most)s người trong một giờ. Đợi rồi xem tiếp.")
                % {"most": MOST},
            )
        made = Reveal.objects.create(person=person, account_id=by.account_id, reason=reason, at=at)
        record(verb="person.reveal", object_type="person", object_id=person.uid, by=by.account_id, at=at)
    return made
