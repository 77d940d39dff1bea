"""Who did what to one record, when, and what stood there before."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.factories import records as r

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vietnamese")]


def test_a_correction_is_told_with_what_stood_there_before(
    world: Any, officer: Client, signed_in: Any
) -> None:
    person = world.people["Ánh"]
    for phone in ("0912345678", "0987654321"):
        fields = {"full_name": "Lý Thị Ánh", "birth": "1985", "phone": phone, "national_id": "010085123456"}
        assert officer.post(f"/can-bo/{person.pk}/sua/", fields).status_code == 302
    auditor = signed_in(r.make_account("thanh-tra", "auditor", world.hoa))
    for client, who in ((officer, "can-bo"), (auditor, "can-bo")):
        page = client.get(f"/lich-su/can-bo/{person.pk}/").content.decode()
        assert "Sửa cán bộ" in page
        assert "Điện thoại: •••••••678 → •••••••321" in page
        assert "Số định danh: đã đổi" in page
        assert who in page
        assert "0912345678" not in page
        assert "010085123456" not in page


@pytest.mark.parametrize("kind", ["can-bo", "lop-hoc", "ke-hoach", "don-vi", "tai-khoan", "khac"])
def test_what_is_not_there_has_no_history(officer: Client, kind: str) -> None:
    assert officer.get(f"/lich-su/{kind}/999999/").status_code == 404


def test_others_find_nothing(world: Any, neighbour: Client, viewer: Client) -> None:
    address = f"/lich-su/can-bo/{world.people['Ánh'].pk}/"
    assert neighbour.get(address).status_code == 404
    assert viewer.get(address).status_code == 403


def test_a_unit_has_one_where_it_lies_inside(world: Any, officer: Client, neighbour: Client) -> None:
    assert "Chưa có thay đổi nào" in officer.get(f"/lich-su/don-vi/{world.hoa.pk}/").content.decode()
    assert neighbour.get(f"/lich-su/don-vi/{world.hoa.pk}/").status_code == 404


def test_a_class_has_one(world: Any, officer: Client) -> None:
    made = r.make_class("Lớp kỹ năng số", world.hoa, date(2024, 3, 4))
    assert made.title in officer.get(f"/lich-su/lop-hoc/{made.pk}/").content.decode()
