"""What is said of a person in a course: plain values."""

from __future__ import annotations

from datetime import date

HIGHEST = 10


def state_of(completed_at: date | None, passed: bool | None) -> str:
    """How far somebody got (a value of ResultState). A verdict without a day of completion stands as it is told."""
    if passed is not None:
        return "passed" if passed else "failed"
    return "enrolled" if completed_at is None else "completed"


def told(state: str, day: date) -> tuple[date | None, date | None, bool | None]:
    """The day of enrolment, that of completion and the verdict which a state reached on a day says."""
    if state == "enrolled":
        return day, None, None
    return None, day, {"passed": True, "failed": False}.get(state)


def score_fits(score: float | None) -> bool:
    """Whether a score stands on the scale from 0 to 10; unknown does."""
    return score is None or 0 <= score <= HIGHEST
