"""Other systems are told: signed, to a real receiver on loopback, again after failures, never inside the network."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from nhanlucso.hooks.rules import MOST_TRIES, WAITS, due_again
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused

SECRET = "whsec_thu"
SOON = timedelta(minutes=3)  # marks of a session have settled by then


class Receiver(HTTPServer):
    """Keeps what it is told, and answers as the test says."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got: list[tuple[dict[str, str], str]] = []
        self.answer = 204

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/nhan"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.got.append((dict(self.headers.items()), body))
        self.send_response(self.server.answer)
        self.send_header("Location", self.server.url)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words: Any) -> None:
        """Says nothing."""


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.OUTGOING_INSIDE = frozenset({"127.0.0.1"})
    server = Receiver()
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def add(url: str, by: Any = None, happenings: Any = ("class.held", "import.done")) -> Any:
    from nhanlucso.hooks.services import add_webhook
    from nhanlucso.kernel.scope import SYSTEM

    return add_webhook(name="LMS", url=url, happenings=happenings, secret=SECRET, by=by or SYSTEM, at=now())[
        0
    ]


def happened(verb: str, kind: str, uid: str) -> None:
    from nhanlucso.audit.services import record

    record(verb=verb, object_type=kind, object_id=uid, by=None, at=now())


def pump(after: timedelta = timedelta(0)) -> int:
    from nhanlucso.hooks.sending import pump

    return pump(now() + after)


def test_it_is_told_once_and_signed(db: None, receiver: Receiver) -> None:
    happened("attendance.record", "class_session", "truoc-do")
    add(receiver.url)
    for _ in range(3):
        happened("attendance.record", "class_session", "buoi-1")
    happened("report.submit", "report", "1")  # not asked for
    assert pump() == 0  # marks settle first
    assert pump(SOON) == 1
    assert pump(SOON) == 0
    headers, body = receiver.got[0]
    told = json.loads(body)
    assert (told["event"], told["object"]) == ("class.held", {"type": "sessions", "id": "buoi-1"})
    assert headers["Nhanlucso-Delivery"] == told["id"]
    moment, given = (part.split("=")[1] for part in headers["Nhanlucso-Signature"].split(","))
    assert hmac.new(SECRET.encode(), f"{moment}.{body}".encode(), hashlib.sha256).hexdigest() == given
    happened("attendance.record", "class_session", "buoi-1")
    pump(SOON)
    assert pump(2 * SOON) == 1  # marked again later, told again


def test_it_is_tried_again_ever_later_and_given_up(db: None, receiver: Receiver) -> None:
    from nhanlucso.audit.models import Event
    from nhanlucso.hooks.models import WebhookDelivery
    from nhanlucso.hooks.queries import given_up
    from nhanlucso.hooks.services import send_again
    from nhanlucso.kernel.scope import SYSTEM

    add(receiver.url)
    receiver.answer = 302  # it is not followed
    happened("sheet.import", "sheet", "tep")
    later = timedelta(0)
    assert pump(later) == 1
    for wait in WAITS:
        assert pump(later + wait - timedelta(seconds=5)) == 0
        later += wait + timedelta(seconds=5)
        assert pump(later) == 1
    one = WebhookDelivery.objects.get()
    assert (one.state, one.tries, one.status) == ("given_up", MOST_TRIES, 302)
    assert (given_up(SYSTEM), Event.objects.filter(verb="webhook.give_up").count()) == (1, 1)
    receiver.answer = 200
    send_again(delivery_id=one.pk, by=SYSTEM, at=now())
    assert pump() == 1
    assert WebhookDelivery.objects.get().state == "done"
    assert len({body for _, body in receiver.got}) == 1  # the same notice each time


def test_nobody_there_is_no_error(db: None, receiver: Receiver) -> None:
    from nhanlucso.hooks.models import WebhookDelivery

    add("http://127.0.0.1:9/")
    happened("sheet.import", "sheet", "tep")
    assert pump() == 1
    one = WebhookDelivery.objects.get()
    assert (one.state, one.tries, one.status) == ("waiting", 1, None)
    assert one.problem


@pytest.mark.parametrize(
    "url",
    ["http://may.chu/", "https://127.0.0.1/", "https://10.0.0.8/x", "https://169.254.169.254/", "ftp://a.vn"],
)
def test_addresses_inside_are_refused(db: None, url: str) -> None:
    with pytest.raises(Refused) as refusal:
        add(url)
    assert refusal.value.code == "bad_address"


def test_who_runs_a_part_alone_is_refused(db: None, receiver: Receiver) -> None:
    from nhanlucso.access.queries import scope_of
    from nhanlucso.hooks.queries import visible_webhooks
    from tests.factories import records as r

    part = scope_of(r.make_account("xa", "administrator", r.make_unit("xa", "Xã Lộc")))
    with pytest.raises(Refused) as refusal:
        add(receiver.url, by=part)
    assert refusal.value.code == "not_allowed"
    assert not visible_webhooks(part).exists()
    with pytest.raises(Refused) as refusal:
        add(receiver.url, happenings=())
    assert refusal.value.code == "nothing_to_tell"


def test_stopped_it_says_nothing_and_goes_on_with_what_comes(db: None, receiver: Receiver) -> None:
    from nhanlucso.hooks.services import resume_webhook, stop_webhook, try_webhook
    from nhanlucso.kernel.scope import SYSTEM

    made = add(receiver.url)
    assert add(receiver.url).pk == made.pk  # a form sent twice
    stop_webhook(webhook_id=made.pk, by=SYSTEM, at=now())
    happened("sheet.import", "sheet", "luc-dung")
    assert pump() == 0
    resume_webhook(webhook_id=made.pk, by=SYSTEM, at=now())
    try_webhook(webhook_id=made.pk, by=SYSTEM, at=now())
    assert pump() == 1
    assert json.loads(receiver.got[0][1])["event"] == "ping"


def test_waits_grow() -> None:
    at = now()
    waits = [due_again(tries, at) for tries in range(1, MOST_TRIES)]
    assert waits == sorted(w for w in waits if w is not None)
    assert due_again(MOST_TRIES, at) is None
