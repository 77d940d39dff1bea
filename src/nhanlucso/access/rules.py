"""Who may what: every role with its permissions, declared here and nowhere else."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

from nhanlucso.access.enums import Role
from nhanlucso.kernel.permissions import Permission as P

_LOOKING = frozenset({P.SEE_FIGURES, P.SEE_PLANS, P.SEE_PEOPLE, P.SEE_CLASSES, P.SEE_TEAMS})
_WORKING = _LOOKING | {
    P.EDIT_PEOPLE,
    P.MERGE_PEOPLE,
    P.EDIT_UNITS,
    P.EDIT_PLANS,
    P.EDIT_CLASSES,
    P.RECORD_ATTENDANCE,
    P.RECORD_RESULTS,
    P.EDIT_TEAMS,
    P.LOG_ASSISTS,
    P.IMPORT_LISTS,
    P.EXPORT_LISTS,
    P.SUBMIT_REPORTS,
    P.MANAGE_ACCOUNTS,
}

ALLOWED: dict[Role, frozenset[P]] = {
    # Who runs the installation does not sign for others: approving is not among it.
    Role.ADMINISTRATOR: _WORKING | {P.READ_AUDIT, P.COMPOSE_INDICATORS, P.OPERATE},
    Role.PLANNER: _LOOKING
    | {
        P.EDIT_PLANS,
        P.EDIT_CLASSES,
        P.EXPORT_LISTS,
        P.SUBMIT_REPORTS,
        P.COMPOSE_INDICATORS,
    },
    Role.OFFICER: _WORKING,
    Role.APPROVER: _LOOKING | {P.APPROVE_REPORTS, P.EXPORT_LISTS},
    Role.TRAINER: frozenset({P.SEE_CLASSES, P.RECORD_ATTENDANCE, P.RECORD_RESULTS}),
    Role.TEAM_MEMBER: frozenset({P.LOG_ASSISTS}),
    Role.LEARNER: frozenset(),  # their own records only
    Role.ENTERPRISE: frozenset(
        {P.SEE_FIGURES, P.SEE_PEOPLE, P.SEE_CLASSES, P.EDIT_PEOPLE, P.IMPORT_LISTS, P.EXPORT_LISTS}
    ),
    Role.VIEWER: _LOOKING,
    Role.AUDITOR: _LOOKING | {P.READ_AUDIT, P.EXPORT_LISTS},
}

LIGHT = frozenset({Role.TEAM_MEMBER, Role.LEARNER})
"""Roles that only add their own records: a card with a QR code and a PIN is enough to sign in for them."""

ENTRUSTS: dict[Role, frozenset[Role]] = {
    Role.ADMINISTRATOR: frozenset(Role),
    Role.OFFICER: frozenset(
        {Role.OFFICER, Role.TRAINER, Role.TEAM_MEMBER, Role.LEARNER, Role.ENTERPRISE, Role.VIEWER}
    ),
}
"""Which roles somebody may entrust to others, below the units of their own assignment."""

NEEDS_UNIT = frozenset({Role.TEAM_MEMBER, Role.LEARNER, Role.ENTERPRISE})
"""Roles that mean nothing without a unit."""

NEVER_LENT = frozenset({P.MANAGE_ACCOUNTS})
"""What stays with the lender: nobody entrusts to others what was only lent to them."""

LENT_AT_MOST = timedelta(days=92)
INVITE_LASTS = timedelta(days=14)
RESET_LASTS = timedelta(days=3)
LOCK_AFTER = 5  # failures in a row, of a password or a PIN
LOCK_FOR = timedelta(minutes=15)
PIN_LENGTH = 6
IDLE_OFF = timedelta(days=45)  # an account that nobody used for so long is shut
IDLE_WARN = timedelta(days=30)  # whoever administers it is told from then on


def username_is_written_right(username: str) -> bool:
    """3 to 30 letters without marks, digits, dots, dashes: typed alike on every keyboard."""
    return re.fullmatch(r"[a-z0-9][a-z0-9._-]{2,29}", username) is not None


def pin_is_written_right(pin: str) -> bool:
    """Six digits."""
    return len(pin) == PIN_LENGTH and pin.isascii() and pin.isdigit()


def pin_is_easy(pin: str) -> bool:
    """Whether a PIN is among the first that anybody would try: few digits, or digits in a row."""
    steps = {int(later) - int(earlier) for earlier, later in pairwise(pin)}
    return len(set(pin)) < 3 or steps in ({1}, {-1})


def half_of(day: date) -> str:
    """The calendar half-year of a day: 2026-H1."""
    return f"{day.year:04d}-H{1 if day.month <= 6 else 2}"
