"""Checks of what the product makes and does by itself: facts and long work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from nhanlucso.indicators.builds import facts_folder
from nhanlucso.indicators.engine.build import checksum
from nhanlucso.indicators.models import FactsBuild
from nhanlucso.jobs.enums import JobState
from nhanlucso.jobs.models import Job
from nhanlucso.upkeep.health.finding import BAD, OK, WARN, Finding
from nhanlucso.upkeep.places import data_folder

SILENCE = timedelta(minutes=15)  # a job that works speaks every few seconds


def facts() -> Finding:
    """The newest build lies on disk as it was written."""
    build = FactsBuild.objects.order_by("-pk").first()
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
    before = at - SILENCE
    running = Job.objects.filter(state=JobState.RUNNING, started_at__lt=before)
    left = sum(not _spoke_since(job, before) for job in running)
    waiting = Job.objects.filter(state=JobState.WAITING, created_at__lt=before).count()
    if not left and not waiting:
        return Finding("jobs", OK, "Không có việc nào bị bỏ dở.")
    found = f"{left} việc đang dở mà không có tiến trình nào làm; {waiting} việc chờ quá lâu."
    do = "Chạy nhanlucso serve (kèm tiến trình làm việc nền). Việc bị bỏ dở chưa ghi gì: hãy giao lại."
    return Finding("jobs", WARN, found, do, left + waiting)


def _spoke_since(job: Job, before: datetime) -> bool:
    """Whether the file in which work says how far it is was written since; looked at without making it."""
    try:
        changed = (data_folder() / "jobs" / f"{job.pk}.json").stat().st_mtime
    except OSError:
        return False
    return datetime.fromtimestamp(changed, UTC) >= before
