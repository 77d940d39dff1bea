"""What one person came to, and what they are invited to: for whoever reaches them, and for themselves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q

from nhanlucso.kernel.clock import ZONE, local_date, today
from nhanlucso.kernel.scope import SYSTEM, Scope
from nhanlucso.kernel.text import name_key
from nhanlucso.people.queries import PersonName, people_by_ids
from nhanlucso.training.enums import ATTENDED
from nhanlucso.training.models import Attendance, ClassSession, TrainingClass
from nhanlucso.training.queries.classes import hosted_classes
from nhanlucso.training.roster.rules import ENOUGH


@dataclass(frozen=True, slots=True)
class Attended:
    """A class that somebody came to: how many of its sessions; `completed` from four in five on."""

    training_class: TrainingClass
    first_day: date
    last_day: date
    attended: int
    sessions: int

    @property
    def completed(self) -> bool:
        return self.attended * ENOUGH[1] >= self.sessions * ENOUGH[0]


@dataclass(frozen=True, slots=True)
class Coming:
    """A class that somebody is invited to and that is not over: the sessions still to come."""

    training_class: TrainingClass
    sessions: tuple[ClassSession, ...]


def classes_attended(scope: Scope, person_id: int) -> list[Attended]:
    """The classes that somebody attended a session of, newest first; nothing outside the scope."""
    return _attended(person_id) if person_id in people_by_ids(scope, [person_id]) else []


def classes_coming(scope: Scope, person_id: int) -> list[Coming]:
    """The classes to come that somebody is invited to, the next first; nothing outside the scope."""
    return _coming(person_id) if person_id in people_by_ids(scope, [person_id]) else []


@dataclass(frozen=True, slots=True)
class ClassChoice:
    """A class in a list to choose from."""

    id: int
    title: str
    first_day: date


def recent_classes(scope: Scope, most: int = 50) -> list[ClassChoice]:
    """The newest classes that have begun and that a unit in reach hosts."""
    return _choices(scope, Q(first_day__lte=today()), "-first_day", most)


def classes_to_come(scope: Scope, most: int = 50) -> list[ClassChoice]:
    """The classes that are not over and that a unit in reach hosts, the next first."""
    return _choices(scope, Q(last_day__gte=today()), "first_day", most)


def _choices(scope: Scope, when: Q, order: str, most: int) -> list[ClassChoice]:
    rows: Any = hosted_classes(scope).filter(when).order_by(order, "pk")  # with days added to the fields
    return [ClassChoice(row.pk, row.title, row.first_day) for row in rows[:most]]


def roster_names(scope: Scope, class_id: int) -> dict[int, PersonName]:
    """Who attended a class that a unit in reach hosts, by given name, wherever they work; nobody of other classes."""
    if not hosted_classes(scope).filter(pk=class_id).exists():
        return {}
    came = Attendance.objects.filter(session__training_class=class_id, status__in=ATTENDED)
    names = people_by_ids(SYSTEM, set(came.values_list("person_id", flat=True)))
    return dict(sorted(names.items(), key=lambda one: (name_key(one[1].name), one[0])))


def own_classes(scope: Scope) -> list[Attended]:
    """The classes that the person behind the account attended a session of, newest first; never by reach."""
    return [] if scope.person_id is None else _attended(scope.person_id)


def own_classes_coming(scope: Scope) -> list[Coming]:
    """The classes to come that the person behind the account is invited to, the next first; never by reach."""
    return [] if scope.person_id is None else _coming(scope.person_id)


def _attended(person_id: int) -> list[Attended]:
    came = Attendance.objects.filter(person=person_id, status__in=ATTENDED)
    counts = Counter(came.values_list("session__training_class_id", flat=True))
    days: dict[int, list[date]] = {}
    rows = ClassSession.objects.filter(training_class__in=list(counts))
    for pk, starts_at in rows.order_by("starts_at").values_list("training_class_id", "starts_at"):
        days.setdefault(pk, []).append(local_date(starts_at))
    classes = TrainingClass.objects.filter(pk__in=list(counts)).select_related("course")
    found = [Attended(c, days[c.pk][0], days[c.pk][-1], counts[c.pk], len(days[c.pk])) for c in classes]
    return sorted(found, key=lambda one: (one.last_day, one.training_class.pk), reverse=True)


def _coming(person_id: int) -> list[Coming]:
    midnight = datetime.combine(today(), time.min, tzinfo=ZONE)  # a class of today stays all day
    sessions = ClassSession.objects.filter(
        training_class__invitations__person=person_id, starts_at__gte=midnight
    ).select_related("training_class__course")
    found: dict[int, list[ClassSession]] = {}
    for session in sessions.order_by("starts_at", "pk"):
        found.setdefault(session.training_class_id, []).append(session)
    return [Coming(held[0].training_class, tuple(held)) for held in found.values()]
