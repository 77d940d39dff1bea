"""Days that options name."""

from __future__ import annotations

from datetime import date

from nhanlucso.kernel.clock import day_of
from nhanlucso.kernel.errors import Refused


def day_given(text: str | None) -> date | None:
    """The day of an option; None where it is not given. Raises Refused("bad_date")."""
    if not text:
        return None
    day = day_of(text)
    if day is None:
        raise Refused("bad_date", f"Không có ngày «{text}»; viết như 2024-09-14.")
    return day
