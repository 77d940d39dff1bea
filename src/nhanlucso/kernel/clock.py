"""Time as the product sees it: one zone, local dates, open-ended validity."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
EVER = date(1, 1, 1)  # an empty valid_from: since ever
ALWAYS = date(9999, 12, 31)  # an empty valid_to: still valid


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day_of(text: str) -> date | None:
    """The day that a text of the form 2024-09-14 names; None for any other text, and for one that names no day."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Today's local date."""
    return now().astimezone(ZONE).date()


def local_date(moment: datetime) -> date:
    """The local date of an aware moment."""
    return moment.astimezone(ZONE).date()
