"""Small words that several parts of a report share."""

from __future__ import annotations

from collections.abc import Iterable

from nhanlucso.reports.rules.content import Content, TargetLine
from nhanlucso.reports.rules.naming import kind_word


def number(content: Content, code: str) -> int:
    """The plain value of a figure of the period; 0 where there is none."""
    figure = content.figures.get(code)
    return int(figure.value or 0) if figure else 0


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def subject_of(content: Content) -> str:
    """«huyện», «xã»; other bodies by name."""
    return kind_word(content.body) if content.body.is_seat else content.body.name


def target_of(content: Content, code: str) -> TargetLine | None:
    """The first target of the year for an indicator."""
    return next((target for target in content.targets if target.code == code), None)


def ended(items: Iterable[str]) -> tuple[str, ...]:
    """Items of a list inside a sentence: each ends with a semicolon, the last with a full stop."""
    *rest, last = items
    return (*(f"{item};" for item in rest), f"{last}.")
