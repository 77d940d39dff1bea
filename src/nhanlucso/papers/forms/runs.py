"""Texts that are spread over several elements: each change is made where its place begins, so that it looks like what
stood there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Atom = tuple[Any, str]
"""An element with the text that it shows."""


def rewritten(
    atoms: Sequence[Atom], changes: Sequence[tuple[int, int, str]], text_for: Callable[[Any], Any]
) -> list[Any]:
    """Puts values where stretches of a text are (start, end, value); the elements that they begin in. `text_for` puts
    a text element where another element shows something, such as a tab."""
    touched: list[Any] = []
    held = [[element, words] for element, words in atoms]
    starts = [0]
    for _element, words in atoms:
        starts.append(starts[-1] + len(words))
    for start, end, value in sorted(changes, reverse=True):  # from the last on: places before it stay
        left = value
        for place, one in enumerate(held):
            first = max(start - starts[place], 0)
            last = min(end - starts[place], starts[place + 1] - starts[place])
            if first < last:
                one[1] = one[1][:first] + left + one[1][last:]
                if left:
                    touched.append(place)
                left = ""
    for (element, before), one in zip(atoms, held, strict=True):
        if one[1] != before:
            one[0] = _set(element, one[1], text_for)
    return [held[place][0] for place in touched]


def _set(element: Any, words: str, text_for: Callable[[Any], Any]) -> Any:
    target = text_for(element)
    target.text = words
    target.set(SPACE, "preserve")
    return target


def fitted(value: str, before: str) -> str:
    """A text in the case of the one that it takes the place of: «NĂM 2024», «Năm 2024»."""
    letters = [letter for letter in before if letter.isalpha()]
    if len(letters) > 1 and all(letter.isupper() for letter in letters):
        return value.upper()
    return value[:1].upper() + value[1:] if before[:1].isupper() else value
