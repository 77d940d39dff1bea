"""The few means all charts share: elements with everything escaped, scales, text that fits.

Positions along x are percentages of the width and y is in pixels, so a drawing fills any width while its
text keeps its size. No `style` attributes: the content security policy refuses them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, isfinite, log10
from xml.sax.saxutils import escape, quoteattr

from nhanlucso.kernel.numbers import Number
from nhanlucso.web.kit.wording import number, percent

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LETTER = 0.56  # mean width of a letter of Be Vietnam Pro, in em


def text_of(value: object) -> str:
    """Text made safe for XML."""
    return escape(_ILLEGAL.sub("", str(value)))


def element(name: str, *children: str, **attributes: object) -> str:
    """An element; children are markup, attributes are escaped, `class_` is class, `_` in names is `-`."""
    parts = [name]
    for key, value in attributes.items():
        if value is not None:
            word = key.rstrip("_").replace("_", "-")
            parts.append(f"{word}={quoteattr(_ILLEGAL.sub('', coordinate(value)))}")
    head = " ".join(parts)
    return f"<{head}>{''.join(children)}</{name}>" if children else f"<{head}/>"


def coordinate(value: object) -> str:
    """A number with two decimals at most; anything else as it is."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def share_of(position: float) -> str:
    """A position or length as a percentage of the width."""
    return coordinate(round(position, 2)) + "%"


def label(words: str, x: object, y: float, class_: str, anchor: str | None = None) -> str:
    """One line of text; y is the baseline."""
    return element("text", text_of(words), x=x, y=y, class_=class_, text_anchor=anchor)


def drawing(
    title: str,
    description: str,
    height: float,
    body: Iterable[str],
    *,
    linked: bool = False,
    box_width: float | None = None,
) -> str:
    """The whole drawing, named and described for a screen reader.

    A picture hides its children from assistive technology; one that holds links is a group instead. With
    `box_width` the drawing scales as a whole in a box of that width, as a map must.
    """
    return element(
        "svg",
        element("title", text_of(title)),
        element("desc", text_of(description)),
        *body,
        xmlns="http://www.w3.org/2000/svg",
        class_="plot" if box_width is None else "plot map",
        role="group" if linked else "img",
        width="100%",
        height=height if box_width is None else None,
        viewBox=None if box_width is None else f"0 0 {coordinate(box_width)} {coordinate(height)}",
    )


def link(href: str | None, *children: str) -> str:
    """The children inside a link, or inside a plain group without an address."""
    return element("a", *children, href=href) if href else element("g", *children)


@dataclass(frozen=True)
class Scale:
    """Values low…high laid out on 0…100 % of the width; `ticks` are round values for the axis."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def at(self, value: Number) -> float:
        """The position of a value in percent, held inside the drawing."""
        return min(100.0, max(0.0, 100 * (float(value) - self.low) / (self.high - self.low)))


def scale_from_zero(values: Iterable[Number | None], unit: str) -> Scale:
    """A scale that holds zero and all values; shares run to 100 at least."""
    known = [float(value) for value in values if value is not None and isfinite(value)]
    if unit == "%":
        known.append(100.0)
    low, high = min([0.0, *known]), max([0.0, *known])
    if high == low:
        high = 1.0
    step = _round_step((high - low) / 3)
    first, last = floor(low / step), -floor(-high / step)
    ticks = tuple(step * index for index in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], ticks)


def _round_step(raw: float) -> float:
    power: float = 10.0 ** floor(log10(raw))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw * 0.999)


def said(value: Number | None, unit: str) -> str:
    """A value as its label shows it; the unit word of counts stands in the title."""
    return percent(value) if unit == "%" else number(value)


def said_with_range(value: Number | None, low: Number | None, high: Number | None, unit: str) -> str:
    """A value with its interval in brackets where there is one."""
    if low is None or high is None or low == value == high:
        return said(value, unit)
    return f"{said(value, unit)} ({said(low, unit)} – {said(high, unit)})"


def text_width(words: str, size: float) -> float:
    """Estimated width of a line of text in the unit of `size`."""
    return len(words) * size * _LETTER


def fitted(words: str, letters: int, lines: int = 2) -> list[str]:
    """The words broken into at most `lines` lines of `letters`; what does not fit ends in an ellipsis."""
    found = [""]
    for word in words.split():
        joined = f"{found[-1]} {word}".strip()
        if len(joined) <= letters or not found[-1]:
            found[-1] = joined
        else:
            found.append(word)
    if len(found) > lines:
        found = [*found[: lines - 1], " ".join(found[lines - 1 :])]
    return [line if len(line) <= letters else line[: letters - 1].rstrip() + "…" for line in found]
