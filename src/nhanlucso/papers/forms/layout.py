"""A form as its reader sees it: blocks of cells, and the spots that wait for something."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from nhanlucso.kernel.text import clean, fold
from nhanlucso.papers.forms.places import DOTS, Place

MOST_SPOTS = 5_000
BLANK, NUMBER, PERIOD, DAY, OTHER = "blank", "number", "period", "day", "other"
"""Kinds of spots: one that waits, a number, the name of a period or a day of last time, anything else to be bound."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a cell; with a `spot`, the spot of that name (its text is what stands there now)."""

    text: str
    spot: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, or a paragraph; `across` columns and `down` rows are one."""

    pieces: tuple[Piece, ...]
    across: int = 1
    down: int = 1

    @property
    def text(self) -> str:
        return clean("".join(piece.text for piece in self.pieces))


@dataclass(frozen=True, slots=True)
class Block:
    """A table with the cells that are not covered by others; or, without `is_table`, paragraphs, one a row."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    is_table: bool = True


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a form that something can be written to. `where` it is, as people say it; the words beside it in its
    row and above it in its column (in a text: before and after it), nearest first; `before`, `after`: those of its
    clause. `holds`: what stands there from last time. `percent`: its cell shows a fraction as a percentage;
    `says_percent`: the sign stands beside it or above it already. `places`: decimals that its cell shows, None: as
    many as it takes. `row` and `column` are equal for spots of one row or column of a table."""

    name: str
    where: str
    beside: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    kind: str = BLANK
    holds: str = ""
    before: str = ""
    after: str = ""
    percent: bool = False
    says_percent: bool = False
    places: int | None = None
    row: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a form holds: `spots` that wait or hold something of last time, `others` that can be bound all the same."""

    blocks: tuple[Block, ...]
    spots: dict[str, Spot]
    others: dict[str, Spot] = field(default_factory=dict)

    def spot(self, name: str) -> Spot | None:
        """A spot of either kind."""
        return self.spots.get(name) or self.others.get(name)

    @property
    def shape(self) -> str:
        """The same for two files of one form, whatever year they name and whatever numbers they hold."""
        words = [
            f"{place}:{fold(re.sub('[0-9]+', '', _fixed(cell, self.spots)))}"
            for block in self.blocks
            for place, row in enumerate(block.rows)
            for cell in row
        ]
        return hashlib.sha256("\n".join([*words, *sorted(self.spots)]).encode()).hexdigest()


def _fixed(cell: Cell, spots: Mapping[str, Spot]) -> str:
    return clean("".join(piece.text for piece in cell.pieces if piece.spot not in spots))


class Around:
    """The words beside and above a cell, gathered while a table is read from its first row on, each row from its
    first column on."""

    _MOST = 4

    def __init__(self) -> None:
        self._above: dict[int, tuple[str, ...]] = {}
        self._percent_above: set[int] = set()
        self._row: list[tuple[int, str]] = []
        self.beside: tuple[str, ...] = ()
        self._percent = False

    def begin_row(self) -> None:
        for column, text in self._row:
            if "%" in text:
                self._percent_above.add(column)
            if words := told((text,)):
                self._above[column] = self._added(words[0], self._above.get(column, ()))
        self._row, self.beside, self._percent = [], (), False

    def above(self, column: int) -> tuple[str, ...]:
        return self._above.get(column, ())

    def says_percent(self, column: int) -> bool:
        return self._percent or column in self._percent_above

    def see(self, column: int, text: str) -> None:
        """The text that is seen at a column of the row, of its block where it is part of one."""
        if not text:
            return
        self._row.append((column, text))
        self._percent = self._percent or "%" in text
        if words := told((text,)):
            self.beside = self._added(words[0], self.beside)

    def _added(self, word: str, words: tuple[str, ...]) -> tuple[str, ...]:
        return (word, *(one for one in words if one != word))[: self._MOST]


def pieces_of(text: str, base: str, places: Sequence[Place]) -> tuple[Piece, ...]:
    """A text cut at its places; `base`: what their names begin with."""
    found: list[Piece] = []
    at = 0
    for place in places:
        found += [Piece(text[at : place.start])] if text[at : place.start] else []
        found.append(Piece(text[place.start : place.end], f"{base}.{place.key}"))
        at = place.end
    return (*found, Piece(text[at:])) if text[at:] else tuple(found)


def spots_of(
    text: str,
    base: str,
    places: Sequence[Place],
    where: str,
    around: tuple[str, ...],
    above: tuple[str, ...] = (),
) -> dict[str, Spot]:
    """The spots of a text: what stands around each in its clause, then what stands `around` and `above` the text."""
    found: dict[str, Spot] = {}
    edges = [0, *(edge for place in places for edge in (place.start, place.end)), len(text)]
    for n, place in enumerate(places):
        left, right = text[edges[2 * n] : place.start], text[place.end : edges[2 * n + 3]]
        before, after = (
            place.label or re.split(r"[;.]\s", left)[-1] or left,
            re.split(r"[;,.]", right.lstrip(" ,"))[0],
        )
        name = f"{base}.{place.key}"
        holds = text[place.start : place.end]
        found[name] = Spot(
            name,
            where,
            told((before, after, *around)),
            above,
            kind=place.kind,
            holds="" if place.kind == BLANK else holds,
            before=clean(before),
            after=clean(after),
            says_percent="%" in after[:4],
            places=len(holds.rpartition(",")[2]) if place.kind == NUMBER and "," in holds else None,
        )
    return found


def told(words: Iterable[str], most: int = 4) -> tuple[str, ...]:
    """The first few words that say something, each once; numbers of columns and the like left out."""
    found = dict.fromkeys(clean(DOTS.sub(" ", word)) for word in words)
    return tuple(word for word in found if re.search(r"[^\W\d_]{2}", word))[:most]
