"""One class with its people, as a scope may see it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from nhanlucso.kernel.clock import local_date, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import SYSTEM, Scope
from nhanlucso.kernel.text import name_key
from nhanlucso.orgs.queries import reach
from nhanlucso.people.queries import PersonName, people_by_ids
from nhanlucso.training.models import ClassSession, HeadCount, TrainingClass
from nhanlucso.training.queries.classes import hosted_classes, visible_classes
from nhanlucso.training.queries.planning import classes_led
from nhanlucso.training.roster.records import invited_to, marks_of
from nhanlucso.training.roster.rules import Standing, standing


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who is invited or on the roster; a mark for every session, "" where nothing is recorded."""

    person: PersonName
    invited: bool
    marks: tuple[str, ...]
    standing: Standing

    @property
    def came(self) -> bool:
        return self.standing.attended > 0

    @property
    def missing(self) -> bool:
        """Invited, and not seen in any session yet."""
        return self.invited and not self.came


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many people stand in each group, those whose names a scope does not see too."""

    everyone: int
    invited: int
    came: int
    completed: int


@dataclass(frozen=True, slots=True)
class MayHere:
    """What a scope may do with this class: change it (its host's), invite, record."""

    change: bool
    invite: bool
    record: bool


@dataclass(frozen=True, slots=True)
class ClassView:
    """A class as a scope sees it. `hosted`: the scope reaches a host, so nothing is left out; `hidden`: how many
    people it does not see. `recorded`: session (primary key) -> people with a mark, all of them."""

    training_class: TrainingClass
    hosted: bool
    may: MayHere
    co_hosts: tuple[int, ...]
    sessions: list[ClassSession]
    recorded: dict[int, int]
    people: list[Participant]
    sizes: Sizes
    hidden: int
    head_counts: list[HeadCount]


def class_view(scope: Scope, class_id: int) -> ClassView:
    """A class with what the scope may see of it. Raises TrainingClass.DoesNotExist outside the scope."""
    found = visible_classes(scope).select_related("course", "activity__plan").get(pk=class_id)
    hosted = _holds(scope, class_id)
    sessions = list(found.sessions.order_by("starts_at", "pk"))
    marks, invited = marks_of(class_id), invited_to(class_id)
    everyone = {
        person: standing([marks.get(person, {}).get(s.pk, "") for s in sessions])
        for person in {*marks, *invited}
    }
    on = local_date(sessions[0].starts_at) if sessions else today()
    # Hosts see everyone who is on their roster, wherever they work.
    names = people_by_ids(SYSTEM if hosted else scope, everyone, on)
    order = sorted(names, key=lambda person: (name_key(names[person].name), person))
    return ClassView(
        training_class=found,
        hosted=hosted,
        may=_may(scope, class_id),
        co_hosts=tuple(found.co_host_units.order_by("pk").values_list("pk", flat=True)),
        sessions=sessions,
        recorded=Counter(s for row in marks.values() for s, mark in row.items() if mark),
        people=[
            Participant(
                names[person],
                person in invited,
                tuple(marks.get(person, {}).get(s.pk, "") for s in sessions),
                everyone[person],
            )
            for person in order
        ],
        sizes=Sizes(
            len(everyone),
            len(invited),
            sum(one.attended > 0 for one in everyone.values()),
            sum(one.completed for one in everyone.values()),
        ),
        hidden=len(everyone) - len(names),
        head_counts=_head_counts(scope, class_id, hosted),
    )


def _holds(scope: Scope, class_id: int) -> bool:
    return hosted_classes(scope).filter(pk=class_id).exists()


def _may(scope: Scope, class_id: int) -> MayHere:
    edits, records = Permission.EDIT_CLASSES, Permission.RECORD_ATTENDANCE
    return MayHere(
        change=scope.may(edits) and classes_led(scope).filter(pk=class_id).exists(),
        invite=scope.may(edits) and _holds(scope.to(edits), class_id),
        record=scope.may(records) and _holds(scope.to(records), class_id),
    )


def _head_counts(scope: Scope, class_id: int, hosted: bool) -> list[HeadCount]:
    rows = HeadCount.objects.filter(training_class=class_id)
    if not hosted:
        rows = rows.filter(reach(scope.to(Permission.SEE_CLASSES)).rows("unit", "date"))
    return list(rows.order_by("date", "uid"))
