"""The list of results as a page and as a file."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nhanlucso.audit.models import Event
from tests.factories import records as r
from tests.web import books

pytestmark = pytest.mark.django_db


def main_part(page: str) -> str:
    """What stands in the list, without the token that every answer makes anew."""
    inside = re.search(r'<div id="results">(.*)</div>\s*</main>', page, re.DOTALL)
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", (inside[1] if inside else page).strip())


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("\xa0", " ").replace("&nbsp;", " ")


def test_it_counts_persons_of_every_course_and_lists_the_results(world: Any, officer: Client) -> None:
    page = words(officer.get("/ket-qua/").content.decode())
    assert "2 kết quả" in page
    assert "Kỹ năng số trên mạng 2 người 2 người 1 người" in page
    assert "Không đạt" in page
    assert "Nguyễn Thị Em" in page


def test_an_enrolment_is_never_called_a_completion(world: Any, officer: Client) -> None:
    course = r.make_course("Học dở", delivery="self_paced")
    result = r.make_result(world.people["Dung"], course, date(2024, 5, 6), passed=False)
    result.completed_at = result.passed = None
    result.save()
    page = words(officer.get(f"/ket-qua/?course={course.pk}").content.decode())
    assert "Học dở 1 người 0 người 0 người" in page
    assert page.count("Mới ghi danh") == 2  # the filter, and the row


def test_filters_narrow_and_stand_as_chips(world: Any, officer: Client) -> None:
    page = officer.get("/ket-qua/?state=passed&period=2024").content.decode()
    assert "Vàng Seo Chi" not in page
    assert "Nguyễn Thị Em" in page
    assert 'href="?period=2024"' in page
    assert "Năm 2024" in page
    assert "Không có kết quả nào khớp" in officer.get("/ket-qua/?period=2023").content.decode()


def test_words_that_mean_nothing_are_left_out(world: Any, officer: Client) -> None:
    page = officer.get("/ket-qua/?state=king&course=x&period=long&page=99&unit=y")
    assert "2 kết quả" in page.content.decode()


def test_what_is_swapped_in_is_what_a_reload_shows(world: Any, officer: Client) -> None:
    for address in ("/ket-qua/", "/ket-qua/?state=failed", "/ket-qua/?platform=khong"):
        whole = officer.get(address).content.decode()
        part = officer.get(address, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in part
        assert main_part(whole) == main_part(part)


def test_an_empty_room_teaches_three_ways(world: Any, neighbour: Client, viewer: Client) -> None:
    page = neighbour.get("/ket-qua/").content.decode()
    assert "Chưa có kết quả nào" in page
    assert "/ket-qua/ghi/" in page
    assert "/nhap-lieu/" in page
    assert "/huong-dan/mau/ket-qua/" in page
    assert "/ket-qua/ghi/" not in viewer.get("/ket-qua/").content.decode()


def test_units_of_others_are_not_found(world: Any, neighbour: Client) -> None:
    assert neighbour.get(f"/ket-qua/?unit={world.an.pk}").status_code == 404


def test_corrections_are_offered_where_they_may_be_made(world: Any, officer: Client, viewer: Client) -> None:
    assert "/sua/" in officer.get("/ket-qua/").content.decode()
    assert "/sua/" not in viewer.get("/ket-qua/").content.decode()


def test_the_file_holds_the_whole_list_that_the_filters_leave(world: Any, officer: Client) -> None:
    course = r.make_course("Dài", delivery="self_paced")
    for number in range(60):
        r.make_result(r.make_person(f"Lý Văn A{number}", world.an), course, date(2024, 5, 6), passed=True)
    answer = officer.post(f"/ket-qua/danh-sach/?course={course.pk}&format=xlsx")
    text = books.text(answer.content)
    assert len(books.lines(answer.content)) >= 61
    assert "Lý Văn A59" in text
    assert "Nguyễn Thị Em" not in text
    assert Event.objects.get(verb="list.export").count == 60


def test_who_may_not_take_lists_is_offered_none(world: Any, viewer: Client) -> None:
    assert "/ket-qua/danh-sach/" not in viewer.get("/ket-qua/").content.decode()
    assert viewer.post("/ket-qua/danh-sach/?format=xlsx").status_code == 403


def test_the_number_of_queries_does_not_grow(world: Any, signed_in: Any) -> None:
    client = signed_in(r.make_account("xa-an", "officer", world.hoa))
    course = r.make_course("Dài", delivery="self_paced")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/ket-qua/").status_code == 200
        return len(asked)

    cost()
    few = cost()
    for number in range(60):
        r.make_result(r.make_person(f"Lý Văn A{number}", world.an), course, date(2024, 5, 6), passed=True)
    assert cost() == few <= 16
