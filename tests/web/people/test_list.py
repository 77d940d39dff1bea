"""The list of people as a page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from nhanlucso.audit.models import Event
from tests.factories import records as r
from tests.web import books

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
    page = neighbour.get("/can-bo/").content.decode()
    assert "Chưa có cán bộ nào trong phạm vi của bạn" in page
    for way in ("/can-bo/them/", "/nhap-lieu/", "/huong-dan/mau/can-bo/"):
        assert way in page


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


def test_what_people_mostly_ask_is_one_tap_away(world: Any, officer: Client) -> None:
    page = officer.get(f"/can-bo/?unit={world.an.pk}").content.decode()
    assert f'href="?unit={world.an.pk}&amp;trained=no"' in page
    assert f'href="?unit={world.an.pk}&amp;duty=dt_concurrent"' in page
    page = officer.get("/can-bo/?duty=dt_dedicated").content.decode()
    assert "duty=dt_concurrent" not in page


def test_who_invites_holds_classes(world: Any, signed_in: Any) -> None:
    address = f"/can-bo/?unit={world.district.pk}&period=2024-9M&trained=no"
    planner = signed_in(r.make_account("ke-hoach", "planner"))
    enterprise = signed_in(r.make_account("doanh-nghiep", "enterprise"))
    assert "Mời vào lớp" in planner.get(address).content.decode()
    assert "Mời vào lớp" not in enterprise.get(address).content.decode()


def test_the_file_holds_everybody_whom_the_filters_leave(world: Any, officer: Client) -> None:
    for number in range(60):
        r.make_person(f"Lý Văn A{number}", world.an)
    answer = officer.post(f"/can-bo/tep/?unit={world.an.pk}&on=2024-01-01&format=xlsx")
    text = books.text(answer.content)
    assert "Lý Văn A59" in text
    assert "Lý Thị Ánh" in text
    assert "Nguyễn Thị Em" not in text
    assert "Ngày 01/01/2024" in text
    assert Event.objects.get(verb="list.export").count == 64


def test_the_file_of_those_who_miss_training_is_that_list(world: Any, officer: Client) -> None:
    answer = officer.post(f"/can-bo/tep/?unit={world.district.pk}&period=2024-9M&trained=no&format=xlsx")
    text = books.text(answer.content)
    assert "Lù A Dung" in text
    assert "Lý Thị Ánh" not in text


def test_the_file_prints(world: Any, officer: Client) -> None:
    assert officer.post("/can-bo/tep/?format=pdf").content.startswith(b"%PDF")


def test_a_list_too_long_to_print_is_refused(world: Any, officer: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("nhanlucso.web.kit.lists.PRINTED_AT_MOST", 4)
    answer = officer.post("/can-bo/tep/?format=pdf")
    assert answer.status_code == 400
    assert "tải Excel" in answer.content.decode()
    assert not Event.objects.filter(verb="list.export").exists()


def test_who_may_not_take_lists_is_offered_none(world: Any, viewer: Client) -> None:
    assert "/can-bo/tep/" not in viewer.get("/can-bo/").content.decode()
    assert viewer.post("/can-bo/tep/?format=xlsx").status_code == 403
