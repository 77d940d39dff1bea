"""Importing results of learning platforms: known people, known courses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nhanlucso.courses.models import Course
from nhanlucso.exchange.sheets.applying import import_sheet
from nhanlucso.exchange.sheets.plan import ImportPlan, ImportRequest
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.learning.models import CourseResult
from tests.exchange.sheets.conftest import AT, ON, Place
from tests.exchange.sheets.making import Sheet, save

pytestmark = pytest.mark.django_db
HEAD = ["STT", "Họ tên", "Email", "Khóa học", "Tiến độ", "Điểm", "Trạng thái", "Ngày hoàn thành"]
DONE = ["Lê Thị Lan", "lan@example.vn", "An toàn thông tin", "100%", "7,5", "Hoàn thành", "22/06/2024"]
OPEN = ["Lê Thị Lan", "lan@example.vn", "AN TOÀN  THÔNG TIN", "40%", "", "Đang học", "-"]
Import = Callable[..., ImportPlan]


@pytest.fixture
def bring(place: Place, tmp_path: Path) -> Import:
    Course.objects.create(uid="attt", title="An toàn thông tin")
    place.person("Lê Thị Lan", email="lan@example.vn")

    def made(*rows: list[Any]) -> ImportPlan:
        path = save(tmp_path / "results.xlsx", Sheet([HEAD, *([n, *row] for n, row in enumerate(rows, 1))]))
        request = ImportRequest(unit=place.units["bao-thang"], on=ON)
        return import_sheet(path, request=request, dry_run=False, by=SYSTEM, at=AT)

    return made


def outcomes(plan: ImportPlan) -> list[tuple[str, str]]:
    return [(row.outcome.value, row.code) for row in plan.rows]


def test_a_result_is_written_once(bring: Import) -> None:
    assert outcomes(bring(DONE)) == [("created", "")]
    result = CourseResult.objects.get()
    assert (result.person.full_name, result.score, result.passed) == ("Lê Thị Lan", 7.5, True)
    assert result.completed_at == date(2024, 6, 22)
    assert outcomes(bring(DONE)) == [("matched", "")]
    assert CourseResult.objects.count() == 1


def test_a_course_begun_is_completed_later(bring: Import) -> None:
    assert outcomes(bring(OPEN)) == [("created", "")]
    assert CourseResult.objects.get().passed is False
    assert outcomes(bring(DONE)) == [("updated", "")]
    result = CourseResult.objects.get()
    assert (result.passed, result.completed_at) == (True, date(2024, 6, 22))


def test_an_older_list_does_not_undo_a_completion(bring: Import) -> None:
    bring(DONE)
    assert outcomes(bring(OPEN)) == [("matched", "older_result")]
    assert CourseResult.objects.get().passed is True


def test_what_is_not_known_is_told(bring: Import, place: Place) -> None:
    place.person("Lù A Sì")
    place.person("Lù A Sì", "phu-nhuan")
    rows = [
        ["Lù A Sì", "", *DONE[2:]],
        ["Vàng A Páo", "", *DONE[2:]],
        [*DONE[:2], "Khóa lạ", *DONE[3:]],
        [*DONE[:2], "", *DONE[3:]],
        DONE,
        DONE,
    ]
    assert outcomes(bring(*rows)) == [
        ("ambiguous", "ambiguous_person"),
        ("skipped", "person_not_found"),
        ("skipped", "unknown_course"),
        ("skipped", "course_missing"),
        ("created", ""),
        ("skipped", "row_twice"),
    ]


def test_scores_on_another_scale_are_not_stored(bring: Import) -> None:
    plan = bring([*DONE[:4], "75", *DONE[5:]])
    assert [problem.code for problem in plan.problems] == ["score_scale"]
    assert CourseResult.objects.get().score is None


def test_one_learner_of_several_platforms_is_one_person(bring: Import, place: Place) -> None:
    Course.objects.create(uid="kns", title="Kỹ năng số")
    lan = place.person("Trần Thị Lan", email="tran.lan@example.vn")
    rows = [
        ["Tran Thi Lan", "TRAN.LAN@example.vn", *DONE[2:]],  # one platform knows no marks
        ["Trần Thị Lan", "", "Kỹ năng số", *DONE[3:]],  # the other no mail
    ]
    for expected in ("created", "matched"):
        assert outcomes(bring(*rows)) == [(expected, "")] * 2
    assert {result.person for result in CourseResult.objects.all()} == {lan}
    assert CourseResult.objects.count() == 2


def test_another_mail_under_a_name_is_for_people_to_decide(bring: Import) -> None:
    other = ["Lê Thị Lan", "lan.khac@example.vn", *DONE[2:]]
    assert outcomes(bring(other)) == [("ambiguous", "uncertain_person")]
