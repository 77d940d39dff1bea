"""Long work as pages: the list, one job, stopping, doing it again, what was left behind."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks import task

from nhanlucso.access.models import Account
from nhanlucso.jobs import progress
from nhanlucso.jobs.models import Job
from nhanlucso.jobs.progress import Progress, Running
from nhanlucso.jobs.services import shown
from nhanlucso.kernel.clock import now
from tests.factories import records as r

pytestmark = pytest.mark.django_db


@task()
def again(job_id: str) -> None:
    """Stands for the work of a job that can be done again."""


def job(account: Account | None, state: str = "done", **given: Any) -> Job:
    at = now() - timedelta(hours=1)
    fields = {"kind": "test", "title": "Nhập danh sách.xlsx", "created_at": at, **given}
    if state != "waiting":
        fields.setdefault("started_at", at)
    return Job.objects.create(account=account, state=state, **fields)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA = tmp_path
    return tmp_path / "jobs"


@pytest.fixture
def operator(world: Any, signed_in: Callable[[Any], Client]) -> Client:
    return signed_in(r.make_account("quan-tri", "administrator"))


def alive(job: Job) -> Any:
    return progress.alive(Running(job.pk, job.account_id, job.title, now()))


def test_what_runs_stands_first_with_its_progress(world: Any, officer: Client) -> None:
    job(world.officer, title="Đã xong từ trước", created_at=now())
    running = job(world.officer, "running", title="Nhập gói.zip")
    with alive(running):
        progress.say(running.pk, Progress(300, 1200, "Ghi hồ sơ"))
        page = officer.get("/viec/").content.decode()
    assert page.index("Nhập gói.zip") < page.index("Đã xong từ trước")
    assert "Ghi hồ sơ: 300 trên 1.200" in page
    assert 'max="1200" value="300"' in page


def test_one_sees_ones_own_and_an_operator_all(world: Any, officer: Client, operator: Client) -> None:
    mine, other = job(world.officer), job(world.viewer, title="Việc của người khác")
    page = officer.get("/viec/").content.decode()
    assert mine.title in page
    assert other.title not in page
    assert officer.get(f"/viec/{other.pk}/").status_code == 404
    everybody = operator.get("/viec/").content.decode()
    assert other.title in everybody
    assert "nguoi-xem" in everybody
    assert other.title not in operator.get("/viec/?of=me").content.decode()
    assert operator.get(f"/viec/{other.pk}/").status_code == 200
    assert operator.post(f"/viec/{other.pk}/chay-lai/").status_code == 404


def test_the_list_asks_again_only_while_something_is_open(world: Any, officer: Client) -> None:
    ended = job(world.officer)
    assert "every 2s" not in officer.get("/viec/").content.decode()
    with alive(job(world.officer, "running")):
        whole = officer.get("/viec/").content.decode()
        part = officer.get("/viec/", headers={"HX-Request": "true"}).content.decode()
    assert "every 2s" in part
    assert part.strip() in whole
    assert "every 1s" not in officer.get(f"/viec/{ended.pk}/").content.decode()


def test_an_error_is_kept_with_how_to_mend_it(world: Any, officer: Client) -> None:
    error = {"error": {"code": "busy", "message": "Cơ sở dữ liệu đang bận.", "details": []}}
    failed = job(world.officer, "failed", result=error)
    assert "Cơ sở dữ liệu đang bận." in officer.get("/viec/").content.decode()
    page = officer.get(f"/viec/{failed.pk}/").content.decode()
    assert "Cơ sở dữ liệu đang bận." in page
    assert "Chạy lại" not in page


def test_work_of_a_killed_worker_is_found_out(world: Any, officer: Client) -> None:
    lost = job(world.officer, "running", started_at=now() - timedelta(minutes=16))
    page = officer.get(f"/viec/{lost.pk}/").content.decode()
    assert "Không còn tiến trình nào" in page
    assert "every 1s" not in page
    assert "Bị bỏ dở" in officer.get("/viec/").content.decode()
    lost.refresh_from_db()
    assert lost.state == "running"  # looking changes nothing
    assert "dừng giữa chừng" in officer.post(f"/viec/{lost.pk}/dung/", follow=True).content.decode()
    lost.refresh_from_db()
    assert (lost.state, lost.result["error"]["code"]) == ("failed", "worker_lost")


def test_work_that_gives_signs_of_life_is_left_alone(world: Any, officer: Client) -> None:
    long = job(world.officer, "running", started_at=now() - timedelta(hours=3))
    with alive(long):
        assert "every 1s" in officer.get(f"/viec/{long.pk}/").content.decode()
    long.refresh_from_db()
    assert long.state == "running"


def test_a_failed_job_runs_again_where_that_is_safe(world: Any, officer: Client, viewer: Client) -> None:
    failed = job(world.officer, "failed", arguments={"task": again.module_path, "n": 7})
    assert "Chạy lại" in officer.get(f"/viec/{failed.pk}/").content.decode()
    answer = officer.post(f"/viec/{failed.pk}/chay-lai/")
    made = Job.objects.exclude(pk=failed.pk).get()
    assert answer.headers["Location"] == f"/viec/{made.pk}/"
    assert (made.state, made.arguments["n"], made.account) == ("waiting", 7, world.officer)
    assert viewer.post(f"/viec/{failed.pk}/chay-lai/").status_code == 404
    done = job(world.officer, arguments={"task": again.module_path})
    assert officer.post(f"/viec/{done.pk}/chay-lai/").status_code == 400


def test_stopping_is_asked_for_and_said(world: Any, officer: Client) -> None:
    running = job(world.officer, "running")
    with alive(running):
        page = officer.post(f"/viec/{running.pk}/dung/", follow=True).content.decode()
        assert "Đang dừng" in page
        assert "Dừng, không ghi gì" not in page
        assert "Đang dừng" in officer.get("/viec/").content.decode()


def test_waiting_work_that_nobody_takes_is_pointed_out(world: Any, officer: Client) -> None:
    waiting = job(world.officer, "waiting", created_at=now() - timedelta(minutes=5))
    for address in ("/viec/", f"/viec/{waiting.pk}/"):
        assert "Chưa có tiến trình nào nhận việc" in officer.get(address).content.decode()


def test_work_that_a_page_does_itself_is_shown_while_it_lasts(world: Any, viewer: Client) -> None:
    with shown(kind="facts.build", title="Dựng số liệu từ hồ sơ", by=None, at=now()) as say:
        say(1, 2, "Đọc hồ sơ")
        page = viewer.get("/viec/").content.decode()
    assert "Dựng số liệu từ hồ sơ" in page
    assert "Dựng số liệu từ hồ sơ" not in viewer.get("/viec/").content.decode()


def test_the_frame_counts_ones_own_work_without_asking_the_database(
    world: Any, officer: Client, viewer: Client
) -> None:
    def cost() -> tuple[int, str]:
        with CaptureQueriesContext(connection) as asked:
            page = officer.get("/design/").content.decode()
        return len(asked), page

    before, page = cost()
    assert 'class="count"' not in page
    with alive(job(world.officer, "running")):
        after, page = cost()
        assert '<span class="count">1</span>' in page
        assert '<span class="count">' not in viewer.get("/viec/").content.decode().split("<main")[0]
    assert before == after


def test_the_number_of_queries_does_not_grow(world: Any, operator: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert operator.get("/viec/").status_code == 200
        return len(asked)

    job(world.officer)
    few = cost()
    for _ in range(40):
        job(world.viewer)
    assert cost() == few <= 14


def test_a_sign_of_life_that_says_nothing_breaks_nothing(world: Any, viewer: Client, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / f"{uuid4()}.run").write_text("{")
    old = folder / f"{uuid4()}.run"
    old.write_text('{"account": null, "title": "Cũ", "since": "2026-01-01T00:00:00+00:00"}')
    os.utime(old, (0, 0))
    assert folder.parent == settings.DATA
    assert "Cũ" not in viewer.get("/viec/").content.decode()
