"""Work whose process was killed is taken up by whoever looks next; nothing waits for a clock."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from nhanlucso.jobs import progress
from nhanlucso.jobs.models import Job
from nhanlucso.jobs.progress import Running
from nhanlucso.jobs.queries import lost_jobs
from nhanlucso.jobs.rules import MOST_BEGUN, SILENCE
from nhanlucso.jobs.services import run_job, start, tidy
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.scope import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)


@task()
def counted(job_id: str) -> None:
    """Work that can be begun again."""
    run_job(job_id=job_id, work=lambda job, say: {"begun": job.arguments["begun"]})


def begun() -> Job:
    return start(kind="test", title="Thử", task=counted, arguments={}, by=None, at=now())


def killed(job: Job) -> None:
    """As a worker leaves it that took the job from the queue, began, and was killed: a sign that nobody holds."""
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=now() - timedelta(minutes=1))
    Job.objects.filter(pk=job.pk).update(state="running", started_at=now())
    sign = progress._life(job.pk)
    sign.parent.mkdir(parents=True, exist_ok=True)
    sign.write_text(json.dumps({"account": None, "title": "Thử", "since": now().isoformat()}))


def queued() -> int:
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY).count()


def test_killed_work_is_begun_again_at_once_and_not_for_ever() -> None:
    job = begun()
    for time in range(1, MOST_BEGUN + 1):
        killed(job)
        assert progress.working(now()) == []
        tidy(by=None, at=now())
        job.refresh_from_db()
        assert (job.state, job.arguments["begun"], queued()) == ("waiting", time, 1)
    killed(job)
    tidy(by=None, at=now())
    job.refresh_from_db()
    assert (job.state, job.result["error"]["code"], queued()) == ("failed", "worker_lost", 0)


def test_what_is_begun_again_ends_as_ever() -> None:
    job = begun()
    killed(job)
    tidy(by=None, at=now())
    counted.call(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"begun": 1})


def test_work_that_was_to_stop_is_not_begun_again() -> None:
    job = begun()
    killed(job)
    progress.ask_to_stop(job.pk)
    tidy(by=None, at=now())
    job.refresh_from_db()
    assert (job.state, queued()) == ("cancelled", 0)


@pytest.mark.parametrize("fate", ["never queued", "taken and not begun"])
def test_a_lost_place_in_the_queue_is_given_again(fate: str) -> None:
    job = begun()
    Job.objects.filter(pk=job.pk).update(created_at=now() - timedelta(minutes=1))
    if fate == "never queued":
        DBTaskResult.objects.all().delete()
    else:
        DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=now() - timedelta(minutes=1))
    for _ in range(2):
        tidy(by=None, at=now())
        assert queued() == 1


def test_work_that_somebody_is_at_is_left_alone() -> None:
    job = begun()

    def look(job: Job, say: Any) -> dict[str, Any]:
        assert lost_jobs(SYSTEM, now() + SILENCE / 2) == []
        tidy(by=None, at=now())
        job.refresh_from_db()
        return {"state": job.state}

    run_job(job_id=str(job.pk), work=look)
    job.refresh_from_db()
    assert job.result == {"state": "running"}


def test_files_of_processes_that_are_gone_are_swept(data_folder: Path) -> None:
    folder = data_folder / "jobs"
    with progress.alive(Running(uuid4(), None, "Dựng số liệu", now())):
        (held,) = folder.iterdir()
        (folder / f"{uuid4()}.run").write_text("{}")
        young = folder / f"{uuid4()}.json.123"
        young.write_text("{")
        tidy(by=None, at=now())
        assert sorted(folder.iterdir()) == sorted([held, young])
        progress.sweep([], now() + timedelta(seconds=1))
        assert list(folder.iterdir()) == []
