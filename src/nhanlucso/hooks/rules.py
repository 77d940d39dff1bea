"""Which events of the log are told, when a notice is tried again, how it is signed; plain values only."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime, timedelta

from nhanlucso.hooks.enums import Happening

PING = "ping"  # sent by hand, to try whether it arrives
SECRET_PREFIX = "whsec_"  # noqa: S105 - what secrets begin with
VERBS = {
    "attendance.record": Happening.CLASS_HELD,
    "result.record": Happening.RESULTS_RECORDED,
    "sheet.import": Happening.IMPORT_DONE,
    "bundle.import": Happening.IMPORT_DONE,
    "report.submit": Happening.REPORT_SUBMITTED,
    "report.approve": Happening.REPORT_APPROVED,
    "report.accept": Happening.REPORT_ACCEPTED,
    "unit.restructure": Happening.UNITS_CHANGED,
}
TYPES = {  # kinds of records in the log -> rooms of the interface for programs
    "class_session": "sessions",
    "course_result": "results",
    "course": "courses",
    "report": "reports",
    "unit": "units",
}
SETTLING = timedelta(minutes=2)  # marks of a session come one by one: they are told of together
WAITS = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440)
)  # after the first try, the second …; then it is given up
MOST_TRIES = len(WAITS) + 1
LEASE = timedelta(minutes=2)  # while one worker is at it; a worker that was killed has lost it by then
KEPT = timedelta(days=90)
_ATTENDED = frozenset({Happening.CLASS_HELD, Happening.RESULTS_RECORDED})


def due_first(happening: str, at: datetime) -> datetime:
    """When a notice of something that happened is sent for the first time."""
    return at + SETTLING if happening in _ATTENDED else at


def due_again(tries: int, at: datetime) -> datetime | None:
    """When a notice is tried again that failed so many times; None: it is given up."""
    return at + WAITS[tries - 1] if tries < MOST_TRIES else None


def body_of(uid: str, happening: str, at: datetime, record: tuple[str, str], count: int) -> str:
    """What is sent: that something happened and to which record, nothing of what stands in it."""
    kind, written = record
    told = {
        "id": uid,
        "event": happening,
        "at": at.isoformat(),
        "object": {"type": TYPES.get(kind, kind), "id": written or None},
        "count": count,
    }
    return json.dumps(told, ensure_ascii=False)


def signature(secret: str, body: str, at: datetime) -> str:
    """«t=…,v1=…»: HMAC-SHA256 over time and body, so that an old notice cannot be sent again by somebody else."""
    moment = int(at.timestamp())
    digest = hmac.new(secret.encode(), f"{moment}.{body}".encode(), hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


def took(status: int) -> bool:
    """Whether the answer says that the notice was taken. An answer that points elsewhere does not."""
    return 200 <= status < 300
