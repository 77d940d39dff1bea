"""The baseline: the same figures by plain Django aggregation, one unit after the other.

Right only where every person holds one post and no unit ever changed, as in the benchmark's province; there the
engine's figures must equal these.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from django.db.models import Count, F, Q, QuerySet

from nhanlucso.learning.models import CourseResult
from nhanlucso.orgs.models import UnitVersion
from nhanlucso.people.enums import STAFF
from nhanlucso.people.models import Person, Post
from nhanlucso.teams.models import Team
from nhanlucso.training.enums import ATTENDED
from nhanlucso.training.models import Attendance, TrainingClass


def figures(subtree: set[int], a: date, b: date) -> dict[str, float | int | None]:
    """Figures of the unit with this subtree for the window [a, b] (all but head counts, assists, outreach)."""
    posts = Post.objects.filter(unit__in=subtree, valid_from__lte=b, valid_to__gte=b, category__in=STAFF)
    staff = posts.values("person").distinct().count()
    civil = posts.filter(category="civil_servant")
    leaders = posts.filter(is_leader=True)
    officers = posts.filter(Q(dt_dedicated=True) | Q(dt_concurrent=True))
    attended = Attendance.objects.filter(
        status__in=ATTENDED, session__starts_at__date__range=(a, b), person__posts__unit__in=subtree
    )
    held = TrainingClass.objects.filter(host_unit__in=subtree, sessions__starts_at__date__range=(a, b))
    results = CourseResult.objects.filter(person__posts__unit__in=subtree, course__delivery="self_paced")
    learned = results.filter(Q(enrolled_at__range=(a, b)) | Q(completed_at__range=(a, b)))
    villages = {u for u in subtree if u in _villages()}
    return {
        "staff.headcount": staff,
        "staff.leaders": leaders.values("person").distinct().count(),
        "it.dedicated": posts.filter(dt_dedicated=True).values("person").distinct().count(),
        "it.concurrent": posts.filter(dt_concurrent=True, dt_dedicated=False)
        .values("person")
        .distinct()
        .count(),
        "training.classes": held.filter(form="class").distinct().count(),
        "training.conferences": held.filter(form="conference").distinct().count(),
        "training.attendances": attended.values("person", "session__training_class").distinct().count(),
        "training.persons": attended.values("person").distinct().count(),
        "training.person_days": attended.values("person", "session__starts_at__date").distinct().count(),
        "mooc.learners": learned.values("person").distinct().count(),
        "mooc.completions": results.filter(passed=True, completed_at__range=(a, b))
        .values("person", "course")
        .distinct()
        .count(),
        "coverage.basic": _share(posts, _qualified("basic_digital_skills", a, b)),
        "coverage.ict_standard": _share(civil, _qualified("ict_standard", a, b)),
        "coverage.leaders": _share(leaders, _qualified("", a, b)),
        "coverage.dt_officers": _share(officers, _qualified("", a, b)),
        "teams.count": Team.objects.filter(unit__in=subtree, valid_from__lte=b, valid_to__gte=b).count(),
        "teams.village_coverage": 100 * Team.objects.filter(unit__in=villages).count() / len(villages)
        if villages
        else None,
    }


def _share(posts: QuerySet[Post], qualified: QuerySet[Person]) -> float | None:
    people = posts.values("person").distinct()
    total = people.count()
    return 100 * people.filter(person__in=qualified).count() / total if total else None


def _qualified(track: str, a: date, b: date) -> QuerySet[Person]:
    """Who completed a class (80 % of its sessions, the last in the window) or passed a course that counts."""
    course = {f"course__counts_{track}": True} if track else {}
    ended = (
        TrainingClass.objects.filter(**course)
        .annotate(n=Count("sessions"))
        .filter(pk__in=TrainingClass.objects.filter(sessions__starts_at__date__range=(a, b)))
    )
    done = (
        Attendance.objects.filter(status__in=ATTENDED, session__training_class__in=ended)
        .values("person", "session__training_class")
        .annotate(attended=Count("pk"), n=Count("session__training_class__sessions", distinct=True))
        .filter(attended__gte=F("n") * 0.8 * F("n"))  # the join repeats every row n times
        .values("person")
    )
    passed = CourseResult.objects.filter(passed=True, completed_at__range=(a, b), **course).values("person")
    return Person.objects.filter(Q(pk__in=done) | Q(pk__in=passed))


@cache
def _villages() -> frozenset[int]:
    return frozenset(UnitVersion.objects.filter(kind="village").values_list("unit_id", flat=True))
