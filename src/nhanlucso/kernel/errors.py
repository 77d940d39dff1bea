"""The one exception for refused input: a code for programs, words for people, places for both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Detail:
    """Where something is wrong: file, 1-based line (header = 1), column, and what to do about it."""

    message: str
    file: str = ""
    line: int | None = None
    column: str = ""

    def as_json(self) -> dict[str, object]:
        return {k: v for k, v in asdict(self).items() if v not in ("", None)}

    def __str__(self) -> str:
        where = [
            self.file,
            f"dòng {self.line}" if self.line else "",
            f"cột «{self.column}»" if self.column else "",
        ]
        place = ", ".join(part for part in where if part)
        return f"{place}: {self.message}" if place else self.message


class Refused(Exception):
    """Input that cannot be taken. Nothing was written. `code` is stable, `message` is for people."""

    def __init__(self, code: str, message: str, details: Sequence[Detail] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = tuple(details)

    def as_json(self) -> dict[str, object]:
        return {
            "error": {
                "code": self.code,
                "message": self.message,
                "details": [detail.as_json() for detail in self.details],
            }
        }
