"""How often and for how long masked values may be seen whole."""

from __future__ import annotations

from datetime import timedelta

SHOWN_FOR = timedelta(minutes=5)  # on the page of the one person; then it is asked for anew
WITHIN = timedelta(hours=1)
MOST = 30  # people of one account within that time: work on single records, not a way to copy a list
