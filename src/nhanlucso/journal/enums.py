"""What acts do to rows, and what stands in the way of taking them back."""

from __future__ import annotations

from enum import StrEnum


class ChangeKind(StrEnum):
    """What an act did to a row."""

    CREATED = "created"
    CHANGED = "changed"
    REMOVED = "removed"


class ConflictKind(StrEnum):
    """Why a row cannot be as it was."""

    CHANGED = "changed"  # changed after the act
    GONE = "gone"  # removed after the act
    HANGS = "hangs"  # something made after the act belongs to a row that the act created
    MISSING = "missing"  # what the row belonged to is no longer there
    TAKEN = "taken"  # another row has its place
