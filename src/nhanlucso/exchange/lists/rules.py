"""What was said about a list, as plain values: which of it a kept reading already takes into account."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

NEW, SKIP = "new", "skip"
Key = tuple[str, int]  # sheet, row
Decision = Sequence[str | int]  # sheet, row, choice


def fingerprint(said: Mapping[str, object]) -> str:
    """The same for the same things said, whatever their order in a mapping."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:32]


def decided(decisions: Iterable[Decision]) -> dict[Key, str]:
    """What is decided of each row; the last word counts."""
    return {(str(sheet), int(row)): str(choice) for sheet, row, choice in decisions}


def with_decision(decisions: Iterable[Decision], key: Key, choice: str) -> list[list[str | int]]:
    """The decisions with this one as the last; an empty choice takes back what was said of the row."""
    rest = [[sheet, row, said] for sheet, row, said in decisions if (sheet, row) != key]
    return [*rest, [*key, choice]] if choice else rest


def in_force(decisions: Iterable[Decision], rows: Iterable[Key], left: Iterable[Key]) -> dict[Key, str]:
    """The decisions that a plan takes. After a writing (`left` not empty) all that was settled then is passed over."""
    said, open_rows = decided(decisions), set(left)
    if not open_rows:
        return said
    passed = {key: SKIP for key in rows if key not in open_rows}
    return passed | {key: choice for key, choice in said.items() if key in open_rows}
