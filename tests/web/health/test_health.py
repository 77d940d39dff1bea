"""What machines of the operator are told: live, ready, measures; and what nobody else is."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from nhanlucso.audit.services import record
from nhanlucso.jobs.heartbeat import beating
from nhanlucso.jobs.models import Job
from nhanlucso.kernel.clock import now

pytestmark = pytest.mark.django_db
OUTSIDE = {"REMOTE_ADDR": "203.0.113.7"}


def failing(client: Client) -> list[str]:
    answer = client.get("/health/ready")
    wrong: list[str] = answer.json()["failing"]
    assert answer.status_code == (503 if wrong else 200)
    return wrong


def test_live_asks_nothing(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert client.get("/health/live", headers={"host": "10.0.0.7:8000"}, **OUTSIDE).json() == {
            "live": True
        }


def test_ready_with_a_worker(client: Client) -> None:
    with beating():
        assert failing(client) == []


def test_not_ready_says_what_is_wrong_and_no_more(client: Client, data_folder: Any) -> None:
    assert failing(client) == ["worker"]
    record(verb="x", object_type="y", object_id="", by=None, at=now() - timedelta(hours=1))
    (data_folder / "uploads").rmdir()
    (data_folder / "uploads").write_text("no folder")
    assert failing(client) == ["uploads", "worker", "seal"]


def test_not_ready_while_migrations_are_missing(client: Client, monkeypatch: Any) -> None:
    from django.db import connection

    monkeypatch.setattr("nhanlucso.upkeep.health.readiness._up_to_date", [])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'audit'")
    assert failing(client) == ["migrations", "worker"]


def test_measures(client: Client, officer: Client) -> None:
    officer.get("/can-bo/", {"q": "Nguyễn Thị Mỷ"})
    Job.objects.create(kind="test", title="Nhập danh sách", created_at=now() - timedelta(minutes=3))
    record(
        verb="backup.make", object_type="installation", object_id="", by=None, at=now() - timedelta(hours=2)
    )
    text = client.get("/metrics").content.decode()
    values = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert float(values['nhanlucso_requests_total{method="GET",route="people",status="200"}']) >= 1
    assert float(values['nhanlucso_request_queries_count{route="people"}']) >= 1
    assert float(values["nhanlucso_jobs_waiting"]) == 1
    assert 170 < float(values["nhanlucso_jobs_oldest_waiting_seconds"]) < 300
    assert 7_100 < float(values["nhanlucso_backup_age_seconds"]) < 7_400
    assert float(values["nhanlucso_unsealed_age_seconds"]) > 7_000
    assert set(re.findall(r"([a-z]+)=", text)) == {"method", "route", "status", "le", "version"}
    assert "Nguyễn" not in text and "danh sách" not in text


@pytest.mark.parametrize("address", ["/health/ready", "/metrics"])
def test_nobody_else_is_told(client: Client, address: str, settings: Any) -> None:
    settings.METRICS_TOKEN = "bi-mat"
    shown = {"authorization": "Bearer bi-mat"}
    assert client.get(address, **OUTSIDE).status_code == 404
    assert client.get(address, headers={"x-forwarded-for": "127.0.0.1"}, **OUTSIDE).status_code == 404
    assert client.get(address, headers={"authorization": "Bearer khac"}).status_code == 404
    with beating():
        assert client.get(address, headers=shown, **OUTSIDE).status_code == 200


def test_a_visitor_behind_the_proxy_of_this_machine_is_no_operator(client: Client, settings: Any) -> None:
    from ipaddress import ip_network

    settings.PROXY_ADDRESSES = (ip_network("127.0.0.1"),)
    assert client.get("/metrics", headers={"x-forwarded-for": "203.0.113.7"}).status_code == 404
    assert client.get("/metrics").status_code == 200
