"""The first page: every figure of a unit."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def page(client: Client, unit: Any, **words: str) -> str:
    response = client.get("/chi-so/", {"unit": unit.pk, "period": "2024-9M", **words})
    assert response.status_code == 200
    return response.content.decode()


def test_every_figure_stands_with_its_kind(world: Any, officer: Client) -> None:
    html = page(officer, world.district)
    assert "40\u00a0%" in html
    assert "2 trên 5" in html
    assert '>khoảng</span> <span class="num">32</span>&nbsp;<span class="unit">lượt</span>' in html
    assert html.count('class="card figure"') == 23


def test_targets_of_the_unit_and_shares_of_its_ancestors_bind(world: Any, officer: Client) -> None:
    assert "Còn thiếu 50 điểm %" in page(officer, world.district)
    commune = page(officer, world.an)
    assert "Còn thiếu 65 điểm %" in commune
    assert "chỉ tiêu 20" not in commune


def test_unknown_is_never_zero(world: Any, officer: Client) -> None:
    html = page(officer, world.district)
    assert "chưa có ai trong diện tính" in html
    assert "Chưa có số liệu" in html


def test_the_bar_offers_units_around_and_periods(world: Any, officer: Client) -> None:
    html = page(officer, world.hoa, tree="2025-07-01")
    for name in ("Tỉnh Mới", "Hình thành từ", "Xã An (đến 30/06/2025)", "9 tháng năm 2024", "Quý I năm 2024"):
        assert name in html
    assert "Như ngày 01/07/2025" in html


def test_a_unit_that_is_gone_leads_on(world: Any, officer: Client) -> None:
    html = page(officer, world.an, tree="2025-07-01")
    assert "Xã An không có trên cây đơn vị ngày 01/07/2025" in html
    assert f"unit={world.hoa.pk}" in html
    assert "Xem trên cây đơn vị cuối kỳ" in html


def test_a_unit_that_is_not_yet_there_leads_back(world: Any, officer: Client) -> None:
    html = page(officer, world.hoa, tree="2024-09-14")
    assert "có từ ngày 01/07/2025" in html
    assert f"unit={world.an.pk}" in html
    assert "Xem trên cây đơn vị hôm nay" in html


def test_then_and_now_give_way_to_each_other(world: Any, officer: Client) -> None:
    """Who changes the unit in the bar need not know on which tree it stands; the page says which one it shows."""
    early = page(officer, world.hoa, tree="then")
    assert "có từ ngày" not in early
    assert '<option value="now" selected>' in early
    gone = page(officer, world.an, tree="now")
    assert "không có trên cây đơn vị" not in gone
    assert '<option value="then" selected>' in gone


def test_old_figures_stand_on_the_tree_of_today(world: Any, officer: Client) -> None:
    html = page(officer, world.hoa, tree="now")
    assert "25\u00a0%" in html
    assert "có thể từ 25\u00a0% đến 40\u00a0%" in html


def test_outside_the_scope_is_not_found(world: Any, neighbour: Client) -> None:
    assert neighbour.get("/chi-so/", {"unit": world.an.pk}).status_code == 404
    assert neighbour.get("/chi-so/", {"unit": world.district.pk}).status_code == 404


@pytest.mark.parametrize("words", [{"period": "2024-Q5"}, {"calendar": "lunar"}, {"tree": "yesterday"}])
def test_a_question_that_cannot_be_is_refused(world: Any, officer: Client, words: dict[str, str]) -> None:
    response = officer.get("/chi-so/", {"unit": world.district.pk, "period": "2024", **words})
    assert response.status_code == 400
    assert "Không làm được" in response.content.decode()


def test_visitors_sign_in_first(world: Any) -> None:
    assert Client().get("/chi-so/").status_code == 302


def test_who_was_entrusted_with_nothing_is_told_so(world: Any, signed_in: Any) -> None:
    from nhanlucso.access.models import Account

    client = signed_in(Account.objects.create_user("khong-ai", password="mat-khau-du-dai"))
    response = client.get("/chi-so/")
    assert response.status_code == 403
    assert "không được làm việc này: Xem số liệu" in response.content.decode()


def test_who_was_given_a_unit_that_has_ended_is_told_so(world: Any, signed_in: Any) -> None:
    from tests.factories.records import make_account

    client = signed_in(make_account("huyen-cu", "officer", world.district))
    assert "Chưa có đơn vị nào" in client.get("/chi-so/").content.decode()


def test_the_page_is_light(world: Any, officer: Client, django_assert_max_num_queries: Any) -> None:
    page(officer, world.district)
    with django_assert_max_num_queries(29):
        html = page(officer, world.district)
    assert len(gzip.compress(html.encode())) < 30_000


def test_the_page_speaks_english(world: Any, officer: Client) -> None:
    officer.cookies["django_language"] = "en"
    html = page(officer, world.district)
    assert "first nine months of 2024" in html
    assert "Chưa có số liệu" not in html
