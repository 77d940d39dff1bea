"""Exact distinct persons and attendances of 10,000 units in four years, 40,000 cells: the engine against plain SQL in
DuckDB and in PostgreSQL, from the same facts; single figures with their passports against a page view; the curve.

Run by `make bench`; by hand `python -m benchmarks.bench_figures --scale 0.05 --rounds 3`. Each way is measured in a
process of its own and its counts are compared cell by cell. Other work on the machine moves the seconds on the wall;
those of the processor are printed beside them.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import figures_measured as measured
from benchmarks.facts_world import UNITS, YEARS, write
from benchmarks.running import SCALE, in_new_installation

FULL = 20_000_000
CURVE = (0.05, 0.25, 1.0)  # 1, 5 and 20 million


def run(folder: Path) -> None:
    asked = arguments()
    say(
        f"{UNITS:,} units in 4 levels x {len(YEARS)} years: {UNITS * len(YEARS):,} cells, each persons and lượt."
    )
    say("")
    say("| way | seconds on the wall | of the processor | ratio to the engine: wall, processor |")
    say("|---|---:|---:|---:|")
    found: dict[int, dict[str, Any]] = {}
    for share in CURVE:
        world = folder / f"world-{share}"
        rows = int(FULL * asked.scale * share)
        write(world / "build", rows)
        found[rows] = in_own_process("ours", world, asked.rounds)
        say(f"| the engine, {rows / 1e6:g} M attendances {told(found[rows])} | |")
    ours = found[rows]
    compare("DuckDB, `COUNT(DISTINCT)` with a closure join", "duckdb", world, ours, asked.rounds)
    if asked.postgres:
        postgres(world, ours, asked.postgres)
    say("")
    least = min(found)
    growth = [median(ours)[n] / median(found[least])[n] for n in (0, 1)]
    say(
        f"{rows / least:.0f} times the facts cost {growth[0]:.1f} times the time ({growth[1]:.1f} of the processor)."
    )
    say(f"The engine holds at most {ours['peak']:.0f} MB at {rows / 1e6:g} M. All cells are equal.")
    single(ours["single"], page_view())


def say(line: str) -> None:
    """Prints at once: a run takes minutes."""
    print(line, flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=SCALE, help="1: 20 million attendances")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--postgres", type=int, default=1, help="rounds on PostgreSQL, which is slow; 0: none"
    )
    return parser.parse_args()


def in_own_process(way: str, world: Path, rounds: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.figures_measured", way, str(world), str(rounds)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=os.environ)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def compare(named: str, way: str, world: Path, ours: dict[str, Any], rounds: int) -> None:
    theirs = in_own_process(way, world, rounds)
    tell(named, world / f"{way}.npy", world, ours, theirs)


def tell(named: str, cells: Path, world: Path, ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    assert np.array_equal(np.load(world / "ours.npy"), np.load(cells)), named
    wall, busy = (theirs_ / ours_ for theirs_, ours_ in zip(median(theirs), median(ours), strict=True))
    say(f"| {named} {told(theirs)} | {wall:.1f}, {busy:.1f} |")


def postgres(world: Path, ours: dict[str, Any], rounds: int) -> None:
    from benchmarks.postgres import loaded
    from nhanlucso.indicators.engine import build

    with loaded(build.files(world / "build", "attended"), measured.closure()) as server:
        sql = measured.SQL.format(year=measured.POSTGRES_YEAR)
        cells, times = server.measured(sql, rounds)
    np.save(world / "postgres.npy", measured.cells_of(cells))
    tell(
        f"{server.version} with indexes",
        world / "postgres.npy",
        world,
        ours,
        {"times": times},
    )


def single(found: dict[str, Any], page: tuple[float, float]) -> None:
    say("")
    say(f"A page view (figures of the example cases): {page[0]:.2f} s, {page[1]:.2f} of the processor.")
    say("A figure with the first page of its passport:")
    say("")
    say("| of one | seconds on the wall | of the processor | page views: wall, processor |")
    say("|---|---:|---:|---:|")
    for kind, times in found.items():
        wall, busy = median({"times": times})
        say(f"| {kind} | {wall:.2f} | {busy:.2f} | {wall / page[0]:.1f}, {busy / page[1]:.1f} |")


def page_view() -> tuple[float, float]:
    """Seconds, on the wall and of the processor, of a page of figures of the cases that the product comes with."""
    from django.conf import settings
    from django.test import Client

    from nhanlucso.access.models import Account, Assignment
    from nhanlucso.exchange.bundle.importing import import_bundle
    from nhanlucso.kernel.clock import now

    settings.ALLOWED_HOSTS = ["localhost"]
    for case in ("bao-thang-2024", "tuyen-quang-2023"):
        import_bundle(Path("examples") / case, dry_run=False, by=None, at=now())
    account = Account.objects.create(username="bench", full_name="Bench", toured_at=now())
    Assignment.objects.create(account=account, role="administrator", unit=None)
    client = Client(HTTP_HOST="localhost")
    client.force_login(account)
    times = measured.measured(lambda: client.get("/chi-so/"), 6)[1]
    return median({"times": times[1:]})


def median(found: dict[str, Any]) -> tuple[float, float]:
    wall, busy = zip(*found["times"], strict=True)
    return statistics.median(wall), statistics.median(busy)


def told(found: dict[str, Any]) -> str:
    """Cells of a row: how often it was measured, and both medians."""
    wall, busy = median(found)
    return f"({len(found['times'])} rounds) | {wall:.2f} | {busy:.2f}"


if __name__ == "__main__":
    in_new_installation(run)
