"""The stylesheet keeps its promises: weight, contrast in light and dark, icons that exist."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from nhanlucso.web import kit

WEB = Path(kit.__file__).parents[1]
STATIC = WEB / "static" / "nhanlucso"
CSS = (STATIC / "app.css").read_text()
AA, AAA, SHAPE = 4.5, 7.0, 3.0
PAIRS = [
    ("ink", "paper", AAA),
    ("ink", "ground", AAA),
    ("quiet", "paper", AAA),
    ("quiet", "ground", AAA),
    ("quiet", "track", AA),
    ("action", "paper", AAA),
    ("action", "wash", AA),
    ("on-action", "action", AAA),
    ("on-danger", "danger", AAA),
    ("danger", "paper", AAA),
    ("danger", "danger-wash", AAA),
    ("ok", "ok-wash", AAA),
    ("warn", "warn-wash", AAA),
    ("edge", "paper", SHAPE),
    ("bar", "paper", SHAPE),
    ("bar", "track", SHAPE),
]


def tokens(selector: str) -> dict[str, str]:
    block = CSS.split(selector, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", block))


LIGHT = tokens(":root {")
DARK = tokens(':root:not([data-theme="light"]) {')


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_contrast(theme: dict[str, str], text: str, ground: str, least: float) -> None:
    assert contrast(theme[text], theme[ground]) >= least


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_steps_of_a_map_go_one_way(theme: dict[str, str]) -> None:
    steps = [luminance(theme[f"step-{index}"]) for index in range(1, 6)]
    assert steps in (sorted(steps), sorted(steps, reverse=True))


def test_both_ways_to_the_dark_are_the_same() -> None:
    assert tokens('[data-theme="dark"] {') == DARK
    assert DARK.keys() == LIGHT.keys()


def test_components_name_no_colour() -> None:
    components = CSS.split("/* ---- Ground", 1)[1].split("@media print", 1)[0]
    assert re.findall(r"#[0-9a-f]{3,6}\b", components) == []


def test_lines_are_high_enough_for_stacked_marks() -> None:
    heights = re.findall(r"line-height: ([\d.]+)|\d(?:rem|px)/([\d.]+)(?:px)? ", CSS)
    given = [float(one or other) for one, other in heights]
    assert given
    assert all(height >= 1.45 for height in given)


def test_the_page_budget() -> None:
    assert len(gzip.compress(CSS.encode(), mtime=0)) < 13_000
    assert len((STATIC / "app.js").read_bytes()) < 10_000


def test_every_icon_that_is_named_is_drawn() -> None:
    drawn = {symbol.get("id") for symbol in ElementTree.parse(STATIC / "icons.svg").getroot()}
    named = {
        name
        for path in (WEB / "templates").rglob("*.html")
        for name in re.findall(r'{% icon "([\w-]+)"', path.read_text())
    }
    assert named <= drawn
    assert {"check", "warn", "close", "info", "clock"} <= drawn  # the signs of states
    assert ElementTree.parse(STATIC / "mark.svg").getroot().tag == "{http://www.w3.org/2000/svg}svg"
