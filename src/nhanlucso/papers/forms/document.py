"""Forms in .docx. Paragraphs are found and filled in the document's own XML, so that whatever else is in the file stays
as it came. ECMA-376 part 1, chapter 17."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from nhanlucso.kernel.language import say as _
from nhanlucso.papers.forms.layout import DOTS, Block, Cell, Layout, Piece, Spot, blanks_of, pieces_of, told
from nhanlucso.papers.forms.package import not_a_form, too_large, tree, written

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_MAIN}}}"
_NS = {"w": _MAIN}
_PART = "word/document.xml"
_MOST_PARAGRAPHS, _MOST_ROWS, _MOST_COLUMNS = 20_000, 400, 60
_EMPTY = "e"
Grid = list[dict[int, "_Box"]]


class _Box:
    """A cell of a table where it stands in the grid; `merged`: it goes on with the one above."""

    def __init__(self, element: Any, column: int) -> None:
        self.element, self.column, self.down = element, column, 1
        span = element.find("w:tcPr/w:gridSpan", _NS)
        given = span.get(f"{_W}val", "1") if span is not None else "1"
        self.across = min(int(given), _MOST_COLUMNS) if given.isdecimal() else 1
        merge = element.find("w:tcPr/w:vMerge", _NS)
        self.merged = merge is not None and merge.get(f"{_W}val", "continue") != "restart"
        self.text = " ".join(_text(paragraph) for paragraph in element.iter(f"{_W}p")).strip()


def read_document(parts: Mapping[str, bytes]) -> Layout:
    """Paragraphs and tables of the body with their blanks. Raises Refused("not_a_form", "form_too_large")."""
    root = _root(parts)
    paragraphs = list(root.iter(f"{_W}p"))
    if len(paragraphs) > _MOST_PARAGRAPHS:
        raise too_large()
    numbers = {paragraph: number for number, paragraph in enumerate(paragraphs)}
    blocks: list[Block] = []
    spots: dict[str, Spot] = {}
    tables, before = 0, ""
    for element in _body(root):
        if element.tag == f"{_W}tbl":
            tables += 1
            blocks.append(_table(element, tables, numbers, spots))
            continue
        cell = _paragraph(element, numbers[element], _("Lời văn"), (before,), spots)
        before = cell.text or before
        if cell.pieces:
            blocks.append(Block("", ((cell,),), is_table=False))
    return Layout(tuple(blocks), spots)


def fill_document(parts: Mapping[str, bytes], values: Mapping[str, str]) -> dict[str, bytes]:
    """The parts with values in their blanks, written like the text around them."""
    root = _root(parts)
    paragraphs = list(root.iter(f"{_W}p"))
    wanted: dict[int, dict[str, str]] = {}
    for spot, value in values.items():
        number, _dot, blank = spot[1:].partition(".")
        wanted.setdefault(int(number), {})[blank] = value
    for place, blanks in wanted.items():
        _fill(paragraphs[place], blanks)
    return {**parts, _PART: written(root)}


def _root(parts: Mapping[str, bytes]) -> Any:
    if _PART not in parts:
        raise not_a_form()
    return tree(parts[_PART])


def _body(root: Any) -> Iterator[Any]:
    """Paragraphs and tables of the body in order, also those within content controls."""
    pending = list(root.iterfind("w:body/*", _NS))[::-1]
    while pending:
        element = pending.pop()
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            pending.extend(list(element)[::-1])


def _texts(paragraph: Any) -> list[Any]:
    return [text for run in paragraph.iter(f"{_W}r") for text in run.iterfind("w:t", _NS)]


def _text(paragraph: Any) -> str:
    return "".join(text.text or "" for text in _texts(paragraph))


def _paragraph(
    paragraph: Any, number: int, where: str, around: tuple[str, ...], spots: dict[str, Spot],
    above: tuple[str, ...] = (),
) -> Cell:  # fmt: skip
    text = _text(paragraph)
    blanks = blanks_of(text, f"p{number}")
    for _start, _end, name, words in blanks:
        spots[name] = Spot(name, where, told((*words, *around)), above, says_percent="%" in words[1][:4])
    return Cell(pieces_of(text, blanks))


def _table(element: Any, number: int, numbers: Mapping[Any, int], spots: dict[str, Spot]) -> Block:
    grid = _grid(element)
    rows = []
    for row, boxes in enumerate(grid):
        cells = []
        for column, box in boxes.items():
            if not box.merged:
                where = _("Bảng %(table)d, dòng %(row)d, cột %(column)d") % {
                    "table": number,
                    "row": row + 1,
                    "column": column + 1,
                }
                cells.append(_cell(grid, row, box, numbers, where, spots))
        rows.append(tuple(cells))
    return Block(_("Bảng %(table)d") % {"table": number}, tuple(rows))


def _grid(element: Any) -> Grid:
    """The rows of a table: its cells by the column that they begin in."""
    grid: Grid = []
    for row in element.iterfind("w:tr", _NS):
        boxes: dict[int, _Box] = {}
        column = 0
        for cell in row.iterfind("w:tc", _NS):
            boxes[column] = _Box(cell, column)
            column += boxes[column].across
        grid.append(boxes)
        if len(grid) > _MOST_ROWS or column > _MOST_COLUMNS:
            raise too_large()
        for box in boxes.values():
            if box.merged:
                _head_of(grid, len(grid) - 1, box).down += 1
    return grid


def _head_of(grid: Grid, row: int, box: _Box) -> _Box:
    """The first cell of those that a merged one goes on with."""
    while box.merged and row and box.column in grid[row - 1]:
        row -= 1
        box = grid[row][box.column]
    return box


def _covering(grid: Grid, row: int, column: int) -> str:
    """The text seen at a place of a table."""
    for box in grid[row].values():
        if box.column <= column < box.column + box.across:
            return _head_of(grid, row, box).text
    return ""


def _cell(
    grid: Grid, row: int, box: _Box, numbers: Mapping[Any, int], where: str, spots: dict[str, Spot]
) -> Cell:
    left = [_covering(grid, row, column) for column in range(box.column - 1, -1, -1)]
    heads = [_covering(grid, top, box.column) for top in range(row - 1, -1, -1)]
    beside, above = told(left), told(heads)
    paragraphs = list(box.element.iterfind("w:p", _NS))
    if not box.text:
        if not (beside and above and paragraphs):
            return Cell((), box.across, box.down)
        name = f"p{numbers[paragraphs[0]]}.{_EMPTY}"
        says_percent = any("%" in text for text in (*left, *heads))
        spots[name] = Spot(name, where, beside, above, says_percent=says_percent)
        return Cell((Piece("", name),), box.across, box.down)
    pieces: list[Piece] = []
    for paragraph in paragraphs:
        cell = _paragraph(paragraph, numbers[paragraph], where, beside, spots, above)
        pieces += [*([Piece(" ")] if pieces else []), *cell.pieces]
    return Cell(tuple(pieces), box.across, box.down)


def _fill(paragraph: Any, blanks: Mapping[str, str]) -> None:
    if _EMPTY in blanks:
        _add(paragraph, blanks[_EMPTY])
        return
    found = list(DOTS.finditer(_text(paragraph)))
    for place in sorted(map(int, blanks), reverse=True):  # from the last on: places before it stay
        _replace(paragraph, found[place].start(), found[place].end(), blanks[str(place)])


def _replace(paragraph: Any, start: int, end: int, value: str) -> None:
    """Puts a value where the blank is, in the run where it begins."""
    at = 0
    for text in _texts(paragraph):
        words = text.text or ""
        first, last = max(start - at, 0), min(end - at, len(words))
        if first < last:
            text.text = words[:first] + value + words[last:]
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            value = ""
        at += len(words)


def _add(paragraph: Any, value: str) -> None:
    """A run with the look of the paragraph's own mark, else of a neighbour in the row."""
    run = etree.SubElement(paragraph, f"{_W}r")
    look = paragraph.find("w:pPr/w:rPr", _NS)
    if look is None:
        row = next(paragraph.iterancestors(f"{_W}tr"), None)
        look = next(iter(row.iterfind(".//w:r/w:rPr", _NS)), None) if row is not None else None
    if look is not None:
        run.append(copy.deepcopy(look))
    text = etree.SubElement(run, f"{_W}t")
    text.text = value
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
