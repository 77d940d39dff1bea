"""A map of places as points: size says how many, colour says what share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, isfinite, radians, sqrt

from django.utils.translation import gettext as _

from nhanlucso.kernel.numbers import Number
from nhanlucso.web.kit.charts.chart import Chart, TableRow, finished, no_numbers
from nhanlucso.web.kit.charts.svg import drawing, element, label, link, text_of, text_width
from nhanlucso.web.kit.wording import number, percent

Ring = Sequence[tuple[float, float]]
Rectangle = tuple[float, float, float, float]

_WIDTH, _TALLEST, _EDGE = 340.0, 400.0, 18.0  # the box is drawn for the narrowest phone
_TEXT = 12.0
_WORDS_AT_MOST = 16


@dataclass(frozen=True)
class MapPoint:
    """One place: degrees, size (staff; None unknown), share in percent (None unknown), address behind it."""

    label: str
    lon: float
    lat: float
    size: Number | None
    share: Number | None
    href: str | None = None


@dataclass(frozen=True)
class _Spot:
    point: MapPoint
    x: float
    y: float
    r: float


def points_map(
    points: Sequence[MapPoint],
    title: str,
    *,
    size_word: str,
    share_word: str,
    steps: Sequence[Number] = (20, 40, 60, 80),
    outlines: Sequence[Ring] | None = None,
) -> Chart:
    """Places drawn in a plain projection (x shortened by the cosine of the middle latitude).

    `steps` are the four bounds in percent between the five colours; a share on a bound belongs above it.
    `outlines` are rings of (lon, lat), drawn beneath. An unknown share is a hollow, dashed point.
    """
    placed = [point for point in points if isfinite(point.lon) and isfinite(point.lat)]
    corners = [(p.lon, p.lat) for p in placed] + [corner for ring in outlines or () for corner in ring]
    rows = [_table_row(point, size_word, share_word) for point in points]
    head = [_("Nơi"), size_word, share_word]
    if not corners:
        empty = drawing(title, no_numbers(), 20, [label(no_numbers(), 0, 15, "t-none")])
        return finished(title, empty, head, rows, title)
    project, height = _projection(corners)
    spots = _spots(placed, project)
    body = [_outline(ring, project) for ring in outlines or ()]
    body += [_mark(spot, steps, share_word, size_word) for spot in spots]
    body += list(_names(spots, height))
    body += _share_key(height, steps, share_word)
    body += _size_key(height + 58, spots, size_word)
    words = "; ".join(_told(point, share_word, size_word) for point in points)
    linked = any(point.href for point in placed)
    svg = drawing(title, words, height + 116, body, linked=linked, box_width=_WIDTH)
    return finished(title, svg, head, rows, title)


def _projection(
    corners: Sequence[tuple[float, float]],
) -> tuple[Callable[[float, float], tuple[float, float]], float]:
    """The function from degrees to the box, and the height of the map."""
    south, north = min(lat for _lon, lat in corners), max(lat for _lon, lat in corners)
    squeeze = cos(radians((south + north) / 2))
    west, east = min(lon for lon, _lat in corners) * squeeze, max(lon for lon, _lat in corners) * squeeze
    wide, tall = max(east - west, 1e-6), max(north - south, 1e-6)
    room = _WIDTH - 2 * _EDGE
    zoom = min(room / wide, (_TALLEST - 2 * _EDGE) / tall) if len(set(corners)) > 1 else 0.0
    height = tall * zoom + 2 * _EDGE
    left = (_WIDTH - wide * zoom) / 2

    def project(lon: float, lat: float) -> tuple[float, float]:
        return left + (lon * squeeze - west) * zoom, _EDGE + (north - lat) * zoom

    return project, max(height, 4 * _EDGE)


def _spots(points: Sequence[MapPoint], project: Callable[[float, float], tuple[float, float]]) -> list[_Spot]:
    """The points in the box, the largest first so that small ones lie on top."""
    largest = max((float(p.size) for p in points if p.size is not None), default=0.0) or 1.0
    widest = 14.0 if len(points) <= 20 else 10.0 if len(points) <= 60 else 7.0
    spots = []
    for point in sorted(points, key=lambda p: -float(p.size or 0)):
        radius = max(3.0, widest * sqrt(max(0.0, float(point.size or 0)) / largest))
        spots.append(_Spot(point, *project(point.lon, point.lat), radius))
    return spots


def _mark(spot: _Spot, steps: Sequence[Number], share_word: str, size_word: str) -> str:
    share = spot.point.share
    class_ = "c-unknown" if share is None else f"c-point s{1 + sum(share >= step for step in steps)}"
    title = element("title", text_of(_told(spot.point, share_word, size_word)))
    return link(spot.point.href, title, element("circle", cx=spot.x, cy=spot.y, r=spot.r, class_=class_))


def _outline(ring: Ring, project: Callable[[float, float], tuple[float, float]]) -> str:
    corners = " ".join("{:.1f},{:.1f}".format(*project(lon, lat)) for lon, lat in ring)
    return element("polygon", points=corners, class_="c-outline")


def _names(spots: Sequence[_Spot], height: float) -> Iterator[str]:
    """Names of the largest places, each where it covers no other name and no point."""
    taken: list[Rectangle] = []
    points = [(s.x - s.r, s.y - s.r, s.x + s.r, s.y + s.r) for s in spots]
    for index, spot in enumerate(spots):
        if len(taken) == _WORDS_AT_MOST:
            return
        others = [*taken, *points[:index], *points[index + 1 :]]
        for x, y, anchor, area in _seats(spot):
            inside = area[0] >= 0 and area[2] <= _WIDTH and area[1] >= 0 and area[3] <= height
            if inside and not any(_overlap(area, other) for other in others):
                taken.append(area)
                yield label(spot.point.label, x, y, "t-place", anchor)
                break


def _seats(spot: _Spot) -> Iterator[tuple[float, float, str, Rectangle]]:
    """Where a name may stand: right, left, below, above; anchor and the area it takes."""
    width, rise, gap = text_width(spot.point.label, _TEXT), _TEXT * 0.8, spot.r + 3
    for x, y, anchor, left in (
        (spot.x + gap, spot.y + 4, "start", spot.x + gap),
        (spot.x - gap, spot.y + 4, "end", spot.x - gap - width),
        (spot.x, spot.y + gap + rise, "middle", spot.x - width / 2),
        (spot.x, spot.y - gap, "middle", spot.x - width / 2),
    ):
        yield x, y, anchor, (left, y - rise, left + width, y + 3)


def _overlap(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _share_key(y: float, steps: Sequence[Number], share_word: str) -> list[str]:
    """Five colours in a row with their bounds beneath."""
    width = _WIDTH / (len(steps) + 1)
    parts = [label(share_word, 0, y + 12, "t-axis")]
    for index in range(len(steps) + 1):
        box = {"x": index * width, "y": y + 18, "width": width, "height": 10}
        parts.append(element("rect", **box, class_=f"c-point s{index + 1}"))
    bounds = [percent(step) for step in steps]
    parts.append(label("0", 0, y + 44, "t-axis"))
    parts += [label(word, (i + 1) * width, y + 44, "t-axis", "middle") for i, word in enumerate(bounds)]
    parts.append(label(percent(100), _WIDTH, y + 44, "t-axis", "end"))
    return parts


def _size_key(y: float, spots: Sequence[_Spot], size_word: str) -> list[str]:
    """The largest and the smallest known size as circles with their numbers, and the sign for unknown."""
    known = [spot for spot in spots if spot.point.size is not None]
    parts, x = [label(size_word[:1].upper() + size_word[1:], 0, y + 12, "t-axis")], 0.0
    for spot in {id(s): s for s in (*known[:1], *known[-1:])}.values():
        words = number(spot.point.size)
        parts.append(element("circle", cx=x + spot.r + 1, cy=y + 34, r=spot.r, class_="c-outline"))
        parts.append(label(words, x + 2 * spot.r + 6, y + 38, "t-axis"))
        x += 2 * spot.r + 24 + text_width(words, _TEXT)
    if any(spot.point.share is None for spot in spots):
        parts.append(element("circle", cx=x + 6, cy=y + 34, r=5, class_="c-unknown"))
        parts.append(label(_("chưa rõ tỷ lệ"), x + 16, y + 38, "t-axis"))
    return parts


def _told(point: MapPoint, share_word: str, size_word: str) -> str:
    share = _("chưa rõ") if point.share is None else percent(point.share)
    size = _("chưa rõ") if point.size is None else number(point.size)
    return f"{point.label}: {share_word} {share}, {size} {size_word}"


def _table_row(point: MapPoint, size_word: str, share_word: str) -> TableRow:
    return TableRow(
        point.label, [(size_word, number(point.size)), (share_word, percent(point.share))], point.href
    )
