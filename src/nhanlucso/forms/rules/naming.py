"""Which unit the words of a row mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from nhanlucso.kernel.text import fold

_OFFICES = re.compile(r"^(?:uy ban nhan dan|ubnd|hdnd va ubnd|hdnd ubnd) ")
_SHORT = {
    "x": "xa",
    "p": "phuong",
    "tt": "thi tran",
    "tx": "thi xa",
    "h": "huyen",
    "q": "quan",
    "tp": "thanh pho",
}
_KINDS = re.compile(
    r"^(?:xa|phuong|thi tran|thi xa|dac khu|huyen|quan|thanh pho|tinh|thon|ban|to dan pho|to|khu pho|khu) (?=.)"
)
_SMALL = re.compile(r"^(?:thon|ban|to dan pho|khu pho|tdp) .")


class Names:
    """Units by their names: `units` gives (unit, name, how far below the one who asks). Of several the nearest counts;
    where two are equally near, the words mean neither."""

    def __init__(self, units: Iterable[tuple[int, str, int]]) -> None:
        self._found: dict[str, tuple[int, int | None]] = {}
        self._bare: dict[str, tuple[int, int | None]] = {}
        for unit, name, depth in units:
            key = name_of(name)
            _note(self._found, key, unit, depth)
            _note(self._bare, bare(key), unit, depth)

    def find(self, words: Sequence[str]) -> int | None:
        """The unit that one of the words names, in full or without its kind."""
        keys = [name_of(word) for word in words]
        for key in keys:
            if key in self._found:
                return self._found[key][1]
        return next((self._bare[key][1] for key in keys if key in self._bare), None)


def _note(found: dict[str, tuple[int, int | None]], key: str, unit: int, depth: int) -> None:
    held = found.get(key)
    if held is None or depth < held[0]:
        found[key] = (depth, unit)
    elif depth == held[0] and unit != held[1]:
        found[key] = (depth, None)


def name_of(words: str) -> str:
    """«UBND X. Phú Nhuận» as «xa phu nhuan»."""
    plain = _OFFICES.sub("", plain_words(words))
    first, _space, rest = plain.partition(" ")
    return f"{_SHORT[first]} {rest}" if first in _SHORT and rest else plain


def bare(key: str) -> str:
    """A name without the kind of the unit."""
    return _KINDS.sub("", key)


def names_a_village(words: str) -> bool:
    return _SMALL.match(plain_words(words)) is not None


def plain_words(text: str) -> str:
    """Words to compare by: folded, without signs."""
    return " ".join(re.sub(r"[^\w%]+", " ", fold(text)).split())
