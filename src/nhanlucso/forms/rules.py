"""Which figure the words around a blank ask for; and how a number is written there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nhanlucso.forms.enums import Part, Span, Text
from nhanlucso.kernel.numbers import vi_number
from nhanlucso.kernel.text import fold
from nhanlucso.papers.forms import Spot

_FILE = Path(__file__).with_name("phrases.txt")

_LEAST, _CLEARLY, _UNIT_WORD = 4.0, 1.5, 4.0
_MOST = 5


@dataclass(frozen=True, slots=True)
class Measured:
    """What the words of a blank are compared with: an indicator's code, name and unit word, whether it is a share."""

    code: str
    name: str
    measure: str
    is_share: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A figure that may belong in a blank, with how well the words fit; `unit` None: of whoever fills it in."""

    code: str
    part: str
    span: str
    unit: int | None
    score: float


def proposals(spot: Spot, measured: Sequence[Measured], units: Mapping[str, int]) -> list[Proposal]:
    """Figures that the words around a blank may ask for, the likeliest first; none where they say nothing.
    `units`: folded names of units that a row may be about."""
    words = [_plain(text) for text in (*spot.beside, *spot.above)]
    if set(words) & set(_phrases()["notes"]):
        return []
    after = _plain(spot.beside[1]) if "." in spot.name and len(spot.beside) > 1 else ""
    weights = [1.0, 0.9, *[0.6] * len(words)]
    span = next((str(s) for s in Span if _holds(words, _phrases().get(s, ()))), str(Span.PERIOD))
    named = next((units[word] for word in words if word in units), None)
    found = []
    for one in measured:
        score = max((w * _fit(text, one) for text, w in zip(words, weights, strict=False)), default=0.0)
        score += _UNIT_WORD if after and f"{after} ".startswith(f"{_plain(one.measure)} ") else 0
        says_share = spot.percent or spot.says_percent or _holds(words, _phrases()["share"])
        part = Part.VALUE if not one.is_share or says_share else Part.NUMERATOR
        if one.is_share != says_share:
            score *= 0.8
        if score >= _LEAST:
            found.append(Proposal(one.code, str(part), span, named, round(score, 2)))
    if "." in spot.name and spot.beside:
        found += [
            Proposal(code, str(Part.VALUE), str(Span.PERIOD), None, _LEAST + len(phrase))
            for code in Text.values
            if (phrase := next((p for p in _phrases()[code] if _plain(spot.beside[0]).endswith(p)), ""))
        ]
    found.sort(key=lambda p: (-p.score, p.code))
    return [one for one in found[:_MOST] if one.score > found[0].score / 2]


def sure(found: Sequence[Proposal]) -> Proposal | None:
    """The one that is clearly the likeliest."""
    if not found or (len(found) > 1 and found[0].score < found[1].score + _CLEARLY):
        return None
    return found[0]


def _fit(text: str, one: Measured) -> float:
    """How many letters of the longest phrase of an indicator a text holds, whole words only; its name counts by the
    words that both have."""
    best = max((len(p) for p in _phrases().get(one.code, ()) if f" {p} " in f" {text} "), default=0)
    name, said = set(_plain(one.name).split()), set(text.split())
    shared = len(name & said) / max(len(name), 1)
    return max(best / 2 + 1.5 if best else 0, 10 * shared if shared > 0.5 else 0)


def _holds(words: Sequence[str], phrases: Sequence[str]) -> bool:
    return any(f" {phrase} " in f" {text} " for text in words for phrase in phrases)


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    """The phrases of `phrases.txt`, plain, by the indicator, text or span that they ask for."""
    lines = (
        line.partition(":") for line in _FILE.read_text("utf-8").splitlines() if not line.startswith("#")
    )
    return {key: tuple(_plain(phrase) for phrase in rest.split(";")) for key, colon, rest in lines if colon}


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w%]+", " ", fold(text)).split())


def number_of(part: str, value: float | None, numerator: int | None, denominator: int | None) -> float | None:
    """The number that a part of a figure is; None where it is not known."""
    if part == Part.VALUE:
        return value
    if part == Part.NUMERATOR:
        return numerator
    if part == Part.DENOMINATOR:
        return denominator
    return None if numerator is None or denominator is None else denominator - numerator


def words_of(number: float, qualifier: str, *, percent: bool) -> str:
    """«hơn 1.037», «93,4», «93,4 %»."""
    return f"{qualifier}{vi_number(number)}{' %' if percent else ''}"
