"""The log of communications as pages."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nhanlucso.kernel.clock import today
from nhanlucso.outreach.models import OutreachItem
from tests.factories import teams as t

pytestmark = pytest.mark.django_db


def form(page: str, **fields: Any) -> dict[str, Any]:
    """What a browser would send: the nonce of the page and what was filled in."""
    nonce = re.search(r'name="nonce" value="([^"]+)"', page)
    assert nonce
    return {"nonce": nonce[1], "channel": "press", "title": "Tin", "count": "2", "date": today(), **fields}


def test_entries_by_period_and_channel(world: Any, officer: Client) -> None:
    t.make_item(world.an, date(2024, 3, 4), 5, "press", "Bài báo")
    t.make_item(world.hoa, today(), 2, "event", "Ngày hội")
    page = officer.get(f"/truyen-thong/?unit={world.hoa.pk}&period=2024").content.decode()
    assert "<strong>5\xa0tin</strong> trong năm 2024 (15/12/2023 – 14/12/2024)" in page
    assert "Bài báo" in page
    assert "Xã An" in page
    assert "Ngày hội" not in page
    running = officer.get(f"/truyen-thong/?unit={world.hoa.pk}&channel=event").content.decode()
    assert "Ngày hội" in running
    assert "Giống lần trước" in running


def test_an_entry_is_added_once_and_the_next_is_like_it(world: Any, officer: Client) -> None:
    address = f"/truyen-thong/them/?unit={world.hoa.pk}"
    sent = form(officer.get(address).content.decode())
    assert officer.post(address, sent).status_code == 302
    assert officer.post(address, sent).status_code == 302
    item = OutreachItem.objects.get()
    other = officer.post(address, {**sent, "count": "9"}).content.decode()
    assert "Lần ghi trước đã được lưu" in other
    assert form(other)["nonce"] != sent["nonce"]
    like = officer.get(f"{address}&like={item.pk}").content.decode()
    assert 'value="Tin"' in like
    assert f'value="{today()}"' in like
    assert form(like)["nonce"] != sent["nonce"]


def test_an_entry_is_corrected_and_removed(world: Any, officer: Client) -> None:
    item = t.make_item(world.hoa, today())
    page = officer.get(f"/truyen-thong/{item.pk}/").content.decode()
    officer.post(f"/truyen-thong/{item.pk}/", form(page, title="Mới"))
    assert OutreachItem.objects.get().title == "Mới"
    wrong = officer.post(f"/truyen-thong/{item.pk}/", form(page, title="", date="2025-02-31"))
    assert "Hãy ghi tên." in wrong.content.decode()
    assert "Ngày này không có" in wrong.content.decode()
    officer.post(f"/truyen-thong/{item.pk}/bo/")
    assert not OutreachItem.objects.exists()


def test_viewers_read_and_others_find_nothing(world: Any, viewer: Client, neighbour: Client) -> None:
    item = t.make_item(world.hoa, today())
    page = viewer.get(f"/truyen-thong/?unit={world.hoa.pk}").content.decode()
    assert "Ghi tin, bài" not in page
    assert f"/truyen-thong/{item.pk}/" not in page
    assert viewer.get(f"/truyen-thong/them/?unit={world.hoa.pk}").status_code == 403
    assert neighbour.get(f"/truyen-thong/?unit={world.hoa.pk}").status_code == 404
    assert neighbour.get(f"/truyen-thong/{item.pk}/").status_code == 404
    assert neighbour.get(f"/truyen-thong/them/?unit={world.hoa.pk}").status_code == 404
    assert viewer.get("/truyen-thong/?unit=x").status_code == 404
    assert viewer.get("/truyen-thong/?period=x").status_code == 400


def test_the_log_as_a_file(world: Any, officer: Client, viewer: Client) -> None:
    t.make_item(world.hoa, today())
    answer = officer.post(f"/truyen-thong/danh-sach/?unit={world.hoa.pk}&format=xlsx")
    assert answer["Content-Disposition"].endswith('.xlsx"')
    assert viewer.post(f"/truyen-thong/danh-sach/?unit={world.hoa.pk}").status_code == 403
    assert officer.get("/truyen-thong/danh-sach/").status_code == 405


def test_a_unit_that_has_ended_leads_to_its_heir(world: Any, officer: Client) -> None:
    page = officer.get(f"/truyen-thong/?unit={world.an.pk}").content.decode()
    assert "Xã An nay không còn." in page
    assert f'href="?unit={world.hoa.pk}&amp;' in page


def test_the_number_of_queries_does_not_grow(world: Any, officer: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert officer.get(f"/truyen-thong/?unit={world.hoa.pk}").status_code == 200
        return len(asked)

    t.make_item(world.hoa, today())
    cost()
    few = cost()
    for _ in range(70):
        t.make_item(world.hoa, today())
    # A second page brings nothing but the links to it.
    assert cost() == few
