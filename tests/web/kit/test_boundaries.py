"""Files of boundaries: read, matched, refused."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.kernel.errors import Refused
from nhanlucso.orgs.rules import Version
from nhanlucso.web.kit.boundaries import LARGEST_FILE, Boundaries, boundaries, shapes_of

SQUARE = [[104.0, 22.0], [104.1, 22.0], [104.1, 22.1], [104.0, 22.1], [104.0, 22.0]]


TODAY = date(2026, 1, 1)


def unit(name: str, code: str = "", end: date = ALWAYS) -> Version:
    return Version(7, EVER, end, None, "commune", name, code)


def collection(*features: tuple[dict[str, Any], list[Any]]) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": words, "geometry": {"type": "Polygon", "coordinates": [ring]}}
            for words, ring in features
        ],
    }


def topology(**geometry: Any) -> dict[str, Any]:
    """Two squares side by side that share the arc 1; whole numbers, delta-coded."""
    return {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [104.0, 22.0]},
        "arcs": [[[1, 1], [-1, 0], [0, -1], [1, 0]], [[1, 0], [0, 1]], [[1, 0], [1, 0], [0, 1], [-1, 0]]],
        "objects": {
            "communes": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"code": "1", "name": "Xã Một"}},
                    {
                        "type": "MultiPolygon",
                        "arcs": [[[2, -2]]],
                        "properties": {"code": "2", "name": "Xã Hai"},
                    },
                ],
            },
            **geometry,
        },
    }


def test_geojson_is_read() -> None:
    shapes = shapes_of(collection(({"code": "02908", "name": "Tằng Loỏng"}, SQUARE)))
    assert shapes[0].code == "02908"
    assert shapes[0].names == {"tang loong"}
    assert shapes[0].rings[0][1] == (104.1, 22.0)


def test_topojson_is_decoded() -> None:
    one, two = shapes_of(topology())
    corners = [(round(x, 6), round(y, 6)) for x, y in one.rings[0]]
    assert corners == [(104.1, 22.1), (104.0, 22.1), (104.0, 22.0), (104.1, 22.0), (104.1, 22.1)]
    assert [(round(x, 6), round(y, 6)) for x, y in two.rings[0]] == [
        (104.1, 22.0), (104.2, 22.0), (104.2, 22.1), (104.1, 22.1), (104.1, 22.0),
    ]  # fmt: skip


def test_topojson_without_transform_holds_degrees() -> None:
    document = {
        "type": "Topology",
        "arcs": [SQUARE],
        "objects": {"a": {"type": "Polygon", "arcs": [[0]], "properties": {"name": "Xã Một"}}},
    }
    assert shapes_of(document)[0].rings[0][0] == (104.0, 22.0)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ({"code": "02908", "name": "Tằng Loỏng"}, True),
        ({"ma": 2908, "ten": "xã tằng loỏng"}, True),
        ({"name": "Tang Loong commune"}, True),
        ({"code": "02908"}, True),
        ({"code": "02908", "name": "Thị trấn Phố Lu"}, False),  # the code had another meaning once
        ({"code": "09999", "name": "Tằng Loỏng"}, False),
    ],
)
def test_a_shape_is_tied_by_code_and_name(words: dict[str, Any], found: bool) -> None:
    held = Boundaries(((None, shapes_of(collection((words, SQUARE)))),), ())
    assert bool(held.of([unit("Xã Tằng Loỏng", "02908")], TODAY)) is found


def test_a_name_borne_twice_ties_nothing() -> None:
    shapes = shapes_of(collection(({"name": "Xã An"}, SQUARE), ({"name": "Phường An"}, SQUARE)))
    assert Boundaries(((None, shapes),), ()).of([unit("Xã An")], TODAY) == {}


def test_shapes_of_today_are_not_those_of_a_unit_that_has_ended() -> None:
    """Xã Gia Phú kept name and code in 2025 and grew."""
    shapes = shapes_of(collection(({"code": "02923", "name": "Gia Phú"}, SQUARE)))
    old = unit("Xã Gia Phú", "02923", end=date(2025, 6, 30))
    assert Boundaries(((None, shapes),), ()).of([old], date(2024, 9, 14)) == {}
    assert Boundaries(((date(2004, 1, 1), shapes),), ()).of([old], date(2024, 9, 14))


def test_of_dated_files_the_newest_before_the_day_holds() -> None:
    old, new = (
        shapes_of(collection(({"name": "Xã An"}, [[x, 22], [x + 1, 22], [x, 23]]))) for x in (100, 101)
    )
    held = Boundaries(((date(2004, 1, 1), old), (date(2025, 7, 1), new)), ())
    assert held.of([unit("Xã An")], date(2024, 9, 14))[7][0][0] == (100, 22)
    assert held.of([unit("Xã An")], date(2025, 7, 1))[7][0][0] == (101, 22)
    assert held.of([unit("Xã An")], date(2003, 1, 1)) == {}


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ([], "không phải GeoJSON"),
        ({"type": "Feature"}, "không phải GeoJSON"),
        (collection(), "không có vùng nào"),
        (collection(({"color": "red"}, SQUARE)), "không có vùng nào"),
        (collection(({"name": "Xã An"}, [[500000, 2400000], [500001, 2400000], [1, 1]])), "kinh độ"),
        (collection(({"name": "Xã An"}, [[104, 22], [float("inf"), 22], [1, 1]])), "kinh độ"),
        ({"type": "FeatureCollection", "features": [7]}, "bị hỏng"),
        ({"type": "Topology", "objects": {}}, "bị hỏng"),
        (topology(more={"type": "Polygon", "arcs": [[99]], "properties": {"name": "x"}}), "bị hỏng"),
    ],
)
def test_what_cannot_be_used_is_refused(document: Any, words: str, vietnamese: None) -> None:
    with pytest.raises(Refused, match=words):
        shapes_of(document)


def test_a_file_is_read_anew_when_it_changes(data_folder: Path) -> None:
    assert boundaries() == Boundaries((), ())
    folder = data_folder / "boundaries"
    folder.mkdir()
    path = folder / "xa.geojson"
    path.write_text(json.dumps(collection(({"name": "Xã An"}, SQUARE))))
    assert len(boundaries().files[0][1]) == 1
    path.write_text(json.dumps(collection(({"name": "Xã An"}, SQUARE), ({"name": "Xã Bình"}, SQUARE))))
    assert len(boundaries().files[0][1]) == 2


def test_the_name_of_a_file_may_hold_its_day(data_folder: Path, vietnamese: None) -> None:
    folder = data_folder / "boundaries"
    folder.mkdir()
    for name in ("xa-2025-07-01.json", "xa-2025-02-31.json"):
        (folder / name).write_text(json.dumps(collection(({"name": "Xã An"}, SQUARE))))
    held = boundaries()
    assert [since for since, _ in held.files] == [date(2025, 7, 1)]
    assert str(held.problems[0]) == "xa-2025-02-31.json: ngày trong tên tệp không có."


def test_a_file_too_large_is_named(data_folder: Path, vietnamese: None) -> None:
    folder = data_folder / "boundaries"
    folder.mkdir()
    (folder / "to.json").write_bytes(b" " * (LARGEST_FILE + 1))
    (folder / "readme.txt").write_text("not a boundary")
    problem = boundaries().problems[0]
    assert str(problem) == "to.json: tệp lớn hơn 12 MB; giản lược đường biên rồi thử lại."
