"""What the daily work took away last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nhanlucso.audit.models import Event
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.upkeep.retention.registers import REGISTERS
from nhanlucso.upkeep.retention.sweeping import KIND, VERB


@dataclass(frozen=True, slots=True)
class Swept:
    """When a register was last looked through, and how many rows went."""

    at: datetime
    count: int


def last_swept(scope: Scope) -> dict[str, Swept]:
    """Register → the last time; nothing for who may neither read the log nor run the installation."""
    if not (scope.may(Permission.READ_AUDIT) or scope.may(Permission.OPERATE)):
        return {}
    rows = Event.objects.filter(verb=VERB, object_type=KIND).order_by("-pk")[: len(REGISTERS)]
    return {row.object_id: Swept(row.at, row.count) for row in reversed(rows)}
