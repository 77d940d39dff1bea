"""What units say of the marks of their own people in a class that others host."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from nhanlucso.kernel.clock import local_date, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import SYSTEM, Scope
from nhanlucso.kernel.text import name_key
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import Reach, history
from nhanlucso.orgs.rules import Version
from nhanlucso.people.models import Post
from nhanlucso.people.queries import PersonName, people_by_ids
from nhanlucso.training.models import ClassSession, RosterConfirmation, RosterObjection, TrainingClass
from nhanlucso.training.queries.classes import hosted_classes, visible_classes
from nhanlucso.training.roster.records import marks_of
from nhanlucso.training.roster.rules import Standing, fingerprint, standing

_PARTS = ("village", "division")  # people of these are counted with the unit above


@dataclass(frozen=True, slots=True)
class Objected:
    """An objection with the names that its readers may see."""

    held: RosterObjection
    person: PersonName
    who: str
    unit: str


@dataclass(frozen=True, slots=True)
class UnitSaid:
    """What a unit said last. `stale`: marks of its people have changed since."""

    held: RosterConfirmation
    unit: str
    who: str
    stale: bool


@dataclass(frozen=True, slots=True)
class Silent:
    """A unit that has said nothing yet of so many of its people."""

    unit: str
    people: int


@dataclass(frozen=True, slots=True)
class Confirmations:
    """For the page of a class. `hosted`: what all units say, else what one's own says; nothing to show is falsy.

    `may_answer`: whether the scope may answer objections; `may_confirm`: whether it has people here to confirm.
    """

    class_id: int
    hosted: bool
    said: list[UnitSaid] = field(default_factory=list)
    silent: list[Silent] = field(default_factory=list)
    objections: list[Objected] = field(default_factory=list)
    may_answer: bool = False
    may_confirm: bool = False

    def __bool__(self) -> bool:
        return bool(self.said or self.silent or self.objections or self.may_confirm)


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One of a unit's own people with all marks and what the unit objected to, the open objection first."""

    person: PersonName
    marks: tuple[str, ...]
    standing: Standing
    objections: list[RosterObjection]


@dataclass(frozen=True, slots=True)
class OwnRows:
    """The rows that a unit confirms; `seen` is the fingerprint of what is shown."""

    training_class: TrainingClass
    sessions: list[ClassSession]
    unit: Version
    units: list[Version]
    rows: list[OwnRow]
    said: UnitSaid | None
    seen: str


def confirming_units(scope: Scope) -> list[Version]:
    """The units for which the scope may confirm rosters: those it works on and whose people it sees, as they are
    today."""
    held = scope.to(Permission.RECORD_ATTENDANCE).to(Permission.SEE_PEOPLE).unit_ids
    past, day = history(), today()
    return [version for unit in sorted(held) if (version := past.version(unit, day))]


def own_rows(scope: Scope, class_id: int, unit_id: int | None) -> OwnRows:
    """The rows of the people of a unit (None: the first of the scope's) in a class that others host.

    Raises TrainingClass.DoesNotExist where the scope hosts the class, has nobody in it or may confirm nothing;
    Unit.DoesNotExist for a unit that it may not confirm for.
    """
    scope = scope.to(Permission.RECORD_ATTENDANCE)  # looking at a host is no hosting
    found = visible_classes(scope).get(pk=class_id)
    units = confirming_units(scope)
    if not units or hosted_classes(scope).filter(pk=class_id).exists():
        raise TrainingClass.DoesNotExist
    unit = next((one for one in units if unit_id in (None, one.unit)), None)
    if unit is None:
        raise Unit.DoesNotExist
    marks = _marked(class_id)
    people = _of_unit(unit.unit, _posts(marks))
    sessions = list(found.sessions.order_by("starts_at", "pk"))
    names = people_by_ids(scope, people, local_date(sessions[0].starts_at)) if sessions else {}
    if not names:
        raise TrainingClass.DoesNotExist
    objections: dict[int, list[RosterObjection]] = {}
    objected = RosterObjection.objects.filter(training_class=found, unit=unit.unit, person__in=names)
    for one in objected.select_related("answered_by").order_by("answered_at", "pk"):
        objections.setdefault(one.person_id, []).append(one)
    rows = []
    for person in sorted(names, key=lambda pk: (name_key(names[pk].name), pk)):
        line = tuple(marks[person].get(session.pk, "") for session in sessions)
        rows.append(OwnRow(names[person], line, standing(line), objections.get(person, [])))
    seen = _fingerprint(marks, names)
    confirmed = RosterConfirmation.objects.filter(training_class=found, unit=unit.unit)
    held = confirmed.select_related("account").first()
    return OwnRows(found, sessions, unit, units, rows, _said(held, seen) if held else None, seen)


def class_confirmations(scope: Scope, class_id: int) -> Confirmations:
    """What units said of their people in a class: of all units for its hosts, else of the scope's own.

    Render it as `confirmations` in `classes/_confirmations.html`. Raises TrainingClass.DoesNotExist outside the
    scope.
    """
    found = visible_classes(scope).get(pk=class_id)
    hosted = hosted_classes(scope).filter(pk=class_id).exists()
    writing = scope.to(Permission.RECORD_ATTENDANCE)
    hosting = scope.may(Permission.RECORD_ATTENDANCE) and (
        hosted and hosted_classes(writing).filter(pk=class_id).exists()
    )
    own = frozenset() if hosting else frozenset(version.unit for version in confirming_units(scope))
    marks = _marked(class_id)
    posts = _posts(marks)
    confirmed = RosterConfirmation.objects.filter(training_class=found).select_related("account")
    objected = RosterObjection.objects.filter(training_class=found, answered_at__isnull=True)
    if not hosted:
        confirmed, objected = confirmed.filter(unit__in=own), objected.filter(unit__in=own)
    said = [
        _said(one, _fingerprint(marks, _of_unit(one.unit_id, posts)))
        for one in confirmed.order_by("at", "pk")
    ]
    names = people_by_ids(SYSTEM if hosted else scope, {one.person_id for one in objected})
    return Confirmations(
        class_id=class_id,
        hosted=hosted,
        said=said,
        silent=_silent(found, posts, {one.held.unit_id for one in said}) if hosted else [],
        objections=[
            Objected(one, names[one.person_id], _who(one), _unit_name(one.unit_id))
            for one in objected.select_related("account").order_by("pk")
            if one.person_id in names
        ],
        may_answer=hosting,
        may_confirm=any(_of_unit(unit, posts) for unit in own),
    )


def _marked(class_id: int) -> dict[int, dict[int, str]]:
    """Who has a mark at all: the others have nothing to be confirmed."""
    return {person: marks for person, marks in marks_of(class_id).items() if any(marks.values())}


_Posts = Mapping[int, list[Post]]


def _posts(people: Collection[int]) -> _Posts:
    found: dict[int, list[Post]] = {}
    rows = Post.objects.filter(person__in=list(people)).only("person_id", "unit_id", "valid_from", "valid_to")
    for post in rows:
        found.setdefault(post.person_id, []).append(post)
    return found


def _of_unit(unit_id: int, posts: _Posts) -> set[int]:
    """Those with a post that, carried to today, lies wholly below the unit: whom its officers see."""
    since = Reach(history().inside_since(frozenset({unit_id}), today())).since or {}
    return {
        person
        for person, held in posts.items()
        if any(post.unit_id in since and post.valid_from >= since[post.unit_id] for post in held)
    }


def _fingerprint(marks: Mapping[int, Mapping[int, str]], people: Iterable[int]) -> str:
    return fingerprint((session, pk, mark) for pk in people for session, mark in marks.get(pk, {}).items())


def _said(held: RosterConfirmation, seen: str) -> UnitSaid:
    who = held.account.get_full_name() if held.account else ""
    return UnitSaid(held, _unit_name(held.unit_id), who, held.fingerprint != seen)


def _who(objection: RosterObjection) -> str:
    return objection.account.get_full_name() if objection.account else ""


def _unit_name(unit_id: int) -> str:
    version = history().version_near(unit_id, today())
    return version.name if version else ""


def _silent(found: TrainingClass, posts: _Posts, said: Collection[int]) -> list[Silent]:
    """How many people each unit has here that has not spoken, nor lies below one that has; hosts speak by marking."""
    hosts = {found.host_unit_id, *found.co_host_units.values_list("pk", flat=True)}
    covered = {person for unit in said for person in _of_unit(unit, posts)}
    counts: Counter[int] = Counter()
    past, day = history(), today()
    for person, held in posts.items():
        if person not in covered:
            post = max(held, key=lambda one: (one.valid_from <= day <= one.valid_to, one.valid_from, one.pk))
            became = past.carry(post.unit_id, post.valid_from, day)
            counts[_whole(next(iter(became)) if len(became) == 1 else post.unit_id)] += 1
    units = [Silent(_unit_name(unit), people) for unit, people in counts.items() if unit not in hosts]
    return sorted(units, key=lambda one: (-one.people, one.unit))


def _whole(unit: int) -> int:
    """The unit itself, or the one above where it is a part of it."""
    version = history().version_near(unit, today())
    while version and version.kind in _PARTS and version.parent is not None:
        unit = version.parent
        version = history().version_near(unit, today())
    return unit
