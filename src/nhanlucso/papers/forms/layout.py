"""A form as its reader sees it: blocks of cells, and the spots that wait for something."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nhanlucso.kernel.text import clean, fold

DOTS = re.compile(r"[._‥]*…[.…_‥]*|[._‥]{3,}")
"""A blank within a text: a line of dots or of underscores."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a cell; with a `spot`, the blank of that name (its text is what stands there now)."""

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
    """A blank. `where` it is, as people say it; the words beside it in its row and above it in its column (in a
    text: before and after it), nearest first. `percent`: its cell shows a fraction as a percentage; `says_percent`: the
    sign stands beside it or above it already."""

    name: str
    where: str
    beside: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    percent: bool = False
    says_percent: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """What a form holds."""

    blocks: tuple[Block, ...]
    spots: dict[str, Spot]

    @property
    def shape(self) -> str:
        """The same for two files of one form, whatever year they name."""
        words = [
            f"{place}:{fold(re.sub('[0-9]+', '', cell.text))}"
            for block in self.blocks
            for place, row in enumerate(block.rows)
            for cell in row
        ]
        return hashlib.sha256("\n".join([*words, *sorted(self.spots)]).encode()).hexdigest()


def pieces_of(text: str, blanks: Sequence[tuple[int, int, str, tuple[str, str]]]) -> tuple[Piece, ...]:
    """A text cut at its blanks (`blanks_of`)."""
    found: list[Piece] = []
    at = 0
    for start, end, name, _around in blanks:
        found += [Piece(text[at:start])] if text[at:start] else []
        found.append(Piece(text[start:end], name))
        at = end
    return (*found, Piece(text[at:])) if text[at:] else tuple(found)


def blanks_of(text: str, name: str) -> list[tuple[int, int, str, tuple[str, str]]]:
    """The lines of dots in a text: start, end, the name of the spot, the words of the clause before and after."""
    found = list(DOTS.finditer(text))
    edges = [0, *(edge for match in found for edge in match.span()), len(text)]
    made = []
    for n, match in enumerate(found):
        before, after = text[edges[2 * n] : match.start()], text[match.end() : edges[2 * n + 3]]
        words = (re.split(r"[;.]", before)[-1] or before, re.split(r"[;,.]", after)[0])
        made.append((match.start(), match.end(), f"{name}.{n}", words))
    return made


def told(words: Iterable[str], most: int = 4) -> tuple[str, ...]:
    """The first few words that say something, each once; numbers of columns and the like left out."""
    found = dict.fromkeys(clean(DOTS.sub(" ", word)) for word in words)
    return tuple(word for word in found if re.search(r"[^\W\d_]{2}", word))[:most]
