"""Writing down what several people reached, on one page."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nhanlucso.kernel.clock import today
from nhanlucso.learning.models import CourseResult
from tests.factories import records as r

pytestmark = pytest.mark.django_db
ADDRESS = "/ket-qua/ghi/"


def main_part(page: str) -> str:
    """The form, without the token that every answer makes anew."""
    inside = re.search(r'<div id="sheet">(.*)</div>\s*</main>', page, re.DOTALL)
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", (inside[1] if inside else page).strip())


@pytest.fixture
def course(world: Any) -> Any:
    return r.make_course("An toàn thông tin", delivery="self_paced")


def row(person: Any, state: str = "passed", score: str = "", day: str = "") -> dict[str, Any]:
    return {f"{person.pk}-state": state, f"{person.pk}-score": score, f"{person.pk}-day": day}


def test_people_are_found_added_and_written_at_once(world: Any, course: Any, officer: Client) -> None:
    anh, chi = world.people["Ánh"], world.people["Chi"]
    head = {"course": course.pk, "day": "2024-05-06", "platform": "MOOC"}
    found = officer.post(ADDRESS, head | {"act": "find", "q": "anh"}).content.decode()
    assert f'name="add" value="{anh.pk}"' in found
    added = officer.post(ADDRESS, head | {"q": "", "add": anh.pk}).content.decode()
    assert f'name="person" value="{anh.pk}"' in added
    assert 'value="2024-05-06"' in added
    sent = head | {"act": "save", "person": [anh.pk, chi.pk]} | row(anh, score="7,5")
    answer = officer.post(ADDRESS, sent | row(chi, "enrolled", day="2024-04-01"), follow=True)
    assert answer.redirect_chain == [(f"/ket-qua/?course={course.pk}", 302)]
    assert "Đã ghi kết quả của 2 người." in answer.content.decode()
    result = anh.results.get()
    assert (result.completed_at, result.passed, result.score, result.platform) == (
        date(2024, 5, 6), True, 7.5, "MOOC",
    )  # fmt: skip
    assert CourseResult.objects.get(person=chi, course=course).enrolled_at == date(2024, 4, 1)


def test_sent_again_it_says_that_all_stands_so(world: Any, course: Any, officer: Client) -> None:
    anh = world.people["Ánh"]
    sent = {"course": course.pk, "day": "2024-05-06", "act": "save", "person": anh.pk} | row(anh)
    officer.post(ADDRESS, sent, follow=True)
    page = officer.post(ADDRESS, sent, follow=True).content.decode()
    assert "1 người đã được ghi như vậy từ trước." in page
    assert "Đã ghi kết quả" not in page
    assert anh.results.count() == 1


def test_what_was_written_goes_along_with_every_step(world: Any, course: Any, officer: Client) -> None:
    anh, chi = world.people["Ánh"], world.people["Chi"]
    given = {"course": course.pk, "day": "2024-05-06", "person": [anh.pk, chi.pk]} | row(anh, "failed", "4")
    page = officer.post(ADDRESS, given | {"drop": chi.pk}).content.decode()
    assert f'name="person" value="{anh.pk}"' in page
    assert f'name="person" value="{chi.pk}"' not in page
    assert 'value="4"' in page
    assert '<option value="failed" selected>' in page
    assert "errorlist" not in page
    assert "Có chỗ cần sửa" not in page


def test_mistakes_stand_above_and_at_the_field(world: Any, course: Any, officer: Client) -> None:
    anh = world.people["Ánh"]
    wrong = {"course": "", "day": "2024-02-31", "act": "save", "person": anh.pk} | row(anh, score="11")
    page = officer.post(ADDRESS, wrong).content.decode()
    for said in ("Hãy chọn khóa học", "Ngày này không có", "Lý Thị Ánh, Điểm: Điểm từ 0 đến 10"):
        assert said in page
    tomorrow = today() + timedelta(days=1)
    early = {"course": course.pk, "day": tomorrow, "act": "save", "person": anh.pk} | row(anh)
    assert "Ngày này chưa đến" in officer.post(ADDRESS, early).content.decode()
    nobody = officer.post(ADDRESS, {"course": course.pk, "day": "2024-05-06", "act": "save"})
    assert "Chưa chọn ai" in nobody.content.decode()
    assert not anh.results.exists()


def test_those_who_enrolled_are_added_together(world: Any, course: Any, officer: Client) -> None:
    for name in ("Ánh", "Dung"):
        CourseResult.objects.create(
            uid=name, person=world.people[name], course=course, enrolled_at=date(2024, 3, 1)
        )
    page = officer.get(f"{ADDRESS}?course={course.pk}").content.decode()
    assert "Thêm 2 người đã ghi danh" in page
    page = officer.post(ADDRESS, {"course": course.pk, "act": "open"}).content.decode()
    assert page.count('name="person"') == 2
    assert "Thêm 2 người" not in page


def test_the_people_of_a_class_are_added_together_also_by_its_trainer(
    world: Any, course: Any, signed_in: Any
) -> None:
    anh = world.people["Ánh"]
    hosted = r.make_class("Lớp ở Lộc", world.loc, today() - timedelta(days=1))
    r.attend(hosted, anh, "present")
    trainer = signed_in(r.make_account("giang-vien", "trainer", world.loc))
    assert trainer.get("/ket-qua/").headers["Location"] == ADDRESS
    page = trainer.get(ADDRESS).content.decode()
    assert "Lớp ở Lộc" in page
    assert 'name="q"' not in main_part(page)
    head = {"course": course.pk, "day": "2024-05-06"}
    page = trainer.post(ADDRESS, head | {"act": "roster", "class": hosted.pk}).content.decode()
    assert f'name="person" value="{anh.pk}"' in page
    assert f'name="from" value="{hosted.pk}"' in page
    sent = head | {"act": "save", "from": hosted.pk, "person": anh.pk} | row(anh)
    assert trainer.post(ADDRESS, sent).status_code == 302
    assert anh.results.get().passed is True


def test_people_of_others_never_come_onto_the_page(world: Any, course: Any, neighbour: Client) -> None:
    anh = world.people["Ánh"]
    head = {"course": course.pk, "day": "2024-05-06"}
    for given in ({"person": anh.pk}, {"add": anh.pk}, {"act": "roster", "class": world.training_class.pk}):
        assert "Lý Thị Ánh" not in neighbour.post(ADDRESS, head | given).content.decode()
    assert "Không thấy ai" in neighbour.post(ADDRESS, head | {"act": "find", "q": "anh"}).content.decode()
    neighbour.post(ADDRESS, head | {"act": "save", "person": anh.pk} | row(anh))
    assert not anh.results.exists()


def test_one_person_is_there_when_one_comes_from_their_page(world: Any, officer: Client) -> None:
    page = officer.get(f"{ADDRESS}?person={world.people['Ánh'].pk}").content.decode()
    assert "Lý Thị Ánh" in page
    assert "Ghi kết quả của 1 người" in page


def test_what_is_swapped_in_is_what_a_reload_shows(world: Any, course: Any, officer: Client) -> None:
    given = {"course": course.pk, "act": "find", "q": "van", "person": world.people["Ánh"].pk}
    whole = officer.post(ADDRESS, given).content.decode()
    part = officer.post(ADDRESS, given, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert main_part(whole) == main_part(part)


def test_after_the_last_step_the_whole_page_is_left(world: Any, course: Any, officer: Client) -> None:
    anh = world.people["Ánh"]
    sent = {"course": course.pk, "day": "2024-05-06", "act": "save", "person": anh.pk} | row(anh)
    answer = officer.post(ADDRESS, sent, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == f"/ket-qua/?course={course.pk}"


def test_who_only_looks_is_refused(world: Any, viewer: Client) -> None:
    assert viewer.get(ADDRESS).status_code == 403


def test_numbers_that_are_none_break_nothing(world: Any, officer: Client) -> None:
    strange = {
        "person": ["x", "9" * 30, "-1"],
        "add": "²",
        "drop": "y",
        "from": "z",
        "class": "9" * 40,
        "act": "roster",
    }
    assert officer.post(ADDRESS, strange).status_code == 200


def test_the_number_of_queries_does_not_grow(world: Any, course: Any, officer: Client) -> None:
    people = [r.make_person(f"Lý Văn A{number}", world.an).pk for number in range(50)]

    def cost(ids: list[int]) -> int:
        with CaptureQueriesContext(connection) as asked:
            officer.post(ADDRESS, {"course": course.pk, "person": ids})
        return len(asked)

    cost(people[:2])
    assert cost(people[:2]) == cost(people) <= 14
