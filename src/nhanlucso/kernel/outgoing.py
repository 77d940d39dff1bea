"""The one way out: asking an address on the network without being led somewhere else.

Only HTTPS. The name is looked up once, every address behind it is judged, and the connection goes to the very one
that was judged, so that a name cannot mean one machine when it is looked at and another when it is asked. What lies
in the operator's own network is asked only where the operator named it (`inside`, or `settings.OUTGOING_INSIDE`);
this machine over plain HTTP likewise. Answers that point elsewhere are not followed, long or slow ones are cut off.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.language import say as _

PATIENCE = 10.0  # seconds for the whole exchange
LARGEST = 1 << 20  # bytes of an answer
_PIECE = 1 << 14
_HERE = frozenset({"127.0.0.1", "::1", "localhost"})
_NOTHING: Mapping[str, str] = MappingProxyType({})
_IP = ipaddress.IPv4Address | ipaddress.IPv6Address


class Away(Exception):
    """Nobody answered, or not in time, or more than was waited for: the same may be tried again later."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: any status, also 3xx, 4xx and 5xx; names of headers in small letters."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def check_address(url: str, *, inside: bool = False) -> None:
    """Whether an address may be asked at all, without asking it: said when somebody writes one down.

    Raises Refused("bad_address"). Where the name leads is looked at again each time that it is asked.
    """
    parts = _parts(url, inside or _is_named(url))
    host = parts.hostname or ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return
    _judge(address, inside or _is_named(url))


def ask(
    url: str, *, body: bytes | None = None, headers: Mapping[str, str] = _NOTHING, method: str = "",
    inside: bool = False, patience: float = PATIENCE, largest: int = LARGEST,
) -> Answer:  # fmt: skip
    """Asks and gives back what came, whatever its status. `method`: POST with a body, else GET; `inside`: the operator
    named the host, it may lie in their own network; `patience`: seconds; `largest`: bytes.

    Raises Refused("bad_address"), Away.
    """
    named = inside or _is_named(url)
    parts = _parts(url, named)
    until = time.monotonic() + patience
    connection = _connection(parts, _address(parts, named), patience)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(method or ("GET" if body is None else "POST"), path, body, dict(headers))
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, _read(answer, connection, until, largest), found)
    except (OSError, http.client.HTTPException) as problem:
        raise Away(type(problem).__name__) from problem
    finally:
        connection.close()


def _read(
    answer: http.client.HTTPResponse, connection: http.client.HTTPConnection, until: float, largest: int
) -> bytes:
    """The body, in pieces: who sends a byte now and then is not waited for any longer than somebody silent."""
    pieces, size = [], 0
    while piece := answer.read1(_PIECE):
        pieces.append(piece)
        size += len(piece)
        left = until - time.monotonic()
        if size > largest or left <= 0:
            raise Away("too much" if size > largest else "too slow")
        if connection.sock is not None:  # gone once the last piece has come
            connection.sock.settimeout(left)
    return b"".join(pieces)


def _parts(url: str, named: bool) -> SplitResult:
    """The address in parts, if it is one that may be asked."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _bad() from None
    host = parts.hostname or ""
    plain = parts.scheme == "http" and named and host in _HERE
    if (parts.scheme != "https" and not plain) or not host or parts.username or parts.password or port == 0:
        raise _bad()
    if any(ord(letter) <= 32 or ord(letter) >= 127 for letter in url) or parts.fragment:
        raise _bad()
    return parts


def _is_named(url: str) -> bool:
    """Whether the operator lists the host as one of their own network."""
    try:
        return (urlsplit(url).hostname or "") in settings.OUTGOING_INSIDE
    except ValueError:
        return False


def _address(parts: SplitResult, named: bool) -> str:
    """The address behind the name, after all of them have been judged: one inside is enough to refuse."""
    assert parts.hostname is not None
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise Away("no such name") from problem
    addresses = [str(row[4][0]).partition("%")[0] for row in found]
    for address in addresses:
        _judge(ipaddress.ip_address(address), named)
    return addresses[0]


def _judge(address: _IP, named: bool) -> None:
    """Raises Refused("bad_address") where no request of ours has business. Addresses of a link (the ones that tell
    the secrets of rented machines are such), of groups and of nobody are never asked, whoever names them."""
    meant = _unwrapped(address)
    if meant.is_link_local or meant.is_multicast or meant.is_unspecified:
        raise _bad()
    if not meant.is_global and not named:
        raise _bad()


def _unwrapped(address: _IP) -> _IP:
    """The IPv4 address that an IPv6 one stands for, where it does."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in ipaddress.ip_network("64:ff9b::/96"):  # NAT64
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _connection(parts: SplitResult, address: str, patience: float) -> http.client.HTTPConnection:
    assert parts.hostname is not None
    if parts.scheme == "http":
        return _To(address, parts.hostname, parts.port or 80, patience)
    return _SecureTo(address, parts.hostname, parts.port or 443, patience)


class _To(http.client.HTTPConnection):
    """To an address that was judged, under the name that was asked for."""

    def __init__(self, address: str, host: str, port: int, patience: float) -> None:
        super().__init__(host, port, timeout=patience)
        self._judged = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self._judged, self.port), self.timeout)


class _SecureTo(_To):
    """The same, encrypted; the certificate is held against the name. Always the roots of the system."""

    def __init__(self, address: str, host: str, port: int, patience: float) -> None:
        super().__init__(address, host, port, patience)
        self.default_port = 443  # so that the header Host is as browsers write it

    def connect(self) -> None:
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def _bad() -> Refused:
    words = _("Không gửi được đến địa chỉ này. Dùng địa chỉ https:// trên mạng công cộng; %(or)s.")
    other = _("máy trong mạng nội bộ thì nhờ người vận hành khai báo")
    return Refused("bad_address", words % {"or": other})
