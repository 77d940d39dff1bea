"""Which figure the words around a blank ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nhanlucso.forms.enums import Part, Span, Text
from nhanlucso.forms.rules.naming import plain_words as _plain
from nhanlucso.papers.forms import BLANK, DAY, NUMBER, PERIOD, Spot

_FILE = Path(__file__).parents[1] / "phrases.txt"

_LEAST, _CLEARLY, _UNIT_WORD = 4.0, 1.5, 4.0
_MOST = 5
_SIGNED = (re.compile(r"(?:^|\b)(?:ngay|thang)\|"), re.compile(r"\bnam\|$"), re.compile(r"\|ngay$"))


@dataclass(frozen=True, slots=True)
class Measured:
    """What the words of a blank are compared with: an indicator's code, name and unit word, whether it is a share."""

    code: str
    name: str
    measure: str
    is_share: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A figure that may belong in a blank, with how well the words fit: of whoever fills the form in, or, if `named`,
    of the unit that the row or column names."""

    code: str
    part: str = Part.VALUE
    span: str = Span.PERIOD
    named: bool = False
    score: float = 0.0


def proposals(spot: Spot, measured: Sequence[Measured], names_unit: Callable[[str], bool]) -> list[Proposal]:
    """Figures that the words around a blank may ask for, the likeliest first; none where they say nothing.
    `names_unit`: whether a word is the name of a unit."""
    if spot.kind in (PERIOD, DAY):
        return [Proposal(str(Text.PERIOD if spot.kind == PERIOD else Text.DATE), score=_LEAST)]
    if is_given(spot):
        return []
    words = [_plain(text) for text in (*spot.beside, *spot.above)]
    span = next((str(s) for s in Span if _holds(words, _phrases().get(s, ()))), str(Span.PERIOD))
    named = any(names_unit(word) for word in (*spot.beside, *spot.above))
    found = [
        Proposal(one.code, str(part), span, named, score)
        for one in measured
        for part, score in [_scored(spot, words, one)]
        if score >= _LEAST
    ]
    if spot.before and spot.kind != NUMBER:
        found += [
            Proposal(code, score=_LEAST + len(phrase))
            for code in Text.values
            if (phrase := next((p for p in _phrases().get(code, ()) if _plain(spot.before).endswith(p)), ""))
        ]
    found.sort(key=lambda p: (-p.score, p.code))
    return [one for one in found[:_MOST] if one.score > found[0].score / 2]


def _scored(spot: Spot, words: Sequence[str], one: Measured) -> tuple[Part, float]:
    """Which part of an indicator a blank may ask for, and how well it fits."""
    weights = [1.0, 0.9, *[0.6] * len(words)]
    after = _plain(spot.after)
    score = max((w * _fit(text, one) for text, w in zip(words, weights, strict=False)), default=0.0)
    score += _UNIT_WORD if after and f"{after} ".startswith(f"{_plain(one.measure)} ") else 0
    says_share = spot.percent or spot.says_percent or _holds(words, _phrases()["share"])
    part = Part.VALUE if not one.is_share or says_share else Part.NUMERATOR
    return part, round(score * (0.8 if one.is_share != says_share else 1), 2)


def is_given(spot: Spot) -> bool:
    """Whether a blank is not for figures: a column of notes or of what the superior sets, a day that whoever signs
    writes."""
    heads = [_plain(text) for text in spot.above]
    if set(heads) & set(_phrases()["notes"]) or _holds(heads, _phrases()["given"]):
        return True
    around = f"{_plain(spot.before)}|{_plain(spot.after)}"
    return spot.kind == BLANK and any(one.search(around) for one in _SIGNED)


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


def _holds(words: Iterable[str], phrases: Sequence[str]) -> bool:
    return any(f" {phrase} " in f" {text} " for text in words for phrase in phrases)


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    """The phrases of `phrases.txt`, plain, by the indicator, text or span that they ask for."""
    lines = (
        line.partition(":") for line in _FILE.read_text("utf-8").splitlines() if not line.startswith("#")
    )
    return {key: tuple(_plain(phrase) for phrase in rest.split(";")) for key, colon, rest in lines if colon}
