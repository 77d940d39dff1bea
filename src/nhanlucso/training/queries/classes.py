"""Reading classes: hosts see the whole roster, any other unit the rows of its own people alone."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import fold
from nhanlucso.orgs.models import named
from nhanlucso.orgs.queries import reach
from nhanlucso.people.queries import visible_people
from nhanlucso.training.models import Attendance, ClassSession, Invitation, TrainingClass

_MATCHES = 1_000  # titles that one search looks into


def hosted_classes(scope: Scope) -> QuerySet[TrainingClass]:
    """Classes that a unit in reach hosts or co-hosts."""
    return _with_days().filter(_hosted(scope)).distinct()


def visible_classes(scope: Scope) -> QuerySet[TrainingClass]:
    """Hosted classes, and those to which people in reach are invited or came; each with its first and last day
    (`first_day`, `last_day`), number of invitations and of people on the roster."""
    classes = _with_days().annotate(
        invited=_count(Invitation.objects.filter(training_class=OuterRef("pk")), "training_class"),
        people=_count(
            Attendance.objects.filter(session__training_class=OuterRef("pk")), "session__training_class"
        ),
    )
    seen = scope.to(Permission.SEE_CLASSES)
    if seen.everything:
        return classes
    own = reach(seen).rows("person__posts__unit", "person__posts__valid_from")
    # From the few people in reach to their classes, not from every class to all who came.
    came = Attendance.objects.filter(own).values("session__training_class")
    asked = Invitation.objects.filter(own).values("training_class")
    return classes.filter(_hosted(scope) | Q(pk__in=came) | Q(pk__in=asked)).distinct()


def visible_sessions(scope: Scope) -> QuerySet[ClassSession]:
    """The sessions of visible classes."""
    return ClassSession.objects.filter(training_class__in=visible_classes(scope).order_by().values("pk"))


def visible_marks(scope: Scope) -> QuerySet[Attendance]:
    """The marks of hosted classes; of others those of people in reach alone."""
    seen = scope.to(Permission.SEE_CLASSES)
    if not scope.may(Permission.SEE_CLASSES):
        return Attendance.objects.none()
    hosted = Q(session__training_class__in=hosted_classes(seen).order_by().values("pk"))
    return Attendance.objects.filter(hosted | Q(person__in=visible_people(seen).values("pk")))


def hosted_class(scope: Scope, class_id: int) -> TrainingClass:
    """The class, if the scope reaches a host; raises TrainingClass.DoesNotExist."""
    return hosted_classes(scope).get(pk=class_id)


def resolve_sessions(scope: Scope, references: Sequence[str]) -> list[ClassSession]:
    """The sessions that `ID` or `source:ID` name, of classes that the scope hosts.

    Raises Refused("unknown_session"), or Refused("ambiguous_session") where several sources use the id.
    """
    hosted = ClassSession.objects.filter(training_class__in=hosted_classes(scope).values("pk"))
    found = []
    for reference in references:
        sessions = list(hosted.filter(named(reference))[:2])
        if not sessions:
            raise Refused(
                "unknown_session", gettext("Không có buổi học «%(session)s».") % {"session": reference}
            )
        if len(sessions) > 1:
            raise Refused(
                "ambiguous_session",
                gettext("Có nhiều buổi học mang mã «%(session)s»; viết đủ nguồn: NGUỒN:%(session)s.")
                % {"session": reference},
            )
        found += sessions
    return found


def _with_days() -> QuerySet[TrainingClass]:
    starts = ClassSession.objects.filter(training_class=OuterRef("pk")).annotate(day=TruncDate("starts_at"))
    return TrainingClass.objects.annotate(
        first_day=Subquery(starts.order_by("starts_at").values("day")[:1]),
        last_day=Subquery(starts.order_by("-starts_at").values("day")[:1]),
        placed_on=Coalesce(Subquery(starts.order_by("starts_at").values("day")[:1]), today()),
    )


def _hosted(scope: Scope) -> Q:
    seen = scope.to(Permission.SEE_CLASSES)
    if seen.everything:
        return Q()
    inside = reach(seen)
    return inside.rows("host_unit", "placed_on") | inside.rows("co_host_units", "placed_on")


def _count(rows: QuerySet[Attendance] | QuerySet[Invitation], group: str) -> Coalesce:
    people = rows.order_by().values(group).annotate(n=Count("person", distinct=True)).values("n")
    return Coalesce(Subquery(people), 0)


def titled(scope: Scope, words: str) -> Q:
    """The newest classes whose title contains the words, marks or not, as a filter; it opens nothing by itself."""
    wanted = fold(words)
    titles = TrainingClass.objects.order_by("-pk").values_list("pk", "title").iterator()
    return Q(pk__in=[pk for pk, title in titles if wanted in fold(title)][:_MATCHES])


def find_classes(scope: Scope, words: str, most: int) -> list[TrainingClass]:
    """The newest classes in reach whose title contains the words, marks or not."""
    found = visible_classes(scope).filter(titled(scope, words))
    return list(found.order_by(F("first_day").desc(nulls_last=True), "pk")[:most])
