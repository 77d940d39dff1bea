"""Forms in .xlsx. Cells are found and filled in the sheets' own XML, so that whatever else is in the file – lines,
pictures, print settings – stays as it came. ECMA-376 part 1, chapter 18."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from nhanlucso.kernel.language import say as _
from nhanlucso.papers.forms.layout import DOTS, Block, Cell, Layout, Piece, Spot, blanks_of, pieces_of, told
from nhanlucso.papers.forms.package import not_a_form, too_large, tree, written

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NS = {"m": _MAIN}
_MOST_SHEETS, _MOST_ROWS, _MOST_COLUMNS = 10, 400, 60
_BOOK, _RELS, _STRINGS, _STYLES = (
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
)
_PERCENT_FORMATS = {"9", "10"}
Place = tuple[int, int]


@dataclass(slots=True)
class _Sheet:
    """One sheet: texts of its cells, those that hold a number or a formula, blocks that are one cell."""

    name: str
    number: int
    texts: dict[Place, str] = field(default_factory=dict)
    styles: dict[Place, str] = field(default_factory=dict)
    taken: set[Place] = field(default_factory=set)
    merges: dict[Place, Place] = field(default_factory=dict)
    covered: dict[Place, Place] = field(default_factory=dict)

    def text(self, place: Place) -> str:
        """The text that is seen at a place: of its block, where it is part of one."""
        return self.texts.get(self.covered.get(place, place), "")


@dataclass(frozen=True, slots=True)
class _Looks:
    """The numbers of the styles that show a percentage, and of those with a line around the cell."""

    percent: frozenset[str]
    lined: frozenset[str]

    def is_waiting(self, style: str | None) -> bool:
        """Whether an empty cell is one to fill in: where a workbook draws lines, those that have them."""
        return not self.lined or style in self.lined


def read_workbook(parts: Mapping[str, bytes]) -> Layout:
    """The visible sheets and their blanks. Raises Refused("not_a_form", "form_too_large")."""
    strings, looks = _strings(parts), _looks(parts)
    blocks: list[Block] = []
    spots: dict[str, Spot] = {}
    for number, (name, part) in enumerate(_sheets(parts)):
        sheet = _read(name, number, tree(parts[part]), strings)
        block, found = _block(sheet, looks)
        if block.rows:
            blocks.append(block)
            spots |= found
    return Layout(tuple(blocks), spots)


def fill_workbook(parts: Mapping[str, bytes], values: Mapping[str, str | float]) -> dict[str, bytes]:
    """The parts with values in their blanks; formulas are worked out anew when the file is opened."""
    done, strings, looks = dict(parts), _strings(parts), _looks(parts)
    for number, (name, part) in enumerate(_sheets(parts)):
        mine = {spot: value for spot, value in values.items() if spot.partition("!")[0] == str(number)}
        if mine:
            root = tree(parts[part])
            sheet = _read(name, number, root, strings)
            for spot, value in sorted(
                mine.items(), reverse=True
            ):  # of several in one cell the last one first
                _fill(root, sheet, spot, value, looks)
            done[part] = written(root)
    done[_BOOK] = _counted_anew(parts[_BOOK])
    return done


# -- reading ---------------------------------------------------------------------------------------------------


def _sheets(parts: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Names and parts of the visible sheets, in order."""
    if not {_BOOK, _RELS} <= parts.keys():
        raise not_a_form()
    targets = {
        rel.get("Id"): posixpath.normpath(posixpath.join("/xl", rel.get("Target", ""))).lstrip("/")
        for rel in tree(parts[_RELS])
    }
    found = [
        (sheet.get("name", ""), targets.get(sheet.get(f"{{{_REL}}}id"), ""))
        for sheet in tree(parts[_BOOK]).iterfind("m:sheets/m:sheet", _NS)
        if sheet.get("state", "visible") == "visible"
    ]
    found = [(name, part) for name, part in found if part in parts and part.startswith("xl/worksheets/")]
    if not found:
        raise not_a_form()
    if len(found) > _MOST_SHEETS:
        raise too_large()
    return found


def _strings(parts: Mapping[str, bytes]) -> list[str]:
    if _STRINGS not in parts:
        return []
    return ["".join(item.itertext(f"{{{_MAIN}}}t")) for item in tree(parts[_STRINGS]).iterfind("m:si", _NS)]


def _looks(parts: Mapping[str, bytes]) -> _Looks:
    if _STYLES not in parts:
        return _Looks(frozenset(), frozenset())
    root = tree(parts[_STYLES])
    formats = _PERCENT_FORMATS | {
        found.get("numFmtId")
        for found in root.iterfind("m:numFmts/m:numFmt", _NS)
        if "%" in found.get("formatCode", "")
    }
    lined = {
        str(number)
        for number, border in enumerate(root.iterfind("m:borders/m:border", _NS))
        if any(side.get("style", "none") != "none" for side in border)
    }
    cells = [(str(number), look) for number, look in enumerate(root.iterfind("m:cellXfs/m:xf", _NS))]
    return _Looks(
        percent=frozenset(number for number, look in cells if look.get("numFmtId") in formats),
        lined=frozenset(number for number, look in cells if look.get("borderId") in lined),
    )


def _read(name: str, number: int, root: Any, strings: list[str]) -> _Sheet:
    sheet = _Sheet(name, number)
    for element in root.iterfind("m:sheetData/m:row/m:c", _NS):
        place = _place(element.get("r", ""))
        if place[0] >= _MOST_ROWS or place[1] >= _MOST_COLUMNS:
            if element.find("m:v", _NS) is not None:
                raise too_large()
            continue
        sheet.styles[place] = element.get("s", "0")
        text = _text(element, strings)
        if text.strip():
            sheet.texts[place] = text
        if element.find("m:f", _NS) is not None or (
            text.strip() and element.get("t", "n") not in ("s", "inlineStr", "str")
        ):
            sheet.taken.add(place)
    for merge in root.iterfind("m:mergeCells/m:mergeCell", _NS):
        first, _colon, last = merge.get("ref", "").partition(":")
        (top, left), (bottom, right) = _place(first), _place(last or first)
        if bottom - top < _MOST_ROWS and right - left < _MOST_COLUMNS:
            sheet.merges[top, left] = (bottom - top + 1, right - left + 1)
            inside = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
            sheet.covered |= {place: (top, left) for place in inside if place != (top, left)}
    return sheet


def _text(element: Any, strings: list[str]) -> str:
    kind, value = element.get("t", "n"), element.findtext("m:v", "", _NS)
    if kind == "s":
        return strings[int(value)] if value.isdecimal() and int(value) < len(strings) else ""
    return "".join(element.itertext(f"{{{_MAIN}}}t")) if kind == "inlineStr" else str(value)


def _place(reference: str) -> Place:
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", reference)
    if match is None:
        raise not_a_form()
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _reference(place: Place) -> str:
    row, column = place
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _block(sheet: _Sheet, looks: _Looks) -> tuple[Block, dict[str, Spot]]:
    """The sheet as far as its texts reach."""
    if not sheet.texts:
        return Block(sheet.name, ()), {}
    ends = [_end(sheet, place) for place in sheet.texts]
    last, width = max(row for row, _column in ends), max(column for _row, column in ends)
    rows: list[tuple[Cell, ...]] = []
    spots: dict[str, Spot] = {}
    for row in range(last + 1):
        cells = []
        for column in range(width + 1):
            place = (row, column)
            if place not in sheet.covered:
                cell, found = _cell(sheet, place, looks)
                cells.append(cell)
                spots |= found
        rows.append(tuple(cells))
    return Block(sheet.name, tuple(rows)), spots


def _end(sheet: _Sheet, place: Place) -> Place:
    """The last row and column of the block that begins at a place."""
    down, across = sheet.merges.get(place, (1, 1))
    return place[0] + down - 1, place[1] + across - 1


def _cell(sheet: _Sheet, place: Place, looks: _Looks) -> tuple[Cell, dict[str, Spot]]:
    text, (down, across) = sheet.texts.get(place, ""), sheet.merges.get(place, (1, 1))
    name = f"{sheet.number}!{_reference(place)}"
    where = _("%(sheet)s, ô %(cell)s") % {"sheet": sheet.name, "cell": _reference(place)}
    beside, above = _beside(sheet, place), _above(sheet, place)
    percent = sheet.styles.get(place, "") in looks.percent
    if place in sheet.taken:
        return Cell((Piece(text),), across, down), {}
    if not text:
        if not (beside and above and looks.is_waiting(sheet.styles.get(place))):
            return Cell((), across, down), {}
        spot = Spot(name, where, beside, above, percent, _says_percent(sheet, place))
        return Cell((Piece("", name),), across, down), {name: spot}
    blanks = blanks_of(text, name)
    spots = {
        key: Spot(key, where, told((*words, *beside)), above, says_percent="%" in words[1][:4])
        for _start, _end, key, words in blanks
    }
    return Cell(pieces_of(text, blanks), across, down), spots


def _says_percent(sheet: _Sheet, place: Place) -> bool:
    row, column = place
    left = (sheet.text((row, other)) for other in range(column))
    return any("%" in text for text in left) or any("%" in sheet.text((top, column)) for top in range(row))


def _beside(sheet: _Sheet, place: Place) -> tuple[str, ...]:
    row, column = place
    return told(sheet.text((row, left)) for left in range(column - 1, -1, -1))


def _above(sheet: _Sheet, place: Place) -> tuple[str, ...]:
    """The heads over a column: the texts above, those of the nearest block of texts first."""
    row, column = place
    return told(sheet.text((top, column)) for top in range(row - 1, -1, -1))


# -- filling ---------------------------------------------------------------------------------------------------


def _fill(root: Any, sheet: _Sheet, spot: str, value: str | float, looks: _Looks) -> None:
    reference, _dot, blank = spot.partition("!")[2].partition(".")
    place = _place(reference)
    element = _element(root, place)
    style = element.get("s", "0")
    for child in list(element):
        element.remove(child)
    element.attrib.pop("t", None)
    if blank:
        text = sheet.texts.get(place, "")
        match = list(DOTS.finditer(text))[int(blank)]
        value = f"{text[: match.start()]}{value}{text[match.end() :]}"
        sheet.texts[place] = value
    if isinstance(value, str):
        element.set("t", "inlineStr")
        holder = etree.SubElement(etree.SubElement(element, f"{{{_MAIN}}}is"), f"{{{_MAIN}}}t")
        holder.text = value
        holder.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    else:
        shown = round(value / 100, 6) if style in looks.percent else value
        etree.SubElement(element, f"{{{_MAIN}}}v").text = repr(shown)


def _element(root: Any, place: Place) -> Any:
    """The cell at a place, made in its order if it is not there."""
    data = root.find("m:sheetData", _NS)
    row = next((r for r in data.iterfind("m:row", _NS) if r.get("r") == str(place[0] + 1)), None)
    if row is None:
        row = etree.Element(f"{{{_MAIN}}}row", r=str(place[0] + 1))
        later = [r for r in data.iterfind("m:row", _NS) if int(r.get("r", "0")) > place[0] + 1]
        later[0].addprevious(row) if later else data.append(row)
    reference = _reference(place)
    found = next((c for c in row.iterfind("m:c", _NS) if c.get("r") == reference), None)
    if found is None:
        found = etree.Element(f"{{{_MAIN}}}c", r=reference)
        after = [c for c in row.iterfind("m:c", _NS) if _place(c.get("r", ""))[1] > place[1]]
        after[0].addprevious(found) if after else row.append(found)
    return found


def _counted_anew(book: bytes) -> bytes:
    root = tree(book)
    counting = root.find("m:calcPr", _NS)
    if counting is None:
        counting = etree.Element(f"{{{_MAIN}}}calcPr")
        names = ("definedNames", "externalReferences", "sheets")  # what it stands behind, the last one first
        before = next(found for name in names if (found := root.find(f"m:{name}", _NS)) is not None)
        before.addnext(counting)
    counting.set("fullCalcOnLoad", "1")
    return written(root)
