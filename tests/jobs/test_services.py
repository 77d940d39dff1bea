"""Long work: begun, done, refused, stopped, failed; each ending is kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation
from django_tasks import task

from nhanlucso.access.models import Account
from nhanlucso.jobs import progress
from nhanlucso.jobs.models import Job
from nhanlucso.jobs.progress import Progress
from nhanlucso.jobs.services import Say, cancel, run_job, start
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused

pytestmark = pytest.mark.django_db


@task()
def nothing(job_id: str) -> None:
    """Stands for the work of a job that is begun and not yet run."""


def waiting() -> Job:
    return Job.objects.create(kind="test", title="Thử", created_at=now())


def finished(job: Job) -> Job:
    job.refresh_from_db()
    assert job.finished_at is not None
    assert progress.read(job.pk) == Progress()
    return job


def test_the_outcome_is_kept() -> None:
    job = waiting()

    def work(job: Job, say: Say) -> dict[str, Any]:
        say(3, 10, "Đọc tệp")
        assert progress.read(job.pk) == Progress(3, 10, "Đọc tệp")
        return {"rows": 10}

    run_job(job_id=str(job.pk), work=work)
    assert (finished(job).state, job.result) == ("done", {"rows": 10})


def test_a_job_runs_once() -> None:
    job = waiting()
    run_job(job_id=str(job.pk), work=lambda job, say: {"run": 1})
    run_job(job_id=str(job.pk), work=lambda job, say: {"run": 2})
    assert finished(job).result == {"run": 1}


def test_refused_input_is_kept_with_its_reason() -> None:
    job = waiting()

    def work(job: Job, say: Say) -> dict[str, Any]:
        raise Refused("bad_value", "Dòng 2: 31/02/1985 không có.")

    run_job(job_id=str(job.pk), work=work)
    assert finished(job).state == "refused"
    assert job.result["error"]["code"] == "bad_value"


def test_running_work_stops_when_asked(account: Account) -> None:
    job = waiting()

    def work(job: Job, say: Say) -> dict[str, Any]:
        cancel(job=job, by=account.pk, at=now())
        say(1, 2, "…")
        raise AssertionError("went on")

    run_job(job_id=str(job.pk), work=work)
    assert finished(job).state == "cancelled"


def test_waiting_work_never_begins_when_stopped() -> None:
    job = waiting()
    cancel(job=job, by=None, at=now())
    run_job(job_id=str(job.pk), work=lambda job, say: {"run": 1})
    assert (finished(job).state, job.result) == ("cancelled", {})


def test_a_fault_is_kept_as_failed_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    job = waiting()
    run_job(job_id=str(job.pk), work=lambda job, say: {"x": 1 // 0})
    assert finished(job).state == "failed"
    assert "ZeroDivisionError" in caplog.text


@pytest.fixture
def account() -> Account:
    return Account.objects.create(username="canbo")


@pytest.mark.parametrize(
    ("language", "said"), [("vi", "Có chỗ cần sửa"), ("en", "There is something to correct")]
)
def test_work_speaks_the_language_of_whoever_began_it(language: str, said: str) -> None:
    with translation.override(language):
        job = start(kind="test", title="Thử", task=nothing, arguments={"n": 1}, by=None, at=now())
    with translation.override(None):
        run_job(job_id=str(job.pk), work=lambda job, say: {"said": translation.gettext("Có chỗ cần sửa")})
    assert finished(job).result == {"said": said}
    assert job.arguments["n"] == 1
