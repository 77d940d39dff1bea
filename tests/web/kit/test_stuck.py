"""A database that takes nothing: every write is a clear page, reading goes on, and all is as before afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.disk import Trouble
from nhanlucso.training.models import Attendance
from nhanlucso.web.kit.keeping import BEGUN, PROVED, SEEN
from nhanlucso.web.kit.stuck import stuck

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vietnamese")]


@contextmanager
def read_only() -> Iterator[None]:
    """What the database itself refuses when its disk can only be read."""
    sqlite = connection.vendor == "sqlite"
    words = (
        ("PRAGMA query_only = {}", "ON", "OFF")
        if sqlite
        else ("SET default_transaction_read_only = {}", "on", "off")
    )
    with connection.cursor() as cursor:
        cursor.execute(words[0].format(words[1]))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(words[0].format(words[2]))


@pytest.fixture
def long_ago(officer: Client) -> Client:
    """Signed in, and last seen two minutes ago: the next page notes that they are there."""
    session = officer.session
    at = int(now().timestamp())
    session[BEGUN], session[PROVED], session[SEEN] = at - 600, at - 600, at - 120
    session.save()
    return officer


def test_reading_goes_on(world: Any, long_ago: Client) -> None:
    with read_only():
        for address in ("/can-bo/", "/lop-hoc/", "/don-vi/", "/tim/?q=an"):
            assert long_ago.get(address).status_code == 200, address
    assert long_ago.get("/can-bo/").status_code == 200


def test_what_is_sent_is_refused_with_what_to_do_and_taken_later(world: Any, long_ago: Client) -> None:
    held = world.training_class.sessions.first()
    person = world.people["Ánh"].pk
    address = f"/lop-hoc/{world.training_class.pk}/diem-danh/{held.pk}/"
    mark = {f"mark-{person}": "absent", f"seen-{person}": "present"}
    with read_only():
        answer = long_ago.post(address, mark)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
    for words in ("Chưa ghi được", "chỉ cho đọc", "chưa được ghi", "Báo người quản trị", "gửi lại"):
        assert words in page
    assert Attendance.objects.get(session=held, person_id=person).status == "present"
    assert long_ago.post(address, mark).status_code == 302
    assert Attendance.objects.get(session=held, person_id=person).status == "absent"


def test_signing_in_says_so_too(world: Any, client: Client) -> None:
    world.officer.set_password("mat-khau-rat-dai")
    world.officer.save()
    given = {"username": world.officer.username, "password": "mat-khau-rat-dai"}
    with read_only():
        assert client.get("/tai-khoan/vao/").status_code == 200
        answer = client.post("/tai-khoan/vao/", given)
    assert (answer.status_code, "Chưa ghi được" in answer.content.decode()) == (503, True)
    assert client.post("/tai-khoan/vao/", given).status_code == 302


def test_programs_are_told_by_a_code() -> None:
    answer = stuck(RequestFactory().post("/api/v1/anything"), Trouble.FULL)
    assert (answer.status_code, b'"disk_full"' in answer.content) == (503, True)
