"""A database that takes no write in time is a page that says so, not an error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client

_LOCK = "LOCK TABLE audit_event, indicators_factsbuild IN EXCLUSIVE MODE"
pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def somebody_writes() -> Iterator[None]:
    """Another connection holds what a write needs, and nobody waits for it."""
    other = connections.create_connection("default")
    sqlite = connection.vendor == "sqlite"
    try:
        with connection.cursor() as mine, other.cursor() as theirs:
            mine.execute("PRAGMA busy_timeout=0" if sqlite else "SET lock_timeout = '50ms'")
            other.set_autocommit(False)
            theirs.execute("BEGIN IMMEDIATE" if sqlite else _LOCK)
            yield
            mine.execute("PRAGMA busy_timeout=30000" if sqlite else "SET lock_timeout = 0")
    finally:
        other.rollback()
        other.close()


def test_the_secret_of_a_link_stays_out_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    from django.db import OperationalError
    from django.test import RequestFactory
    from django.urls import resolve, reverse

    from nhanlucso.access.queries import NOBODY
    from nhanlucso.web.kit.middleware import ScopeMiddleware

    address = reverse("card", args=["bi-mat-cua-the"])
    request = RequestFactory().post(address)
    request.resolver_match, request.scope = resolve(address), NOBODY  # type: ignore[attr-defined]
    ScopeMiddleware(lambda _: None).process_exception(request, OperationalError("locked"))  # type: ignore[arg-type,return-value]
    assert "card" in caplog.text and "bi-mat" not in caplog.text


def test_what_was_sent_is_not_written_and_said_so(world: Any, officer: Client) -> None:
    with somebody_writes():
        answer = officer.post(f"/don-vi/them/?below={world.hoa.pk}", {"name": "Thôn Một", "kind": "village"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    page = answer.content.decode()
    assert "Máy chủ đang ghi một danh sách lớn" in page
    assert "chưa được ghi" in page
    assert "Refresh" not in answer.headers


def test_a_page_that_needs_a_write_opens_again_by_itself(world: Any, officer: Client) -> None:
    with somebody_writes():
        answer = officer.get(f"/chi-so/?unit={world.hoa.pk}")
    assert answer.status_code == 503
    assert answer.headers["Refresh"] == "60"
    assert "tự mở lại" in answer.content.decode()


def test_programs_are_told_in_their_own_words(world: Any, officer: Client) -> None:
    with somebody_writes():
        answer = officer.get(f"/api/figures?unit={world.hoa.uid}&period=2026")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "busy")
