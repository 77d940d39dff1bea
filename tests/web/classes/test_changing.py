"""Sessions and head counts one at a time; taking away."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.factories.records import make_class, make_head_count

pytestmark = pytest.mark.django_db
SESSION = {"day": "2025-09-08", "starts": "13:30", "ends": "16:30", "place": "Nhà văn hóa"}


@pytest.fixture
def held(world: Any) -> Any:
    return make_class("Lớp", world.hoa, date(2025, 9, 1))


def count(world: Any, **changed: str) -> dict[str, str]:
    return {
        "count": "120",
        "qualifier": "over",
        "audience": "người dân",
        "unit": str(world.hoa.pk),
        "date": "2025-09-01",
        **changed,
    }


def test_a_session_is_added_moved_and_taken_away(held: Any, officer: Client) -> None:
    base = f"/lop-hoc/{held.pk}/buoi/"
    assert 'value="08:00"' in officer.get(f"{base}them/").content.decode()
    assert "Đã thêm buổi học." in officer.post(f"{base}them/", SESSION, follow=True).content.decode()
    added = held.sessions.order_by("starts_at").last()
    assert 'value="13:30"' in officer.get(f"{base}{added.pk}/").content.decode()
    officer.post(f"{base}{added.pk}/", SESSION | {"place": "Sân vận động"})
    added.refresh_from_db()
    assert added.place == "Sân vận động"
    assert "Bỏ buổi 13:30–16:30 ngày 08/09/2025?" in officer.get(f"{base}{added.pk}/bo/").content.decode()
    assert "Đã bỏ buổi học." in officer.post(f"{base}{added.pk}/bo/", follow=True).content.decode()
    assert held.sessions.count() == 1


def test_why_a_session_stays(world: Any, officer: Client) -> None:
    held = world.training_class
    session = held.sessions.order_by("starts_at")[0]
    html = officer.post(f"/lop-hoc/{held.pk}/buoi/{session.pk}/bo/").content.decode()
    assert "đã ghi điểm danh 2 người nên không bỏ được" in html


def test_a_wrong_session_is_told(held: Any, officer: Client) -> None:
    base = f"/lop-hoc/{held.pk}/buoi/them/"
    assert "Buổi học phải kết thúc" in officer.post(base, SESSION | {"ends": "09:00"}).content.decode()
    overlap = SESSION | {"day": "2025-09-01", "starts": "09:00"}
    assert "trùng giờ nhau" in officer.post(base, overlap).content.decode()


def test_a_head_count_is_written_corrected_and_taken_away(world: Any, held: Any, officer: Client) -> None:
    base = f"/lop-hoc/{held.pk}/so-nguoi/"
    assert 'value="2025-09-01"' in officer.get(f"{base}them/").content.decode()
    html = officer.post(f"{base}them/", count(world), follow=True).content.decode()
    assert '<strong class="num">hơn 120</strong> người dân' in html
    row = held.head_counts.get()
    assert 'value="120"' in officer.get(f"{base}{row.pk}/").content.decode()
    officer.post(f"{base}{row.pk}/", count(world, count="90", qualifier="exact"))
    row.refresh_from_db()
    assert (row.count, row.qualifier) == (90, "exact")
    assert "Bỏ số đếm «90 người dân»?" in officer.get(f"{base}{row.pk}/bo/").content.decode()
    officer.post(f"{base}{row.pk}/bo/")
    assert not held.head_counts.exists()


@pytest.mark.parametrize(
    ("written", "stored"), [("1.120", 1_120), ("1 120", 1_120), ("92,5", None), ("1.12", None), ("-5", None)]
)
def test_a_head_count_as_people_write_it(
    world: Any, held: Any, officer: Client, written: str, stored: int | None
) -> None:
    officer.post(f"/lop-hoc/{held.pk}/so-nguoi/them/", count(world, count=written))
    assert held.head_counts.values_list("count", flat=True).first() == stored


def test_a_wrong_head_count_is_told(world: Any, held: Any, officer: Client) -> None:
    base = f"/lop-hoc/{held.pk}/so-nguoi/them/"
    assert "Chưa biết thì chưa ghi" in officer.post(base, count(world, count="")).content.decode()
    make_head_count(world.hoa, 5, "exact", date(2025, 9, 1), training_class=held, audience="người dân")
    assert "đã có số đếm" in officer.post(base, count(world)).content.decode()


def test_a_class_goes_while_nothing_is_recorded(held: Any, officer: Client) -> None:
    from nhanlucso.training.models import TrainingClass

    assert "Xóa lớp «Lớp»?" in officer.get(f"/lop-hoc/{held.pk}/xoa/").content.decode()
    assert "Đã xóa lớp «Lớp»." in officer.post(f"/lop-hoc/{held.pk}/xoa/", follow=True).content.decode()
    assert not TrainingClass.objects.filter(pk=held.pk).exists()


def test_a_recorded_class_stays(world: Any, officer: Client) -> None:
    html = officer.post(f"/lop-hoc/{world.training_class.pk}/xoa/").content.decode()
    assert "nên không xóa được" in html


def test_others_find_no_page(world: Any, held: Any, neighbour: Client, viewer: Client) -> None:
    row = make_head_count(world.hoa, 5, "exact", date(2025, 9, 1), training_class=held)
    session = held.sessions.get().pk
    for place in (
        "xoa/", "buoi/them/", f"buoi/{session}/", f"buoi/{session}/bo/", "so-nguoi/them/",
        f"so-nguoi/{row.pk}/", f"so-nguoi/{row.pk}/bo/",
    ):  # fmt: skip
        assert neighbour.post(f"/lop-hoc/{held.pk}/{place}").status_code == 404
        assert viewer.post(f"/lop-hoc/{held.pk}/{place}").status_code == 403


def test_parts_of_another_class_are_not_found(world: Any, held: Any, officer: Client) -> None:
    row = make_head_count(world.hoa, 5, "exact", date(2025, 9, 1), training_class=held)
    other = world.training_class.pk
    session = held.sessions.get().pk
    for place in (f"buoi/{session}/", f"so-nguoi/{row.pk}/"):
        assert officer.get(f"/lop-hoc/{other}/{place}").status_code == 404
    assert officer.post(f"/lop-hoc/{other}/buoi/{session}/ky/").status_code == 404
