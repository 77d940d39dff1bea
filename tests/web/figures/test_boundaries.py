"""Files of boundaries: read, matched, refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nhanlucso.kernel.errors import Refused
from nhanlucso.web.figures.boundaries import LARGEST_FILE, Boundaries, boundaries, shapes_of

SQUARE = [[104.0, 22.0], [104.1, 22.0], [104.1, 22.1], [104.0, 22.1], [104.0, 22.0]]


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
    held = Boundaries(shapes_of(collection((words, SQUARE))), ())
    assert bool(held.of({7: ("02908", "Xã Tằng Loỏng")})) is found


def test_a_name_borne_twice_ties_nothing() -> None:
    held = Boundaries(shapes_of(collection(({"name": "Xã An"}, SQUARE), ({"name": "Phường An"}, SQUARE))), ())
    assert held.of({1: ("", "Xã An")}) == {}


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
    assert len(boundaries().shapes) == 1
    path.write_text(json.dumps(collection(({"name": "Xã An"}, SQUARE), ({"name": "Xã Bình"}, SQUARE))))
    assert len(boundaries().shapes) == 2


def test_a_file_too_large_is_named(data_folder: Path, vietnamese: None) -> None:
    folder = data_folder / "boundaries"
    folder.mkdir()
    (folder / "to.json").write_bytes(b" " * (LARGEST_FILE + 1))
    (folder / "readme.txt").write_text("not a boundary")
    problem = boundaries().problems[0]
    assert str(problem) == "to.json: tệp lớn hơn 12 MB; giản lược đường biên rồi thử lại."
