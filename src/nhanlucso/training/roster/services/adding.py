"""Putting people on a roster as in another class, and taking them off it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.people.models import Person
from nhanlucso.people.queries import people_by_ids
from nhanlucso.training.models import Attendance, Invitation
from nhanlucso.training.queries.classes import hosted_class
from nhanlucso.training.roster.records import invited_to, marks_of
from nhanlucso.training.services.invitations import invite


@dataclass(frozen=True, slots=True)
class Copied:
    """How many came onto the roster, were on it before, and were left out because they are outside the scope."""

    added: int
    already: int
    outside: int


def add_from_class(*, class_id: int, other_id: int, by: Scope, at: datetime) -> Copied:
    """Puts everybody on the roster of another hosted class onto this one, as far as `by` reaches them.

    Raises Refused("not_allowed", "nobody_to_invite"), TrainingClass.DoesNotExist outside the scope.
    """
    by = by.require(Permission.EDIT_CLASSES)
    found, other = hosted_class(by, class_id), hosted_class(by, other_id)
    people = set(marks_of(other.pk)) | invited_to(other.pk)
    reached = people_by_ids(by, people).keys()
    done = invite(training_class=found, people=reached, by=by, at=at)
    return Copied(done.added, done.already, len(people) - len(reached))


def remove_from_roster(*, class_id: int, person_id: int, by: Scope, at: datetime) -> None:
    """Takes somebody without a mark off the roster; who is not on it stays off.

    Raises Refused("not_allowed", "has_marks"), TrainingClass.DoesNotExist outside the scope, Person.DoesNotExist.
    """
    by = by.require(Permission.EDIT_CLASSES)
    found = hosted_class(by, class_id)
    if not Person.objects.filter(pk=person_id).exists():
        raise Person.DoesNotExist
    with transaction.atomic():
        # Whoever marks holds the session: a mark set meanwhile is seen here.
        list(found.sessions.select_for_update().order_by("pk"))
        rows = Attendance.objects.filter(session__training_class=found, person=person_id)
        if rows.exclude(status="").exists():
            raise Refused(
                "has_marks", _("Người này đã có dấu điểm danh. Bỏ dấu ở các buổi trước, rồi mới bỏ tên được.")
            )
        gone = rows.delete()[0]
        gone += Invitation.objects.filter(training_class=found, person=person_id).delete()[0]
        if gone:
            record(
                verb="class.uninvite",
                object_type="training_class",
                object_id=found.uid,
                by=by.account_id,
                at=at,
            )
