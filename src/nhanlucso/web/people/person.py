"""What the page of one person shows, and what may be done there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from nhanlucso.access.queries import account_names
from nhanlucso.audit.queries import events_about
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.learning.queries import results_of
from nhanlucso.people.models import Person
from nhanlucso.people.queries import people_by_ids, posts_of
from nhanlucso.plans.queries import board_seats_of
from nhanlucso.teams.queries import seats_of
from nhanlucso.training.queries.attended import classes_attended
from nhanlucso.web.kit.lifeline import Records

_ACTS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Acts:
    """What may be done with this person, here: not somewhere else."""

    edit: bool
    record: bool
    invite: bool
    endable: frozenset[int]


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the log: when, who, what."""

    at: datetime
    who: str
    what: str


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


def deeds_on(scope: Scope, person: Person, records: Records) -> list[Deed]:
    """Who changed what of this record, newest first: for who may read the log of this person's units."""
    seen = scope.to(Permission.READ_AUDIT)
    if not scope.may(Permission.READ_AUDIT) or not people_by_ids(seen, [person.pk]):
        return []
    ids = [person.uid, *(line.post.uid for line in records.posts), *(row.uid for row in records.results)]
    events = events_about(seen, ("person", "post", "course_result"), ids, _ACTS_SHOWN)
    names = account_names(seen, {event.account_id for event in events if event.account_id is not None})
    said = _said()
    return [
        Deed(
            event.at,
            names.get(event.account_id or 0, "")
            or (_("Hệ thống") if event.account_id is None else _("Tài khoản đã xóa")),
            said.get(event.verb, event.verb),
        )
        for event in events
    ]


def _said() -> dict[str, str]:
    return {
        "person.add": _("Thêm vào danh sách"),
        "person.change": _("Sửa thông tin"),
        "person.merge": _("Gộp hồ sơ trùng"),
        "person.distinct": _("Nói rõ là hai người"),
        "person.maybe_same": _("Xét lại có thể cùng một người"),
        "post.add": _("Thêm vị trí"),
        "post.change": _("Sửa vị trí"),
        "post.end": _("Kết thúc vị trí"),
        "result.change": _("Sửa kết quả"),
        "result.remove": _("Xóa kết quả"),
    }
