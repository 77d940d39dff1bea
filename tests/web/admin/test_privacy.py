"""Registers of personal data, and breaches with their clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from nhanlucso.audit.breaches.rules import Clock, clock
from nhanlucso.audit.models import Breach, Event
from nhanlucso.kernel.clock import ZONE, now
from nhanlucso.upkeep.retention.registers import REGISTERS
from nhanlucso.upkeep.retention.sweeping import sweep_registers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vietnamese")]


def text(response: Any) -> str:
    return response.content.decode()


def written(moment: Any) -> str:
    return moment.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")


def test_the_page_shows_every_register_and_what_went(administrator: Client, auditor: Client) -> None:
    sweep_registers(now(), {})
    for client in (administrator, auditor):
        page = text(client.get("/quan-tri/du-lieu/"))
        assert all(one.name in page and one.kept in page for one in REGISTERS)
        assert "Xóa lần cuối" in page
    assert administrator.post("/quan-tri/du-lieu/tep/?format=xlsx").content.startswith(b"PK")


def test_a_breach_is_noted_reported_and_closed(administrator: Client) -> None:
    found = now() - timedelta(hours=80)
    fields = {"title": "Gửi nhầm danh sách", "found_at": written(found), "happened": "Tệp gửi nhầm địa chỉ."}
    for _twice in range(2):
        assert administrator.post("/quan-tri/su-co/them/", fields).status_code == 302
    breach = Breach.objects.get()
    page = text(administrator.get("/quan-tri/su-co/"))
    assert "Quá hạn báo cáo" in page
    later = fields | {
        "reported_at": written(found + timedelta(hours=10)),
        "reported_to": "A05",
        "people": "1.120",
    }
    assert administrator.post(f"/quan-tri/su-co/{breach.pk}/", later).status_code == 302
    page = text(administrator.get("/quan-tri/su-co/"))
    assert "Đã báo cáo" in page
    assert "1.120" in page
    assert list(Event.objects.filter(object_type="breach").values_list("verb", flat=True)) == [
        "breach.note",
        "breach.change",
    ]
    assert administrator.post("/quan-tri/su-co/tep/?format=pdf").content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"found_at": written(now() + timedelta(days=2))}, "chưa đến"),
        ({"reported_at": "2020-01-01T08:00"}, "không thể trước"),
    ],
)
def test_times_that_cannot_be_are_refused(administrator: Client, change: dict[str, str], words: str) -> None:
    fields = {"title": "x", "found_at": written(now() - timedelta(hours=1)), "happened": "x"}
    assert words in text(administrator.post("/quan-tri/su-co/them/", fields | change))
    assert not Breach.objects.exists()


def test_who_reads_the_log_of_a_province_sees_no_breaches_of_all(auditor: Client, officer: Client) -> None:
    Breach.objects.create(title="Sự cố A", found_at=now(), happened="x", noted_at=now())
    assert "Sự cố A" not in text(auditor.get("/quan-tri/su-co/"))
    assert officer.get("/quan-tri/su-co/").status_code == 403
    assert auditor.get("/quan-tri/su-co/them/").status_code == 403


def test_the_clock() -> None:
    found = now()
    late = found + timedelta(hours=73)
    assert clock(found, None, found + timedelta(hours=72)) == Clock.RUNNING
    assert clock(found, None, late) == Clock.LATE
    assert clock(found, found + timedelta(hours=1), late) == Clock.REPORTED
    assert clock(found, late, late) == Clock.REPORTED_LATE
