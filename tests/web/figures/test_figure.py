"""One figure opened."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def page(client: Client, code: str, unit: Any, **words: str) -> str:
    response = client.get(f"/chi-so/{code}/", {"unit": unit.pk, "period": "2024-9M", **words})
    assert response.status_code == 200
    return response.content.decode()


def test_a_share_with_target_children_and_definition(world: Any, officer: Client) -> None:
    html = page(officer, "coverage.basic", world.district)
    assert "Còn thiếu 50 điểm %" in html
    assert "chỉ tiêu trên 90" in html
    assert "15/12/2023 – 14/09/2024" in html
    assert "chia cho tổng số của họ" in html
    assert "1 trên 2 đơn vị đạt chỉ tiêu" in html
    assert f"/chi-so/coverage.basic/?unit={world.an.pk}&amp;period=2024-9M" in html
    assert "Mở danh sách người" in html


def test_attendances_are_told_with_their_people(world: Any, officer: Client) -> None:
    html = page(officer, "training.attendances", world.district)
    assert "Khoảng 32\u00a0lượt; có tên trong danh sách: 2\u00a0người." in html
    assert "Phần thuộc thẳng cấp trên không nằm ở dòng nào" in html


def test_people_do_not_add_up(world: Any, officer: Client) -> None:
    assert "Số người không cộng được" in page(officer, "training.persons", world.district)


def test_bounds_and_the_undecided(world: Any, officer: Client) -> None:
    html = page(officer, "coverage.basic", world.hoa, tree="now")
    assert "có thể từ 25\u00a0% đến 40\u00a0%" in html
    assert "1 trường hợp chưa rõ thuộc đơn vị nào" in html


def test_children_in_the_order_of_their_value(world: Any, officer: Client) -> None:
    by_name = page(officer, "coverage.basic", world.district)
    by_value = page(officer, "coverage.basic", world.district, sort="value")
    assert by_name.index(">Xã An<") < by_name.index(">Xã Bình<")
    assert by_value.index(">Xã Bình<") < by_value.index(">Xã An<")


def test_the_trend_begins_where_something_was_recorded(world: Any, officer: Client) -> None:
    html = page(officer, "training.attendances", world.district, period="2024-Q3")
    assert "Giảm từ" in html
    assert "I/2024" in html
    assert "Qua các kỳ" not in page(officer, "training.attendances", world.district)


def test_a_unit_without_children_shows_no_children(world: Any, officer: Client) -> None:
    assert "Theo đơn vị trực thuộc" not in page(officer, "coverage.basic", world.an)


def test_a_unit_that_is_gone_leads_on(world: Any, officer: Client) -> None:
    assert "Xem ở Xã Hòa" in page(officer, "coverage.basic", world.an, tree="2025-07-01")


@pytest.mark.parametrize("code", ["coverage.unknown", "x"])
def test_an_unknown_figure_is_not_found(world: Any, officer: Client, code: str) -> None:
    assert officer.get(f"/chi-so/{code}/").status_code == 404


def test_outside_the_scope_is_not_found(world: Any, neighbour: Client) -> None:
    response = neighbour.get("/chi-so/coverage.basic/", {"unit": world.an.pk, "period": "2024"})
    assert response.status_code == 404


def test_queries_do_not_grow_with_the_units(
    world: Any, officer: Client, django_assert_max_num_queries: Any
) -> None:
    from tests.factories.records import facts_changed, make_unit

    for number in range(25):
        make_unit(f"xa-{number}", f"Xã Số {number}", parent=world.district, end=date(2025, 6, 30))
    facts_changed()
    page(officer, "coverage.basic", world.district)
    with django_assert_max_num_queries(29):
        html = page(officer, "coverage.basic", world.district)
    assert len(gzip.compress(html.encode())) < 30_000


def test_communes_of_the_catalogue_stand_on_the_map(world: Any, officer: Client) -> None:
    from tests.factories.records import facts_changed, make_person, make_unit

    for key, name in (("02908@2025-07-01", "Xã Tằng Loỏng"), ("02926@2025-07-01", "Xã Xuân Quang")):
        unit = make_unit(name, name, parent=world.province, start=date(2025, 7, 1), catalogue_key=key)
        make_person("Vàng Thị Pà", unit)
    facts_changed()
    html = page(officer, "coverage.basic", world.province, period="2025")
    assert "Trên bản đồ" in html
    assert "vẽ quanh điểm" not in html


def test_old_communes_borrow_the_point_of_their_heir(world: Any, officer: Client) -> None:
    from tests.factories.records import facts_changed, make_unit

    for code, name in (("02944", "Xã Phú Nhuận"), ("02926", "Xã Xuân Quang")):
        make_unit(name, name, parent=world.district, end=date(2025, 6, 30), code=code)
    facts_changed()
    assert "vẽ quanh điểm của xã" in page(officer, "coverage.basic", world.district)


def test_boundaries_are_drawn_where_loaded(world: Any, officer: Client, data_folder: Path) -> None:
    folder = data_folder / "boundaries"
    folder.mkdir()
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": name},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x, 22.0], [x + 0.1, 22.0], [x, 22.1], [x, 22.0]]],
            },
        }
        for code, name, x in (("00101", "An", 104.0), ("00102", "Bình", 104.2))
    ]
    (folder / "xa-2020-01-01.json").write_text(
        json.dumps({"type": "FeatureCollection", "features": features})
    )
    (folder / "hong.topojson").write_text("{")
    html = page(officer, "coverage.basic", world.district)
    assert html.count("<polygon") == 2
    assert "hong.topojson: không phải JSON đọc được." in html


def test_the_page_speaks_english(world: Any, officer: Client) -> None:
    officer.cookies["django_language"] = "en"
    html = page(officer, "training.attendances", world.district)
    assert "on the lists: 2\u00a0people" in html
    assert "Theo đơn vị" not in html
