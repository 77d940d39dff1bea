"""What may be asked on the network, and what of an answer is taken."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

from nhanlucso.kernel import outgoing
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.outgoing import Away, ask, check_address

NEVER = [
    "http://example.org/",  # not encrypted
    "ftp://example.org/", "file:///etc/passwd", "gopher://127.0.0.1/", "//example.org/", "example.org", "",
    "https://", "https://:443/", "https://user:word@example.org/", "https://example.org:0/",
    "https://example.org:99999/", "https://example.org/ x", "https://example.org/\r\nX: y", "https://example.org/#x",
    "https://127.0.0.1/", "https://[::1]/", "https://10.0.0.1/", "https://172.16.0.1/", "https://192.168.1.1/",
    "https://100.64.0.1/", "https://169.254.169.254/latest", "https://[fe80::1]/", "https://[fd00::1]/",
    "https://0.0.0.0/", "https://[::]/", "https://224.0.0.1/", "https://[::ffff:127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/", "https://[::ffff:169.254.169.254]/",
]  # fmt: skip


@pytest.mark.parametrize("url", NEVER)
def test_addresses_that_are_never_asked(url: str) -> None:
    for asked in (lambda: check_address(url), lambda: ask(url)):
        with pytest.raises(Refused) as refusal:
            asked()
        assert refusal.value.code == "bad_address"


def test_addresses_that_may_be_asked() -> None:
    check_address("https://dao-tao.example.gov.vn/nhan?x=1")
    check_address("https://8.8.8.8:8443/")


@pytest.mark.parametrize(
    "url", ["https://169.254.169.254/", "https://[fe80::1]/", "http://10.0.0.1/", "https://0.0.0.0/"]
)
def test_not_even_the_operator_names_these(url: str) -> None:
    with pytest.raises(Refused):
        check_address(url, inside=True)


def test_the_operator_names_hosts_of_their_own_network(settings: Any) -> None:
    settings.OUTGOING_INSIDE = frozenset({"10.1.2.3"})
    check_address("https://10.1.2.3/nhan")
    with pytest.raises(Refused):
        check_address("https://10.1.2.4/nhan")


def looked_up(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Every name leads to these addresses."""

    def found(host: str, port: int, **given: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(outgoing.socket, "getaddrinfo", found)


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.0.0.7", "169.254.169.254"])
def test_a_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch, inside: str) -> None:
    looked_up(monkeypatch, "93.184.216.34", inside)
    with pytest.raises(Refused):
        ask("https://example.org/")


def test_the_connection_goes_to_the_address_that_was_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looked up once: a name that means another machine the second time gets no second time."""
    looked_up(monkeypatch, "93.184.216.34")
    gone: list[Any] = []

    def connect(address: Any, timeout: float) -> Any:
        gone.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(outgoing.socket, "create_connection", connect)
    with pytest.raises(Away):
        ask("https://example.org/")
    assert gone == [("93.184.216.34", 443)]


@contextmanager
def answering(reply: Callable[[Any], None]) -> Iterator[str]:
    """A server on this machine that answers one request so; its address."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def serve() -> None:
            line, _ = server.accept()
            with closing(line):
                line.recv(65_536)
                try:
                    reply(line)
                except OSError:
                    return  # whoever asked has gone

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        thread.join(10)


def test_what_comes_back() -> None:
    with answering(
        lambda line: line.sendall(b"HTTP/1.1 404 No\r\nX-Where: here\r\nContent-Length: 2\r\n\r\nno")
    ) as url:
        answer = ask(url, inside=True)
    assert (answer.status, answer.body, answer.headers["x-where"]) == (404, b"no", "here")


def test_an_answer_that_points_elsewhere_is_not_followed() -> None:
    with answering(
        lambda line: line.sendall(
            b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"
        )
    ) as url:
        assert ask(url, inside=True).status == 302


def test_an_answer_that_is_too_long_is_cut_off() -> None:
    with (
        answering(lambda line: line.sendall(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 5_000)) as url,
        pytest.raises(Away),
    ):
        ask(url, inside=True, largest=4_000)


def test_who_never_comes_to_an_end_is_left() -> None:
    def drip(line: Any) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            line.sendall(b"x" * 100)

    with answering(drip) as url, pytest.raises(Away):
        ask(url, inside=True, patience=0.2, largest=1 << 40)


def test_nobody_there() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
    with pytest.raises(Away):
        ask(f"http://127.0.0.1:{port}/", inside=True)
