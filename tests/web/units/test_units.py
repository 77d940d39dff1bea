"""The tree and the page of a unit."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import records as r

pytestmark = pytest.mark.django_db


def test_the_tree_of_today_and_of_an_old_day(world: Any, officer: Client) -> None:
    now = officer.get("/don-vi/").content.decode()
    assert "3 đơn vị ngày" in now
    assert "Xã Hòa" in now
    assert "Huyện Cũ" not in now
    then = officer.get("/don-vi/?on=2024-01-01").content.decode()
    assert "3 đơn vị ngày 01/01/2024" in then
    assert "Huyện Cũ" in then
    assert officer.get("/don-vi/?on=2024-02-31").status_code == 200


def test_a_branch_that_is_swapped_in_is_what_its_page_shows(world: Any, officer: Client) -> None:
    for number in range(301):
        r.make_unit(f"thon-{number}", f"Thôn {number}", "village", parent=world.hoa)
    top = officer.get("/don-vi/").content.decode()
    assert "Thôn 7" not in top
    assert f"below={world.province.pk}" in top
    address = f"/don-vi/?below={world.province.pk}"
    part = officer.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    whole = officer.get(address).content.decode()
    tree = re.search(r'<ul class="tree">(.*)</ul>\s*</section>', whole, re.DOTALL)
    assert tree is not None
    assert tree[1].strip() == part.strip()
    assert "Xã Hòa" in part


def test_a_branch_opens_beside_the_link_of_its_unit(world: Any, officer: Client) -> None:
    page = officer.get("/don-vi/").content.decode()
    summaries = re.findall(r"<summary>(.*?)</summary>", page.split('class="tree"')[1])
    assert summaries
    assert not any("<a " in summary for summary in summaries)


def test_search_takes_old_names_here_and_in_the_catalogue(
    world: Any, officer: Client, neighbour: Client
) -> None:
    page = officer.get("/don-vi/?q=xa an").content.decode()
    assert f"/don-vi/{world.an.pk}/" in page
    assert "nay là" in page
    found = officer.get("/don-vi/?q=phu nhuan").content.decode()
    assert "Huyện Bảo Thắng, Tỉnh Lào Cai" in found
    assert "sau đó là Xã Tằng Loỏng" in found
    assert "Không có đơn vị nào tên hoặc mã" in neighbour.get("/don-vi/?q=xa an").content.decode()


def test_a_unit_tells_its_story_and_what_stands_below(world: Any, officer: Client) -> None:
    page = officer.get(f"/don-vi/{world.province.pk}/").content.decode()
    assert "Tiếp nhận" in page
    assert "Huyện Cũ" in page
    assert "Xã Hòa" in page
    old = officer.get(f"/don-vi/{world.binh.pk}/").content.decode()
    assert "không có hiệu lực ngày" in old
    assert "Nay đã chia vào" in old
    assert "Chia vào" in old


def test_figures_come_by_themselves_and_in_a_page_of_their_own(world: Any, officer: Client) -> None:
    assert (
        f'hx-get="/don-vi/{world.hoa.pk}/so-lieu/"'
        in officer.get(f"/don-vi/{world.hoa.pk}/").content.decode()
    )
    part = officer.get(f"/don-vi/{world.hoa.pk}/so-lieu/").content.decode()
    whole = officer.get(f"/don-vi/{world.hoa.pk}/?figures=1").content.decode()
    assert part.strip() in whole
    assert "hx-get" not in part
    assert "người" in part


def test_figures_of_a_unit_that_has_ended_are_of_its_time(world: Any, officer: Client) -> None:
    part = officer.get(f"/don-vi/{world.an.pk}/so-lieu/").content.decode()
    assert "9 tháng năm 2024" in part
    assert "1 trên 4" in part


def test_communes_with_a_point_are_on_the_map(world: Any, officer: Client) -> None:
    title = "Kỹ năng số cơ bản của cán bộ các xã, phường"
    assert title not in officer.get(f"/don-vi/{world.province.pk}/so-lieu/").content.decode()
    for unit, key in ((world.hoa, "02908@2025-07-01"), (world.loc, "02905@2025-07-01")):
        unit.catalogue_key = key
        unit.save()
    assert title in officer.get(f"/don-vi/{world.province.pk}/so-lieu/").content.decode()


def test_units_of_others_are_not_found(world: Any, neighbour: Client) -> None:
    for address in (
        f"/don-vi/{world.hoa.pk}/",
        f"/don-vi/{world.hoa.pk}/so-lieu/",
        f"/don-vi/?below={world.hoa.pk}",
        "/don-vi/999999/",
    ):
        assert neighbour.get(address).status_code == 404


def test_viewers_are_offered_nothing_to_write(world: Any, viewer: Client) -> None:
    for address in ("/don-vi/", f"/don-vi/{world.hoa.pk}/"):
        page = viewer.get(address).content.decode()
        for words in ("/them/", "/doi-ten/", "/chuyen/", "/ket-thuc/", "/danh-muc/"):
            assert words not in page


def test_units_that_lost_their_parent_are_pointed_out(world: Any, officer: Client) -> None:
    adrift = r.make_unit("phong", "Phòng Nội vụ", "division", parent=world.district)
    page = officer.get("/don-vi/").content.decode()
    assert "Đơn vị có cấp trên đã hết hiệu lực" in page
    assert f"/don-vi/{adrift.pk}/chuyen/" in page


def test_pages_read_in_english(world: Any, officer: Client) -> None:
    officer.cookies["django_language"] = "en"
    for address in (
        "/don-vi/?q=xa",
        f"/don-vi/{world.hoa.pk}/?figures=1",
        "/don-vi/danh-muc/?q=phu nhuan",
        "/don-vi/danh-muc/086@/?on=2024-09-14",
        f"/don-vi/them/?below={world.hoa.pk}",
        f"/don-vi/{world.hoa.pk}/ket-thuc/",
        f"/don-vi/{world.hoa.pk}/doi-ten/",
    ):
        assert '<html lang="en"' in officer.get(address).content.decode()


def test_the_number_of_queries_does_not_grow(world: Any, officer: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert officer.get("/don-vi/").status_code == 200
            assert officer.get(f"/don-vi/{world.hoa.pk}/").status_code == 200
        return len(asked)

    cost()
    few = cost()
    for number in range(50):
        r.make_unit(f"thon-{number}", f"Thôn {number}", "village", parent=world.hoa)
    cost()
    assert cost() == few <= 30
