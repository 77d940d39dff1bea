"""Somebody at a browser, as far as a server can tell."""

from __future__ import annotations

import http.client
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from nhanlucso.cli.demo import PASSWORD

_PATIENCE = 120  # seconds


class Unanswered(Exception):
    """The server went away; whether it did what it was asked nobody knows."""


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    text: str


@dataclass
class Visitor:
    """Signed in at a server by cookies, which outlive it."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    def sign_in(self, name: str) -> None:
        self.get("/tai-khoan/vao/")
        answer = self.post("/tai-khoan/vao/", {"username": name, "password": PASSWORD})
        assert answer.status == 302, answer.text[:2000]

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, b"", {})

    def post(self, path: str, given: Mapping[str, str]) -> Answer:
        body = urlencode({**given, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}).encode()
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def send(self, path: str, given: Mapping[str, str], field: str, name: str, content: bytes) -> Answer:
        """Posts a form with a file."""
        edge = secrets.token_hex(12)
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in {**given, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}.items()
        ]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
        body = b"".join([*parts, head.encode(), content, f"\r\n--{edge}--\r\n".encode()])
        return self._ask("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={edge}"})

    def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        place = urlsplit(self.address)
        assert place.hostname
        connection = http.client.HTTPConnection(place.hostname, place.port, timeout=_PATIENCE)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body, {**headers, "Cookie": cookies})
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
        except (OSError, http.client.HTTPException) as problem:
            raise Unanswered(str(problem)) from problem
        finally:
            connection.close()
        for line in response.headers.get_all("Set-Cookie") or []:
            if found := re.match(r"([^=;]+)=([^;]*)", line):
                self.cookies[found[1]] = found[2]
        return Answer(response.status, response.headers.get("Location", ""), text)
