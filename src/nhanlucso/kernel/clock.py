"""Time as the product sees it: one zone, local dates, open-ended validity."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
EVER = date(1, 1, 1)  # an empty valid_from: since ever
ALWAYS = date(9999, 12, 31)  # an empty valid_to: still valid


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Today's local date."""
    return now().astimezone(ZONE).date()


def local_date(moment: datetime) -> date:
    """The local date of an aware moment."""
    return moment.astimezone(ZONE).date()
