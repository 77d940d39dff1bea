"""Classes of many people: their lists come in parts."""

from __future__ import annotations

import gzip
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.factories import records as r

pytestmark = pytest.mark.django_db
LIGHT = 30_000  # bytes on the way, of a page after the first


@pytest.fixture
def held(world: Any) -> Any:
    """A class of 260 people."""
    from nhanlucso.training.models import Invitation

    held = r.make_class("Hội nghị", world.hoa, date(2025, 9, 1))
    people = [r.make_person(f"Lù A Số {number:03d}", world.hoa) for number in range(260)]
    Invitation.objects.bulk_create(Invitation(training_class=held, person=one) for one in people)
    return held


def sheet(held: Any) -> str:
    return f"/lop-hoc/{held.pk}/diem-danh/{held.sessions.get().pk}/"


@pytest.mark.parametrize("page", ["", "danh-sach/", "moi/", "diem-danh"])
def test_a_part_is_light_and_costs_few_queries(
    held: Any, officer: Client, page: str, django_assert_max_num_queries: Any
) -> None:
    address = sheet(held) if page == "diem-danh" else f"/lop-hoc/{held.pk}/{page}"
    officer.get(address)
    with django_assert_max_num_queries(36):
        content = officer.get(address).content
    assert len(gzip.compress(content)) < LIGHT
    html = content.decode()
    assert "?page=2" in html
    assert "Lù A Số 000" in html
    assert "Lù A Số 150" not in html
    assert "Lù A Số 150" in officer.get(f"{address}?page=2").content.decode()


def test_a_part_of_the_sheet_is_marked_and_one_stays_there(held: Any, officer: Client) -> None:
    from nhanlucso.training.models import Attendance

    address = f"{sheet(held)}?page=3"
    html = officer.get(address).content.decode()
    assert "Cả trang này có mặt" in html
    shown = [part.split('"')[0] for part in html.split('name="seen-')[1:]]
    assert len(shown) == 60
    answer = officer.post(address, {"all": "present", **{f"seen-{pk}": "" for pk in shown}})
    assert answer["Location"] == address
    assert Attendance.objects.filter(status="present", session__training_class=held).count() == 60


def test_a_name_is_found_in_the_whole_list(held: Any, officer: Client) -> None:
    html = officer.get(f"{sheet(held)}?q=so 259").content.decode()
    assert "Lù A Số 259" in html
    assert "Lù A Số 000" not in html
    assert "Không có ai tên như vậy" in officer.get(f"{sheet(held)}?q=khong").content.decode()
