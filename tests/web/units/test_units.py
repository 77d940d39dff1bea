"""The tree and the page of a unit."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from nhanlucso.audit.models import Event
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


def put_on_the_map(world: Any) -> str:
    for unit, key in ((world.hoa, "02908@2025-07-01"), (world.loc, "02905@2025-07-01")):
        unit.catalogue_key = key
        unit.save()
    return f"/don-vi/{world.province.pk}/"


def test_communes_with_a_point_are_on_the_map_and_in_a_list(world: Any, officer: Client) -> None:
    assert "Trên bản đồ" not in officer.get(f"/don-vi/{world.province.pk}/so-lieu/").content.decode()
    address = put_on_the_map(world)
    part = officer.get(f"{address}so-lieu/").content.decode()
    assert "<svg" in part
    rows = re.search(r"Các xã, cao xuống thấp.*?</table>", part, re.DOTALL)
    assert rows is not None
    assert f'href="/don-vi/{world.hoa.pk}/"' in rows[0]


def test_the_share_on_the_map_is_chosen(world: Any, officer: Client) -> None:
    address = put_on_the_map(world)
    part = officer.get(f"{address}so-lieu/?share=coverage.leaders").content.decode()
    assert 'value="coverage.leaders" selected' in part
    assert part.strip() in officer.get(f"{address}?figures=1&share=coverage.leaders").content.decode()
    assert 'value="coverage.basic" selected' in officer.get(f"{address}so-lieu/?share=x").content.decode()


def test_a_village_has_figures_of_its_team_alone(world: Any, officer: Client) -> None:
    village = r.make_unit("mot", "Thôn Một", "village", parent=world.hoa)
    part = officer.get(f"/don-vi/{village.pk}/so-lieu/").content.decode()
    assert "Tổ công nghệ số" in part
    assert "chưa có ai trong diện tính" not in part


def test_a_former_district_tells_where_its_communes_went(world: Any, officer: Client) -> None:
    page = officer.get(f"/don-vi/{world.district.pk}/").content.decode()
    assert "không còn cấp huyện" in page
    assert "Nay là Tỉnh" not in page
    table = page.split("Các xã của huyện nay là</caption>")[1].split("</table>")[0]
    rows = [re.findall(r"/don-vi/(\d+)/", row) for row in table.split("<tr>")[2:]]
    an, binh, hoa, loc = (str(unit.pk) for unit in (world.an, world.binh, world.hoa, world.loc))
    assert rows == [[an, hoa], [binh, hoa, loc]]
    assert "các xã của huyện thành" in page
    found = officer.get("/don-vi/?q=huyen cu").content.decode()
    assert "các xã nay là Xã Hòa, Xã Lộc" in found


def test_what_came_wholly_and_what_in_part_are_told_apart(world: Any, officer: Client) -> None:
    page = officer.get(f"/don-vi/{world.hoa.pk}/").content.decode()
    whole, part = page.index("Tiếp nhận toàn bộ"), page.index("Tiếp nhận một phần của")
    assert f"/don-vi/{world.an.pk}/" in page[whole : whole + 80]
    assert f"/don-vi/{world.binh.pk}/" in page[part : part + 80]


def test_days_are_offered(world: Any, officer: Client) -> None:
    page = officer.get("/don-vi/?on=2025-06-30").content.decode()
    assert "30/06/2025: trước sắp xếp" in page
    assert 'href="?on=2025-06-30" aria-current="true"' in page
    assert "Huyện Cũ" in page


def test_the_tree_is_a_file_too(world: Any, officer: Client, viewer: Client, neighbour: Client) -> None:
    answer = officer.post("/don-vi/danh-sach/?on=2025-06-30&format=xlsx")
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    first = [row[0] for row in sheet]
    assert first[first.index("Đơn vị") + 1 :][:3] == ["Huyện Cũ", "Xã An", "Xã Bình"]
    pdf = officer.post(f"/don-vi/danh-sach/?below={world.province.pk}&format=pdf")
    assert pdf.content.startswith(b"%PDF")
    assert Event.objects.filter(verb="list.export", object_id=world.province.uid).count() == 1
    assert officer.get("/don-vi/danh-sach/").status_code == 405
    assert viewer.post("/don-vi/danh-sach/").status_code == 403
    assert neighbour.post(f"/don-vi/danh-sach/?below={world.hoa.pk}").status_code == 404


def test_a_trainer_sees_the_unit_without_figures_and_people(
    world: Any, signed_in: Callable[[Any], Client]
) -> None:
    page = signed_in(r.make_account("giang-vien", "trainer")).get(f"/don-vi/{world.hoa.pk}/").content.decode()
    assert "so-lieu" not in page
    assert "/can-bo/?unit" not in page


def test_units_of_others_are_not_found(world: Any, neighbour: Client) -> None:
    for address in (
        f"/don-vi/{world.hoa.pk}/",
        f"/don-vi/{world.hoa.pk}/so-lieu/",
        f"/don-vi/?below={world.hoa.pk}",
        "/don-vi/999999/",
    ):
        assert neighbour.get(address).status_code == 404


def test_what_stands_above_out_of_reach_is_named_and_no_link(world: Any, neighbour: Client) -> None:
    page = neighbour.get(f"/don-vi/{world.loc.pk}/").content.decode()
    crumbs = page.partition('class="crumbs"')[2].partition("</nav>")[0]
    assert crumbs.count("<li>") > 1
    links = re.findall(r"/don-vi/\d+/", crumbs)
    assert [link for link in links if neighbour.get(link).status_code != 200] == []


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
