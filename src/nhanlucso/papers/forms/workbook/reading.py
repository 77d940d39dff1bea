"""The cells of a workbook and which of them wait for something."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nhanlucso.kernel.language import say as _
from nhanlucso.papers.forms.layout import (
    BLANK,
    MOST_SPOTS,
    NUMBER,
    OTHER,
    Around,
    Block,
    Cell,
    Layout,
    Piece,
    Spot,
    pieces_of,
    spots_of,
)
from nhanlucso.papers.forms.package import not_a_form, too_large, too_many, tree
from nhanlucso.papers.forms.places import places_of, whole_number
from nhanlucso.papers.forms.workbook.looks import NS, Looks, looks_of, number_shown

MAIN = f"{{{NS['m']}}}"
BOOK, _RELS, _STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MOST_SHEETS, _MOST_ROWS, _MOST_COLUMNS, _MOST_COVERED = 10, 400, 60, 50_000
_YEARS = range(1990, 2101)
Corner = tuple[int, int]


@dataclass(slots=True)
class Sheet:
    """One sheet: what its cells show, which of them hold a plain number or what nobody writes to (formulas, days,
    truths, errors), blocks that are one cell."""

    name: str
    number: int
    texts: dict[Corner, str] = field(default_factory=dict)
    styles: dict[Corner, str] = field(default_factory=dict)
    numbers: dict[Corner, float] = field(default_factory=dict)
    taken: set[Corner] = field(default_factory=set)
    merges: dict[Corner, Corner] = field(default_factory=dict)
    covered: dict[Corner, Corner] = field(default_factory=dict)

    def text(self, place: Corner) -> str:
        """The text that is seen at a place: of its block, where it is part of one."""
        return self.texts.get(self.covered.get(place, place), "")


def read_workbook(parts: Mapping[str, bytes]) -> Layout:
    """The visible sheets and their spots. Raises Refused("not_a_form", "form_too_large", "too_many_blanks")."""
    strings, looks = strings_of(parts), looks_of(parts)
    blocks: list[Block] = []
    found = Layout((), {})
    for number, (name, part) in enumerate(sheets_of(parts)):
        sheet = read_sheet(name, number, tree(parts[part]), strings, looks)
        block = _block(sheet, looks, found)
        if block.rows:
            blocks.append(block)
    return Layout(tuple(blocks), found.spots, found.others)


def sheets_of(parts: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Names and parts of the visible sheets, in order."""
    if not {BOOK, _RELS} <= parts.keys():
        raise not_a_form()
    targets = {
        rel.get("Id"): posixpath.normpath(posixpath.join("/xl", rel.get("Target", ""))).lstrip("/")
        for rel in tree(parts[_RELS])
    }
    found = [
        (sheet.get("name", ""), targets.get(sheet.get(f"{{{_REL}}}id"), ""))
        for sheet in tree(parts[BOOK]).iterfind("m:sheets/m:sheet", NS)
        if sheet.get("state", "visible") == "visible"
    ]
    found = [(name, part) for name, part in found if part in parts and part.startswith("xl/worksheets/")]
    if not found:
        raise not_a_form()
    if len(found) > _MOST_SHEETS:
        raise too_large()
    return found


def strings_of(parts: Mapping[str, bytes]) -> list[Any]:
    """The texts that sheets share, as elements."""
    return list(tree(parts[_STRINGS]).iterfind("m:si", NS)) if _STRINGS in parts else []


def texts_in(item: Any) -> list[Any]:
    """The text elements of a shared or inline text, without those that only say how it is read out."""
    return [*item.iterfind("m:t", NS), *item.iterfind("m:r/m:t", NS)]


def item_of(element: Any, strings: list[Any]) -> Any:
    """The shared or inline text of a cell; None for numbers and formulas."""
    if element.get("t") == "inlineStr":
        return element.find("m:is", NS)
    value = element.findtext("m:v", "", NS)
    if element.get("t") == "s" and value.isdecimal() and int(value) < len(strings):
        return strings[int(value)]
    return None


def read_sheet(name: str, number: int, root: Any, strings: list[Any], looks: Looks) -> Sheet:
    sheet = Sheet(name, number)
    for element in root.iterfind("m:sheetData/m:row/m:c", NS):
        place = corner(element.get("r", ""))
        if place[0] >= _MOST_ROWS or place[1] >= _MOST_COLUMNS:
            if element.find("m:v", NS) is not None:
                raise too_large()
            continue
        sheet.styles[place] = element.get("s", "0")
        _take(sheet, place, element, strings, looks)
    room = _MOST_COVERED
    for merge in root.iterfind("m:mergeCells/m:mergeCell", NS):
        top, left, bottom, right = _area(merge.get("ref", ""))
        down, across = bottom - top + 1, right - left + 1
        if 0 < down <= _MOST_ROWS and 0 < across <= _MOST_COLUMNS:
            room -= down * across
            if room < 0:
                raise too_large()
            sheet.merges[top, left] = (down, across)
            within = _within(top, left, bottom, right)
            sheet.covered.update((place, (top, left)) for place in within if place != (top, left))
    return sheet


def _take(sheet: Sheet, place: Corner, element: Any, strings: list[Any], looks: Looks) -> None:
    """Notes what a cell holds."""
    formula = element.find("m:f", NS)
    if formula is not None and formula.get("t") in ("array", "dataTable"):
        top, left, bottom, right = _area(formula.get("ref", element.get("r", "")))
        within = _within(top, left, min(bottom, _MOST_ROWS), min(right, _MOST_COLUMNS))
        sheet.taken.update(within)
    item = item_of(element, strings)
    if item is not None:
        text = "".join(one.text or "" for one in texts_in(item))
    else:
        text = element.findtext("m:v", "", NS)
        look = looks.of(sheet.styles[place])
        if element.get("t", "n") == "n" and text.strip():
            if formula is None and not look.is_day:
                sheet.numbers[place] = _number(text)
            text = number_shown(text, look)
        elif text.strip() and element.get("t") != "str":
            sheet.taken.add(place)
        if look.is_day and text.strip():
            sheet.taken.add(place)
    if formula is not None:
        sheet.taken.add(place)
    if text.strip():
        sheet.texts[place] = text


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise not_a_form() from None


def _area(reference: str) -> tuple[int, int, int, int]:
    first, _colon, last = reference.partition(":")
    (top, left), (bottom, right) = corner(first), corner(last or first)
    return top, left, bottom, right


def _within(top: int, left: int, bottom: int, right: int) -> Iterator[Corner]:
    return ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


def corner(reference: str) -> Corner:
    """Row and column, from 0, of «D7»."""
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", reference)
    if match is None:
        raise not_a_form()
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def reference_of(place: Corner) -> str:
    return f"{_letters(place[1])}{place[0] + 1}"


def _letters(column: int) -> str:
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _block(sheet: Sheet, looks: Looks, found: Layout) -> Block:
    """The sheet as far as its texts reach; its spots are added to those found."""
    if not sheet.texts:
        return Block(sheet.name, ())
    ends = [_end(sheet, place) for place in sheet.texts]
    last, width = max(row for row, _column in ends), max(column for _row, column in ends)
    rows: list[tuple[Cell, ...]] = []
    around = Around()
    for row in range(last + 1):
        around.begin_row()
        cells = []
        for column in range(width + 1):
            if (row, column) not in sheet.covered:
                cells.append(_cell(sheet, (row, column), looks, around, found))
            around.see(column, sheet.text((row, column)))
        rows.append(tuple(cells))
        if len(found.spots) > MOST_SPOTS:
            raise too_many(MOST_SPOTS)
    return Block(sheet.name, tuple(rows))


def _end(sheet: Sheet, place: Corner) -> Corner:
    """The last row and column of the block that begins at a place."""
    down, across = sheet.merges.get(place, (1, 1))
    return place[0] + down - 1, place[1] + across - 1


def _cell(sheet: Sheet, place: Corner, looks: Looks, around: Around, found: Layout) -> Cell:
    text, (down, across) = sheet.texts.get(place, ""), sheet.merges.get(place, (1, 1))
    if place in sheet.taken:
        return Cell((Piece(text),), across, down)
    name = f"{sheet.number}!{reference_of(place)}"
    where = _("%(sheet)s, ô %(cell)s") % {"sheet": sheet.name, "cell": reference_of(place)}
    is_number = place in sheet.numbers or whole_number(text) is not None
    if (not text or is_number) and _waits(sheet, place, looks, around):
        found.spots[name] = _whole(sheet, place, name, where, looks, around)
        return Cell((Piece(text, name),), across, down)
    places = [] if is_number else places_of(text)
    if places:
        found.spots.update(spots_of(text, name, places, where, around.beside, around.above(place[1])))
        return Cell(pieces_of(text, name, places), across, down)
    found.others[name] = Spot(name, where, kind=OTHER, holds=text)
    return Cell((Piece(text, name),), across, down)


def _waits(sheet: Sheet, place: Corner, looks: Looks, around: Around) -> bool:
    """Whether a cell that is empty or holds a number is one to fill in: words say what belongs there."""
    if not (around.beside and around.above(place[1]) and looks.is_waiting(sheet.styles.get(place))):
        return False
    return sheet.numbers.get(place) not in _YEARS


def _whole(sheet: Sheet, place: Corner, name: str, where: str, looks: Looks, around: Around) -> Spot:
    look = looks.of(sheet.styles.get(place, ""))
    return Spot(
        name,
        where,
        around.beside,
        around.above(place[1]),
        kind=NUMBER if place in sheet.texts else BLANK,
        holds=sheet.texts.get(place, ""),
        percent=look.percent,
        says_percent=around.says_percent(place[1]),
        places=look.places,
        row=f"{sheet.number}!{place[0]}",
        column=f"{sheet.number}!{_letters(place[1])}",
    )
