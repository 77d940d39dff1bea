"""Workbooks in packages, xlsx and ods, by calamine; fonts only where a legacy font is in the file at all."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from nhanlucso.exchange.sheets.encodings import font_encoding
from nhanlucso.exchange.sheets.grids import Grid, Merge, Value
from nhanlucso.exchange.sheets.measuring import MOST_CELLS, TablesSize
from nhanlucso.exchange.sheets.packages import Package, encrypted, too_large, truncated

Fonts = dict[tuple[int, int], str]
_LEGACY_FONT = re.compile(rb"\.Vn|VNI-", re.IGNORECASE)
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_NO_ROW: list[Value] = []


def xlsx_grids(path: Path) -> Iterator[Grid]:
    """The visible sheets of an xlsx whose package has been checked. Raises Refused("encrypted", "truncated")."""
    with Package(path) as package:
        fonts = _XlsxFonts(package)
        for name, sheet in _sheets(path):
            yield _grid(name, sheet, fonts.of_sheet(name))


def ods_grids(path: Path) -> Iterator[Grid]:
    """The sheets of an ods. Raises Refused("encrypted", "truncated", "too_large")."""
    with Package(path) as package:
        if "META-INF/manifest.xml" in package.names and b"encryption-data" in package.read(
            "META-INF/manifest.xml"
        ):
            raise encrypted()
        size = TablesSize()
        package.parse("content.xml", size.start, end=size.end, text=size.text)
    for name, sheet in _sheets(path):
        yield _grid(name, sheet, {})


def _sheets(path: Path) -> Iterator[tuple[str, CalamineSheet]]:
    try:
        with CalamineWorkbook.from_path(path) as book:
            for number, sheet in enumerate(book.sheets_metadata):
                visible = sheet.visible == SheetVisibleEnum.Visible
                if visible and sheet.typ == SheetTypeEnum.WorkSheet:
                    yield sheet.name, book.get_sheet_by_index(number)
    except PasswordError:
        raise encrypted() from None
    except (CalamineError, OSError) as problem:
        raise truncated() from problem
    except BaseException as problem:
        if (
            type(problem).__name__ == "PanicException"
        ):  # how the reader's own faults show, outside of Exception
            raise truncated() from None
        raise


def _grid(name: str, sheet: CalamineSheet, fonts: Fonts) -> Grid:
    """The cells with the tails of rows and of the sheet cut off where they are empty."""
    end = sheet.end
    if end is not None and (end[0] + 1) * (end[1] + 1) > MOST_CELLS:
        raise too_large()
    rows: list[list[Value]] = []
    last = 0
    before: list[Value] = [""] * (
        sheet.start[1] if sheet.start else 0
    )  # rows come from the first filled column on
    for cells in sheet.iter_rows():
        row: list[Value] = [*before, *cells]
        length = len(row)
        while length and row[length - 1] == "":
            length -= 1
        rows.append(row[:length] if length else _NO_ROW)
        if length:
            last = len(rows)
    del rows[last:]
    merges = [
        Merge(top, left, bottom, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        if top < last
    ]
    return Grid(name, rows, merges, fonts)


class _XlsxFonts:
    """Which cells of which sheet are written in a legacy font; looks into sheets only if the styles name one."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles: dict[str, str] = {}  # index of a cell style -> legacy font
        self._parts: dict[str, str] = {}
        if "xl/styles.xml" in package.names and _LEGACY_FONT.search(package.read("xl/styles.xml")):
            self._read_styles()
            self._read_parts()

    def of_sheet(self, name: str) -> Fonts:
        found: Fonts = {}
        part = self._parts.get(name)
        if not self._styles or part not in self._package.names:
            return found

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            font = self._styles.get(attributes.get("s", "0")) if tag == "c" else None
            place = _REFERENCE.fullmatch(attributes.get("r", "")) if font else None
            if font and place:
                found[int(place[2]) - 1, _column_index(place[1])] = font

        self._package.parse(part, start)
        return found

    def _read_styles(self) -> None:
        fonts: list[str] = []
        inside: list[str] = []
        style = 0

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            nonlocal style
            inside.append(tag)
            if tag == "font" and inside[-2:-1] == ["fonts"]:
                fonts.append("")
            elif tag == "name" and inside[-3:-1] == ["fonts", "font"]:
                fonts[-1] = attributes.get("val", "")
            elif tag == "xf" and inside[-2:-1] == ["cellXfs"]:
                number = int(attributes.get("fontId", "0"))
                if number < len(fonts) and font_encoding(fonts[number]):
                    self._styles[str(style)] = fonts[number]
                style += 1

        def end(tag: str) -> None:
            inside.pop()

        self._package.parse("xl/styles.xml", start, end=end)

    def _read_parts(self) -> None:
        targets: dict[str, str] = {}

        def relation(tag: str, attributes: Mapping[str, str]) -> None:
            if tag == "Relationship":
                target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
                targets[attributes.get("Id", "")] = target.lstrip("/")

        def sheet(tag: str, attributes: Mapping[str, str]) -> None:
            if tag == "sheet":
                key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
                self._parts[attributes.get("name", "")] = targets.get(key, "")

        self._package.parse("xl/_rels/workbook.xml.rels", relation)
        self._package.parse("xl/workbook.xml", sheet)


def _column_index(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
