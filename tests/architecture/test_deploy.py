"""The files of deploy/ say the same as the program: names of settings, commands, port, socket, places."""

from __future__ import annotations

import re
import shutil
import subprocess
from configparser import RawConfigParser
from typing import Any

import pytest
import yaml

from nhanlucso import __version__
from nhanlucso.cli.main import COMMANDS
from nhanlucso.exchange.sheets.packages import MOST_BYTES
from tests.architecture.source import ROOT

DEPLOY = ROOT / "deploy"
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
SETTINGS = set(
    re.findall(r"^\| `([A-Z_]+)` \|", RUNBOOK, re.MULTILINE)
)  # test_documents: as the program reads them
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
SERVER = "gunicorn --config python:nhanlucso.config.gunicorn nhanlucso.config.wsgi"
SOCKET = "unix:/run/nhanlucso/web.sock"
UNITS = sorted((DEPLOY / "systemd").glob("*"))


def read(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def unit(name: str) -> RawConfigParser:
    """A unit of systemd; of a name that stands several times the last counts."""
    parser = RawConfigParser(strict=False, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(read(f"systemd/{name}"))
    return parser


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(read("container/compose.yaml"))
    return found


@pytest.mark.parametrize("path", FILES, ids=[path.relative_to(DEPLOY).as_posix() for path in FILES])
def test_settings_are_those_that_the_program_reads(path: Any) -> None:
    named = set(re.findall(r"\b(NHANLUCSO_[A-Z_]+|DATABASE_URL)\b", path.read_text(encoding="utf-8")))
    assert named - SETTINGS == set()


@pytest.mark.parametrize("path", FILES, ids=[path.relative_to(DEPLOY).as_posix() for path in FILES])
def test_the_runbook_tells_of_every_file(path: Any) -> None:
    assert f"deploy/{path.relative_to(DEPLOY).parts[0]}" in RUNBOOK


@pytest.mark.parametrize("path", UNITS, ids=[path.name for path in UNITS])
def test_commands_are_those_of_the_program(path: Any) -> None:
    commands = re.findall(r"/bin/nhanlucso (\w+)", path.read_text(encoding="utf-8"))
    assert set(commands) - set(COMMANDS) == set()
    if path.suffix == ".service":
        service = unit(path.name)["Service"]
        assert service["User"] == "nhanlucso"
        assert service["EnvironmentFile"] == "/etc/nhanlucso/nhanlucso.env"
        assert service["NoNewPrivileges"] == "yes" and service["ProtectSystem"] == "strict"
        assert service["ReadWritePaths"].split()[0] == "/var/lib/nhanlucso"


@pytest.mark.parametrize("path", UNITS, ids=[path.name for path in UNITS])
def test_systemd_understands_the_units(path: Any) -> None:
    """Where systemd is installed; elsewhere they are at least read above."""
    if not shutil.which("systemd-analyze"):
        return
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", path],
        capture_output=True,
        text=True,
        env={"LC_ALL": "C.UTF-8"},
    ).stderr
    strange = [line for line in told.splitlines() if path.name in line and "is not executable" not in line]
    assert [line for line in strange if "Failed to create" not in line] == []


def test_one_server_everywhere() -> None:
    web = unit("nhanlucso-web.service")["Service"]
    assert web["ExecStart"] == f"/opt/nhanlucso/.venv/bin/{SERVER}"
    assert web["ExecReload"] == "/bin/kill -HUP $MAINPID"
    assert " ".join(_words("CMD")) == SERVER
    serve = (ROOT / "src" / "nhanlucso" / "cli" / "serve.py").read_text(encoding="utf-8")
    assert '"--config", "python:nhanlucso.config.gunicorn"' in serve


def test_one_socket_and_one_port() -> None:
    assert f"NHANLUCSO_BIND={SOCKET}\n" in read("nhanlucso.env")
    assert re.findall(r"server (unix:\S+) ", read("nginx/nhanlucso.conf")) == [SOCKET, SOCKET]
    assert "reverse_proxy unix//run/nhanlucso/web.sock" in read("caddy/Caddyfile")
    assert unit("nhanlucso-web.service")["Service"]["RuntimeDirectory"] == "nhanlucso"
    text = read("container/Dockerfile")
    assert "NHANLUCSO_BIND=0.0.0.0:8000" in text and "EXPOSE 8000" in text
    assert "http://127.0.0.1:8000/health/live" in text
    assert "web:8000" in compose()["services"]["proxy"]["command"]


def test_proxies_take_what_the_product_takes() -> None:
    most = re.search(r"client_max_body_size (\d+)m;", read("nginx/nhanlucso.conf"))
    assert most and int(most[1]) << 20 > MOST_BYTES
    assert f"max_size {most[1]}MB" in read("caddy/Caddyfile")
    assert f"{MOST_BYTES >> 20} MB" in read("pages/tep-qua-lon.html")


def test_proxies_replace_what_visitors_say_and_hide_what_is_ours() -> None:
    site, caddy = read("nginx/nhanlucso.conf"), read("caddy/Caddyfile")
    for line in (
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "proxy_set_header X-Forwarded-Proto $scheme;",
        "proxy_set_header X-Request-ID $request_id;",
        'proxy_set_header X-Forwarded-Host "";',
        'proxy_set_header Forwarded "";',
    ):
        assert line in site
    assert "header_up X-Forwarded-For {remote_host}" in caddy
    for address in ("/metrics", "/health/ready"):
        assert f"location = {address} {{ return 404; }}" in site
        assert f" {address}" in caddy
    for page in (path.name for path in (DEPLOY / "pages").iterdir()):
        assert f"/{page}" in site and f"/{page}" in caddy


def _words(instruction: str) -> list[str]:
    """The words of the last such instruction of the Dockerfile that stands as a list."""
    (found,) = re.findall(rf"^{instruction} (\[.*\])$", read("container/Dockerfile"), re.MULTILINE)
    words: list[str] = yaml.safe_load(found)
    return words


def test_the_image_is_pinned_and_runs_for_nobody_special() -> None:
    text = read("container/Dockerfile")
    (base,) = re.findall(r"^FROM (\S+)$", text, re.MULTILINE)
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-bookworm", base)
    last_user = re.findall(r"^USER (\S+)$", text, re.MULTILINE)[-1]
    assert last_user == "nhanlucso" and text.index("USER ") < text.index("CMD [")
    assert "RUN make setup" in text and re.search(r"^HEALTHCHECK ", text, re.MULTILINE)
    assert f"NHANLUCSO_DATA={_volume()}" in text


def _volume() -> str:
    (found,) = re.findall(r"^VOLUME (\S+)$", read("container/Dockerfile"), re.MULTILINE)
    return str(found)


def test_the_containers_are_the_parts_of_the_product() -> None:
    services = compose()["services"]
    assert set(services) == {"database", "init", "web", "worker", "tend", "proxy"}
    for name, service in services.items():
        image = service["image"]
        assert re.fullmatch(r"[a-z]+:\d+\.\d+[\w.-]*", image), f"{name} is not pinned"
        if image.startswith("nhanlucso"):
            assert image == f"nhanlucso:{__version__}"
            assert f"data:{_volume()}" in service["volumes"]
            assert service["build"]["dockerfile"] == "deploy/container/Dockerfile"
        words = " ".join(service.get("command", []))
        assert set(re.findall(r"nhanlucso (\w+)", words)) - set(COMMANDS) == set()
    assert services["web"]["environment"]["NHANLUCSO_HTTPS"] == "1"
    assert "ports" not in services["web"] and "ports" not in services["database"]
    assert services["database"]["image"].startswith(
        "postgres:15."
    )  # the server that pg_dump of the image is made for
    (network,) = compose()["networks"]["default"]["ipam"]["config"]
    assert services["web"]["environment"]["NHANLUCSO_PROXY_ADDRESSES"] == network["subnet"]
