"""Courses, classes, who is on them and what became of it, as rows of a package.

The standard knows no meetings of a class and no attendance: each meeting is a line item of the category «Buổi học», a
mark is a result of it. What somebody learned alone stands in a class of its own per course, as results need one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any

from nhanlucso.exchange.bundle.cells import Moment
from nhanlucso.exchange.bundle.files import BY_NAME
from nhanlucso.exchange.bundle.index import chunked
from nhanlucso.exchange.bundle.stored import Record
from nhanlucso.exchange.oneroster.leaving import UNTITLED, Leaving, Row, records, texts
from nhanlucso.exchange.oneroster.naming import joined
from nhanlucso.exchange.oneroster.tables import EXEMPT, GRADED, NOT_SUBMITTED
from nhanlucso.kernel.clock import local_date
from nhanlucso.training.enums import Mark
from nhanlucso.training.models import Attendance, Invitation

NO_COURSE = "no-course"  # of classes that belong to no course: the standard asks for one
SESSION, COURSE = "category-session", "category-course"
CLASS, SELF_STUDY = "class", "self_study"
_ALONE = "self-study~"
_WHEN = Moment(("at",))
_SCORES = {Mark.PRESENT: "1", Mark.LATE: "1", Mark.ABSENT: "0"}
_STATES = {Mark.PRESENT: GRADED, Mark.LATE: GRADED, Mark.EXCUSED: EXEMPT}
Told = Iterator[tuple[Row, Row]]  # columns of the standard, columns of our own


class Studying:
    """What a selection studied."""

    def __init__(self, leaving: Leaving) -> None:
        self._leaving = leaving
        self._ids = leaving.ids

    # -- what there is ---------------------------------------------------------------------------------------

    @cached_property
    def _sessions(self) -> dict[int, list[Record]]:
        """The meetings of each class, in their order."""
        found: dict[int, list[Record]] = defaultdict(list)
        for row in records(BY_NAME["sessions"], self._ids["sessions"]):
            found[row["training_class_id"]].append(row)
        for rows in found.values():
            rows.sort(key=lambda row: (row["starts_at"], self._ids["sessions"][row["pk"]]))
        return found

    @cached_property
    def _results(self) -> dict[int, list[Record]]:
        """The results of each course."""
        found: dict[int, list[Record]] = defaultdict(list)
        for row in records(BY_NAME["results"], self._ids["results"]):
            found[row["course_id"]].append(row)
        return found

    @cached_property
    def _years(self) -> dict[int, list[int]]:
        """The years in which each class met; of one that did not, the present one."""
        now = self._leaving.day.year
        return {
            row["pk"]: sorted({local_date(one["starts_at"]).year for one in self._sessions[row["pk"]]})
            or [now]
            for row in self._leaving.classes
        }

    def _span(self, course: int) -> tuple[date, date]:
        """First and last day that results of a course tell of."""
        days = [
            day for row in self._results[course] for day in (row["enrolled_at"], row["completed_at"]) if day
        ]
        return (min(days), max(days)) if days else (self._leaving.day, self._leaving.day)

    def _school(self, host: int | None) -> str:
        return self._leaving.orgs[self._leaving.top if host is None else host]

    # -- rows ------------------------------------------------------------------------------------------------

    def academic_session_rows(self) -> Told:
        years = {year for some in self._years.values() for year in some}
        years |= {day.year for course in self._results for day in self._span(course)}
        for year in sorted(years):
            told = {
                "title": f"Năm {year}",
                "startDate": f"{year:04d}-01-01",
                "endDate": f"{year + 1:04d}-01-01",
                "schoolYear": f"{year:04d}",
            }
            yield told | {"sourcedId": f"year-{year}", "type": "schoolYear"}, {}
            yield (
                told | {"sourcedId": _term(year), "type": "term", "parentSourcedId": f"year-{year}"},
                {},
            )

    def course_rows(self) -> Told:
        spec, org = BY_NAME["courses"], self._school(None)
        for record in records(spec, self._ids["courses"]):
            own = texts(spec, record)
            topics = own["topics"].split(";")
            told = {
                "sourcedId": self._ids["courses"][record["pk"]],
                "title": own.pop("title") or UNTITLED,
                "orgSourcedId": org,
                "subjects": ",".join(topics) if "," not in own["topics"] else "",
            }
            yield told, own
        if any(row["course_id"] is None for row in self._leaving.classes):
            yield {"sourcedId": NO_COURSE, "title": UNTITLED, "orgSourcedId": org}, {}

    def class_rows(self) -> Told:
        spec = BY_NAME["classes"]
        for record in self._leaving.classes:
            own, course = texts(spec, record), record["course_id"]
            met = self._sessions[record["pk"]]
            told = {
                "sourcedId": self._ids["classes"][record["pk"]],
                "title": own.pop("title") or UNTITLED,
                "courseSourcedId": NO_COURSE if course is None else self._ids["courses"][course],
                "classType": "scheduled",
                "location": met[0]["place"] if met else "",
                "schoolSourcedId": self._school(record["host_unit_id"]),
                "termSourcedIds": ",".join(_term(year) for year in self._years[record["pk"]]),
            }
            hosted = "" if record["host_unit_id"] is None else "true"
            yield told, own | {"as": CLASS, "hosted": hosted}
        for course in sorted(self._results):
            first, last = self._span(course)
            told = {
                "sourcedId": self._alone(course),
                "title": "Tự học",
                "courseSourcedId": self._ids["courses"][course],
                "classType": "scheduled",
                "schoolSourcedId": self._school(None),
                "termSourcedIds": ",".join(dict.fromkeys((_term(first.year), _term(last.year)))),
            }
            yield told, {"as": SELF_STUDY}

    def _alone(self, course: int) -> str:
        return _ALONE + self._ids["courses"][course]

    def enrollment_rows(self) -> Told:
        people = self._ids["people"]
        for record in self._leaving.classes:
            asked = dict(
                Invitation.objects.filter(training_class=record["pk"]).values_list("person", "invited_at")
            )
            sessions = [row["pk"] for row in self._sessions[record["pk"]]]
            came = Attendance.objects.filter(session__in=sessions).order_by().values_list("person", flat=True)
            for person in sorted({*asked, *came} & people.keys()):
                own = {"invited": "true", "invited_at": _WHEN.show(asked[person])} if person in asked else {}
                uid, school = self._ids["classes"][record["pk"]], self._school(record["host_unit_id"])
                yield _enrollment(uid, school, people[person]), own
        for course in sorted(self._results):
            school = self._school(None)
            for person in sorted({row["person_id"] for row in self._results[course]}):
                yield _enrollment(self._alone(course), school, people[person]), {}

    def category_rows(self) -> Told:
        yield {"sourcedId": COURSE, "title": "Kết quả khóa học"}, {}
        yield {"sourcedId": SESSION, "title": "Buổi học"}, {}

    def line_item_rows(self) -> Told:
        spec = BY_NAME["sessions"]
        for record in self._leaving.classes:
            for place, session in enumerate(self._sessions[record["pk"]], 1):
                day = local_date(session["starts_at"])
                told = {
                    "sourcedId": self._ids["sessions"][session["pk"]],
                    "title": f"Buổi {place}",
                    "assignDate": day.isoformat(),
                    "dueDate": day.isoformat(),
                    "classSourcedId": self._ids["classes"][record["pk"]],
                    "categorySourcedId": SESSION,
                    "academicSessionSourcedId": _term(day.year),
                    "resultValueMin": "0",
                    "resultValueMax": "1",
                    "schoolSourcedId": self._school(record["host_unit_id"]),
                }
                yield told, texts(spec, session) | {"as": SESSION}
        for course in sorted(self._results):
            first, last = self._span(course)
            told = {
                "sourcedId": self._alone(course),
                "title": "Kết quả khóa học",
                "assignDate": first.isoformat(),
                "dueDate": last.isoformat(),
                "classSourcedId": self._alone(course),
                "categorySourcedId": COURSE,
                "academicSessionSourcedId": _term(first.year),
                "resultValueMin": "0",
                "resultValueMax": "10",
                "schoolSourcedId": self._school(None),
            }
            yield told, {"as": COURSE}

    def result_rows(self) -> Told:
        yield from self._marks()
        spec = BY_NAME["results"]
        for course in sorted(self._results):
            for record in self._results[course]:
                own = texts(spec, record)
                day = record["completed_at"] or record["enrolled_at"] or self._leaving.day
                done = record["completed_at"] is not None or record["passed"] is not None
                told = {
                    "sourcedId": self._ids["results"][record["pk"]],
                    "lineItemSourcedId": self._alone(course),
                    "studentSourcedId": self._ids["people"][record["person_id"]],
                    "scoreStatus": GRADED if done else NOT_SUBMITTED,
                    "score": own["score"],
                    "scoreDate": day.isoformat(),
                    "textScore": {True: "pass", False: "fail"}.get(record["passed"], ""),
                    "classSourcedId": self._alone(course),
                    "inProgress": "" if done else "true",
                }
                yield told, own

    def _marks(self) -> Told:
        classes = {
            row["pk"]: uid for pk, uid in self._ids["classes"].items() for row in self._sessions.get(pk, ())
        }
        days = {row["pk"]: local_date(row["starts_at"]) for rows in self._sessions.values() for row in rows}
        spec, people = BY_NAME["attendance"], self._ids["people"]
        for chunk in chunked(sorted(days), 200):
            rows: Any = Attendance.objects.filter(session__in=chunk).order_by("session", "person")
            for record in rows.values("session_id", "person_id", "status", "recorded_at").iterator():
                if record["person_id"] not in people:
                    continue
                session, status = record["session_id"], record["status"]
                ids = (self._ids["sessions"][session], people[record["person_id"]])
                told = {
                    "sourcedId": joined("mark", *ids),
                    "lineItemSourcedId": ids[0],
                    "studentSourcedId": ids[1],
                    "scoreStatus": _STATES.get(status, NOT_SUBMITTED),
                    "score": _SCORES.get(status, ""),
                    "scoreDate": days[session].isoformat(),
                    "classSourcedId": classes[session],
                    "late": "true" if status == Mark.LATE else "",
                    "missing": "true" if status == Mark.ABSENT else "",
                }
                yield told, texts(spec, record)


def _term(year: int) -> str:
    return f"term-{year}"


def _enrollment(training_class: str, school: str, person: str) -> Row:
    return {
        "sourcedId": joined("enrollment", training_class, person),
        "classSourcedId": training_class,
        "schoolSourcedId": school,
        "userSourcedId": person,
        "role": "student",
        "primary": "false",
    }
