"""Long work: begun, done, refused, stopped, failed; each ending is kept."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import translation
from django_tasks import task

from nhanlucso.access.models import Account
from nhanlucso.access.queries import scope_of
from nhanlucso.jobs import progress
from nhanlucso.jobs.enums import JobState
from nhanlucso.jobs.models import Job
from nhanlucso.jobs.progress import Progress
from nhanlucso.jobs.queries import may_restart
from nhanlucso.jobs.services import Say, cancel, restart, run_job, shown, start
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.kernel.stopping import steadily

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


def test_a_busy_database_is_kept_as_what_it_is() -> None:
    job = waiting()

    def work(job: Job, say: Say) -> dict[str, Any]:
        raise OperationalError("database is locked")

    run_job(job_id=str(job.pk), work=work)
    assert finished(job).result["error"]["code"] == "busy"


def test_work_gives_signs_of_life_while_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "BEAT", 0.01)
    job, signs = waiting(), list[datetime | None]()

    def work(job: Job, say: Say) -> dict[str, Any]:
        life = progress._life(job.pk)
        os.utime(life, (0, 0))
        while (sign := progress.last_sign(job.pk)) is None or sign.year < 2000:
            signs.append(sign)
        assert [running.job for running in progress.working(now())] == [job.pk]
        return {}

    run_job(job_id=str(job.pk), work=work)
    assert finished(job).state == "done"
    assert progress.last_sign(job.pk) is None
    assert progress.working(now()) == []


def test_a_finished_job_finds_out_what_others_left_behind_and_drops_the_oldest() -> None:
    lost = Job.objects.create(
        kind="test",
        title="Bỏ dở",
        state="running",
        created_at=now(),
        started_at=now() - timedelta(minutes=16),
    )
    old = Job.objects.create(kind="test", title="Cũ", state="done", created_at=now() - timedelta(days=91))
    young = Job.objects.create(kind="test", title="Mới", state="done", created_at=now() - timedelta(days=89))
    run_job(job_id=str(waiting().pk), work=lambda job, say: {})
    lost.refresh_from_db()
    assert (lost.state, lost.result["error"]["code"]) == ("failed", "worker_lost")
    assert not Job.objects.filter(pk=old.pk).exists()
    assert Job.objects.filter(pk=young.pk).exists()


def test_only_repeatable_work_that_has_no_outcome_runs_again(account: Account) -> None:
    job = start(
        kind="test", title="Thử", task=nothing, arguments={"n": 1}, by=account.pk, at=now(), repeatable=True
    )
    scope = scope_of(account)
    assert not may_restart(scope, job)
    job.state = JobState.FAILED
    assert not may_restart(SYSTEM, job)
    made = restart(job=job, by=scope, at=now())
    assert (made.pk == job.pk, made.state, made.arguments) == (False, "waiting", job.arguments)
    other = start(kind="test", title="Thử", task=nothing, arguments={}, by=account.pk, at=now())
    other.state = JobState.FAILED
    with pytest.raises(Refused) as refusal:
        restart(job=other, by=scope, at=now())
    assert refusal.value.code == "not_repeatable"


def test_work_beside_a_page_is_kept_only_if_it_took_long() -> None:
    with shown(kind="facts.build", title="Dựng số liệu", by=None, at=now()):
        pass
    assert not Job.objects.exists()
    with shown(kind="facts.build", title="Dựng số liệu", by=None, at=now() - timedelta(seconds=6)):
        pass
    assert Job.objects.get().state == "done"
    with (
        pytest.raises(ZeroDivisionError),
        shown(kind="x", title="Hỏng", by=None, at=now() - timedelta(hours=1)),
    ):
        1 // 0  # noqa: B018
    assert Job.objects.get(kind="x").state == "failed"


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


def test_work_is_stopped_between_two_rows() -> None:
    """Loops ask every some hundred rows, without knowing of jobs; outside of jobs nothing is asked."""
    job, done = waiting(), []

    def work(job: Job, say: Say) -> dict[str, Any]:
        for number in steadily(range(10_000)):
            done.append(number)
            if number == 700:
                cancel(job=job, by=None, at=now())
        return {"rows": len(done)}

    run_job(job_id=str(job.pk), work=work)
    assert (finished(job).state, job.result) == ("cancelled", {})
    assert len(done) == 1_000
    assert len(list(steadily(range(1_200)))) == 1_200
