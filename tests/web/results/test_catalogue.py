"""The catalogue of courses as pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nhanlucso.courses.models import Course
from tests.factories import records as r

pytestmark = pytest.mark.django_db
COURSE = {
    "title": "An toàn thông tin",
    "counts_for": ["basic_digital_skills"],
    "delivery": "self_paced",
    "periods": "8",
    "topics": "mật khẩu",
}


def test_courses_stand_with_what_they_count_for(world: Any, viewer: Client) -> None:
    page = viewer.get("/ket-qua/khoa-hoc/").content.decode()
    assert "Kỹ năng số trên mạng" in page
    assert "Tự học trực tuyến" in page
    assert "/khoa-hoc/them/" not in page
    assert "Sửa<" not in page


def test_a_course_is_added_and_corrected_until_it_is_used(world: Any, neighbour: Client) -> None:
    assert (
        "Đã thêm khóa học" in neighbour.post("/ket-qua/khoa-hoc/them/", COURSE, follow=True).content.decode()
    )
    made = Course.objects.get(title="An toàn thông tin")
    address = f"/ket-qua/khoa-hoc/{made.pk}/"
    assert address in neighbour.get("/ket-qua/khoa-hoc/").content.decode()
    assert 'value="8"' in neighbour.get(address).content.decode()
    assert neighbour.post(address, COURSE | {"periods": "10"}).status_code == 302
    made.refresh_from_db()
    assert made.periods == 10
    r.make_class("Lớp", world.loc, world.training_class.sessions.first().starts_at.date(), course=made)
    assert address not in neighbour.get("/ket-qua/khoa-hoc/").content.decode()
    page = neighbour.post(address, COURSE | {"periods": "12"}).content.decode()
    assert "chỉ quản trị toàn hệ thống" in page


def test_who_runs_the_installation_corrects_every_course(world: Any, signed_in: Any) -> None:
    client = signed_in(r.make_account("quan-tri", "administrator"))
    used = world.training_class.course
    assert f"/ket-qua/khoa-hoc/{used.pk}/" in client.get("/ket-qua/khoa-hoc/").content.decode()
    client.post(f"/ket-qua/khoa-hoc/{used.pk}/", COURSE)
    used.refresh_from_db()
    assert used.title == "An toàn thông tin"


def test_refusals_stand_on_the_form(world: Any, officer: Client) -> None:
    taken = COURSE | {"title": "kỹ năng số trên mạng"}
    assert "Đã có khóa học" in officer.post("/ket-qua/khoa-hoc/them/", taken).content.decode()
    page = officer.post("/ket-qua/khoa-hoc/them/", {"title": ""}).content.decode()
    assert "Hãy ghi tên khóa học" in page
    assert "Hãy chọn cách học" in page


def test_who_only_looks_is_refused(world: Any, viewer: Client) -> None:
    assert viewer.get("/ket-qua/khoa-hoc/them/").status_code == 403
    assert viewer.get(f"/ket-qua/khoa-hoc/{world.training_class.course_id}/").status_code == 403


def test_an_empty_catalogue_says_what_to_do(db: None, signed_in: Any) -> None:
    client = signed_in(r.make_account("can-bo", "officer", r.make_unit("an", "Xã An")))
    assert "Thêm khóa học đầu tiên" in client.get("/ket-qua/khoa-hoc/").content.decode()


def test_the_number_of_queries_does_not_grow(world: Any, officer: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            officer.get("/ket-qua/khoa-hoc/")
        return len(asked)

    cost()
    few = cost()
    for number in range(20):
        r.make_course(f"Khóa {number}")
    assert cost() == few <= 10
