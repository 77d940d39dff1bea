"""Every chart is well-formed, named, escaped and says all its values, whatever it is given."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhanlucso.web.kit.charts import BarRow, Chart, MapPoint, TrendPoint, bars, meter, points_map, trend

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert('1')</script> & \"x\" \x00\x1f"

names = st.text(max_size=60)
values = st.none() | st.integers(-(10**9), 10**12) | st.floats(-1e9, 1e9, allow_nan=False)
degrees = st.floats(-60, 60, allow_nan=False)


def parsed(chart: Chart | str) -> ElementTree.Element:
    return ElementTree.fromstring(str(chart))


def words(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def numbers_of(root: ElementTree.Element, class_: str, name: str) -> list[float]:
    found = [e for e in root.iter() if class_ in (e.get("class") or "").split()]
    return [float(element.attrib[name].rstrip("%")) for element in found if name in element.attrib]


def draw_bars(label: str, value: float | None) -> Chart:
    return bars([BarRow(label, value, target=90, href="/x?a=1&b=2")], "%", label)


def draw_trend(label: str, value: float | None) -> Chart:
    return trend([TrendPoint(label, value)], 90, label, "%")


def draw_map(label: str, value: float | None) -> Chart:
    return points_map([MapPoint(label, 104.1, 22.2, 21, value)], label, size_word=label, share_word=label)


DRAWERS: list[Callable[[str, float | None], Chart]] = [draw_bars, draw_trend, draw_map]
every_chart = pytest.mark.parametrize("draw", DRAWERS)


@every_chart
def test_text_is_escaped(draw: Callable[[str, float | None], Chart]) -> None:
    chart = draw(HOSTILE, 50)
    assert "<script" not in chart.svg
    title = parsed(chart).find(f"{SVG}title")
    assert title is not None
    assert title.text == "<script>alert('1')</script> & \"x\" "


@every_chart
@pytest.mark.parametrize("value", [None, 0, 50, 100.0, -12.5, 250])
def test_any_value_of_one_row_can_be_drawn(
    draw: Callable[[str, float | None], Chart], value: float | None
) -> None:
    root = parsed(draw("Xã Phú Nhuận", value))
    description = root.find(f"{SVG}desc")
    assert description is not None
    assert "Xã Phú Nhuận" in (description.text or "")
    assert "nan" not in ElementTree.tostring(root, encoding="unicode").lower()


@pytest.mark.parametrize(
    "chart",
    [
        bars([], "%", "Trống"),
        trend([], None, "Trống", "lượt"),
        trend([TrendPoint("9T/2024", None)], 90, "Trống", "%"),
        points_map([], "Trống", size_word="cán bộ", share_word="tỷ lệ"),
    ],
)
def test_an_empty_chart_says_so(chart: Chart) -> None:
    assert words(parsed(chart)) == ["Chưa có số liệu"]


@given(
    st.lists(st.builds(BarRow, names, values, values, values, values, st.none() | names), max_size=6), names
)
def test_bars_are_well_formed(rows: list[BarRow], title: str) -> None:
    root = parsed(bars(rows, "lượt", title))
    for class_ in ("c-bar", "c-band"):
        assert all(0 <= width <= 100 for width in numbers_of(root, class_, "width"))


@given(st.lists(st.builds(TrendPoint, names, values, values, values), max_size=15), values, names)
def test_trends_are_well_formed(points: list[TrendPoint], target: float | None, title: str) -> None:
    root = parsed(trend(points, target, title, "lượt"))
    assert len(numbers_of(root, "c-dot", "r")) == sum(point.value is not None for point in points)


@given(st.lists(st.builds(MapPoint, names, degrees, degrees, values, values), max_size=12), names)
def test_maps_are_well_formed(points: list[MapPoint], title: str) -> None:
    root = parsed(points_map(points, title, size_word="cán bộ", share_word="tỷ lệ"))
    assert len(root.findall(f"{SVG}g")) == len(points)
    assert all(-1 <= x <= 341 for x in numbers_of(root, "c-point", "cx"))


@given(values, values, values, values)
def test_meters_are_well_formed(
    value: float | None, target: float | None, low: float | None, high: float | None
) -> None:
    assert parsed(meter(value, target, low, high, unit="lượt")).get("class") == "meter"


def test_a_bar_is_as_long_as_its_share() -> None:
    root = parsed(bars([BarRow("a", 40.0), BarRow("b", 93.4)], "%", "t"))
    assert numbers_of(root, "c-bar", "width") == [40.0, 93.4]
    assert "93,4\u00a0%" in words(root)


def test_negative_bars_grow_to_the_left_of_zero() -> None:
    root = parsed(bars([BarRow("giảm", -5), BarRow("tăng", 5)], "người", "t"))
    (down, up), (left, right) = numbers_of(root, "c-bar", "width"), numbers_of(root, "c-bar", "x")
    assert down == up
    assert left + down == right


def test_target_and_interval_are_drawn_and_told() -> None:
    root = parsed(bars([BarRow("Xã Phú Nhuận", 84.2, 73.7, 89.5, 90)], "%", "t"))
    assert numbers_of(root, "c-target", "x1")[-1] == 90
    assert numbers_of(root, "c-band", "x") == [73.7]
    description = root.find(f"{SVG}desc")
    assert description is not None
    assert description.text == "Xã Phú Nhuận: 84,2\u00a0% (73,7\u00a0% – 89,5\u00a0%), chỉ tiêu 90\u00a0%"


def test_a_drawing_with_links_is_no_picture() -> None:
    assert parsed(bars([BarRow("a", 1)], "người", "t")).get("role") == "img"
    root = parsed(bars([BarRow("a", 1, href="/don-vi/1")], "người", "t"))
    assert root.get("role") == "group"
    assert [a.get("href") for a in root.iter(f"{SVG}a")] == ["/don-vi/1"]


def test_an_unknown_value_breaks_the_line() -> None:
    points = [TrendPoint(str(year), value) for year, value in enumerate([40, 50, None, 60, 70])]
    assert len(list(parsed(trend(points, None, "t", "%")).iter(f"{SVG}polyline"))) == 2


def test_the_value_of_a_low_spot_stands_beneath_the_line() -> None:
    root = parsed(trend([TrendPoint("a", 60), TrendPoint("b", 40), TrendPoint("c", 70)], None, "t", "%"))
    dots = numbers_of(root, "c-dot", "cy")
    values = numbers_of(root, "t-value", "y")
    assert [value > dot for value, dot in zip(values, dots, strict=True)] == [False, True, False]


def test_many_periods_are_thinned_and_the_last_stays() -> None:
    points = [TrendPoint(f"T{month}", month) for month in range(1, 25)]
    shown = [word for word in words(parsed(trend(points, None, "t", "lượt"))) if word.startswith("T")]
    assert len(shown) <= 5
    assert shown[-1] == "T24"


def test_a_share_on_a_bound_takes_the_higher_colour() -> None:
    shares = [0, 19.9, 20, 80, 100, None]
    points = [MapPoint(str(share), 104 + i / 10, 22, 10, share) for i, share in enumerate(shares)]
    root = parsed(points_map(points, "t", size_word="cán bộ", share_word="tỷ lệ"))
    classes = [
        circle.get("class") for group in root.findall(f"{SVG}g") for circle in group.iter(f"{SVG}circle")
    ]
    assert classes == ["c-point s1", "c-point s1", "c-point s2", "c-point s5", "c-point s5", "c-unknown"]


def test_east_and_north_keep_their_proportion() -> None:
    points = [
        MapPoint("a", 104.0, 60.0, 1, 1),
        MapPoint("b", 105.0, 60.0, 1, 1),
        MapPoint("c", 104.0, 60.5, 1, 1),
    ]
    root = parsed(points_map(points, "t", size_word="cán bộ", share_word="tỷ lệ"))
    x, y = numbers_of(root, "c-point", "cx"), numbers_of(root, "c-point", "cy")
    assert x[1] - x[0] == pytest.approx(y[0] - y[2], rel=0.02)  # a degree east at 60° is half a degree north


def test_no_two_names_on_a_map_cover_each_other() -> None:
    points = [MapPoint(f"Xã số {i}", 104 + i % 8 / 100, 22 + i // 8 / 100, i + 1, 50) for i in range(64)]
    root = parsed(points_map(points, "t", size_word="cán bộ", share_word="tỷ lệ"))
    places = [element for element in root.iter(f"{SVG}text") if element.get("class") == "t-place"]
    assert len({(p.get("x"), p.get("y")) for p in places}) == len(places) <= 16


def test_outlines_lie_beneath_the_points() -> None:
    ring = [(104.0, 22.0), (104.5, 22.0), (104.5, 22.5), (104.0, 22.0)]
    root = parsed(
        points_map([MapPoint("a", 104.2, 22.2, 5, 50)], "t", size_word="c", share_word="s", outlines=[ring])
    )
    order = [child.tag.removeprefix(SVG) for child in root]
    assert order.index("polygon") < order.index("g")


@every_chart
def test_the_table_holds_the_numbers_of_the_drawing(draw: Callable[[str, float | None], Chart]) -> None:
    (row,) = draw("Xã Phú Nhuận", 93.4).table.rows
    assert row.name == "Xã Phú Nhuận"
    assert "93,4\u00a0%" in [value for _word, value in row.cells]


@every_chart
def test_colours_come_from_the_stylesheet(draw: Callable[[str, float | None], Chart]) -> None:
    svg = draw("Xã", 50).svg
    assert "style=" not in svg
    assert "fill=" not in svg
    assert "#" not in svg
