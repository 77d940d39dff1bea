"""Vietnamese text: folding for search and matching, sorting by given name.

The keys made here are stored in columns, so that SQLite and PostgreSQL search and sort alike
without collations or extensions.
"""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng
_LETTERS = {
    letter: f"{rank:02d}"
    for rank, letter in enumerate(
        "a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z".split(), 11
    )
}


def clean(text: str) -> str:
    """NFC, zero-width characters gone, single spaces, none at the ends."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return _SPACES.sub(" ", text).strip()


def fold(text: str) -> str:
    """The matching key of a text: no case, no marks (so no tone placement either), đ as d, single spaces."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(c for c in decomposed if unicodedata.category(c) not in ("Mn", "Cf"))
    return _SPACES.sub(" ", bare.replace("đ", "d")).strip()


def name_key(full_name: str) -> str:
    """Sort key of a personal name: given name (last word), then middle words, then family name.

    Letters a ă â b … first, then tones ngang huyền hỏi ngã sắc nặng. Only digits are in the key, so every
    database collation orders it alike.
    """
    words = clean(full_name).casefold().split(" ")
    ordered = [words[-1], *words[1:-1], *(words[:1] if len(words) > 1 else [])]
    return "".join(_word_key(word) for word in ordered)


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
