"""The room: periods of a year with their states, what waits, the units below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vietnamese")]


def room(client: Client, unit: Any, **words: str) -> str:
    answer = client.get("/bao-cao/", {"unit": unit.pk, "period": "2024-9M", **words})
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_period_of_the_year_stands_with_its_end(world: Any, officer: Client) -> None:
    html = room(officer, world.district)
    assert html.count("Chưa lập · Chốt") == 20
    assert "Chốt 14/09/2024" in html
    assert "Lập báo cáo 9 tháng năm 2024" in html


def test_civil_months_end_with_the_month(world: Any, officer: Client) -> None:
    assert "Chốt 30/09/2024" in room(officer, world.district, calendar="civil")


def test_the_state_of_a_report_stands_with_its_period(
    world: Any, officer: Client, draft: str, submit: Callable[..., Any]
) -> None:
    html = room(officer, world.district)
    assert "Nháp" in html
    assert "Đang làm dở" in html
    assert "Mở báo cáo 9 tháng năm 2024" in html
    submit(draft)
    html = room(officer, world.district)
    assert "Đã trình" in html
    assert "Số liệu lúc" in html
    assert "Đang làm dở" not in html


def test_what_waits_is_seen_by_who_may_approve(
    draft: str, leader: Client, officer: Client, submit: Callable[..., Any]
) -> None:
    submit(draft)
    assert "Chờ tôi duyệt" in leader.get("/bao-cao/").content.decode()
    assert "Chờ tôi duyệt" not in officer.get("/bao-cao/").content.decode()


def test_units_below_show_who_has_not_written(world: Any, officer: Client) -> None:
    officer.post(reverse("report-begin") + f"?unit={world.an.pk}&period=2024-9M")
    html = room(officer, world.district)
    rows = html[html.index("Đơn vị trực thuộc, 9 tháng") :]
    assert rows.index("Xã An") < rows.index("Nháp") < rows.index("Xã Bình") < rows.index("Chưa lập")


def test_a_viewer_sees_and_begins_nothing(world: Any, viewer: Client) -> None:
    assert "Lập báo cáo" not in room(viewer, world.district)
    words = f"?unit={world.district.pk}&period=2024-9M"
    assert viewer.post(reverse("report-begin") + words).status_code == 403


def test_a_range_is_no_period_of_reports(world: Any, officer: Client) -> None:
    html = room(officer, world.district, period="2024-01-01..2024-02-02")
    assert "chọn một kỳ như thế" in html


def test_the_list_is_a_file(world: Any, officer: Client) -> None:
    words = f"?unit={world.district.pk}&period=2024-9M"
    for form in ("xlsx", "pdf"):
        answer = officer.post(f"{reverse('report-list')}{words}&format={form}")
        assert answer.status_code == 200
        assert f".{form}" in answer.headers["Content-Disposition"]


def test_another_unit_is_not_found(world: Any, neighbour: Client) -> None:
    assert neighbour.get("/bao-cao/", {"unit": world.district.pk, "period": "2024"}).status_code == 404


def test_queries_do_not_grow_with_units_and_reports(
    world: Any, officer: Client, django_assert_max_num_queries: Any
) -> None:
    from tests.factories.district import LAST
    from tests.factories.records import facts_changed, make_unit

    for number in range(25):
        unit = make_unit(f"xa-{number}", f"Xã Số {number}", parent=world.district, end=LAST)
        officer.post(reverse("report-begin") + f"?unit={unit.pk}&period=2024-9M")
    facts_changed()
    room(officer, world.district)
    with django_assert_max_num_queries(32):
        room(officer, world.district)
