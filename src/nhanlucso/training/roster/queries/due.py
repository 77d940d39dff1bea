"""What waits to be confirmed: classes of others where one's own people were marked of late."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from nhanlucso.kernel.clock import ZONE
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import reach
from nhanlucso.training.models import Attendance, RosterConfirmation, TrainingClass
from nhanlucso.training.queries.classes import hosted_classes
from nhanlucso.training.queries.days import REMEMBERED


def unconfirmed_classes(scope: Scope, on: date) -> QuerySet[TrainingClass]:
    """Classes hosted elsewhere, with marks of the scope's own people in the last weeks, of which its units have said
    nothing. Whoever reaches everything hosts everything, and has none."""
    own = scope.to(Permission.RECORD_ATTENDANCE).to(Permission.SEE_PEOPLE)  # trainers vouch for nobody
    if own.everything or not own.unit_ids:
        return TrainingClass.objects.none()
    since = datetime.combine(on - timedelta(days=REMEMBERED), time.min, tzinfo=ZONE)
    marked = Attendance.objects.filter(
        reach(own).rows("person__posts__unit", "person__posts__valid_from"),
        session__starts_at__gte=since,
    ).exclude(status="")
    said = RosterConfirmation.objects.filter(training_class=OuterRef("pk"), unit__in=own.unit_ids)
    hosted = hosted_classes(scope.to(Permission.RECORD_ATTENDANCE)).order_by().values("pk")
    # The classes of all marks once, not the marks of each class: those would be gone through again for every class.
    classes = marked.order_by().values("session__training_class")
    found = TrainingClass.objects.filter(~Exists(said), pk__in=classes).exclude(pk__in=hosted)
    return found.order_by("-pk")
