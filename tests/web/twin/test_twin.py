"""The page of the twin report: then, carried, later; who sees it; its file."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
PAGE = "/chi-so/doi-chieu/"


def page(client: Client, unit: Any, indicator: str = "coverage.basic", **words: str) -> str:
    answer = client.get(
        PAGE, {"unit": unit.pk, "indicator": indicator, "before": "2024-9M", "period": "2025", **words}
    )
    assert answer.status_code == 200
    return re.sub(r"[ \n]+", " ", answer.content.decode())


def test_then_carried_later(world: Any, officer: Client) -> None:
    html = page(officer, world.hoa)
    assert "Xã An khi đó, 9 tháng năm 2024" in html
    assert "nhập toàn bộ; lấy làm mốc" in html
    assert "nhập một phần, phần khác về nơi khác" in html  # xã Bình was split
    assert "có thể từ 25\u00a0% đến 40\u00a0%" in html
    assert "từ 0 đến +15" in html  # what the boundary may have done


def test_the_earlier_period_stands_first_however_it_is_asked(world: Any, officer: Client) -> None:
    turned = page(officer, world.hoa, before="2025", period="2024-9M")
    assert "Xã An khi đó, 9 tháng năm 2024" in turned
    assert "Địa giới nay, năm 2025" in turned


def test_another_predecessor_may_be_the_measure(world: Any, officer: Client) -> None:
    html = page(officer, world.hoa, lead=str(world.binh.pk))
    assert "Xã Bình khi đó, 9 tháng năm 2024 <span" in html
    assert html.index("nhập một phần, phần khác về nơi khác; lấy làm mốc") > 0


def test_every_number_opens_its_people(world: Any, officer: Client) -> None:
    html = page(officer, world.hoa)
    words = f"unit={world.an.pk}&amp;period=2023-12-15..2024-09-14&amp;tree=2024-09-14"
    before = f"/chi-so/coverage.basic/ho-chieu/?{words}"
    assert before in html
    assert officer.get(before.replace("&amp;", "&")).status_code == 200


def test_people_are_not_added_up(world: Any, officer: Client) -> None:
    assert "ai có mặt ở hai nơi vẫn là một người" in page(officer, world.hoa, "training.persons")
    assert "Cộng các đơn vị khi đó" in page(officer, world.hoa, "training.attendances")


def test_all_units_below_at_once(world: Any, officer: Client) -> None:
    html = page(officer, world.province)
    assert "Các đơn vị trực thuộc hiện nay" in html
    for name in ("Xã Hòa", "Xã Lộc"):
        assert name in html


def test_a_unit_that_has_ended_leads_on(world: Any, officer: Client) -> None:
    assert "Xem ở Xã Hòa" in page(officer, world.an)


def test_outside_the_scope(world: Any, neighbour: Client) -> None:
    assert neighbour.get(PAGE, {"unit": world.hoa.pk}).status_code == 404
    html = page(neighbour, world.loc)
    assert "Xã Bình khi đó" in html  # a public name; its figure is not for who has only a part of it
    assert f"unit={world.binh.pk}&amp;period" not in html


def test_the_file(world: Any, officer: Client, viewer: Client) -> None:
    words = f"?unit={world.province.pk}&indicator=coverage.basic&before=2024-9M&period=2025"
    for kind in ("xlsx", "pdf"):
        assert officer.post(f"{PAGE}tep/{words}&format={kind}").status_code == 200
    assert viewer.post(f"{PAGE}tep/{words}&format=xlsx").status_code == 403


def test_words_that_cannot_be(world: Any, officer: Client) -> None:
    assert officer.get(PAGE, {"indicator": "khong-co"}).status_code == 404
    assert officer.get(PAGE, {"before": "2024-Q9"}).status_code == 400


def test_the_page_costs_few_queries(world: Any, officer: Client, django_assert_max_num_queries: Any) -> None:
    page(officer, world.province)
    with django_assert_max_num_queries(16):
        page(officer, world.province)
    with django_assert_max_num_queries(16):
        page(officer, world.hoa)
