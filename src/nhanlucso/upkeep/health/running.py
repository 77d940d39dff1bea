"""Checks of what the product makes and does by itself: facts and long work."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from nhanlucso.indicators.builds import facts_folder, newest_build
from nhanlucso.indicators.engine.build import checksum
from nhanlucso.jobs.enums import JobState
from nhanlucso.jobs.models import Job
from nhanlucso.jobs.queries import lost_jobs
from nhanlucso.jobs.rules import SILENCE
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.upkeep.health.finding import BAD, OK, WARN, Finding


def facts() -> Finding:
    """The newest build lies on disk as it was written."""
    build = newest_build()
    if build is None:
        return Finding("facts", OK, "Chưa dựng số liệu; sẽ tự dựng khi có người xem chỉ số.")
    folder = facts_folder() / build.name
    if not folder.is_dir():
        found = "Tệp số liệu không còn (như sau khi khôi phục); sẽ tự dựng lại khi có người xem chỉ số."
        return Finding(
            "facts", WARN, found, "Không phải làm gì; hoặc chạy nhanlucso figures để dựng ngay.", 1
        )
    if _checksum(folder) != build.checksum:
        return Finding("facts", BAD, "Tệp số liệu khác lúc được ghi.", f"Xóa «{folder}»; sẽ tự dựng lại.", 1)
    return Finding("facts", OK, "Tệp số liệu nguyên vẹn.")


def _checksum(folder: Path) -> str:
    try:
        return checksum(folder)
    except OSError:
        return ""


def jobs(at: datetime) -> Finding:
    """No work stands still: begun without a word since, or waiting for a worker that is not there."""
    left = len(lost_jobs(SYSTEM, at))
    waiting = Job.objects.filter(state=JobState.WAITING, created_at__lt=at - SILENCE).count()
    if not left and not waiting:
        return Finding("jobs", OK, "Không có việc nào bị bỏ dở.")
    found = f"{left} việc đang dở mà không có tiến trình nào làm; {waiting} việc chờ quá lâu."
    do = "Chạy nhanlucso serve (kèm tiến trình làm việc nền). Việc bị bỏ dở chưa ghi gì: hãy giao lại."
    return Finding("jobs", WARN, found, do, left + waiting)
