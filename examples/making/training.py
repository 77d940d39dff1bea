"""Classes, sessions and rosters of a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone

from making.dice import Dice
from making.people import Member
from making.tables import Bundle

LOCAL = timezone(timedelta(hours=7))
MORNING, AFTERNOON = (8, 0, 11, 0), (13, 30, 16, 30)
PRESENT = ("present", "late")


class Training:
    """Writes classes and rosters, and counts what they come to."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.dice = Dice(f"{bundle.source} training")
        self.sessions: dict[str, list[str]] = {}
        self.starts: dict[str, datetime] = {}  # session -> start
        self.pairs: dict[tuple[str, str], date] = {}  # (person, class) -> first day attended

    def course(
        self, id: str, title: str, delivery: str, periods: int, counts_for: str = "", topics: str = ""
    ) -> None:
        self.bundle.add(
            "courses",
            id=id,
            title=title,
            topics=topics,
            counts_for=counts_for,
            delivery=delivery,
            periods=periods,
        )

    def held(
        self,
        id: str,
        course: str,
        title: str,
        host: str,
        days: Iterable[date],
        *,
        form: str = "class",
        mode: str = "in_person",
        co_hosts: Iterable[str] = (),
        round: str = "",
        capacity: int | None = None,
        activity: str = "",
        halves: tuple[tuple[int, int, int, int], ...] = (MORNING, AFTERNOON),
        place: str = "",
    ) -> str:
        """A class with one session in each half of each of its days."""
        self.bundle.add(
            "classes",
            id=id,
            course_id=course,
            title=title,
            form=form,
            mode=mode,
            host_unit_id=host,
            co_host_unit_ids=sorted(co_hosts),
            round=round,
            capacity=capacity,
            activity_id=activity,
        )
        self.sessions[id] = []
        for day in days:
            for begin_hour, begin_minute, end_hour, end_minute in halves:
                session = f"{id}-b{len(self.sessions[id]) + 1}"
                start = datetime(day.year, day.month, day.day, begin_hour, begin_minute, tzinfo=LOCAL)
                end = start.replace(hour=end_hour, minute=end_minute)
                self.sessions[id].append(session)
                self.starts[session] = start
                self.bundle.add(
                    "sessions", id=session, class_id=id, starts_at=start, ends_at=end, place=place
                )
        return id

    def attend(self, class_id: str, member: Member, missed: int = 0) -> None:
        """A row in every session: all but the last `missed` attended; a few people come late."""
        sessions = self.sessions[class_id]
        reason = self.dice.pick(("excused", "excused", "absent"))
        for number, session in enumerate(sessions):
            there = number < len(sessions) - missed
            status = ("late" if self.dice.chance(0.06) else "present") if there else reason
            start = self.starts[session]
            self.bundle.add(
                "attendance",
                session_id=session,
                person_id=member.id,
                status=status,
                recorded_at=start + timedelta(minutes=self.dice.between(5, 50)),
            )
            if there:
                self.pairs.setdefault((member.id, class_id), start.date())

    def complete(self, class_id: str, members: Iterable[Member]) -> None:
        """Everybody attends enough to complete: all sessions, or one missed where that is within 20 %."""
        spare = len(self.sessions[class_id]) // 5
        for member in members:
            self.attend(class_id, member, missed=1 if spare and self.dice.chance(0.15) else 0)

    def break_off(self, class_id: str, members: Iterable[Member]) -> None:
        """Everybody attends too little to complete; some do not come at all."""
        total = len(self.sessions[class_id])
        for member in members:
            self.attend(class_id, member, missed=self.dice.between(total // 5 + 1, total))

    def absent(self, class_id: str, members: Iterable[Member]) -> None:
        for member in members:
            self.attend(class_id, member, missed=len(self.sessions[class_id]))

    def attendances(self, first: date, last: date) -> int:
        """(person, class) pairs whose first attended session lies in the window."""
        return sum(first <= day <= last for day in self.pairs.values())

    def heads(
        self, id: str, class_id: str, unit: str, audience: str, count: int, qualifier: str, day: date
    ) -> None:
        self.bundle.add(
            "headcounts",
            id=id,
            class_id=class_id,
            unit_id=unit,
            audience=audience,
            count=count,
            qualifier=qualifier,
            date=day,
        )

    def result(
        self,
        member: Member,
        course: str,
        enrolled: date,
        completed: date | None,
        passed: bool,
        source: str,
    ) -> None:
        score = None
        if completed:
            score = self.dice.between(50, 98) / 10 if passed else self.dice.between(20, 48) / 10
        self.bundle.add(
            "results",
            id=f"kq-{len(self.bundle.rows.get('results', [])) + 1:04d}",
            person_id=member.id,
            course_id=course,
            enrolled_at=enrolled,
            completed_at=completed,
            score=score,
            passed=passed if completed else False,
            source=source,
        )
