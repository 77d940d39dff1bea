"""Every cell as Unicode: by the font it is written in, else by what it can mean, else by its neighbours.

Nothing is guessed from bytes alone: a reading must make Vietnamese syllables, and where two do, the cells of the
same row decide, then those of the sheet. A sheet without any cell that only a legacy encoding explains stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from nhanlucso.exchange.sheets import encodings
from nhanlucso.exchange.sheets.grids import Grid, Value
from nhanlucso.exchange.sheets.syllables import misfits
from nhanlucso.exchange.sheets.viqr import VIQR, read_viqr

Place = tuple[int, int]  # row and column, 0-based
UNICODE = "unicode"
_READERS = {
    encodings.TCVN3: encodings.from_tcvn3,
    encodings.VNI: encodings.from_vni,
    encodings.CP1258: encodings.from_cp1258,
}
# Signs that stand for letters in old fonts, if the word has letters too.
_ODD_SIGN = re.compile("[¡¢£¤¥¦§¨©ª«¬\xad®¯µ¶·¸¹º»¼½¾¿÷×]")
_BEYOND_LATIN = re.compile(
    "[^\x00-\xff\u2010-\u2026\u02c6\u02dc\u0152\u0153\u0160\u0161\u0178\u0192\u20ac\u2122]"
)
_LETTER = re.compile("[A-Za-z]")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Reading:
    encoding: str
    text: str
    faults: int


@dataclass(slots=True)
class _Votes:
    """What cells with only one possible reading say, in all and by the rows where something is doubtful."""

    rows: dict[int, Counter[str]]
    sheet: Counter[str]

    def cast(self, row: int, encoding: str, votes: int = 1) -> None:
        if row in self.rows:
            self.rows[row][encoding] += votes
        self.sheet[encoding] += votes

    def choose(self, row: int, possible: dict[str, Reading]) -> Reading:
        for counter in (self.rows[row], self.sheet):
            for encoding, _ in counter.most_common():
                if encoding in possible:
                    return possible[encoding]
        return possible.get(UNICODE) or next(iter(possible.values()))


def decode(grid: Grid) -> Grid:
    """The sheet with all its texts in Unicode, the lines above it too."""
    height = len(grid.rows)
    grid.rows += [[line] for line in grid.above]
    found = set(grid.decoded)
    if read_viqr(grid.rows):
        found.add(VIQR)
    decided = _by_font(grid, found)
    doubtful = {place: readings(text) for place, text in _doubtful(grid) if place not in decided}
    sure = {place: next(iter(possible)) for place, possible in doubtful.items() if len(possible) == 1}
    if decided or any(encoding != UNICODE for encoding in sure.values()):
        votes = _Votes({row: Counter() for row, _ in doubtful}, Counter())
        for (number, column), encoding in (decided | sure).items():
            if not _is_unicode(grid.rows[number][column]):  # else it votes with its row
                votes.cast(number, encoding)
        for number, row in enumerate(grid.rows):
            if certain := sum(map(_is_unicode, row)):
                votes.cast(number, UNICODE, certain)
        for (number, column), possible in doubtful.items():
            reading = votes.choose(number, possible)
            if reading.encoding != UNICODE:
                found.add(reading.encoding)
                grid.rows[number][column] = reading.text
    above = [str(row[0]) for row in grid.rows[height:]]
    del grid.rows[height:]
    return replace(grid, fonts={}, decoded=frozenset(found), above=above)


def _doubtful(grid: Grid) -> Iterator[tuple[Place, str]]:
    """Texts that may be bytes in disguise: beyond ASCII, and with no letter that only Unicode has."""
    for number, row in enumerate(grid.rows):
        for column, value in enumerate(row):
            if isinstance(value, str) and not value.isascii() and not _is_beyond_latin(value):
                yield (number, column), value


def _is_unicode(value: Value) -> bool:
    """Whether a cell has letters that only Unicode has."""
    return isinstance(value, str) and not value.isascii() and _is_beyond_latin(value)


@lru_cache(maxsize=50_000)
def _is_beyond_latin(text: str) -> bool:
    return _BEYOND_LATIN.search(text) is not None


@lru_cache(maxsize=50_000)
def readings(text: str) -> dict[str, Reading]:
    """The readings of a text that fit best, by encoding; more than one where they fit alike."""
    latin = None if _BEYOND_LATIN.search(text) else encodings.in_bytes(text)
    plain = Reading(UNICODE, text, 0 if latin is None else misfits(text) + _odd_words(text))
    if latin is None:
        return {UNICODE: plain}
    found = {UNICODE: plain}
    for encoding, reader in _READERS.items():
        read = reader(latin)
        if read is not None and read not in {reading.text for reading in found.values()}:
            found[encoding] = Reading(encoding, read, misfits(read) + _odd_words(read))
    best = min(reading.faults for reading in found.values())
    return {encoding: reading for encoding, reading in found.items() if reading.faults == best}


def _by_font(grid: Grid, found: set[str]) -> dict[Place, str]:
    """Reads the cells in legacy fonts where the font's own reading is as good as any."""
    decided: dict[Place, str] = {}
    for (number, column), font in grid.fonts.items():
        encoding = encodings.font_encoding(font)
        if encoding is None or number >= len(grid.rows) or column >= len(grid.rows[number]):
            continue
        value = grid.rows[number][column]
        if not isinstance(value, str):
            continue
        if not value.isascii():
            reading = readings(value).get(encoding)
            if reading is None:
                continue
            decided[number, column] = encoding
            found.add(encoding)
            value = reading.text
        grid.rows[number][column] = value.upper() if encodings.is_capitals(font) else value
    return decided


def _odd_words(text: str) -> int:
    return sum(1 for word in _WORD.findall(text) if _ODD_SIGN.search(word) and _LETTER.search(word))
