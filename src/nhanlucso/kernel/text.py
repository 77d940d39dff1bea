"""Vietnamese text: folding for search and matching, sorting by given name.

The keys made here are stored in columns, so that SQLite and PostgreSQL search and sort alike
without collations or extensions.
"""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_NUMBERS = re.compile(r"[0-9]+")
_DIGITS = 8  # numbers in names are shorter
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng
_LETTERS = {letter: f"{rank:02d}" for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", 11)}


_UNSEEN = {
    "Cc",
    "Cf",
    "Cs",
}  # controls, zero-width marks, lone surrogates: not seen, and no database takes all
_D = str.maketrans("đðɖ", "ddd")  # đ, and the two letters whose capitals Ð and Ɖ look like Đ in old files
_KEY_LENGTH = 1000  # of the column that holds it


def clean(text: str) -> str:
    """NFC, unseen characters gone, single spaces, none at the ends."""
    text = _SPACES.sub(" ", text)
    if not text.isprintable():  # most texts are, and then hold nothing unseen
        text = "".join(c for c in text if unicodedata.category(c) not in _UNSEEN)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def fold(text: str) -> str:
    """The matching key of a text: no case, no marks (so no tone placement either), đ as d, single spaces."""
    quick = text.casefold().translate(_BARE)
    if quick.isascii() and quick.isprintable():  # of composed letters alone, as nearly all texts are
        return " ".join(quick.split())
    return _fold(text)


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", clean(text).casefold())
    bare = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    return _SPACES.sub(" ", bare.translate(_D)).strip()


def has_letters(text: str) -> bool:
    """Whether there is a letter in a text: a name without one is none."""
    return any(char.isalpha() for char in text)


def name_key(full_name: str) -> str:
    """Sort key of a personal name: given name (last word), then middle words, then family name.

    Letters a ă â b … first, then tones ngang huyền hỏi ngã sắc nặng. Only digits are in the key, so every
    database collation orders it alike; at most 1,000 of them.
    """
    *others, given = clean(full_name).casefold().split(" ")
    family, middle = others[:1], others[1:]
    # Two zeros sort before every letter, so that no middle name comes before any middle name.
    parts = [_word_key(given), *map(_word_key, middle), *("00" + _word_key(word) for word in family)]
    return "".join(parts)[:_KEY_LENGTH]


def natural_key(name: str) -> str:
    """Sort key of a name with numbers in it: «Tổ dân phố số 2» before «Tổ dân phố số 10»; case and marks ignored."""
    return _NUMBERS.sub(lambda number: number[0].zfill(_DIGITS), fold(name))


def _word_key(word: str) -> str:
    letters: list[str] = []
    tones: list[str] = []
    for char in word:
        decomposed = unicodedata.normalize("NFD", char)
        tone = next((_TONES[c] for c in decomposed if c in _TONES), "0")
        base = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
        letters.append(_LETTERS.get(base) or _foreign(base))
        if tone != "0":
            tones.append(tone)
    return "".join(letters) + "00" + ("".join(tones) or "0") + "00"


def _foreign(char: str) -> str:
    """Anything outside the alphabet sorts after it, by code point."""
    return "98" if not char else f"99{ord(char[0]):07d}"


# Composed letters to those that `_fold` makes of them.
_BARE = {
    code: bare
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    if (bare := _fold(chr(code))).isascii() and len(bare) == 1
}
