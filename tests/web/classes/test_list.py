"""The list of classes with its filters, as a page and as a file; the month."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.factories.records import make_account, make_class, make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def hoa(world: Any, signed_in: Any) -> Client:
    """An officer of xã Hòa, which xã An became: not the host of the old class, but its people came."""
    return signed_in(make_account("xa-hoa", "officer", world.hoa))


def page(client: Client, query: str = "") -> str:
    return client.get(f"/lop-hoc/{query}").content.decode()


def test_what_stands_behind_each(world: Any, officer: Client) -> None:
    html = page(officer)
    for words in ("Lớp kỹ năng số", "Lớp tập huấn", "Huyện Cũ", "04/03/2024 – 08/03/2024", "1 lớp tập huấn"):
        assert words in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=HOI+NGHI", {"Hội nghị mới"}),
        ("?form=conference", {"Hội nghị mới"}),
        ("?mode=online", {"Hội nghị mới"}),
        ("?period=2024", {"Lớp kỹ năng số"}),
        ("?period=2025-M09", {"Hội nghị mới"}),
        ("?form=party", {"Lớp kỹ năng số", "Hội nghị mới"}),
        ("?form=contest", set()),
    ],
)
def test_filters(world: Any, officer: Client, query: str, found: set[str]) -> None:
    make_class("Hội nghị mới", world.hoa, date(2025, 9, 1), form="conference", mode="online")
    html = page(officer, query)
    assert {title for title in ("Lớp kỹ năng số", "Hội nghị mới") if f'/">{title}</a>' in html} == found


def test_below_a_unit_and_of_a_course(world: Any, officer: Client) -> None:
    course = make_course("Khóa riêng")
    made = make_class("Lớp ở Hòa", world.hoa, date(2025, 9, 1), course=course)
    joined = make_class("Lớp ở Lộc", world.loc, date(2025, 9, 2))
    joined.co_host_units.add(world.hoa)
    above, here = page(officer, f"?unit={world.province.pk}"), page(officer, f"?unit={world.hoa.pk}")
    for html in (above, here):
        assert made.title in html
        assert joined.title in html
    assert "Lớp kỹ năng số</a>" in page(officer, f"?unit={world.district.pk}")
    assert "Lớp ở Lộc</a>" not in page(officer, f"?course={course.pk}")


def test_whose_classes(world: Any, hoa: Client) -> None:
    make_class("Lớp của mình", world.hoa, date(2025, 9, 1))
    assert "Lớp kỹ năng số</a>" not in page(hoa, "?side=ours")
    guests = page(hoa, "?side=guests")
    assert "Lớp kỹ năng số</a>" in guests
    assert "Lớp của mình</a>" not in guests


def test_a_period_that_cannot_be_is_refused(world: Any, officer: Client) -> None:
    assert officer.get("/lop-hoc/?period=2024-M13").status_code == 400


def test_an_empty_list_says_what_to_do(world: Any, neighbour: Client) -> None:
    assert "Mở một lớp" in page(neighbour)
    assert "Không có lớp nào khớp" in page(neighbour, "?q=khong-co")


def test_what_was_held_and_not_recorded_is_told(world: Any, officer: Client) -> None:
    make_class("Chưa ai ghi", world.hoa, date(2025, 9, 1))
    assert page(officer).count("Chưa ghi") == 1


def test_the_fragment_is_what_a_reload_shows(world: Any, officer: Client) -> None:
    whole = page(officer, "?q=lop")
    part = officer.get("/lop-hoc/?q=lop", headers={"HX-Request": "true"}).content.decode()
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert token.sub("", part).strip() in token.sub("", whole)
    assert "<html" not in part


def test_queries_do_not_grow_with_the_classes(
    world: Any, officer: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        make_class(f"Lớp {number}", world.district, date(2024, 5, 6))
    officer.get("/lop-hoc/")
    with django_assert_max_num_queries(18):
        html = page(officer)
    assert html.count("<tr>") == 51
    with django_assert_max_num_queries(16):
        html = officer.get("/lop-hoc/lich/?thang=2024-05").content.decode()
    assert html.count("<li><span") == 60


def test_the_list_as_a_file(world: Any, officer: Client) -> None:
    from nhanlucso.audit.models import Event

    response = officer.post("/lop-hoc/tai/?period=2024&format=xlsx")
    rows = list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))
    assert [row[1] for row in rows if row[0] == 1] == ["Lớp kỹ năng số"]
    assert Event.objects.get(verb="list.export").count == 1
    assert officer.post("/lop-hoc/tai/?format=pdf").content.startswith(b"%PDF")


def test_a_viewer_takes_no_file(world: Any, viewer: Client) -> None:
    assert viewer.post("/lop-hoc/tai/?format=xlsx").status_code == 403


def test_the_month_as_a_table(world: Any, officer: Client) -> None:
    html = officer.get("/lop-hoc/lich/?thang=2024-03").content.decode()
    assert html.count('<th scope="col">') == 7
    assert html.count("08:00–11:00") == 5
    for words in ("Tháng 3/2024", "5 buổi học", "thang=2024-02", "thang=2024-04", "Tháng này"):
        assert words in html


def test_an_empty_month_leads_to_the_nearest(world: Any, officer: Client) -> None:
    html = officer.get("/lop-hoc/lich/?thang=2024-06").content.decode()
    assert "Tháng này không có buổi học nào" in html
    assert "thang=2024-03" in html


def test_a_month_that_is_none(world: Any, officer: Client) -> None:
    assert officer.get("/lop-hoc/lich/?thang=2024-13").status_code == 404


def test_a_calendar_without_anything(world: Any, neighbour: Client) -> None:
    assert "Chưa có buổi học nào" in neighbour.get("/lop-hoc/lich/").content.decode()
