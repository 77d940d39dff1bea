"""Pages of the national catalogue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from nhanlucso.orgs.models import Unit
from tests.factories import records as r

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(world: Any, signed_in: Callable[[Any], Client]) -> Client:
    return signed_in(r.make_account("quan-tri", "administrator"))


def test_search_preview_and_taking(world: Any, administrator: Client) -> None:
    found = administrator.get("/don-vi/danh-muc/?q=bao thang&on=2024-09-14").content.decode()
    assert "/don-vi/danh-muc/086@/?on=2024-09-14" in found.replace("%40", "@")
    preview = administrator.get("/don-vi/danh-muc/086@/?on=2024-09-14").content.decode()
    assert "Thay đổi ngày 01/07/2025" in preview
    answer = administrator.post("/don-vi/danh-muc/086@/?on=2024-09-14", follow=True)
    unit = Unit.objects.get(catalogue_key="086@")
    assert answer.redirect_chain == [(f"/don-vi/{unit.pk}/", 302)]
    assert "Đã lấy" in answer.content.decode()
    there = administrator.get("/don-vi/danh-muc/086@/?on=2024-09-14").content.decode()
    assert "Đã có trong hệ thống" in there
    assert "đã có" in administrator.get("/don-vi/?q=bao thang").content.decode()


def test_a_day_on_which_it_is_not_there(world: Any, administrator: Client) -> None:
    assert (
        "không có vào ngày đã chọn"
        in administrator.get("/don-vi/danh-muc/086@/?on=2026-01-01").content.decode()
    )
    assert administrator.post("/don-vi/danh-muc/086@/?on=2026-01-01").status_code == 400
    assert administrator.get("/don-vi/danh-muc/99999@/").status_code == 404
    assert "không có mục nào" in administrator.get("/don-vi/danh-muc/?q=khong-co-dau").content.decode()


def test_changes_of_the_catalogue_are_offered_and_applied(world: Any, administrator: Client) -> None:
    r.make_unit("xa", "Xã Phú Nhuận", catalogue_key="02944@")
    assert "Danh mục có thay đổi chưa áp dụng" in administrator.get("/don-vi/").content.decode()
    page = administrator.get("/don-vi/thay-doi/2025-07-01/").content.decode()
    assert "Xã Tằng Loỏng" in page
    assert "1673/NQ-UBTVQH15" in page
    answer = administrator.post("/don-vi/thay-doi/2025-07-01/", follow=True).content.decode()
    assert "Đã áp dụng" in answer
    assert "Danh mục có thay đổi chưa áp dụng" not in answer
    assert administrator.get("/don-vi/thay-doi/2025-07-01/").status_code == 404
    assert administrator.get("/don-vi/thay-doi/2025-02-31/").status_code == 404


def test_an_officer_of_one_unit_takes_nothing(world: Any, neighbour: Client) -> None:
    units = Unit.objects.count()
    for address in (
        "/don-vi/danh-muc/",
        "/don-vi/danh-muc/086@/?on=2024-09-14",
        "/don-vi/thay-doi/2025-07-01/",
    ):
        assert neighbour.post(address).status_code == 403
    assert Unit.objects.count() == units
    assert "/danh-muc/" not in neighbour.get("/don-vi/").content.decode()
