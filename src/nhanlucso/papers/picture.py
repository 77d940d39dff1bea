"""The picture of one figure, to be sent on in chat groups: square, readable on a phone, never a name of a person."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import typst

from nhanlucso.kernel.text import clean
from nhanlucso.papers.pdf import embedded_fonts

SIDE = 1080  # pixels
_TEMPLATE = Path(__file__).with_name("picture.typ")


@dataclass(frozen=True, slots=True)
class Bar:
    """A unit below: its name, its value in words, how long its bar is (0 to 1; None: unknown)."""

    name: str
    value: str
    length: float | None


@dataclass(frozen=True, slots=True)
class FigureCard:
    """What stands on the picture, every word as it is to be read; what is empty is left out.

    `word`, `number`, `measure`: the value with its qualifier («hơn», «1.037», «lượt»); `notes`: below it;
    `length`, `target`: of the meter, 0 to 1; `state` (ok, warn or nothing) with its words; `foot`: as of when, product.
    """

    unit: str
    name: str
    period: str
    number: str
    word: str = ""
    measure: str = ""
    notes: tuple[str, ...] = ()
    length: float | None = None
    target: float | None = None
    target_words: str = ""
    state: str = ""
    state_words: str = ""
    bars_title: str = ""
    bars: tuple[Bar, ...] = ()
    foot: tuple[str, ...] = ()


def render_picture(card: FigureCard) -> bytes:
    """The picture as PNG, SIDE pixels wide and high. Raises FontsMissing before set-up."""
    words = json.dumps(_cleaned(asdict(card)), ensure_ascii=False)
    return typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        font_paths=embedded_fonts(),
        ignore_system_fonts=True,
        format="png",
        ppi=72.0,
        sys_inputs={"card": words},
    )


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(item) for item in value]
    return value
