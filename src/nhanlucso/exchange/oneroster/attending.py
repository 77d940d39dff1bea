"""From a roster to a bundle: classes, who is on them, meetings, marks and results of courses."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from nhanlucso.exchange.oneroster.arriving import Arrival
from nhanlucso.exchange.oneroster.naming import Key
from nhanlucso.exchange.oneroster.package import Line
from nhanlucso.exchange.oneroster.studying import CLASS, COURSE, NO_COURSE, SELF_STUDY, SESSION
from nhanlucso.exchange.oneroster.tables import (
    CATEGORIES,
    CLASSES,
    ENROLLMENTS,
    GRADED,
    LINE_ITEMS,
    OWN,
    RESULTS,
)
from nhanlucso.kernel.text import fold

_OF_COURSES = frozenset(
    {
        "final", "final grade", "final result", "course completion", "completion", "hoan thanh", "hoan thanh khoa hoc",
        "ket qua khoa hoc", "ket qua cuoi khoa", "tong ket",
    }
)  # fmt: skip
"""Titles of categories whose results tell what became of a course; all others are work within it."""
_PASSED = {
    "pass": "true", "passed": "true", "dat": "true", "hoan thanh": "true",
    "fail": "false", "failed": "false", "khong dat": "false", "chua dat": "false",
}  # fmt: skip
_HIGHEST = 10.0


@dataclass
class _Study:
    """Ids of the package, as far as they are taken."""

    classes: dict[str, Line] = field(default_factory=dict)
    taken: dict[str, Key] = field(default_factory=dict)  # classes that are made
    sessions: dict[str, Key] = field(default_factory=dict)  # line items that are meetings
    finals: dict[str, Line] = field(default_factory=dict)  # line items whose results are those of a course
    begun: dict[tuple[str, str], str] = field(default_factory=dict)  # (class, user) -> first day


def take_study(arrival: Arrival) -> None:
    """All that hangs on classes."""
    study = _Study({line["sourcedId"]: line for line in arrival.roster.of(CLASSES)})
    _take_classes(arrival, study)
    _take_enrollments(arrival, study)
    _take_line_items(arrival, study)
    _take_results(arrival, study)


def _take_classes(arrival: Arrival, study: _Study) -> None:
    for uid, line in study.classes.items():
        if arrival.own and line[OWN + "as"] == SELF_STUDY:
            continue
        course, key = line["courseSourcedId"], arrival.key(uid)
        hosted = not arrival.own or line[OWN + "hosted"] == "true"
        own = {name: line[OWN + name] for name in ("form", "mode", "round", "capacity")}
        study.taken[uid] = key
        arrival.made.add(
            "classes",
            line,
            CLASSES.file,
            id=key,
            title="" if arrival.own and line["title"] == "-" else line["title"],
            course_id=None if arrival.own and course == NO_COURSE else arrival.courses[course],
            host_unit_id=arrival.orgs[line["schoolSourcedId"]] if hosted else None,
            **(own if arrival.own else {"form": CLASS}),
        )


def _take_enrollments(arrival: Arrival, study: _Study) -> None:
    others = 0
    asked: set[tuple[str, str]] = set()
    for line in arrival.roster.of(ENROLLMENTS):
        training_class, user = line["classSourcedId"], line["userSourcedId"]
        if line["role"] != "student":
            others += 1
            continue
        study.begun.setdefault((training_class, user), line["beginDate"])
        wanted = not arrival.own or line[OWN + "invited"] == "true"
        person, key = arrival.people.get(user), study.taken.get(training_class)
        if person is None or key is None or not wanted or (training_class, user) in asked:
            continue
        asked.add((training_class, user))
        when = {"invited_at": line[OWN + "invited_at"]} if arrival.own else {}
        arrival.made.add("invitations", line, ENROLLMENTS.file, class_id=key, person_id=person, **when)
    if others:
        words = _(
            "%(count)d dòng không phải học viên (giảng viên, giám thị): lớp ở đây không ghi những người này."
        )
        arrival.note(words % {"count": others}, ENROLLMENTS.file)


def _take_line_items(arrival: Arrival, study: _Study) -> None:
    titles = {line["sourcedId"]: fold(line["title"]) for line in arrival.roster.of(CATEGORIES)}
    for line in arrival.roster.of(LINE_ITEMS):
        uid, category = line["sourcedId"], line["categorySourcedId"]
        if arrival.own and line[OWN + "as"] == SESSION:
            study.sessions[uid] = arrival.key(uid)
            arrival.made.add(
                "sessions",
                line,
                LINE_ITEMS.file,
                id=study.sessions[uid],
                class_id=study.taken.get(line["classSourcedId"]),
                **{name: line[OWN + name] for name in ("starts_at", "ends_at", "place")},
            )
        elif (arrival.own and line[OWN + "as"] == COURSE) or titles.get(category) in _OF_COURSES:
            study.finals[uid] = line
        else:
            words = _("loại «%(category)s» không cho biết kết quả cả khóa; điểm của mục này không nhận.")
            title = next(
                (one["title"] for one in arrival.roster.of(CATEGORIES) if one["sourcedId"] == category),
                category,
            )
            arrival.note(words % {"category": title}, LINE_ITEMS.file, line.number, "categorySourcedId")


def _take_results(arrival: Arrival, study: _Study) -> None:
    unjudged = 0
    for line in arrival.roster.of(RESULTS):
        person, item = arrival.people.get(line["studentSourcedId"]), line["lineItemSourcedId"]
        if person is None:
            continue
        if item in study.sessions:
            arrival.made.add(
                "attendance",
                line,
                RESULTS.file,
                session_id=study.sessions[item],
                person_id=person,
                status=line[OWN + "status"],
                recorded_at=line[OWN + "recorded_at"],
            )
        elif item in study.finals:
            values = _own_result(line) if arrival.own else _result(arrival, study, line)
            unjudged += not arrival.own and not values["passed"] and bool(values["completed_at"])
            course = study.classes[study.finals[item]["classSourcedId"]]["courseSourcedId"]
            arrival.made.add(
                "results",
                line,
                RESULTS.file,
                id=arrival.key(line["sourcedId"]),
                person_id=person,
                course_id=arrival.courses[course],
                **values,
            )
    if unjudged:
        words = _("%(count)d kết quả không ghi đạt hay không đạt (textScore); để trống, chưa tính là đạt.")
        arrival.note(words % {"count": unjudged}, RESULTS.file)


def _own_result(line: Line) -> dict[str, str]:
    return {name: line[OWN + name] for name in ("enrolled_at", "completed_at", "score", "passed", "source")}


def _result(arrival: Arrival, study: _Study, line: Line) -> dict[str, str]:
    item = study.finals[line["lineItemSourcedId"]]
    begun = study.begun.get((item["classSourcedId"], line["studentSourcedId"]), "")
    return {
        "enrolled_at": begun,
        "completed_at": line["scoreDate"] if line["scoreStatus"] == GRADED else "",
        "score": _score(arrival, item, line),
        "passed": _PASSED.get(fold(line["textScore"]), ""),
        "source": arrival.made.source,
    }


def _score(arrival: Arrival, item: Line, line: Line) -> str:
    """The score out of ten; empty where the line item does not say out of how many."""
    if not line["score"]:
        return ""
    least, most = float(item["resultValueMin"] or 0), float(item["resultValueMax"] or 0)
    score = float(line["score"])
    if most <= least or not least <= score <= most:
        words = _("không rõ thang điểm (resultValueMin, resultValueMax) nên không nhận điểm này.")
        arrival.note(words, RESULTS.file, line.number, "score")
        return ""
    return f"{round((score - least) / (most - least) * _HIGHEST, 2):g}"
