"""Why somebody came into a figure or fell out of it, read from the records of today against what was kept then.

Codes, dates and primary keys only. Public: names nobody; callers name people in their own scope.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from nhanlucso.indicators.behind import POST, WHY, Row
from nhanlucso.kernel.clock import local_date
from nhanlucso.people.models import FormerId, Person, Post
from nhanlucso.reports.rules import notes as n
from nhanlucso.reports.rules.notes import Move
from nhanlucso.training.enums import ATTENDED
from nhanlucso.training.models import Attendance, MarkChange

_BATCH = 5_000
_PERSONS = "people.person"
_CLASS, _COURSE = "class", "course"
Why = dict[str, Any]


class Reasons:
    """Reads once what bears on some persons; `since`: the time of the facts that were kept."""

    def __init__(self, people: Collection[int], since: datetime) -> None:
        self._people, self._since = sorted(people), since
        self._there = set(self._read(Person, "pk"))
        self._merged = dict(self._pairs("was", "row"))
        self._heirs = {row for _, row in self._pairs("row", "row")}
        self._marked = self._marks()
        self._attended = self._attendances()

    def of(self, relation: str, move: Move, then: Sequence[Row], now: Sequence[Row]) -> list[Why]:
        """The reasons of one move, the plainest first; `then`, `now`: what brought the person in, and their posts."""
        found = list(
            self._of_item(move) if move.person is None else self._of_person(relation, move, then, now)
        )
        return found or [{"code": n.POST_CHANGED if relation == "people" else n.OTHER}]

    def _of_item(self, move: Move) -> Iterator[Why]:
        if move.before and move.after:
            yield {"code": n.ITEM_CHANGED}
        else:
            yield {"code": n.ITEM_NEW if move.after else n.ITEM_GONE}

    def _of_person(self, relation: str, move: Move, then: Sequence[Row], now: Sequence[Row]) -> Iterator[Why]:
        person = move.person or 0
        if person not in self._there:
            heir = self._merged.get(person)
            yield {"code": n.MERGED, "person": heir} if heir else {"code": n.RECORD_GONE}
            return
        if person in self._heirs:
            yield {"code": n.MERGED_HERE}
        posts = (
            list(self._posts(then, now)) if relation == "people" and not (move.before and move.after) else []
        )
        yield from posts
        if not posts:  # with another post, what somebody did before is no news
            yield from self._deeds(then, now, person)
        if relation in ("pairs", "trained", "days"):
            yield from self._of_attendance(move, person)
        elif relation in ("learners", "completions"):
            yield {"code": n.RESULT if move.came else n.NO_RESULT, "kind": _COURSE, "item": move.item}
        elif relation == "members":
            yield {"code": n.JOINED if move.came else n.LEFT, "kind": "team", "item": move.item}

    def _deeds(self, then: Sequence[Row], now: Sequence[Row], person: int) -> Iterator[Why]:
        """Classes and courses that bring somebody into a numerator, and did not; and the other way round."""
        old = {(row[5], row[2]): row[3] for row in then if row[0] == WHY and row[5] != POST}
        new = {(row[5], row[2]): row[3] for row in now if row[0] == WHY and row[5] != POST}
        for (kind, item), day in [*new.items(), *old.items()]:
            if (kind, item) in old and (kind, item) in new:
                continue
            came = (kind, item) in new
            code = (
                (n.ATTENDED if came else n.NOT_ATTENDED)
                if kind == _CLASS
                else n.RESULT
                if came
                else n.NO_RESULT
            )
            at = self._marked.get((person, item or 0)) if kind == _CLASS else None
            at = at if at is not None and at > self._since else None
            yield {"code": code, "kind": kind, "item": item, "day": _text(day), "at": _moment(at)}

    def _of_attendance(self, move: Move, person: int) -> Iterator[Why]:
        """Marks set or taken away since; where they are what they were, the post of the day decides otherwise."""
        at = self._marked.get((person, move.item or 0))
        marked = {"kind": _CLASS, "item": move.item, "day": _text(move.day), "at": _moment(at)}
        attends = move.item is None or (person, move.item) in self._attended
        if move.came:
            # A list may come late and bear the time of its session: then only the records of then could tell.
            old = at is not None and at <= self._since
            yield {"code": n.MARK_OR_POST, **marked, "at": None} if old else {"code": n.ATTENDED, **marked}
        else:
            yield {"code": n.POST_CHANGED if attends and move.item is not None else n.NOT_ATTENDED} | marked

    def _posts(self, then: Sequence[Row], now: Sequence[Row]) -> Iterator[Why]:
        """Posts of the last day that are others than then."""
        old = {row[2]: row[3] for row in then if row[5] == POST}
        new = {row[2]: row[3] for row in now if row[5] == POST}
        for post in sorted(key for key in new if key not in old and key is not None):
            yield {"code": n.POST_NEW, "day": _text(new[post])}
        gone = sorted(key for key in old if key not in new and key is not None)
        ends = dict(Post.objects.filter(pk__in=gone).values_list("pk", "valid_to")) if gone else {}
        for post in gone:
            yield {"code": n.POST_ENDED, "day": _text(ends[post])} if post in ends else {"code": n.POST_GONE}

    def _read(self, model: Any, field: str) -> Iterator[int]:
        for batch in self._batches():
            yield from model._base_manager.filter(pk__in=batch).values_list(field, flat=True)

    def _pairs(self, by: str, what: str) -> Iterator[tuple[int, int]]:
        for batch in self._batches():
            yield from FormerId.objects.filter(table=_PERSONS, **{f"{by}__in": batch}).values_list(by, what)

    def _marks(self) -> dict[tuple[int, int], datetime]:
        """When somebody's marks in a class were last set."""
        found: dict[tuple[int, int], datetime] = {}
        for batch in self._batches():
            for rows, field in (
                (Attendance.objects.filter(person__in=batch), "recorded_at"),
                (MarkChange.objects.filter(person__in=batch), "at"),
            ):
                said = (
                    rows.values_list("person", "session__training_class").annotate(last=Max(field)).order_by()
                )
                for person, training_class, last in said:
                    if last is not None:
                        key = (person, training_class)
                        found[key] = max(found.get(key, last), last)
        return found

    def _attendances(self) -> set[tuple[int, int]]:
        found: set[tuple[int, int]] = set()
        for batch in self._batches():
            rows = Attendance.objects.filter(person__in=batch, status__in=ATTENDED)
            found.update(rows.values_list("person", "session__training_class").distinct())
        return found

    def _batches(self) -> Iterator[list[int]]:
        return (self._people[start : start + _BATCH] for start in range(0, len(self._people), _BATCH))


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(at: datetime | None) -> str | None:
    return local_date(at).isoformat() if at else None
