"""When a target counts as reached; plain values."""

from __future__ import annotations


def reached(value: float, target: float, comparator: str) -> bool:
    """Whether a value meets its target. A plan that names no comparator means «at least»."""
    if comparator == "over":
        return value > target
    if comparator == "under":
        return value < target
    if comparator == "at_most":
        return value <= target
    return value >= target


def distance(value: float, target: float, comparator: str) -> float:
    """How far the value is from the target, never below 0; 0 is not yet «over» or «under»."""
    gap = value - target if comparator in ("under", "at_most") else target - value
    return max(0.0, gap)
