"""Sessions by their day: what is on, and what was held but never recorded."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from nhanlucso.kernel.clock import ZONE
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.training.models import Attendance, ClassSession, HeadCount
from nhanlucso.training.queries.classes import hosted_classes

REMEMBERED = 60  # days that a session without a record is reminded of


def sessions_on(scope: Scope, first: date, last: date) -> QuerySet[ClassSession]:
    """The sessions that the scope may record, of the days from first to last, in their order."""
    hosted = hosted_classes(scope.to(Permission.RECORD_ATTENDANCE)).values("pk")
    start = datetime.combine(first, time.min, tzinfo=ZONE)
    end = datetime.combine(last + timedelta(days=1), time.min, tzinfo=ZONE)
    found = ClassSession.objects.filter(training_class__in=hosted, starts_at__gte=start, starts_at__lt=end)
    return found.select_related("training_class").order_by("starts_at", "pk")


def unrecorded_sessions(scope: Scope, on: date) -> QuerySet[ClassSession]:
    """Sessions of the last weeks, today included, of which nothing is known: nobody is marked, and their class has
    no head count either. The oldest first."""
    marked = Attendance.objects.filter(session=OuterRef("pk")).exclude(status="")
    counted = HeadCount.objects.filter(training_class=OuterRef("training_class"), count__isnull=False)
    found = sessions_on(scope, on - timedelta(days=REMEMBERED), on)
    return found.filter(~Exists(marked), ~Exists(counted))
