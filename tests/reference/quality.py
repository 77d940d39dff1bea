"""Quality rules over attendance, head counts, results and teams, computed plainly from the records: loops, no SQL."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from itertools import combinations

from nhanlucso.kernel.clock import local_date
from nhanlucso.learning.models import CourseResult
from nhanlucso.people.models import Post
from nhanlucso.teams.models import Team
from nhanlucso.training.enums import ATTENDED
from nhanlucso.training.models import Attendance, ClassSession, HeadCount, TrainingClass

Told = set[tuple[str, str]]


class Records:
    """The records of an installation in plain lists."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.sessions = sorted(ClassSession.objects.all(), key=lambda s: (s.starts_at, s.pk))
        self.of_class: dict[int, list[ClassSession]] = defaultdict(list)
        for session in self.sessions:
            self.of_class[session.training_class_id].append(session)
        self.came: dict[int, set[int]] = defaultdict(set)
        for row in Attendance.objects.filter(status__in=ATTENDED):
            self.came[row.session_id].add(row.person_id)
        self.marked = set(Attendance.objects.exclude(status="").values_list("session_id", flat=True))
        self.heads = list(HeadCount.objects.filter(count__isnull=False))

    def roster(self, training_class: int) -> set[int]:
        return set[int]().union(*(self.came[s.pk] for s in self.of_class[training_class]))


def reference(today: date) -> Told:
    """What the rules below must find, as (code, subject)."""
    held = Records(today)
    return {
        *two_places(held), *over_capacity(held), *no_post(held), *unmarked(held), *copied(held),
        *same_roster(held), *heads_of_classes(held), *same_heads(held), *result_dates(held), *teams(held),
    }  # fmt: skip


def two_places(held: Records) -> Told:
    found: Told = set()
    for a, b in combinations(sorted(held.sessions, key=lambda s: s.pk), 2):
        a_ends, b_ends = (
            max(a.ends_at or a.starts_at, a.starts_at),
            max(b.ends_at or b.starts_at, b.starts_at),
        )
        if a.starts_at == b.starts_at or (a.starts_at < b_ends and b.starts_at < a_ends):
            for person in held.came[a.pk] & held.came[b.pk]:
                found.add(("person.two_places", f"person:{person} session:{a.pk} other_session:{b.pk}"))
    return found


def over_capacity(held: Records) -> Told:
    room = dict(TrainingClass.objects.values_list("pk", "capacity"))
    return {
        ("class.over_capacity", f"session:{s.pk}")
        for s in held.sessions
        if (most := room[s.training_class_id]) is not None and len(held.came[s.pk]) > most
    }


def no_post(held: Records) -> Told:
    posts = list(Post.objects.all())
    return {
        ("person.no_post", f"person:{person} training_class:{s.training_class_id}")
        for s in held.sessions
        for person in held.came[s.pk]
        if not any(
            p.person_id == person and p.valid_from <= local_date(s.starts_at) <= p.valid_to for p in posts
        )
    }


def unmarked(held: Records) -> Told:
    counted = {head.training_class_id for head in held.heads}
    return {
        ("session.no_attendance", f"session:{s.pk}")
        for s in held.sessions
        if local_date(s.starts_at) < held.today
        and s.pk not in held.marked
        and s.training_class_id not in counted
    }


def copied(held: Records) -> Told:
    found: Told = set()
    seen: list[tuple[int, dict[int, tuple[bool, ...]]]] = []
    order = sorted(held.of_class, key=lambda pk: (local_date(held.of_class[pk][0].starts_at), pk))
    for pk in order:
        sessions = held.of_class[pk]
        sheet = {person: tuple(person in held.came[s.pk] for s in sessions) for person in held.roster(pk)}
        incomplete = sum(not all(marks) for marks in sheet.values())
        if len(sheet) < 10 or len(sessions) < 3 or not incomplete:
            continue
        same = [other for other, before in seen if before == sheet]
        alike = [
            other
            for other, before in seen
            if incomplete >= 5
            and len(next(iter(before.values()))) == len(sessions)
            and Counter(before.values()) == Counter(sheet.values())
        ]
        if same or alike:
            subject = f"training_class:{pk} other_class:{(same or alike)[0]}"
            found.add(("class.copied_marks", subject))
        seen.append((pk, sheet))
    return found


def same_roster(held: Records) -> Told:
    rosters: dict[tuple[date, int], set[int]] = defaultdict(set)
    for s in held.sessions:
        rosters[local_date(s.starts_at), s.training_class_id] |= held.came[s.pk]
    found: Told = set()
    for (day, pk), people in rosters.items():
        twins = [c for (on, c), others in rosters.items() if on == day and others == people]
        if len(people) >= 5 and min(twins) != pk:
            subject = f"training_class:{pk} other_class:{min(twins)} date:{day}"
            found.add(("class.same_roster", subject))
    return found


def heads_of_classes(held: Records) -> Told:
    largest: dict[int, dict[tuple[int, str], HeadCount]] = defaultdict(dict)
    for head in sorted(held.heads, key=lambda h: (-(h.count or 0), h.uid)):
        if head.training_class_id is not None:
            largest[head.training_class_id].setdefault((head.unit_id, head.audience), head)
    found: Told = set()
    for pk, rows in largest.items():
        heads, roster = sum(h.count or 0 for h in rows.values()), len(held.roster(pk))
        if not roster:
            continue
        if (heads >= 3 * roster or roster >= 3 * heads) and abs(heads - roster) >= 10:
            found.add(("class.head_count_far", f"training_class:{pk}"))
        if heads == roster >= 5 and all((h.qualifier or "about") == "exact" for h in rows.values()):
            found.add(("class.counted_twice", f"training_class:{pk}"))
    return found


def same_heads(held: Records) -> Told:
    found: Told = set()
    for a, b in combinations(sorted(held.heads, key=lambda h: (h.uid, h.origin)), 2):
        like = (a.unit_id, a.date, a.count) == (b.unit_id, b.date, b.count) and (a.count or 0) >= 5
        if not like or not (a.audience == b.audience or "" in (a.audience, b.audience)):
            continue
        loose = a.training_class_id is None or b.training_class_id is None
        if loose or (a.training_class_id == b.training_class_id and a.audience != b.audience):
            found.add(("heads.repeated", f"head:{a.pk} other_head:{b.pk}"))
    return found


def result_dates(held: Records) -> Told:
    return {
        ("result.dates", f"result:{row.pk}")
        for row in CourseResult.objects.all()
        if (row.completed_at and row.enrolled_at and row.completed_at < row.enrolled_at)
        or any(day and day > held.today for day in (row.completed_at, row.enrolled_at))
    }


def teams(held: Records) -> Told:
    found: Told = set()
    for team in Team.objects.filter(valid_from__lte=held.today, valid_to__gte=held.today):
        seats = team.members.filter(valid_from__lte=held.today, valid_to__gte=held.today)
        members = len(set(seats.values_list("person_id", flat=True)))
        village = team.unit.versions.get().kind == "village"
        if not members:
            found.add(("team.no_members", f"team:{team.pk}"))
        elif members > (5 if village else 10):
            found.add(("team.too_many", f"team:{team.pk}"))
    return found
