"""What a class is planned from: whom it may be held by and with, where, under which plan, like which one before."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import fold, natural_key
from nhanlucso.orgs.queries import ended_units, history, reach
from nhanlucso.orgs.rules import Version
from nhanlucso.plans.models import Activity
from nhanlucso.training.models import Attendance, ClassSession, Invitation, TrainingClass
from nhanlucso.training.queries.classes import hosted_classes

_PLACES = 50  # of the last sessions, looked through for one that still goes by its name


def classes_led(scope: Scope) -> QuerySet[TrainingClass]:
    """The classes whose own host the scope may plan for. Co-hosts help to invite and record; the class stays the
    host's."""
    may = scope.to(Permission.EDIT_CLASSES)
    return hosted_classes(may).filter(reach(may).rows("host_unit", "placed_on"))


def class_led(scope: Scope, class_id: int) -> TrainingClass:
    """The class, if the scope may plan for its host; raises TrainingClass.DoesNotExist."""
    return classes_led(scope).get(pk=class_id)


def latest_class(scope: Scope) -> TrainingClass | None:
    """The newest class that the scope may plan, for the next one to be like it."""
    return classes_led(scope).order_by(F("last_day").desc(nulls_last=True), "-pk").first()


def equal_class(scope: Scope, title: str, host: int, starts_at: datetime) -> TrainingClass | None:
    """A class that the scope may plan, of the same title (marks or not) and host, that begins at the same time."""
    rows = classes_led(scope).filter(host_unit=host, sessions__starts_at=starts_at).order_by("pk")
    same = (row for row in rows if fold(row.title) == fold(title))
    return next((row for row in same if not row.sessions.filter(starts_at__lt=starts_at).exists()), None)


def latest_place(scope: Scope) -> str:
    """Where the last session of the classes that the scope may plan was held, if that place bears no name of a unit
    that is gone."""
    sessions = ClassSession.objects.filter(training_class__in=classes_led(scope).values("pk"))
    newest = sessions.exclude(place="").order_by("-starts_at", "-pk").values_list("place", flat=True)
    return next((place for place in newest[:_PLACES] if not vanished_name(scope, place)), "")


def vanished_name(scope: Scope, place: str) -> str:
    """The name of a unit in reach that has ended, where a place is called by it («UBND xã Phú Nhuận»); "" for a place
    that goes by none, or by one that a unit bears today."""
    words = f" {fold(place)} "
    if not (gone := [v.name for v in ended_units(scope) if f" {fold(v.name)} " in words]):
        return ""
    past, day = history(), today()
    borne = {fold(v.name) for unit in past.closure(day) if (v := past.version(unit, day))}
    return next((name for name in gone if fold(name) not in borne), "")


def offered_activities(scope: Scope, unit: int) -> QuerySet[Activity]:
    """The activities that a class of a unit may belong to: of plans that it or a unit above it issued, led by it or
    joined by it. Nothing outside the scope."""
    past = history()
    if not reach(scope).holds(unit) or (version := past.last_version(unit)) is None:
        return Activity.objects.none()
    line = past.closure(min(today(), version.valid_to)).get(unit, (unit,))
    ours = Q(plan__issuer_unit__in=line) | Q(lead_unit__in=line) | Q(partner_units=unit)
    found = Activity.objects.filter(ours).values("pk")
    return (
        Activity.objects.filter(pk__in=found)
        .select_related("plan")
        .order_by("-plan__issued_on", "plan", "pk")
    )


def units_to_join(scope: Scope, words: str, on: date, most: int) -> list[Version]:
    """Units of a day whose name, or an older name of theirs or of what became them, contains the words, marks or not:
    whom a class may be held with. Names of units are open to every scope."""
    wanted, past = fold(words), history()
    if not wanted:
        return []
    named = (u for u, versions in past.versions.items() if any(wanted in fold(v.name) for v in versions))
    found = past.standing(named, on)
    return sorted(
        found,
        key=lambda v: (
            wanted not in fold(v.name),
            not fold(v.name).endswith(wanted),
            natural_key(v.name),
            v.unit,
        ),
    )[:most]


def people_of_before(scope: Scope, class_id: int) -> list[int]:
    """Who was invited to a class that the scope hosts or, where nobody was, who is on its roster (ids)."""
    if not hosted_classes(scope).filter(pk=class_id).exists():
        return []
    invited = Invitation.objects.filter(training_class=class_id).values_list("person_id", flat=True)
    came = Attendance.objects.filter(session__training_class=class_id).values_list("person_id", flat=True)
    return sorted(set(invited) or set(came))
