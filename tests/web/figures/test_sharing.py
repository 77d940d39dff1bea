"""A figure passed on: words, link, picture; why a page opens with a period of the past."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vietnamese")]


def ask(client: Client, address: str, unit: Any, **words: str) -> Any:
    return client.get(address, {"unit": unit.pk, "period": "2024-9M", **words})


def test_words_say_value_people_and_as_of(world: Any, officer: Client) -> None:
    html = ask(officer, "/chi-so/coverage.basic/", world.an).content.decode()
    assert "trong kỳ, Xã An, 9 tháng năm 2024: 25\u00a0% (1 trên 4 người), số liệu lúc " in html
    assert f"http://testserver/chi-so/coverage.basic/?unit={world.an.pk}&amp;period=2024-9M" in html
    assert 'data-copy="#share-words"' in html


def test_a_count_keeps_its_qualifier(world: Any, officer: Client) -> None:
    html = ask(officer, "/chi-so/training.attendances/", world.district).content.decode()
    assert "Lượt tham gia tập huấn, Huyện Cũ, 9 tháng năm 2024: khoảng 32\u00a0lượt, số liệu lúc" in html


@pytest.mark.parametrize("code", ["coverage.basic", "training.attendances", "teams.village_coverage"])
def test_the_picture_is_a_private_png(world: Any, officer: Client, code: str) -> None:
    answer = ask(officer, f"/chi-so/{code}/anh.png", world.district)
    assert answer.headers["Content-Type"] == "image/png"
    assert "private" in answer.headers["Cache-Control"]
    assert answer.content.startswith(b"\x89PNG")


def test_the_card_of_the_picture_says_what_the_page_says(world: Any) -> None:
    from django.test import RequestFactory

    from nhanlucso.access.queries import scope_of
    from nhanlucso.indicators.catalogue import INDICATORS
    from nhanlucso.web.figures.picture import figure_card
    from nhanlucso.web.kit.asking import question

    request = RequestFactory().get("/", {"unit": world.district.pk, "period": "2024-9M"})
    request.scope = scope_of(world.officer)  # type: ignore[attr-defined]
    asked = question(request)
    assert asked is not None
    card = figure_card(scope_of(world.officer), asked, INDICATORS["coverage.basic"])
    assert (card.unit, card.number, card.notes) == ("Huyện Cũ", "40\u00a0%", ("2 trên 5 người",))
    assert (card.length, card.target, card.state_words) == (0.4, 0.9, "Còn thiếu 50 điểm %")
    assert [(bar.name, bar.length) for bar in card.bars] == [("Xã Bình", 1.0), ("Xã An", 0.25)]
    attendances = figure_card(scope_of(world.officer), asked, INDICATORS["training.attendances"])
    assert (attendances.word, attendances.number, attendances.target) == ("khoảng", "32", 0.625)
    assert attendances.notes == ("có tên trong danh sách: 2\u00a0người",)
    assert attendances.period == "9 tháng năm 2024 (15/12/2023 – 14/09/2024)"


def test_pictures_are_as_far_as_the_scope(world: Any, neighbour: Client) -> None:
    assert ask(neighbour, "/chi-so/coverage.basic/anh.png", world.an).status_code == 404
    assert ask(neighbour, "/chi-so/nothing/anh.png", world.loc).status_code == 404


def test_a_unit_that_is_gone_has_no_picture(world: Any, officer: Client) -> None:
    assert ask(officer, "/chi-so/coverage.basic/anh.png", world.an, tree="2025-07-01").status_code == 404


def test_missing_fonts_are_told(
    world: Any, officer: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setenv("NHANLUCSO_FONTS", str(tmp_path))
    answer = ask(officer, "/chi-so/coverage.basic/anh.png", world.district)
    assert answer.status_code == 400


def test_a_period_of_the_past_says_why_and_leads_to_the_running_one(world: Any, officer: Client) -> None:
    from nhanlucso.kernel.clock import today
    from nhanlucso.web.kit.asking import running_period

    running = running_period(today())
    html = officer.get("/chi-so/", {"unit": world.hoa.pk}).content.decode()
    assert f"Năm {running[:4]} chưa ghi nhận gì, nên đang xem 9 tháng năm 2024." in html
    assert f"period={running}" in html
    chosen = ask(officer, "/chi-so/", world.district).content.decode()
    assert "chưa ghi nhận gì" not in chosen
