"""The roster of a class, and whom somebody may put on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, F, OuterRef, Q

from nhanlucso.kernel.clock import local_date, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import SYSTEM, Scope
from nhanlucso.kernel.text import fold, name_key
from nhanlucso.orgs.queries import reach_below, today_tree, visible_unit
from nhanlucso.orgs.rules import Version
from nhanlucso.people.models import Person, Post
from nhanlucso.people.queries import PersonLine, PersonName, find_people, lines, people_by_ids
from nhanlucso.training.models import Attendance, Invitation, TrainingClass
from nhanlucso.training.queries.classes import hosted_class, hosted_classes
from nhanlucso.training.roster.records import invited_to, marks_of
from nhanlucso.training.roster.rules import Named, meant, spelled_alike

MOST_NAMES = 500
_FOUND_AT_MOST, _CLASSES_AT_MOST, _UNITS_AT_MOST = 20, 30, 300


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on a roster. `marks`: in how many sessions something is recorded; without any they can be removed."""

    person: PersonName
    marks: int


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody on the roster of a class, by given name."""

    training_class: TrainingClass
    members: list[Member]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be put on the roster; `there`: they are on it."""

    line: PersonLine
    there: bool


class Found(StrEnum):
    """What a written name led to."""

    ONE = "one"
    THERE = "there"
    SEVERAL = "several"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class NameFound:
    """A written name with those whom it may mean."""

    written: str
    state: Found
    candidates: list[PersonLine]


def roster(scope: Scope, class_id: int) -> Roster:
    """The roster of a class that the scope may change. Raises TrainingClass.DoesNotExist for any other."""
    found = hosted_class(scope.to(Permission.EDIT_CLASSES), class_id)
    marks = marks_of(class_id)
    first = found.sessions.order_by("starts_at").values_list("starts_at", flat=True).first()
    on = local_date(first) if first else today()
    # Hosts see everyone who is on their roster, wherever they work.
    names = people_by_ids(SYSTEM, set(marks) | invited_to(class_id), on)
    order = sorted(names, key=lambda pk: (name_key(names[pk].name), pk))
    return Roster(
        found, [Member(names[pk], sum(bool(mark) for mark in marks.get(pk, {}).values())) for pk in order]
    )


def found_to_add(scope: Scope, class_id: int, words: str) -> list[Candidate]:
    """People in reach whose name contains the words, for a class that the scope may change."""
    scope = scope.to(Permission.EDIT_CLASSES)
    hosted_class(scope, class_id)
    there = set(marks_of(class_id)) | invited_to(class_id)
    found = find_people(scope, words, today(), _FOUND_AT_MOST)
    return [Candidate(line, line.person.pk in there) for line in found]


def names_found(scope: Scope, class_id: int, unit_id: int, names: Sequence[str]) -> list[NameFound]:
    """Whom written names mean among the people of a unit and below, in the order given. One who is spelled so is
    found; several, or one who is spelled otherwise, are to be chosen from.

    Raises TrainingClass.DoesNotExist, Unit.DoesNotExist outside the scope.
    """
    scope = scope.to(Permission.EDIT_CLASSES)
    hosted_class(scope, class_id)
    visible_unit(scope, unit_id)
    inside = reach_below(scope.to(Permission.SEE_PEOPLE), unit_id, today()).rows("unit", "valid_from")
    posts = Post.objects.filter(inside, person=OuterRef("pk"))
    wanted = Person.objects.filter(name_folded__in={fold(name) for name in names}).filter(Exists(posts))
    people = {line.person.pk: line for line in lines(scope, wanted.order_by("birth", "pk"), today())}
    known: dict[str, list[Named]] = {}
    for pk, line in people.items():
        known.setdefault(line.person.name_folded, []).append(Named(pk, line.person.full_name))
    there = set(marks_of(class_id)) | invited_to(class_id)
    return [_found(name, known.get(fold(name), []), people, there) for name in names]


def _found(written: str, known: Sequence[Named], people: dict[int, PersonLine], there: set[int]) -> NameFound:
    who = meant(written, known)
    candidates = [people[one.person] for one in who]
    if not who:
        return NameFound(written, Found.NOBODY, [])
    if len(who) > 1 or not spelled_alike(written, who[0]):
        return NameFound(written, Found.SEVERAL, candidates)
    return NameFound(written, Found.THERE if who[0].person in there else Found.ONE, candidates)


def classes_to_copy(scope: Scope, class_id: int) -> list[TrainingClass]:
    """The newest other classes that the scope hosts and that have a roster."""
    scope = scope.to(Permission.EDIT_CLASSES)
    asked = Q(Exists(Invitation.objects.filter(training_class=OuterRef("pk"))))
    asked |= Q(Exists(Attendance.objects.filter(session__training_class=OuterRef("pk"))))
    found = hosted_classes(scope).exclude(pk=class_id).filter(asked)
    return list(found.order_by(F("first_day").desc(nulls_last=True), "-pk")[:_CLASSES_AT_MOST])


def units_to_search(scope: Scope) -> list[tuple[Version, int]]:
    """The units that pasted names may be looked up in, with their depth; the highest alone where they are many."""
    tree = today_tree(scope.to(Permission.EDIT_CLASSES))
    depth = 9
    while len(tree) > _UNITS_AT_MOST and depth:
        depth -= 1
        tree = [(version, at) for version, at in tree if at <= depth]
    return tree[:_UNITS_AT_MOST]
