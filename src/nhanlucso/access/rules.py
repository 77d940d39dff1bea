"""Who may what: every role with its permissions, declared here and nowhere else."""

from __future__ import annotations

from nhanlucso.access.enums import Role
from nhanlucso.kernel.permissions import Permission as P

_LOOKING = frozenset({P.SEE_FIGURES, P.SEE_PLANS, P.SEE_PEOPLE, P.SEE_CLASSES, P.SEE_TEAMS})
_WORKING = _LOOKING | {
    P.EDIT_PEOPLE,
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
    Role.ADMINISTRATOR: _WORKING | {P.READ_AUDIT, P.OPERATE},
    Role.PLANNER: _LOOKING | {P.EDIT_PLANS, P.EDIT_CLASSES, P.EXPORT_LISTS, P.SUBMIT_REPORTS},
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
