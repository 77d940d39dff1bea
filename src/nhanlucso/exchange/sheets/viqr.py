"""VIQR: Vietnamese typed in plain ASCII, the marks after the letters (Nguye^~n Va(n A'nh).

Any text of ASCII may be English or a name as it is; so a sheet is read this way only if several of its cells have
words that make sense in no other way.
"""

from __future__ import annotations

import re
import unicodedata

from nhanlucso.exchange.sheets.grids import Value
from nhanlucso.exchange.sheets.syllables import is_syllable

VIQR = "viqr"
_SHAPES = {"^": "\u0302", "(": "\u0306", "+": "\u031b"}
_TONES = {"'": "\u0301", "`": "\u0300", "?": "\u0309", "~": "\u0303", ".": "\u0323"}
_SURE = re.compile(r"[aeoAEO]\^|[aA]\(|[ouOU]\+|[dD]{2}[aeiouyAEIOUY]")
_MARKED = re.compile(r"([aeiouyAEIOUY])([\^(+]?)(['`?~.]?)")
_BARRED = re.compile(r"([dD])[dD](?=[aeiouyAEIOUY])|(?<=[A-Z])(D)D(?=[A-Z])")
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"\S+")
_SAMPLE = 200  # rows that decide
_ENOUGH, _SHARE = 3, 5  # cells that must be sure, and one in so many of those with words


def read_viqr(rows: list[list[Value]]) -> bool:
    """Rewrites the rows if they are VIQR; whether they are."""
    worded = sure = 0
    for row in rows[:_SAMPLE]:
        for cell in row:
            if isinstance(cell, str) and cell.isascii() and "@" not in cell and _LETTERS.search(cell):
                worded += 1
                sure += bool(_SURE.search(cell)) and any(_is_sure(word) for word in cell.split())
    if sure < _ENOUGH or sure * _SHARE < worded:
        return False
    for row in rows:
        for column, cell in enumerate(row):
            if isinstance(cell, str) and cell.isascii():
                row[column] = from_viqr(cell)
    return True


def from_viqr(text: str) -> str:
    """The text behind VIQR; words that make no Vietnamese stay as they are."""
    return _WORD.sub(lambda found: _word(found[0]), text)


def _is_sure(word: str) -> bool:
    return bool(_SURE.search(word)) and not _word(word).isascii()


def _word(word: str) -> str:
    if "@" in word or "://" in word:
        return word
    for core, after in ((word, ""), (word.rstrip(".?'"), word[len(word.rstrip(".?'")) :])):
        made = _converted(core)
        letters = _LETTERS.findall(made)
        alone = len(core) == 2 and core.endswith(".")  # «a.» numbers a group
        if letters and not alone and all(map(_makes_sense, letters)):
            return made + after
    return word


def _makes_sense(letters: str) -> bool:
    """A plain word, a Vietnamese syllable, or an acronym such as HĐND."""
    return letters.isascii() or is_syllable(letters) or (letters.isupper() and "Đ" in letters)


def _converted(word: str) -> str:
    barred = _BARRED.sub(lambda found: "đ" if found[1] == "d" else "Đ", word)
    return unicodedata.normalize("NFC", _MARKED.sub(_letter, barred))


def _letter(found: re.Match[str]) -> str:
    return found[1] + _SHAPES.get(found[2], "") + _TONES.get(found[3], "")
