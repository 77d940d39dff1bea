"""The paragraphs and tables of a document and which of their places wait for something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nhanlucso.kernel.language import say as _
from nhanlucso.papers.forms.document.paragraphs import (
    FALLBACK,
    NS,
    Story,
    W,
    atoms_of,
    places_in,
    stories,
    text_of,
)
from nhanlucso.papers.forms.layout import (
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
from nhanlucso.papers.forms.package import too_large, too_many
from nhanlucso.papers.forms.places import whole_number

_MOST_ROWS, _MOST_COLUMNS = 400, 60
EMPTY, WHOLE = "e", "w"
Grid = list[dict[int, "_Box"]]


class _Box:
    """A cell of a table where it stands in the grid; `merged`: it goes on with the one above."""

    def __init__(self, element: Any, column: int) -> None:
        self.element, self.column, self.down = element, column, 1
        span = element.find("w:tcPr/w:gridSpan", NS)
        given = span.get(f"{W}val", "1") if span is not None else "1"
        self.across = min(int(given), _MOST_COLUMNS) if given.isdecimal() else 1
        merge = element.find("w:tcPr/w:vMerge", NS)
        self.merged = merge is not None and merge.get(f"{W}val", "continue") != "restart"
        self.text = " ".join(text_of(paragraph) for paragraph in _paragraphs(element)).strip()


class _Reader:
    """One story on its way to blocks and spots."""

    def __init__(self, story: Story, found: Layout) -> None:
        self.story, self.found = story, found
        self.numbers = {paragraph: number for number, paragraph in enumerate(story.paragraphs)}
        self.tables = 0

    def blocks(self) -> Iterator[Block]:
        before = ""
        for element in _flat(_top(self.story.root), f"{W}p", f"{W}tbl"):
            if element.tag == f"{W}tbl":
                self.tables += 1
                yield self.table(element)
                continue
            cell = self.paragraph(element, _story_name(self.story.prefix) or _("Lời văn"), (before,))
            before = cell.text or before
            if cell.pieces:
                yield Block("", ((cell,),), is_table=False)
            for box in element.iter(f"{W}txbxContent"):
                if next(box.iterancestors(FALLBACK), None) is None:  # the same box for older readers
                    for inner in box.iter(f"{W}p"):
                        said = self.paragraph(inner, _("Khung chữ"), (before,))
                        yield from [Block("", ((said,),), is_table=False)] if said.pieces else []

    def paragraph(
        self, paragraph: Any, where: str, around: tuple[str, ...], above: tuple[str, ...] = ()
    ) -> Cell:
        atoms = atoms_of(paragraph)
        text, base = "".join(words for _element, words in atoms), self.base(paragraph)
        places = places_in(paragraph, atoms)
        if not places:
            if text.strip():
                name = f"{base}.{WHOLE}"
                self.found.others[name] = Spot(name, where, kind=OTHER, holds=text)
                return Cell((Piece(text, name),))
            return Cell(())
        self.found.spots.update(spots_of(text, base, places, where, around, above))
        if len(self.found.spots) > MOST_SPOTS:
            raise too_many(MOST_SPOTS)
        return Cell(pieces_of(text, base, places))

    def base(self, paragraph: Any) -> str:
        return f"{self.story.prefix}p{self.numbers[paragraph]}"

    def table(self, element: Any) -> Block:
        rows, around, grid = [], Around(), _grid(element)
        for row, boxes in enumerate(grid):
            around.begin_row()
            cells = []
            for column in range(_MOST_COLUMNS):
                box = _covering(grid, row, column)
                if box is None:
                    break
                if column in boxes and not box.merged:
                    cells.append(self.cell(box, row, around))
                around.see(column, _head_of(grid, row, box).text)
            rows.append(tuple(cells))
        name = _story_name(self.story.prefix)
        title = _("Bảng %(table)d") % {"table": self.tables}
        return Block(f"{name}: {title}" if name else title, tuple(rows))

    def cell(self, box: _Box, row: int, around: Around) -> Cell:
        column, beside, above = box.column, around.beside, around.above(box.column)
        where = _("Bảng %(table)d, dòng %(row)d, cột %(column)d") % {
            "table": self.tables,
            "row": row + 1,
            "column": column + 1,
        }
        paragraphs = _paragraphs(box.element)
        said = [paragraph for paragraph in paragraphs if text_of(paragraph).strip()]
        number = whole_number(text_of(said[0])) if len(said) == 1 else None
        asks = said and any(place.key.startswith("c") for place in places_in(said[0], atoms_of(said[0])))
        if (not said or number) and paragraphs and not asks:
            name = f"{self.base(said[0] if said else paragraphs[0])}.{EMPTY}"
            if not (beside and above):
                self.found.others[name] = Spot(name, where, kind=OTHER, holds=box.text)
                return Cell((Piece(box.text, name),), box.across, box.down)
            self.found.spots[name] = self._whole(name, where, box, around, row)
            return Cell((Piece(box.text, name),), box.across, box.down)
        pieces: list[Piece] = []
        for paragraph in said:
            cell = self.paragraph(paragraph, where, beside, above)
            pieces += [*([Piece(" ")] if pieces else []), *cell.pieces]
        return Cell(tuple(pieces), box.across, box.down)

    def _whole(self, name: str, where: str, box: _Box, around: Around, row: int) -> Spot:
        table = f"{self.story.prefix}t{self.tables}"
        return Spot(
            name,
            where,
            around.beside,
            around.above(box.column),
            kind=NUMBER if box.text else "blank",
            holds=box.text,
            says_percent=around.says_percent(box.column) or "%" in box.text,
            places=len(box.text.rpartition(",")[2].rstrip(" %")) if "," in box.text else None,
            row=f"{table}!{row}",
            column=f"{table}!{box.column}",
        )


def read_document(parts: Mapping[str, bytes]) -> Layout:
    """Paragraphs and tables with their spots: those of the body, then of headers, footers and notes.

    Raises Refused("not_a_form", "form_too_large", "too_many_blanks", "form_runs").
    """
    found = Layout((), {})
    blocks = [block for story in stories(parts) for block in _Reader(story, found).blocks()]
    return Layout(tuple(blocks), found.spots, found.others)


def _story_name(prefix: str) -> str:
    names = {
        "header": _("Đầu trang"),
        "footer": _("Chân trang"),
        "footnotes": _("Chú thích cuối trang"),
        "endnotes": _("Chú thích cuối văn bản"),
    }
    return names.get(prefix.rstrip("/0123456789"), "")


def _top(root: Any) -> list[Any]:
    """What the paragraphs and tables of a story stand in."""
    body = root.find("w:body", NS)
    if body is not None:
        return list(body)
    return [one for note in root for one in (note if note.tag in (f"{W}footnote", f"{W}endnote") else [note])]


def _flat(elements: list[Any], *tags: str) -> Iterator[Any]:
    """The elements of some kinds in order, also those within content controls and marked changes."""
    pending = elements[::-1]
    while pending:
        element = pending.pop()
        if element.tag in tags:
            yield element
        elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
            pending.extend(list(element)[::-1])


def _paragraphs(cell: Any) -> list[Any]:
    """The paragraphs of a cell, also those of tables within it; not those of text boxes."""
    boxes = f"{W}txbxContent"
    return [
        paragraph
        for paragraph in cell.iter(f"{W}p")
        if next(paragraph.iterancestors(boxes, f"{W}tc"), cell).tag != boxes
    ]


def _grid(element: Any) -> Grid:
    """The rows of a table: its cells by the column that they begin in."""
    grid: Grid = []
    for row in _flat(list(element), f"{W}tr"):
        boxes: dict[int, _Box] = {}
        column = 0
        for cell in _flat(list(row), f"{W}tc"):
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


def _covering(grid: Grid, row: int, column: int) -> _Box | None:
    """The cell seen at a place of a table; None behind its last one."""
    for start in range(column, -1, -1):
        box = grid[row].get(start)
        if box is not None:
            return box if column < start + box.across else None
    return None
