"""What the page of one person shows, and what may be done there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.learning.queries import results_of
from nhanlucso.people.models import Person
from nhanlucso.people.queries import people_by_ids, posts_of
from nhanlucso.plans.queries import board_seats_of
from nhanlucso.teams.queries import seats_of
from nhanlucso.training.queries.attended import classes_attended
from nhanlucso.web.kit.lifeline import Records


@dataclass(frozen=True, slots=True)
class Acts:
    """What may be done with this person, here: not somewhere else."""

    edit: bool
    record: bool
    invite: bool
    endable: frozenset[int]


def records_of(scope: Scope, person: Person) -> Records:
    """All that the scope may see of somebody. Posts elsewhere are not shown; what the person learned is shown as a
    whole, so that nobody is invited to what they have done elsewhere."""
    return Records(
        posts=posts_of(scope, person),
        classes=classes_attended(scope, person.pk),
        results=results_of(scope, person.pk),
        seats=seats_of(scope, person.pk),
        boards=board_seats_of(scope, person.pk),
    )


def acts_on(scope: Scope, person: Person, records: Records) -> Acts:
    """What the scope may do with this person."""

    def may(permission: Permission) -> bool:
        return scope.may(permission) and bool(people_by_ids(scope.to(permission), [person.pk]))

    edit = may(Permission.EDIT_PEOPLE)
    inside: Collection[int] = ()
    if edit and records.posts:
        inside = [line.post.pk for line in posts_of(scope.to(Permission.EDIT_PEOPLE), person)]
    return Acts(
        edit=edit,
        record=may(Permission.RECORD_RESULTS),
        invite=may(Permission.EDIT_CLASSES),
        endable=frozenset(inside),
    )
