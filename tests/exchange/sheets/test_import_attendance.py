"""Importing attendance: marks of known people to sessions that the scope hosts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from nhanlucso.exchange.sheets.applying import import_sheet
from nhanlucso.exchange.sheets.plan import ImportPlan, ImportRequest
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.training.models import Attendance, ClassSession
from nhanlucso.training.services.classes import ClassData, create_class
from nhanlucso.training.sessions import SessionData
from tests.exchange.sheets.conftest import AT, Place
from tests.exchange.sheets.making import Sheet, save

pytestmark = pytest.mark.django_db
HEAD = ["STT", "Họ và tên", "Đơn vị", "Sáng 15/8/2024", "Chiều 15/8/2024"]
Import = Callable[..., ImportPlan]


@pytest.fixture
def sessions(place: Place) -> dict[str, ClassSession]:
    """The morning and the afternoon of 15 August 2024, local time, of a class of the district."""
    made = create_class(
        data=ClassData("Kỹ năng số", "class", place.units["bao-thang"]),
        sessions=[SessionData(datetime(2024, 8, 15, 1, 0, tzinfo=UTC))],
        by=SYSTEM,
        at=AT,
    )
    morning = made.sessions.get()
    afternoon = ClassSession.objects.create(
        uid="pm", training_class=made, starts_at=datetime(2024, 8, 15, 7, 0, tzinfo=UTC)
    )
    return {"am": morning, "pm": afternoon}


@pytest.fixture
def bring(place: Place, tmp_path: Path) -> Import:
    def made(*rows: list[Any], head: list[str] = HEAD, dry_run: bool = False, **asked: Any) -> ImportPlan:
        path = save(tmp_path / "marks.xlsx", Sheet([head, *([n, *row] for n, row in enumerate(rows, 1))]))
        request = replace(ImportRequest(unit=place.units["bao-thang"]), **asked)
        return import_sheet(path, request=request, dry_run=dry_run, by=SYSTEM, at=AT)

    return made


def marks() -> set[tuple[str, str, str]]:
    return set(Attendance.objects.values_list("session__uid", "person__full_name", "status"))


def test_marks_go_to_the_sessions_of_their_half_days(
    bring: Import, place: Place, sessions: dict[str, ClassSession]
) -> None:
    place.person("Lê Thị Lan")
    place.person("Lù A Sì", "phu-nhuan")
    plan = bring(["Lê Thị Lan", "UBND xã Gia Phú", "x", "P"], ["Lù A Sì", "Xã Phú Nhuận", "muộn", ""])
    am, pm = sessions["am"].uid, "pm"
    assert [row.outcome.value for row in plan.rows] == ["created", "created"]
    assert marks() == {
        (am, "Lê Thị Lan", "present"),
        (pm, "Lê Thị Lan", "excused"),
        (am, "Lù A Sì", "late"),
        (pm, "Lù A Sì", "absent"),
    }


def test_again_changes_nothing_and_a_new_mark_replaces_the_old(
    bring: Import, place: Place, sessions: dict[str, ClassSession]
) -> None:
    place.person("Lê Thị Lan")
    row = ["Lê Thị Lan", "UBND xã Gia Phú", "x", "P"]
    bring(row)
    before = list(Attendance.objects.order_by("pk").values())
    assert [r.outcome.value for r in bring(row).rows] == ["matched"]
    assert list(Attendance.objects.order_by("pk").values()) == before
    plan = bring(["Lê Thị Lan", "UBND xã Gia Phú", "x", "x"])
    assert [r.outcome.value for r in plan.rows] == ["updated"]
    assert {status for _, _, status in marks()} == {"present"}
    assert Attendance.objects.count() == 2


def test_people_not_known_or_not_certain_are_told(
    bring: Import, place: Place, sessions: dict[str, ClassSession]
) -> None:
    place.person("Lê Thị Lan")
    place.person("Lê Thị Lan")
    place.person("Lù A Sì", "phu-nhuan")
    place.person("Trần Thị Hoa")
    plan = bring(
        ["Lê Thị Lan", "UBND xã Gia Phú", "x", "x"],  # two of them
        ["Lù A Sì", "UBND xã Gia Phú", "x", "x"],  # is of another commune
        ["Trần Thị Hoà", "UBND xã Gia Phú", "x", "x"],  # not quite the name
        ["Vàng A Páo", "UBND xã Gia Phú", "x", "x"],  # nobody
        ["Trần Thị Hoa", "UBND xã Sơn Hà", "x", "x"],  # no such unit
    )
    assert [row.outcome.value for row in plan.rows] == ["ambiguous"] * 3 + ["skipped"] * 2
    assert [row.code for row in plan.rows] == [
        "ambiguous_person",
        "uncertain_person",
        "uncertain_person",
        "person_not_found",
        "unknown_unit",
    ]
    assert marks() == set()


def test_marks_decide_between_names_that_differ_by_them(
    bring: Import, place: Place, sessions: dict[str, ClassSession]
) -> None:
    place.person("Trần Thị Hoa")
    place.person("Trần Thị Hoà")
    bring(["Trần Thị Hòa", "UBND xã Gia Phú", "x", "x"])
    assert {name for _, name, _ in marks()} == {"Trần Thị Hoà"}


def test_marks_without_a_session_are_told(
    bring: Import, place: Place, sessions: dict[str, ClassSession]
) -> None:
    place.person("Lê Thị Lan")
    head = ["STT", "Họ và tên", "Đơn vị", "15/8/2024", "Sáng 16/8/2024"]
    plan = bring(["Lê Thị Lan", "Xã Gia Phú", "x", "x"], head=head)
    assert [problem.code for problem in plan.problems] == [
        "mark_session_unclear",  # two sessions that day
        "mark_without_session",
        "no_marks",
    ]
    assert marks() == set()


def test_sessions_named_are_the_only_ones(
    bring: Import, place: Place, sessions: dict[str, ClassSession]
) -> None:
    place.person("Lê Thị Lan")
    bring(["Lê Thị Lan", "Xã Gia Phú", "x", "x"], sessions=(sessions["pm"].pk,))
    assert marks() == {("pm", "Lê Thị Lan", "present")}
    with pytest.raises(Refused) as caught:
        bring(["Lê Thị Lan", "Xã Gia Phú", "x", "x"], sessions=(0,))
    assert caught.value.code == "unknown_session"


def test_sessions_of_other_hosts_are_not_taken_unasked(
    bring: Import, place: Place, sessions: dict[str, ClassSession]
) -> None:
    place.person("Lê Thị Lan")
    plan = bring(["Lê Thị Lan", "Xã Gia Phú", "x", "x"], unit=place.units["gia-phu"])
    assert {problem.code for problem in plan.problems} == {"mark_without_session", "no_marks"}


def test_sessions_of_units_below_are_taken_where_the_unit_itself_held_none(
    bring: Import, place: Place, sessions: dict[str, ClassSession]
) -> None:
    held = sessions["am"].training_class
    held.host_unit = place.units["gia-phu"]
    held.save()
    place.person("Lê Thị Lan")
    assert len(bring(["Lê Thị Lan", "Xã Gia Phú", "x", "x"]).marks) == 2


def test_half_days_of_one_long_session_must_agree(bring: Import, place: Place) -> None:
    whole_day = SessionData(datetime(2024, 8, 15, 1, 0, tzinfo=UTC), datetime(2024, 8, 15, 9, 0, tzinfo=UTC))
    create_class(
        data=ClassData("Cả ngày", "class", place.units["bao-thang"]), sessions=[whole_day], by=SYSTEM, at=AT
    )
    place.person("Lê Thị Lan")
    place.person("Lù A Sì")
    plan = bring(["Lê Thị Lan", "Xã Gia Phú", "x", "✓"], ["Lù A Sì", "Xã Gia Phú", "x", "V"])
    assert {(name, status) for _, name, status in marks()} == {("Lê Thị Lan", "present")}
    assert [problem.code for problem in plan.problems] == ["marks_contradict", "no_marks"]


def test_people_are_looked_for_on_the_day_of_the_marks(
    bring: Import, place: Place, sessions: dict[str, ClassSession]
) -> None:
    place.person("Lê Thị Lan", valid_to=date(2024, 8, 20))
    place.person("Lù A Sì", valid_to=date(2024, 8, 1))
    plan = bring(["Lê Thị Lan", "Xã Gia Phú", "x", "x"], ["Lù A Sì", "Xã Gia Phú", "x", "x"])
    assert [row.outcome.value for row in plan.rows] == ["created", "ambiguous"]


def test_a_dry_run_writes_nothing(bring: Import, place: Place, sessions: dict[str, ClassSession]) -> None:
    place.person("Lê Thị Lan")
    assert len(bring(["Lê Thị Lan", "Xã Gia Phú", "x", "x"], dry_run=True).marks) == 2
    assert marks() == set()
