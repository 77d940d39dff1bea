"""Planning the import of attendance: marks of known people to sessions of known classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from nhanlucso.exchange.sheets.linkage.claims import Linked
from nhanlucso.exchange.sheets.linkage.people import Known, There
from nhanlucso.exchange.sheets.linkage.weights import KNOWN_LEARNERS
from nhanlucso.exchange.sheets.pairing import Matching, Pairing
from nhanlucso.exchange.sheets.plan import ImportPlan, Outcome
from nhanlucso.exchange.sheets.problems import Problem
from nhanlucso.exchange.sheets.rows import SheetRow
from nhanlucso.kernel.clock import ZONE
from nhanlucso.training.models import Attendance
from nhanlucso.training.services.marks import MarkData

_IN_ONE_QUERY = 500
_NOON = 12


@dataclass(frozen=True, slots=True)
class SessionSpan:
    """A session by local time: its day and the halves of it that it reaches into."""

    pk: int
    day: date
    halves: frozenset[str]

    @classmethod
    def of(cls, pk: int, starts_at: datetime, ends_at: datetime | None) -> SessionSpan:
        start = starts_at.astimezone(ZONE)
        halves = {"am" if start.hour < _NOON else "pm"}
        if ends_at is not None and ends_at.astimezone(ZONE).hour > _NOON:
            halves.add("pm")
        return cls(pk, start.date(), frozenset(halves))


class AttendancePlanner:
    """Plans one sheet of attendance. People are never made from it."""

    def __init__(self, matching: Matching, sessions: Sequence[SessionSpan]) -> None:
        self.ground, self.units = matching.ground, matching.units
        self.sessions = sessions
        self.plan = ImportPlan("attendance")
        self.pairing = Pairing(matching, self.plan, known_share=KNOWN_LEARNERS, makes_people=False)

    def run(self, rows: Sequence[SheetRow]) -> ImportPlan:
        keys = sorted({key for row in rows for key in row.marks})
        of_key = self._sessions_of_keys(keys, rows)
        linked = [link for link in self.pairing.pair(rows, self._there) if self.pairing.has_person(link)]
        planned = [(link, link.found.certain, self._statuses(link.row, of_key)) for link in linked]
        stored = _stored(known.pk for _, known, _ in planned if known is not None)
        for link, known, statuses in planned:
            if known is not None:
                self._settle(link, known, statuses, stored)
        return self.plan

    def _sessions_of_keys(self, keys: Iterable[str], rows: Sequence[SheetRow]) -> dict[str, int]:
        """The session of each half day; those without exactly one are told once."""
        of_key: dict[str, int] = {}
        for key in keys:
            day, _, half = key.partition(" ")
            fitting = [
                s for s in self.sessions if s.day.isoformat() == day and (not half or half in s.halves)
            ]
            if len(fitting) > 1 and half:
                fitting = [s for s in fitting if s.halves == {half}] or fitting
            if len(fitting) == 1:
                of_key[key] = fitting[0].pk
            else:
                code = "mark_session_unclear" if fitting else "mark_without_session"
                self.plan.problems.append(Problem(rows[0].sheet, 0, code, {"value": key}))
        return of_key

    def _there(self, row: SheetRow, unit: int) -> There:
        """Those who hold a post in the unit on the first day of the marks are found by their names."""
        on = min((date.fromisoformat(key[:10]) for key in row.marks), default=self.ground.on)
        return There(self.units.around(unit, on), on)

    def _statuses(self, row: SheetRow, of_key: Mapping[str, int]) -> dict[int, str]:
        """Session -> status; half days that fall into one session must agree."""
        said: dict[int, dict[str, str]] = defaultdict(dict)
        for key, status in row.marks.items():
            if key in of_key:
                said[of_key[key]][key] = status
        statuses: dict[int, str] = {}
        for session, marks in said.items():
            if len(set(marks.values())) == 1:
                statuses[session] = next(iter(marks.values()))
            else:
                self.plan.tell(row, "marks_contradict", value=", ".join(sorted(marks)))
        return statuses

    def _settle(
        self,
        link: Linked,
        known: Known,
        statuses: Mapping[int, str],
        stored: Mapping[tuple[int, int], str],
    ) -> None:
        candidates = self.pairing.candidates(link.found)
        if not statuses:
            self.plan.settle(
                link.row, Outcome.SKIPPED, "no_marks", candidates=candidates, decided=link.decided
            )
            return
        new = changed = False
        for session, status in statuses.items():
            before = stored.get((session, known.pk))
            if before != status:
                self.plan.marks.append(MarkData(session, known.pk, status))
                new, changed = new or before is None, changed or before is not None
        outcome = Outcome.UPDATED if changed else Outcome.CREATED if new else Outcome.MATCHED
        self.plan.settle(link.row, outcome, candidates=candidates, decided=link.decided)


def _stored(people: Iterable[int]) -> dict[tuple[int, int], str]:
    """(session, person) -> status, of these people."""
    found: dict[tuple[int, int], str] = {}
    ids = sorted(set(people))
    for start in range(0, len(ids), _IN_ONE_QUERY):
        rows = Attendance.objects.filter(person__in=ids[start : start + _IN_ONE_QUERY])
        for session, person, status in rows.values_list("session_id", "person_id", "status"):
            found[session, person] = status
    return found
