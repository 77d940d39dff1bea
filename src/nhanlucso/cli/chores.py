"""What `serve` and `tend` do from time to time with several rooms at once."""

from __future__ import annotations

from datetime import datetime

from nhanlucso.exchange.lists.expiry import forget_old
from nhanlucso.upkeep.retention.registers import keep
from nhanlucso.upkeep.retention.sweeping import sweep_registers
from nhanlucso.upkeep.rotation.rotating import retire_old_keys


def swept(at: datetime) -> dict[str, int]:
    """Takes away what is past its time in every register, and keys that nothing needs: code → how many rows."""
    retire_old_keys(by=None, at=at)
    return sweep_registers(at, {"imports": lambda moment: forget_old(moment - keep("imports"), moment)})
