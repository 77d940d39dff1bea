"""One line of the log for a request, the id of its answer, and never a word about a person."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from nhanlucso.config.discreet import WithoutSecrets
from nhanlucso.config.logs import JsonLines
from nhanlucso.jobs.models import Job
from nhanlucso.jobs.services import TRACE, run_job
from nhanlucso.kernel import tracing
from nhanlucso.kernel.clock import now
from nhanlucso.web.kit.watching import WatchingMiddleware

NAME = "Lù Thị Mỷ"


class Kept(logging.StreamHandler[io.StringIO]):
    """The log as it is written in earnest, to be read back."""

    def __init__(self) -> None:
        super().__init__(io.StringIO())
        self.setFormatter(JsonLines())
        self.addFilter(WithoutSecrets())

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    def lines(self, logger: str) -> list[dict[str, Any]]:
        found = [json.loads(line) for line in self.text.splitlines()]
        return [line for line in found if line["logger"] == logger]


@pytest.fixture
def kept() -> Iterator[Kept]:
    handler, root = Kept(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield handler
    root.removeHandler(handler)
    root.setLevel(level)


def watched(view: Any, **given: Any) -> Any:
    """The answer of a view behind the middleware alone."""
    request = RequestFactory(**given).get("/x/")
    return WatchingMiddleware(view)(request)


@pytest.mark.django_db
def test_a_request_is_one_line(world: Any, officer: Client, kept: Kept) -> None:
    answer = officer.get(f"/can-bo/{world.people['Ánh'].pk}/", headers={"x-request-id": "abc-12345678"})
    assert answer.headers["X-Request-ID"] == "abc-12345678"
    (line,) = kept.lines("nhanlucso.requests")
    assert (line["route"], line["method"], line["status"]) == ("person", "GET", 200)
    assert line["request"] == "abc-12345678"
    assert line["account"] == world.officer.pk
    assert line["queries"] > 3 and line["ms"] >= 0


@pytest.mark.django_db
def test_no_name_comes_into_the_log(world: Any, officer: Client, kept: Kept, settings: Any) -> None:
    settings.SLOW_QUERY_MS = 0  # every question is written down
    person = world.people["Ánh"]
    officer.raise_request_exception = False
    for address in (
        f"/can-bo/{person.pk}/",
        f"/can-bo/?q={NAME}",
        f"/tim/?q={NAME}",
        f"/khong-co/?ten={NAME}",
    ):
        officer.get(address)
    officer.post("/tai-khoan/vao/", {"username": NAME, "password": "0123456789ab"})
    secrets = [person.full_name, *person.full_name.split(), *NAME.split(), "L%C3%B9", "0123456789ab"]
    assert [word for word in secrets if f'"{word}' in kept.text or f" {word} " in kept.text] == []
    assert "L%C3%B9" not in kept.text
    assert any("%s" in line["sql"] for line in kept.lines("nhanlucso.slow"))


@pytest.mark.parametrize("asked", ["", "ngắn", "x" * 65, "hai\nđòng 12345", f"{NAME} 0912345678"])
def test_an_id_that_is_none_is_not_taken(asked: str) -> None:
    with tracing.following(asked) as trace:
        assert trace != asked and len(trace) == 32
    assert tracing.current() == ""


@pytest.mark.django_db
def test_a_failure_gives_its_id_and_the_log_no_value(kept: Kept, monkeypatch: Any) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise ValueError(f"duplicate key (full_name)=({NAME})")

    monkeypatch.setattr("nhanlucso.web.kit.middleware._scope", fails)
    client = Client(raise_request_exception=False)
    answer = client.get("/tai-khoan/vao/")
    assert answer.status_code == 500
    trace = answer.headers["X-Request-ID"]
    assert trace in answer.content.decode()
    assert client.get("/api/figures").json()["error"]["code"] == "fault"
    (line, _) = [line for line in kept.lines("django.request") if line["level"] == "ERROR"]
    assert (line["error"], line["request"]) == ("ValueError", trace)
    assert any(place.endswith(" fails") for place in line["where"])
    assert "Mỷ" not in kept.text


@pytest.mark.django_db
def test_a_slow_question_is_told_without_values(kept: Kept, settings: Any) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s", [NAME])
        return HttpResponse()

    watched(view)
    assert kept.lines("nhanlucso.slow") == []
    settings.SLOW_QUERY_MS = 0
    watched(view)
    (line,) = kept.lines("nhanlucso.slow")
    assert line["sql"] == "SELECT %s" and NAME not in kept.text


@pytest.mark.django_db
def test_work_is_told_under_the_request_that_asked_for_it(kept: Kept) -> None:
    job = Job.objects.create(kind="test", title=NAME, arguments={TRACE: "abc-12345678"}, created_at=now())
    run_job(job_id=str(job.pk), work=lambda job, say: {"seen": tracing.current()})
    job.refresh_from_db()
    assert job.result == {"seen": "abc-12345678"}
    (line,) = kept.lines("nhanlucso.jobs.services")
    assert (line["request"], line["kind"], line["state"]) == ("abc-12345678", "test", "done")
    assert NAME not in kept.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("peer", "trusted", "left"),
    [
        ("203.0.113.7", "", False),
        ("127.0.0.1", "", False),
        ("127.0.0.1", "127.0.0.1", True),
        ("10.1.2.3", "10.0.0.0/8", True),
        ("203.0.113.7", "10.0.0.0/8", False),
        ("", "", True),  # a socket in a file
        ("nonsense", "10.0.0.0/8", False),
    ],
)
def test_only_a_proxy_of_ours_tells_of_visitors(peer: str, trusted: str, left: bool, settings: Any) -> None:
    settings.PROXY_ADDRESSES = (ip_network(trusted),) if trusted else ()

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(
            request.headers.get("X-Forwarded-For", "") + request.headers.get("X-Forwarded-Proto", "")
        )

    told = {"HTTP_X_FORWARDED_FOR": "198.51.100.1", "HTTP_X_FORWARDED_PROTO": "https"}
    answer = watched(view, REMOTE_ADDR=peer, **told)
    assert answer.content == (b"198.51.100.1https" if left else b"")
