"""What `serve` and `tend` do from time to time with several rooms at once."""

from __future__ import annotations

from datetime import datetime

from nhanlucso.exchange.lists.expiry import drop_lost, forget_old
from nhanlucso.hooks.sending import forget_old as forget_notices
from nhanlucso.upkeep.orphans import sweep
from nhanlucso.upkeep.retention.registers import keep
from nhanlucso.upkeep.retention.sweeping import is_due, sweep_registers
from nhanlucso.upkeep.rotation.rotating import retire_old_keys


def swept(at: datetime) -> dict[str, int]:
    """Once a day, takes away what is past its time in every register, and keys that nothing needs: code → how many
    rows. Nothing where the last time is less than a day ago."""
    if not is_due(at):
        return {}
    retire_old_keys(by=None, at=at)
    forget_notices(at)
    return sweep_registers(at, {"imports": lambda moment: forget_old(moment - keep("imports"), moment)})


def cleared(at: datetime) -> int:
    """Takes away what processes left that were killed, and transactions that failed: how many files and folders."""
    return sweep(at) + drop_lost(at)
