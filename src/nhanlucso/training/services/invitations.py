"""Asking people to come to a class."""

from __future__ import annotations

from collections.abc import Collection
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
from nhanlucso.training.models import Invitation, TrainingClass
from nhanlucso.training.queries.classes import hosted_class
from nhanlucso.training.queries.planning import people_of_before

_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Invited:
    """How many were newly invited, and how many had been before."""

    added: int
    already: int


def invite(*, training_class: TrainingClass, people: Collection[int], by: Scope, at: datetime) -> Invited:
    """Puts people (ids) on the invitation list of a class that `by` hosts; who is on it already stays.

    Raises Refused("not_allowed", "nobody_to_invite"), TrainingClass.DoesNotExist or Person.DoesNotExist outside
    the scope.
    """
    by = by.require(Permission.EDIT_CLASSES)
    hosted_class(by, training_class.pk)
    wanted = set(people)
    if not wanted:
        raise Refused("nobody_to_invite", _("Không có ai để mời."))
    if wanted - people_by_ids(by, wanted).keys():
        raise Person.DoesNotExist
    with transaction.atomic():
        known = set(
            Invitation.objects.filter(training_class=training_class).values_list("person_id", flat=True)
        )
        fresh = sorted(wanted - known)
        Invitation.objects.bulk_create(
            [Invitation(training_class=training_class, person_id=person, invited_at=at) for person in fresh],
            batch_size=_BATCH,
            ignore_conflicts=True,
        )
        if fresh:
            record(
                verb="class.invite",
                object_type="training_class",
                object_id=training_class.uid,
                by=by.account_id,
                at=at,
                count=len(fresh),
            )
    return Invited(len(fresh), len(wanted) - len(fresh))


def uninvite(*, training_class: TrainingClass, people: Collection[int], by: Scope, at: datetime) -> int:
    """Takes people (ids) off the invitation list of a class that `by` hosts; how many stood on it. Marks stay.

    Raises Refused("not_allowed"), TrainingClass.DoesNotExist outside the scope.
    """
    by = by.require(Permission.EDIT_CLASSES)
    hosted_class(by, training_class.pk)
    with transaction.atomic():
        rows = Invitation.objects.filter(training_class=training_class, person__in=set(people))
        gone, _deleted = rows.delete()
        if gone:
            record(
                verb="class.uninvite",
                object_type="training_class",
                object_id=training_class.uid,
                by=by.account_id,
                at=at,
                count=gone,
            )
    return gone


def invite_again(*, training_class: TrainingClass, like: TrainingClass, by: Scope, at: datetime) -> Invited:
    """Invites to a class who was invited to an earlier one that `by` hosts too (or, where nobody was, who came), as
    far as `by` still reaches them. Nobody is no mistake here.

    Raises Refused("not_allowed"), TrainingClass.DoesNotExist outside the scope.
    """
    by = by.require(Permission.EDIT_CLASSES)
    hosted_class(by, like.pk)
    people = people_by_ids(by, people_of_before(by, like.pk)).keys()
    if not people:
        hosted_class(by, training_class.pk)
        return Invited(0, 0)
    return invite(training_class=training_class, people=people, by=by, at=at)
