"""Reading classes: hosts see the whole roster, any other unit the rows of its own people alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext

from nhanlucso.kernel.clock import local_date, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import SYSTEM, Scope
from nhanlucso.kernel.text import fold, name_key
from nhanlucso.orgs.models import named
from nhanlucso.orgs.queries import reach
from nhanlucso.people.queries import PersonName, people_by_ids
from nhanlucso.training.models import Attendance, ClassSession, HeadCount, Invitation, TrainingClass

_MATCHES = 1_000  # titles that one search looks into


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person of a roster; a mark for every session of the class, "" where nothing is recorded."""

    person: PersonName
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClassView:
    """A class as a scope sees it. `hosted`: the scope reaches a host, so nothing is left out.

    `roster_size` and `invited_size` count everyone, also those whose names the scope does not see.
    """

    training_class: TrainingClass
    hosted: bool
    sessions: list[ClassSession]
    roster: list[RosterRow]
    roster_size: int
    invited: list[PersonName]
    invited_size: int
    head_counts: list[HeadCount]


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
    came = Attendance.objects.filter(own, session__training_class=OuterRef("pk"))
    asked = Invitation.objects.filter(own, training_class=OuterRef("pk"))
    return classes.filter(_hosted(scope) | Exists(came) | Exists(asked)).distinct()


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


def class_view(scope: Scope, class_id: int) -> ClassView:
    """A class with what the scope may see of it. Raises TrainingClass.DoesNotExist outside the scope."""
    found = visible_classes(scope).select_related("course").get(pk=class_id)
    hosted = hosted_classes(scope).filter(pk=class_id).exists()
    sessions = list(found.sessions.order_by("starts_at", "pk"))
    marks = _marks(class_id)
    asked = list(Invitation.objects.filter(training_class=class_id).values_list("person_id", flat=True))
    on = local_date(sessions[0].starts_at) if sessions else today()
    # Hosts see everyone who is on their roster, wherever they work.
    names = people_by_ids(SYSTEM if hosted else scope, {*marks, *asked}, on)
    order = _order(names)
    return ClassView(
        training_class=found,
        hosted=hosted,
        sessions=sessions,
        roster=[
            RosterRow(names[person], tuple(marks[person].get(s.pk, "") for s in sessions))
            for person in order
            if person in marks
        ],
        roster_size=len(marks),
        invited=[names[person] for person in order if person in set(asked)],
        invited_size=len(asked),
        head_counts=_head_counts(scope, class_id, hosted),
    )


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


def _marks(class_id: int) -> dict[int, dict[int, str]]:
    marks: dict[int, dict[int, str]] = {}
    rows = Attendance.objects.filter(session__training_class=class_id)
    for person, session, status in rows.values_list("person_id", "session_id", "status"):
        marks.setdefault(person, {})[session] = status
    return marks


def _order(names: dict[int, PersonName]) -> Iterable[int]:
    """People as lists show them: by given name."""
    return sorted(names, key=lambda person: (name_key(names[person].name), person))


def _head_counts(scope: Scope, class_id: int, hosted: bool) -> list[HeadCount]:
    rows = HeadCount.objects.filter(training_class=class_id)
    if not hosted:
        rows = rows.filter(reach(scope.to(Permission.SEE_CLASSES)).rows("unit", "date"))
    return list(rows.order_by("date", "uid"))


def find_classes(scope: Scope, words: str, most: int) -> list[TrainingClass]:
    """The newest classes in reach whose title contains the words, marks or not."""
    wanted = fold(words)
    titles = TrainingClass.objects.order_by("-pk").values_list("pk", "title").iterator()
    named = [pk for pk, title in titles if wanted in fold(title)][:_MATCHES]
    return list(
        visible_classes(scope)
        .filter(pk__in=named)
        .order_by(F("first_day").desc(nulls_last=True), "pk")[:most]
    )
