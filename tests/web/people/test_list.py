"""The list of people as a page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.factories import records as r

pytestmark = pytest.mark.django_db


def main_part(page: str) -> str:
    """What stands in the list, without the token that every answer makes anew."""
    inside = re.search(r'<div id="people">(.*)</div>\s*</main>', page, re.DOTALL)
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", (inside[1] if inside else page).strip())


def test_it_says_how_many_and_who(world: Any, officer: Client) -> None:
    page = officer.get("/can-bo/").content.decode()
    assert "5 người có vị trí công tác" in page
    assert page.index("Lý Thị Ánh") < page.index("Trần Văn Bình") < page.index("Vàng Seo Chi")
    assert "/can-bo/them/" in page


def test_what_is_swapped_in_is_what_a_reload_shows(world: Any, officer: Client) -> None:
    for address in ("/can-bo/", "/can-bo/?q=Ánh&duty=dt_lead", f"/can-bo/?unit={world.an.pk}&on=2024-01-01"):
        whole = officer.get(address).content.decode()
        part = officer.get(address, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in part
        assert main_part(whole) == main_part(part)


def test_active_filters_are_chips_with_the_way_out(world: Any, officer: Client) -> None:
    page = officer.get(f"/can-bo/?q=Ánh&unit={world.an.pk}&on=2024-01-01&category=").content.decode()
    assert "1 người có vị trí công tác ngày 01/01/2024" in page
    assert f'href="?unit={world.an.pk}&amp;on=2024-01-01"' in page
    assert f'href="?q=%C3%81nh&amp;unit={world.an.pk}"' in page


def test_trained_and_not_trained_are_those_of_the_figure(world: Any, officer: Client) -> None:
    asked = f"unit={world.district.pk}&period=2024-9M"
    trained = officer.get(f"/can-bo/?{asked}&trained=yes").content.decode()
    missing = officer.get(f"/can-bo/?{asked}&trained=no").content.decode()
    assert "2 người ở Huyện Cũ, tính đến 14/09/2024" in trained
    assert "Lý Thị Ánh" in trained
    assert "Nguyễn Thị Em" in trained
    assert "3 người ở Huyện Cũ, tính đến 14/09/2024" in missing
    assert "Lý Thị Ánh" not in missing
    narrowed = officer.get(f"/can-bo/?{asked}&trained=no&q=chi").content.decode()
    assert "1 người ở Huyện Cũ" in narrowed


def test_words_that_mean_nothing_are_left_out(world: Any, officer: Client) -> None:
    page = officer.get("/can-bo/?category=king&duty=sleep&trained=maybe&on=2024-02-31&page=99&unit=x")
    assert page.status_code == 200
    assert "5 người" in page.content.decode()


def test_an_empty_list_says_what_to_do(world: Any, officer: Client, neighbour: Client) -> None:
    assert "Không có ai khớp với bộ lọc" in officer.get("/can-bo/?q=khong-co-ai").content.decode()
    assert "Chưa có cán bộ nào trong phạm vi của bạn" in neighbour.get("/can-bo/").content.decode()


def test_units_of_others_are_not_found(world: Any, neighbour: Client) -> None:
    assert neighbour.get(f"/can-bo/?unit={world.an.pk}").status_code == 404
    assert neighbour.get(f"/can-bo/?unit={world.an.pk}&trained=no").status_code == 404


def test_viewers_are_offered_nothing_to_write(world: Any, viewer: Client) -> None:
    assert "/can-bo/them/" not in viewer.get("/can-bo/").content.decode()


def test_it_reads_in_english(world: Any, officer: Client) -> None:
    officer.cookies["django_language"] = "en"
    page = officer.get("/can-bo/?q=ly").content.decode()
    assert "people with a post on" in page
    assert translation.get_language() == "vi"


def test_the_number_of_queries_does_not_grow(world: Any, signed_in: Any) -> None:
    client = signed_in(r.make_account("xa-an", "officer", world.hoa))

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/can-bo/").status_code == 200
        return len(asked)

    cost()
    few = cost()
    for number in range(60):
        r.make_person(f"Lý Văn A{number}", world.an)
    assert cost() == few <= 15


def test_those_who_miss_training_can_be_invited(world: Any, officer: Client, viewer: Client) -> None:
    address = f"/can-bo/?unit={world.district.pk}&period=2024-9M&trained=no"
    assert "Mời vào lớp" in officer.get(address).content.decode()
    assert "Mời vào lớp" not in officer.get(f"{address}&category=cadre").content.decode()
    assert "Mời vào lớp" not in viewer.get(address).content.decode()
