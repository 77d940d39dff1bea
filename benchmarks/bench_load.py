"""Many at once: the ordinary pages of a province at 1, 8, 32 and 128 clients, field users who send what they noted, and
the memory of the processes, on SQLite and on PostgreSQL. Everything on loopback.

Times are ratios to a page that only says hello in the same stack: same web server, session, account, scope. Needs wrk
(Debian's package). Settings: NHANLUCSO_BENCH_SCALE (1: 60,000 staff), NHANLUCSO_LOAD_SECONDS of each measurement,
NHANLUCSO_LOAD_USERS in the field, NHANLUCSO_LOAD_MINUTES of watching memory, NHANLUCSO_LOAD_DATABASES. The whole of
docs/load.md, about seventy minutes on an idle machine:

    NHANLUCSO_LOAD_SECONDS=20 NHANLUCSO_LOAD_USERS=5000 NHANLUCSO_LOAD_MINUTES=10 NHANLUCSO_TABLE=1 \\
        python -m benchmarks.bench_load
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.load import asking
from benchmarks.load.asking import Measured
from benchmarks.running import SCALE

STAFF, VILLAGES, ATTENDANCES = int(60_000 * SCALE), int(2_000 * SCALE), int(1_000_000 * SCALE)
SECONDS = int(os.environ.get("NHANLUCSO_LOAD_SECONDS", "5"))
USERS = int(os.environ.get("NHANLUCSO_LOAD_USERS", "500"))
MINUTES = float(os.environ.get("NHANLUCSO_LOAD_MINUTES", "1"))
DATABASES = os.environ.get("NHANLUCSO_LOAD_DATABASES", "sqlite,postgres").split(",")
CLIENTS = (1, 8, 32, 128)
HASTE = 4  # the hour of the field users lasts fifteen minutes
READY_WITHIN = 120  # seconds
SAMPLES = 20  # of memory


@dataclass(frozen=True, slots=True)
class Stack:
    """A web server that answers, its process, who may ask it."""

    address: str
    port: int
    server: int
    folder: Path
    visitors: dict[str, Any]

    @property
    def hello(self) -> list[tuple[str, str]]:
        return [("/hello", one["cookie"]) for one in self.visitors["officers"]]

    @property
    def ordinary(self) -> list[tuple[str, str]]:
        """The pages of all officers, one of the province and three of communes, in turn."""
        officers = self.visitors["officers"]
        return [(path, one["cookie"]) for row in zip(*(o["pages"] for o in officers), strict=True)
                for path, one in zip(row, officers, strict=True)]  # fmt: skip


def main() -> None:
    if not shutil.which("wrk"):
        print("Left out: needs wrk (Debian: apt-get install wrk).")
        return
    print(f"Province: {STAFF:,} staff, {VILLAGES:,} villages, {ATTENDANCES:,} attendances; {SECONDS} s each")
    rows = []
    for database in DATABASES:
        with standing(database) as stack:
            rows += measured(database, stack)
    if os.environ.get("NHANLUCSO_TABLE") == "1":
        write_table(rows)


def measured(database: str, stack: Stack) -> list[str]:
    """Rows of the tables, printed as they come."""
    rows = []

    def told(kind: str, *cells: object) -> None:
        row = f"{kind}| {database} | " + " | ".join(map(str, cells)) + " |"
        print(row, flush=True)
        rows.append(row)

    for path, cookie in stack.ordinary * 2:  # what is computed once after a start; there are two processes
        asking.page(stack.port, path, cookie)
    for clients in CLIENTS:
        hello = asking.pages(stack.address, stack.hello, clients, SECONDS, stack.folder)
        pages = asking.pages(stack.address, stack.ordinary, clients, SECONDS, stack.folder)
        told("pages", clients, *_compared(pages, hello))
    before = memory(stack.server)
    sent, saved = asking.field(stack.port, stack.visitors["members"], USERS / 5_000 * 3_600 / HASTE)
    assert saved + sent.errors >= USERS * asking.VISITS
    told("field", f"{USERS:,}", f"{saved:,}", sent.errors, f"{sent.p50:.0f}", f"{sent.p95:.0f}")
    told("memory", *[f"{size:.0f}" for size in flat(stack)], f"{before:.0f}")
    return rows


def _compared(pages: Measured, hello: Measured) -> tuple[object, ...]:
    return (
        pages.errors + hello.errors,
        f"{pages.rate:.1f}",
        f"{pages.rate / hello.rate:.2f}",
        f"{pages.p95:.0f}",
        f"{pages.p95 / hello.p95:.1f}",
    )


def flat(stack: Stack) -> list[float]:
    """Megabytes of the server's processes at five moments while eight clients ask for so many minutes."""
    sizes: list[float] = []
    with ExitStack() as until_the_end:
        script = [
            "-m",
            "benchmarks.bench_load",
            "ask",
            str(stack.folder),
            stack.address,
            str(int(MINUTES * 60)),
        ]
        process = until_the_end.enter_context(subprocess.Popen([sys.executable, *script]))
        while process.poll() is None:
            sizes.append(memory(stack.server))
            time.sleep(MINUTES * 60 / SAMPLES)
    return [sizes[round(part * (len(sizes) - 1) / 4)] for part in range(5)]


def ask(folder: Path, address: str, seconds: int) -> None:
    """The other process of `flat`."""
    visitors = json.loads((folder / "visitors.json").read_text())
    stack = Stack(address, 0, 0, folder, visitors)
    asking.pages(address, stack.ordinary, 8, seconds, folder)


def memory(server: int) -> float:
    """Megabytes that the server and its workers hold; what they share counts once (proportional set size)."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    total = 0
    for process in (str(server), *children):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


@contextmanager
def standing(database: str) -> Iterator[Stack]:
    """The province served from that database by two processes of eight threads, as delivered."""
    with ExitStack() as until_the_end:
        folder = Path(until_the_end.enter_context(tempfile.TemporaryDirectory(prefix="nhanlucso-load-")))
        environment = os.environ | {"NHANLUCSO_DATA": str(folder / "data"), "NHANLUCSO_LOG": "ERROR"}
        environment.pop("DATABASE_URL", None)
        if database == "postgres":
            from tests.postgres import start_server

            server = start_server("")
            until_the_end.callback(server.stop)
            environment["DATABASE_URL"] = server.url
        numbers = [str(number) for number in (STAFF, VILLAGES, ATTENDANCES, USERS)]
        prepare = [sys.executable, "-m", "benchmarks.load.preparing", str(folder), *numbers]
        subprocess.run(prepare, env=environment, check=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        environment |= {
            "DJANGO_SETTINGS_MODULE": "benchmarks.load.settings",
            "NHANLUCSO_BIND": f"127.0.0.1:{port}",
        }
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "--config",
            "python:nhanlucso.config.gunicorn",
            "--log-level",
        ]
        running = subprocess.Popen([*command, "warning", "nhanlucso.config.wsgi"], env=environment)
        until_the_end.callback(running.wait)
        until_the_end.callback(running.terminate)
        _wait(f"http://127.0.0.1:{port}/health/live")
        visitors = json.loads((folder / "visitors.json").read_text())
        yield Stack(f"http://127.0.0.1:{port}", port, running.pid, folder, visitors)


def _wait(address: str) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=READY_WITHIN):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server does not answer")


def write_table(rows: list[str]) -> None:
    """The tables of docs/load.md, between its marks."""
    path = Path("docs/load.md")
    text = path.read_text(encoding="utf-8")
    head, _, rest = text.partition("<!-- run -->\n")
    _, _, rest = rest.partition("\n\n")
    told = f"This run: {STAFF:,} staff, {SECONDS} s a line, {USERS:,} field users, {MINUTES:g} minutes of memory."
    text = f"{head}<!-- run -->\n{told}\n\n{rest}"
    for kind in ("pages", "field", "memory"):
        found = [row.removeprefix(kind) for row in rows if row.startswith(f"{kind}|")]
        head, _, rest = text.partition(f"<!-- {kind} -->\n")
        title, _, rest = rest.partition("|\n|")
        line, _, rest = rest.partition("|\n")
        _, _, rest = rest.partition("\n\n")
        text = f"{head}<!-- {kind} -->\n{title}|\n|{line}|\n" + "\n".join(found) + f"\n\n{rest}"
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["ask"]:
        ask(Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
    else:
        main()
