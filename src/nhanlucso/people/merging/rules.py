"""Which of two rows stays where only one may, and which of two people a field is taken from; plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]

KEPT, GONE = "kept", "gone"
FIELDS: dict[str, tuple[str, ...]] = {
    "full_name": ("full_name", "name_folded", "name_key"),
    "birth": ("birth",),
    "sex": ("sex",),
    "national_id": ("national_id_hash", "national_id_cipher"),
    "phone": ("phone",),
    "email": ("email",),
}
"""What is chosen of a person: field → its columns, the telling one first."""


def taken_from(kept: Row, gone: Row, choices: Mapping[str, str]) -> dict[str, Any]:
    """The columns that change on the person who stays: what was chosen, else what was not known of them."""
    changed: dict[str, Any] = {}
    for field, columns in FIELDS.items():
        choice = choices.get(field) or (KEPT if kept[columns[0]] else GONE)
        if choice == GONE and kept[columns[0]] != gone[columns[0]]:
            changed |= {name: gone[name] for name in columns}
    return changed


def stays(kept: Row, gone: Row, weightier: Mapping[str, Sequence[str]]) -> str:
    """Whose row stays (KEPT or GONE) where only one may: the one that says the weightier word, else the one valid
    longer, else the one of which more is known, else that of the person who stays.

    weightier: column → its values, the weightiest first.
    """
    return GONE if _weight(gone, weightier) > _weight(kept, weightier) else KEPT


def _weight(row: Row, weightier: Mapping[str, Sequence[str]]) -> tuple[Any, ...]:
    said = [
        -list(order).index(row[column]) if row[column] in order else -99
        for column, order in weightier.items()
    ]
    known = sum(value not in (None, "") for value in row.values())
    return (*said, str(row.get("valid_to", "")), known)


def twins(one: Row, other: Row, aside: frozenset[str]) -> bool:
    """Whether two rows say the same but for these columns."""
    return all(value == other[name] for name, value in one.items() if name not in aside)
