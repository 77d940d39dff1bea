"""What the bodies of a unit held in a period, and who came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Min, QuerySet

from nhanlucso.indicators.engine.passport import COUNTED, Passport
from nhanlucso.indicators.rules import combine
from nhanlucso.kernel.clock import ZONE, local_date
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history, require_reach
from nhanlucso.people.enums import STAFF, Category
from nhanlucso.people.models import Post
from nhanlucso.reports.placing import Placing, body
from nhanlucso.reports.rules.content import Hosted
from nhanlucso.reports.rules.naming import order
from nhanlucso.teams.models import TeamMember
from nhanlucso.training.enums import ATTENDED, Form
from nhanlucso.training.models import Attendance, ClassSession, HeadCount, TrainingClass

Window = tuple[date, date]
_CHUNK = 5_000  # ids in one query; some databases take no more than 32,766 values
_ROUND_FORMS = (Form.CLASS, Form.CONFERENCE)
_CATEGORY_WORDS = {
    Category.CADRE: "cán bộ",
    Category.CIVIL_SERVANT: "công chức",
    Category.PUBLIC_EMPLOYEE: "viên chức",
    Category.CONTRACT_WORKER: "người lao động",
}


def hosted(scope: Scope, unit: int, window: Window, tree: date) -> tuple[Hosted, ...]:
    """What the unit and its children held in the window, in administrative order; lists and counts of all who came.

    Raises Unit.DoesNotExist outside the scope.
    """
    require_reach(scope, unit)
    placing = Placing(history(), unit, tree)
    classes = list(
        TrainingClass.objects.filter(
            pk__in=_sessions(window).values("training_class"), host_unit__isnull=False
        )
        .select_related("course")
        .annotate(first=Min("sessions__starts_at"))
        .order_by("first", "pk")
    )
    by_host: dict[int, list[TrainingClass]] = defaultdict(list)
    for row in classes:
        if (child := placing.child(_host(row), _first_day(row))) is not None:
            by_host[child].append(row)
    inside = [row.pk for rows in by_host.values() for row in rows]
    rosters, heads = _rosters(inside, window), _heads(inside, window)
    found = [_summed(child, rows, rosters, heads, tree) for child, rows in by_host.items()]
    return tuple(sorted(found, key=lambda held: order(held.body)))


def _host(row: TrainingClass) -> int:
    return int(row.host_unit_id or 0)


def _first_day(row: Any) -> date:
    first: datetime = row.first
    return local_date(first)


def _sessions(window: Window) -> QuerySet[ClassSession]:
    start = datetime.combine(window[0], time.min, ZONE)
    end = datetime.combine(window[1], time.min, ZONE) + timedelta(days=1)
    return ClassSession.objects.filter(starts_at__gte=start, starts_at__lt=end)


def _rosters(classes: Collection[int], window: Window) -> dict[int, int]:
    """Distinct persons who attended each class in the window."""
    found: dict[int, int] = {}
    for part in _parts(sorted(classes)):
        rows = (
            Attendance.objects.filter(
                session__in=_sessions(window), session__training_class__in=part, status__in=ATTENDED
            )
            .values_list("session__training_class")
            .annotate(people=Count("person", distinct=True))
            .order_by()
        )
        found.update(rows)
    return found


def _heads(classes: Collection[int], window: Window) -> dict[int, list[tuple[int, str, str]]]:
    """(count, qualifier, audience) of the head counts of each class, the largest of each unit and audience."""
    found: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    for part in _parts(sorted(classes)):
        rows = HeadCount.objects.filter(
            training_class__in=part, date__range=window, count__isnull=False
        ).values_list("training_class", "unit", "audience", "count", "qualifier", "uid", "origin")
        seen = set()
        for row in sorted(rows, key=lambda r: (-(r[3] or 0), r[5], r[6])):
            if row[:3] not in seen:
                seen.add(row[:3])
                found[int(row[0] or 0)].append((int(row[3] or 0), row[4] or "about", row[2]))
    return found


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))


def _summed(
    child: int,
    rows: list[TrainingClass],
    rosters: dict[int, int],
    heads: dict[int, list[tuple[int, str, str]]],
    tree: date,
) -> Hosted:
    counted = [head for row in rows for head in heads.get(row.pk, [])]
    forms: dict[str, int] = defaultdict(int)
    for row in rows:
        forms[row.form] += 1
    only_counted = sum(count for count, _, _ in counted)
    return Hosted(
        body(history(), child, tree),
        len({_round(row) for row in rows if row.round and row.form in _ROUND_FORMS}),
        dict(forms),
        frozenset(row.mode for row in rows if row.mode),
        sum(rosters.get(row.pk, 0) for row in rows) + only_counted,
        only_counted,
        combine(qualifier for _, qualifier, _ in counted),
        _distinct(audience for _, _, audience in counted),
        _distinct(row.course.title for row in rows if row.course),
        _distinct(row.title for row in rows if row.form == Form.CONTEST),
    )


def _round(row: TrainingClass) -> tuple[int, str, int]:
    return _host(row), row.round, _first_day(row).year


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def described(scope: Scope, unit: int, passport: Passport, window: Window) -> tuple[str, ...]:
    """Who the people counted in a passport are: («cán bộ, công chức», «thành viên tổ công nghệ số cộng đồng»);
    («người»,) where that cannot be said.

    Raises Unit.DoesNotExist outside the scope.
    """
    require_reach(scope, unit)
    people = sorted({row.person for row in passport.rows(COUNTED) if row.person is not None})
    staffed: set[int] = set()
    categories: set[str] = set()
    for part in _parts(people):
        rows = Post.objects.filter(
            person__in=part, category__in=STAFF, valid_from__lte=window[1], valid_to__gte=window[0]
        ).values_list("person", "category")
        for person, category in rows.distinct():
            staffed.add(person)
            categories.add(category)
    words = ", ".join(word for category, word in _CATEGORY_WORDS.items() if category in categories)
    others = [person for person in people if person not in staffed]
    if not others:
        return (words or "người",)
    rest = "thành viên tổ công nghệ số cộng đồng" if _on_teams(others, window) else "người khác"
    return (words, rest) if words else ("người",)


def _on_teams(people: Sequence[int], window: Window) -> bool:
    """Whether every one of them sat on a team in the window."""
    seated: set[int] = set()
    for part in _parts(people):
        seated.update(
            TeamMember.objects.filter(
                person__in=part, valid_from__lte=window[1], valid_to__gte=window[0]
            ).values_list("person", flat=True)
        )
    return seated.issuperset(people)
