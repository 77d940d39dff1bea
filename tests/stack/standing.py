"""The product as a data centre runs it, on loopback: PostgreSQL, gunicorn, worker, nginx with the site of deploy/."""

from __future__ import annotations

import http.client
import json
import os
import secrets
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psycopg
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.installation import Installation
from tests.postgres import start_server

ROOT = Path(__file__).resolve().parents[2]
UNIT, OFFICER, PASSWORD = "tang-loong", "tangloong", "nhan-luc-so-2026"
HOST = "dao-tao.example.gov.vn"
PATIENCE = 150  # seconds; machines of tests may be busy
SIGN_INS = 3  # of one address in a minute
BIN = Path(sys.executable).parent
_MAIN = """daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 256; }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u;
    scgi_temp_path {folder}/s;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """`headers`: names in small letters; of a header that comes several times all, with line breaks."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Stack:
    """What runs, and where. `http` and `https`: ports of nginx."""

    folder: Path
    installation: Installation
    http: int
    https: int
    server: subprocess.Popen[bytes] | None = None

    @property
    def socket(self) -> Path:
        return self.folder / "web.sock"

    def reload(self) -> None:
        """New workers take the place of the old ones."""
        assert self.server is not None
        self.server.send_signal(signal.SIGHUP)

    def workers(self) -> set[str]:
        """The processes of the web server."""
        assert self.server is not None
        server = self.server.pid
        return set(Path(f"/proc/{server}/task/{server}/children").read_text().split())

    def log(self) -> list[dict[str, object]]:
        """The lines of the web server's log."""
        lines = (self.folder / "web.log").read_text().splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]


@dataclass
class Browser:
    """Asks over TLS as a browser does: keeps cookies, says where it comes from."""

    stack: Stack
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, address: str, body: bytes | dict[str, str] = b"", **headers: str) -> Answer:
        given = {
            "Host": HOST,
            "Referer": f"https://{HOST}/",
            **{n.replace("_", "-"): v for n, v in headers.items()},
        }
        if self.cookies:
            given["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if isinstance(body, dict):
            body = urlencode(body).encode()
            given["Content-Type"] = "application/x-www-form-urlencoded"
        context = ssl.create_default_context(cafile=str(self.stack.folder / "fullchain.pem"))
        context.check_hostname = False
        line = http.client.HTTPSConnection("127.0.0.1", self.stack.https, timeout=PATIENCE, context=context)
        answer = _asked(line, method, address, body, given)
        for told in answer.headers.get("set-cookie", "").splitlines():
            for name, morsel in SimpleCookie(told).items():
                self.cookies[name] = morsel.value
        return answer

    def get(self, address: str, **headers: str) -> Answer:
        return self.ask("GET", address, **headers)

    def post(self, address: str, body: bytes | dict[str, str], **headers: str) -> Answer:
        if isinstance(body, dict):
            body = {"csrfmiddlewaretoken": self.cookies.get("__Host-csrftoken", ""), **body}
        return self.ask("POST", address, body, **headers)

    def sign_in(self, name: str, password: str, **headers: str) -> Answer:
        self.get("/tai-khoan/vao/")
        return self.post("/tai-khoan/vao/", {"username": name, "password": password}, **headers)


class _Local(http.client.HTTPConnection):
    """To the web server itself, past nginx, by its socket in a file."""

    def __init__(self, path: Path) -> None:
        super().__init__(HOST, timeout=PATIENCE)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(PATIENCE)
        self.sock.connect(str(self.path))


def ask_itself(stack: Stack, address: str) -> Answer:
    return _asked(_Local(stack.socket), "GET", address, b"", {})


def ask_plainly(stack: Stack, address: str) -> Answer:
    """Without TLS."""
    line = http.client.HTTPConnection("127.0.0.1", stack.http, timeout=PATIENCE)
    return _asked(line, "GET", address, b"", {"Host": HOST})


def _asked(
    line: http.client.HTTPConnection, method: str, address: str, body: bytes, headers: dict[str, str]
) -> Answer:
    try:
        line.request(method, address, body=body or None, headers=headers)
        answer = line.getresponse()
        told: dict[str, str] = {}
        for name, value in answer.getheaders():
            name = name.lower()
            told[name] = f"{told[name]}\n{value}" if name in told else value
        return Answer(answer.status, told, answer.read())
    finally:
        line.close()


@contextmanager
def standing(folder: Path) -> Iterator[Stack]:
    """Everything started and ready; all of it ended afterwards."""
    with ExitStack() as until_the_end:
        url = _database(until_the_end)
        stack = Stack(folder, Installation(folder / "data", url), _free_port(), _free_port())
        _commune(stack.installation, folder / "bundle")
        environment = stack.installation.environment | {
            "DJANGO_SETTINGS_MODULE": "nhanlucso.config.settings",
            "NHANLUCSO_HTTPS": "1",
            "NHANLUCSO_HOSTS": HOST,
            "NHANLUCSO_BIND": f"unix:{stack.socket}",
            "NHANLUCSO_SECOND_STEP": "off",  # tried elsewhere
            "NHANLUCSO_LIMIT_SIGN_IN": str(SIGN_INS),
        }
        web = [BIN / "gunicorn", "--config", "python:nhanlucso.config.gunicorn", "nhanlucso.config.wsgi"]
        stack.server = _started(until_the_end, web, folder / "web.log", environment)
        _started(until_the_end, [BIN / "nhanlucso", "worker"], folder / "worker.log", environment)
        _certificate(folder)
        _site(stack)
        _started(
            until_the_end, ["nginx", "-c", folder / "nginx.conf"], folder / "nginx.out", dict(os.environ)
        )
        wait_until(lambda: ask_itself(stack, "/health/ready").status == 200)
        wait_until(lambda: Browser(stack).get("/health/live").status == 200)
        yield stack


def _commune(installation: Installation, bundle: Path) -> None:
    """A province with one commune, and an officer of the commune."""
    bundle.mkdir()
    (bundle / "bundle.json").write_text('{"format": "nhanlucso-bundle", "version": 1, "source": ""}')
    units = (
        "id,code,name,kind,parent_id,valid_from,valid_to",
        "tinh,15,Lào Cai,province,,,",
        f"{UNIT},02908,Tằng Loỏng,commune,tinh,,",
    )
    (bundle / "units.csv").write_text("".join(f"{line}\n" for line in units), encoding="utf-8")
    installation.must("bundle", "import", bundle)
    words = ("account", "add", OFFICER, "--name", "Cán bộ xã", "--role", "officer", "--unit", UNIT)
    made = installation.run(*words, stdin=f"{PASSWORD}\n")
    assert made.code == 0, made


def _database(until_the_end: ExitStack) -> str:
    """The address of an empty database in a PostgreSQL."""
    server = start_server(os.environ.get("TEST_DATABASE_URL", ""))
    until_the_end.callback(server.stop)
    name = f"nhanlucso_{secrets.token_hex(6)}"
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    until_the_end.callback(_drop, server.url, name)
    return urlsplit(server.url)._replace(path=f"/{name}").geturl()


def _drop(server: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def _started(
    until_the_end: ExitStack, command: list[str | Path], log: Path, environment: dict[str, str]
) -> subprocess.Popen[bytes]:
    output = until_the_end.enter_context(log.open("wb"))
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=output, stderr=output)
    until_the_end.callback(process.wait, PATIENCE)
    until_the_end.callback(process.terminate)
    return process


def _site(stack: Stack) -> None:
    """The site of deploy/ with the places of this test; each must stand in it."""
    text = (ROOT / "deploy" / "nginx" / "nhanlucso.conf").read_text(encoding="utf-8")
    places = {
        "    listen [::]:80;\n": "",
        "    listen [::]:443 ssl http2;\n": "",
        "listen 80;": f"listen 127.0.0.1:{stack.http};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{stack.https} ssl http2;",
        "/run/nhanlucso/web.sock": str(stack.socket),
        "/etc/ssl/nhanlucso": str(stack.folder),
        "/var/log/nginx": str(stack.folder),
        "/opt/nhanlucso": str(ROOT),
    }
    for there, here in places.items():
        assert there in text, f"deploy/nginx/nhanlucso.conf has no «{there.strip()}»"
        text = text.replace(there, here)
    (stack.folder / "site.conf").write_text(text, encoding="utf-8")
    user = "user root;" if os.getuid() == 0 else ""
    (stack.folder / "nginx.conf").write_text(_MAIN.format(folder=stack.folder, user=user), encoding="utf-8")


def _certificate(folder: Path) -> None:
    """A certificate for the host, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "privkey.pem").write_bytes(pem)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(holds: Callable[[], bool]) -> None:
    """Raises RuntimeError where it does not come to hold in time."""
    pause, until = threading.Event(), time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if holds():
                return
        except OSError:
            pass
        pause.wait(0.1)
    raise RuntimeError("the stack does not answer")
