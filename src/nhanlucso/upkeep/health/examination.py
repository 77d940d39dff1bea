"""All checks, in their order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError

from nhanlucso.audit.chain import Anchor
from nhanlucso.upkeep.health import database, folder, log, records, running
from nhanlucso.upkeep.health.finding import BAD, Finding

Check = Callable[[], Finding]


def examine(at: datetime, anchor: Anchor | None = None) -> list[Finding]:
    """What every check finds. Records are looked at only in a database that can be read and is of this
    version. `anchor`: a seal of the log that was noted elsewhere."""
    findings = [
        _tried("keys", folder.key_files),
        _tried("data_folder", folder.writable),
        database.reachable(),
    ]
    if findings[-1].state == BAD:
        return findings
    version = _tried("migrations", database.up_to_date)
    findings += [version, _tried("integrity", database.sound)]
    if version.state == BAD:
        return findings
    checks: dict[str, Check] = {
        "guards": database.guarded,
        "log": lambda: log.chained(anchor),
        "units.overlaps": records.overlaps,
        "units.parents": records.parents,
        "units.cycles": records.cycles,
        "posts": records.posts,
        "teams": records.teams,
        "identity": records.identity,
        "uploads": folder.uploads,
        "orphans": lambda: folder.loose_files(at),
        "facts": running.facts,
        "jobs": lambda: running.jobs(at),
    }
    return findings + [_tried(name, check) for name, check in checks.items()]


def _tried(name: str, check: Check) -> Finding:
    """A check that cannot be carried out is a finding too."""
    try:
        return check()
    except (DatabaseError, OSError, ValueError, TypeError) as problem:
        do = "Sửa các lỗi nêu ở trên trước; nếu vẫn còn, khôi phục bản sao lưu gần nhất vào chỗ trống."
        return Finding(name, BAD, f"Không kiểm tra được: {problem}", do)
