"""The list of classes with its filters, and the sessions of a calendar, as far as a scope sees classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from nhanlucso.courses.models import Course
from nhanlucso.kernel.batches import parts
from nhanlucso.kernel.clock import ZONE, local_date, today
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import Reach, history
from nhanlucso.people.cuts import Cut
from nhanlucso.training.enums import ATTENDED
from nhanlucso.training.models import Attendance, ClassSession, HeadCount, TrainingClass
from nhanlucso.training.queries.classes import hosted_classes, titled, visible_classes

OURS, GUESTS = "ours", "guests"  # classes that the scope hosts; classes of others where its people are


@dataclass(frozen=True, slots=True)
class ClassesAsked:
    """Which classes a list is asked for: with a session in a span of days, of a form and mode, of a course, hosted
    or co-hosted below a unit, with words in the title. `side`: OURS or GUESTS."""

    words: str = ""
    span: tuple[date, date] | None = None
    form: str = ""
    mode: str = ""
    unit: int | None = None
    course: int | None = None
    side: str = ""


class ClassList(Cut[TrainingClass]):
    """Classes, the newest first, each with `first_day`, `last_day`, `invited`, `people`, `came`, `held` (sessions)
    and `recorded` (whether a mark or a head count is known); counted and cut like a list."""

    def __init__(self, scope: Scope, classes: QuerySet[TrainingClass]) -> None:
        self._scope, self._classes = scope, classes

    @cached_property
    def forms(self) -> dict[str, int]:
        """How many classes there are of each form; "" where none is known."""
        found = TrainingClass.objects.filter(pk__in=self._classes.values("pk"))
        return dict(found.order_by().values_list("form").annotate(n=Count("pk")))

    def __len__(self) -> int:
        return sum(self.forms.values())

    def read(self, span: slice) -> list[TrainingClass]:
        # The order is found first; what stands in a row is counted for the rows of the slice alone.
        begins = ClassSession.objects.filter(training_class=OuterRef("pk")).order_by("starts_at")
        order = (
            TrainingClass.objects.filter(pk__in=self._classes.values("pk"))
            .annotate(begins=Subquery(begins.values("starts_at")[:1]))
            .order_by(F("begins").desc(nulls_last=True), "-pk")
        )
        ids = list(order.values_list("pk", flat=True)[span])
        rows = {row.pk: row for part in parts(ids) for row in _counted(self._scope, part)}
        return [rows[pk] for pk in ids]


def class_list(scope: Scope, asked: ClassesAsked) -> ClassList:
    """The classes asked for that the scope sees."""
    classes = _on_side(scope, asked.side)
    if asked.words:
        classes = classes.filter(titled(scope, asked.words))
    if asked.span:
        inside = ClassSession.objects.filter(_between(*asked.span), training_class=OuterRef("pk"))
        classes = classes.filter(Exists(inside))
    for name in ("form", "mode"):
        if value := getattr(asked, name):
            classes = classes.filter(**{name: value})
    if asked.course is not None:
        classes = classes.filter(course=asked.course)
    if asked.unit is not None:
        below = _below(asked.unit)
        classes = classes.filter(
            below.rows("host_unit", "placed_on") | below.rows("co_host_units", "placed_on")
        )
    return ClassList(scope, classes)


def hosts_in_use(scope: Scope) -> list[int]:
    """The units (ids) that host the classes that the scope sees."""
    found = visible_classes(scope).order_by().values_list("host_unit", flat=True)
    return sorted({unit for unit in found if unit is not None})


def courses_in_use(scope: Scope) -> list[Course]:
    """The courses of the classes that the scope sees, by title."""
    taught = visible_classes(scope).order_by().values("course")
    return list(Course.objects.filter(pk__in=taught).order_by("title", "pk"))


def sessions_between(scope: Scope, first: date, last: date, side: str = "") -> list[ClassSession]:
    """The sessions of the days from first to last of classes that the scope sees, in their order, each with its
    class and `recorded` (whether a mark of it, or a head count of its class, is known)."""
    marked = Attendance.objects.filter(session=OuterRef("pk")).exclude(status="")
    counted = HeadCount.objects.filter(training_class=OuterRef("training_class"), count__isnull=False)
    found = ClassSession.objects.filter(
        _between(first, last), training_class__in=_on_side(scope, side).values("pk")
    )
    rows = found.annotate(recorded=Exists(marked) | Exists(counted)).select_related("training_class")
    return list(rows.order_by("starts_at", "pk"))


def nearest_session_day(scope: Scope, first: date, last: date, side: str = "") -> date | None:
    """The day of a session outside a span that is nearest to it, earlier ones before later ones."""
    seen = ClassSession.objects.filter(training_class__in=_on_side(scope, side).values("pk"))
    before = seen.filter(starts_at__lt=_midnight(first)).order_by("-starts_at").first()
    after = seen.filter(starts_at__gte=_midnight(last + timedelta(days=1))).order_by("starts_at").first()
    found = before or after
    return local_date(found.starts_at) if found else None


def _on_side(scope: Scope, side: str) -> QuerySet[TrainingClass]:
    classes = visible_classes(scope)
    if side == OURS:
        return classes.filter(pk__in=hosted_classes(scope).values("pk"))
    if side == GUESTS:
        return classes.exclude(pk__in=hosted_classes(scope).values("pk"))
    return classes


def _below(unit: int) -> Reach:
    """What lies below a unit in the tree of today or, where it has ended, of its last day. Names of units and who
    hosts a class that is seen are open."""
    past = history()
    version = past.last_version(unit)
    return Reach(past.inside_since(frozenset({unit}), min(today(), version.valid_to) if version else today()))


def _between(first: date, last: date) -> Q:
    return Q(starts_at__gte=_midnight(first), starts_at__lt=_midnight(last + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZONE)


def _counted(scope: Scope, ids: Sequence[int]) -> QuerySet[TrainingClass]:
    marks = Attendance.objects.filter(session__training_class=OuterRef("pk")).order_by()
    came = marks.filter(status__in=ATTENDED).values("session__training_class")
    held = ClassSession.objects.filter(training_class=OuterRef("pk")).order_by().values("training_class")
    counted = HeadCount.objects.filter(training_class=OuterRef("pk"), count__isnull=False)
    return (
        visible_classes(scope)
        .filter(pk__in=ids)
        .annotate(
            came=Coalesce(Subquery(came.annotate(n=Count("person", distinct=True)).values("n")), 0),
            held=Coalesce(Subquery(held.annotate(n=Count("pk")).values("n")), 0),
            recorded=Exists(marks.exclude(status="")) | Exists(counted),
        )
    )
