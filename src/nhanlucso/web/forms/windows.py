"""A large form in parts, each light enough for a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from nhanlucso.papers.forms import Block, Cell, Layout

MOST_CELLS, _MOST_HEADS = 500, 6
Rows = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks that one page shows, and what the part is called."""

    label: str
    blocks: tuple[Block, ...]


def parts_of(layout: Layout) -> list[Part]:
    """The form in parts: sheets and tables as they follow each other; a large one is cut between its rows, its heads
    above each piece."""
    found: list[list[tuple[str, Block]]] = [[]]
    room = MOST_CELLS
    for label, block in _pieces(layout):
        weight = _weight(block.rows)
        if found[-1] and weight > room:
            found.append([])
            room = MOST_CELLS
        found[-1].append((label, block))
        room -= weight
    return [Part(_label(part), tuple(block for _name, block in part)) for part in found]


def windowed(layout: Layout, parts: Sequence[Part], wanted: str) -> tuple[Layout, int]:
    """The layout with the blocks of one part alone, and its number from 0."""
    place = int(wanted) - 1 if wanted.isdecimal() and 0 < int(wanted) <= len(parts) else 0
    return replace(layout, blocks=parts[place].blocks), place


def _label(part: Sequence[tuple[str, Block]]) -> str:
    names = list(dict.fromkeys(label for label, _block in part if label))
    return names[0] if len(names) == 1 else f"{names[0]} – {names[-1]}" if names else _("Lời văn")


def _weight(rows: Rows) -> int:
    return sum(1 for row in rows for cell in row if cell.pieces)


def _pieces(layout: Layout) -> Iterator[tuple[str, Block]]:
    for block in layout.blocks:
        if _weight(block.rows) <= MOST_CELLS or not block.is_table:
            yield block.name, block
            continue
        heads = _heads(layout, block.rows)
        start, room = 0, MOST_CELLS
        for place, row in enumerate(block.rows):
            weight = _weight((row,))
            if weight > room and place > start:
                yield _cut(block, heads, start, place)
                start, room = place, MOST_CELLS - _weight(heads)
            room -= weight
        yield _cut(block, heads, start, len(block.rows))


def _heads(layout: Layout, rows: Rows) -> Rows:
    """The rows over the first one that waits for something in two cells."""
    for place, row in enumerate(rows[: _MOST_HEADS + 1]):
        if sum(piece.spot in layout.spots for cell in row for piece in cell.pieces) > 1:
            return rows[:place]
    return ()


def _cut(block: Block, heads: Rows, start: int, end: int) -> tuple[str, Block]:
    label = _("%(name)s, dòng %(first)d–%(last)d") % {"name": block.name, "first": start + 1, "last": end}
    rows = block.rows[start:end]
    return label, replace(block, rows=rows if start < len(heads) else (*heads, *rows))
