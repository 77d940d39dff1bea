"""Boundaries of units that an administrator put into the data folder: `boundaries/*.json` or `*.topojson`.

GeoJSON or TopoJSON in degrees (WGS 84). Features are tied to units by code and name: a code alone is never
an identity, since codes are used again for other units. Nor is a name with a code: communes kept both and changed
their land. So a file whose name holds a date (`xa-2025-07-01.json`) is of the tree of that day on, until the next
such date; a file without one is of the units that are still valid.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import accumulate
from math import isfinite
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from nhanlucso.kernel.clock import ALWAYS
from nhanlucso.kernel.errors import Detail, Refused
from nhanlucso.kernel.text import fold
from nhanlucso.orgs.rules import Version

FOLDER = "boundaries"
LARGEST_FILE = 12_000_000  # bytes
_DEEPEST = 8  # of nested collections
_CODE_KEYS = ("code", "ma", "ma_xa", "maxa", "ward_code", "id")
_NAME_KEYS = ("fullname", "name", "ten", "ten_xa", "tenxa", "ward_name")
_KINDS = re.compile(
    r"^(?:xa|phuong|thi tran|dac khu|huyen|quan|thi xa|thanh pho|tinh)\s+|\s+(?:commune|ward|township)$"
)

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Corner = tuple[float, float]
Ring = tuple[Corner, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A feature: what it says it is, and its outer rings of (lon, lat)."""

    code: str
    names: frozenset[str]
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The shapes of every file with the day from which on they hold (None: of what is still valid), and what is
    wrong with the files that could not be used."""

    files: tuple[tuple[date | None, tuple[Shape, ...]], ...]
    problems: tuple[Detail, ...]

    def of(self, versions: Sequence[Version], on: date) -> dict[int, tuple[Ring, ...]]:
        """The rings of units on the tree of a day; units without a certain match are absent."""
        newest = max((since for since, _ in self.files if since and since <= on), default=None)
        dated = [shape for since, shapes in self.files if since and since == newest for shape in shapes]
        undated = [shape for since, shapes in self.files if since is None for shape in shapes]
        still = [version for version in versions if version.valid_to == ALWAYS]
        return _tied(undated, still) | _tied(dated, versions)


def _tied(shapes: Sequence[Shape], versions: Sequence[Version]) -> dict[int, tuple[Ring, ...]]:
    named: dict[str, list[Shape]] = {}
    nameless: dict[str, list[Shape]] = {}
    for shape in shapes:
        for name in shape.names:
            named.setdefault(name, []).append(shape)
        if not shape.names:
            nameless.setdefault(_short(shape.code), []).append(shape)
    found: dict[int, tuple[Ring, ...]] = {}
    for version in versions:
        code, alike = _short(version.code), named.get(_bare(version.name), [])
        exact = [shape for shape in alike if code and _short(shape.code) == code]
        loose = alike if len(alike) == 1 and not (code and alike[0].code) else []
        if chosen := exact or (nameless.get(code, []) if code else []) or loose:
            found[version.unit] = chosen[0].rings
    return found


def boundaries() -> Boundaries:
    """The boundaries in the data folder; files are read anew when they change."""
    folder = Path(settings.DATA) / FOLDER
    if not folder.is_dir():
        return Boundaries((), ())
    found = sorted(
        p for p in folder.iterdir() if p.suffix in (".json", ".geojson", ".topojson") and p.is_file()
    )
    files: list[tuple[date | None, tuple[Shape, ...]]] = []
    problems: list[Detail] = []
    for path in found:
        try:
            stat = path.stat()
            files.append((_since(path.stem), _read(path, stat.st_mtime_ns, stat.st_size)))
        except Refused as refusal:
            problems.append(Detail(refusal.message, path.name))
        except OSError:
            problems.append(Detail(_("không mở được tệp; kiểm tra quyền đọc."), path.name))
    return Boundaries(tuple(files), tuple(problems))


def _since(stem: str) -> date | None:
    match = _DAY.search(stem)
    try:
        return date.fromisoformat(match[0]) if match else None
    except ValueError:
        raise _bad(_("ngày trong tên tệp không có.")) from None


@lru_cache(maxsize=16)
def _read(path: Path, changed: int, size: int) -> tuple[Shape, ...]:
    """The shapes of a file; `changed` and `size` make a new version of it a new question."""
    if size > LARGEST_FILE:
        raise _bad(_("tệp lớn hơn 12 MB; giản lược đường biên rồi thử lại."))
    try:
        return shapes_of(json.loads(path.read_bytes()))
    except (ValueError, RecursionError):
        raise _bad(_("không phải JSON đọc được.")) from None


def shapes_of(document: object) -> tuple[Shape, ...]:
    """The polygons of a GeoJSON or TopoJSON document. Raises Refused("bad_boundaries")."""
    if not isinstance(document, dict):
        raise _bad(_("không phải GeoJSON hay TopoJSON."))
    try:
        features = _topology(document) if document.get("type") == "Topology" else _geojson(document)
        found = tuple(shape for feature in features if (shape := _shape(*feature)) is not None)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        raise _bad(_("cấu trúc GeoJSON hoặc TopoJSON bị hỏng.")) from None
    if not found:
        raise _bad(_("không có vùng nào mang mã hoặc tên đơn vị."))
    return found


def _geojson(document: dict[str, Any]) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    """(properties, polygons as lists of rings) of every feature."""
    if document.get("type") != "FeatureCollection":
        raise _bad(_("không phải GeoJSON hay TopoJSON."))
    for feature in document["features"]:
        geometry = feature.get("geometry")
        if geometry:
            properties = {"id": feature.get("id"), **(feature.get("properties") or {})}
            yield properties, _polygons(geometry["type"], geometry.get("coordinates", []))


def _topology(document: dict[str, Any]) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    """As `_geojson`: arcs are lines, delta-coded where there is a transform; rings are joined from them."""
    transform = document.get("transform")
    arcs = [_arc(arc, transform) for arc in document["arcs"]]

    def ring(numbers: list[int]) -> list[Corner]:
        corners: list[Corner] = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            corners.extend(arc[1:] if corners else arc)
        return corners

    for geometry in _leaves(list(document["objects"].values()), _DEEPEST):
        polygons = _polygons(geometry["type"], geometry.get("arcs", []))
        properties = {"id": geometry.get("id"), **(geometry.get("properties") or {})}
        yield properties, [[ring(part) for part in polygon] for polygon in polygons]


def _arc(arc: list[Any], transform: dict[str, Any] | None) -> list[Corner]:
    if transform is None:
        return [(float(p[0]), float(p[1])) for p in arc]
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    xs, ys = accumulate(p[0] for p in arc), accumulate(p[1] for p in arc)
    return [(x * sx + tx, y * sy + ty) for x, y in zip(xs, ys, strict=True)]


def _leaves(geometries: Sequence[dict[str, Any]], depth: int) -> Iterator[dict[str, Any]]:
    for geometry in geometries:
        if geometry.get("type") == "GeometryCollection" and depth:
            yield from _leaves(geometry["geometries"], depth - 1)
        elif geometry.get("type"):
            yield geometry


def _polygons(kind: str, parts: list[Any]) -> list[Any]:
    """Polygons as lists of rings; lines and points are none."""
    return [parts] if kind == "Polygon" else parts if kind == "MultiPolygon" else []


def _shape(properties: dict[str, Any], polygons: list[Any]) -> Shape | None:
    rings = tuple(_ring(polygon[0]) for polygon in polygons if polygon)
    words = {str(key).casefold(): value for key, value in properties.items()}
    code = next((str(words[key]).strip() for key in _CODE_KEYS if words.get(key) not in (None, "")), "")
    names = frozenset(_bare(str(words[key])) for key in _NAME_KEYS if words.get(key))
    return Shape(code, names, rings) if rings and (code or names) else None


def _ring(corners: Sequence[Any]) -> Ring:
    ring = tuple((float(corner[0]), float(corner[1])) for corner in corners)
    if len(ring) < 3 or not all(isfinite(x) and abs(x) <= 180 and abs(y) <= 90 for x, y in ring):
        raise _bad(_("tọa độ không phải kinh độ, vĩ độ (WGS 84)."))
    return ring


def _bare(name: str) -> str:
    """A name without marks and without its kind word."""
    return _KINDS.sub("", fold(name))


def _short(code: str) -> str:
    """Spreadsheets lose the zeros in front."""
    return code.lstrip("0")


def _bad(message: str) -> Refused:
    return Refused("bad_boundaries", message)
