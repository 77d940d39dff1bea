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
from benchmarks.running import SCALE, in_new_installation, timed

FULL = 20_000_000
CURVE = (0.05, 0.25, 1.0)  # 1, 5 and 20 million


def run(folder: Path) -> None:
    asked = arguments()
    print(
        f"{UNITS:,} units in 4 levels x {len(YEARS)} years: {UNITS * len(YEARS):,} cells, each persons and lượt"
    )
    seconds, ours = {}, {}
    for share in CURVE:
        world = folder / f"world-{share}"
        rows = int(FULL * asked.scale * share)
        write(world / "build", rows)
        ours = in_own_process("ours", world, asked.rounds)
        seconds[rows] = median(ours)
        print(f"engine, {rows:,} attendances: {told(ours)}; at most {ours['peak']:.0f} MB")
    most, least = max(seconds), min(seconds)
    growth = seconds[most][0] / seconds[least][0]
    print(f"curve: {most / least:.0f} times the facts cost {growth:.1f} times the time")
    compare("DuckDB, COUNT(DISTINCT) with a closure join", "duckdb", world, ours, asked.rounds)
    if asked.postgres:
        postgres(world, ours, asked.postgres)
    single(ours["single"], page_view())


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
    print(f"{named}: {told(theirs)}; all cells equal")
    print(f"ratio, {named} / engine: {wall:.1f} on the wall, {busy:.1f} of the processor")


def postgres(world: Path, ours: dict[str, Any], rounds: int) -> None:
    from benchmarks.postgres import loaded

    with loaded(world / "build" / "attended.parquet", measured.closure()) as server:
        sql = measured.SQL.format(year=measured.POSTGRES_YEAR)
        cells, times = server.measured(sql, rounds)
    np.save(world / "postgres.npy", measured.cells_of(cells))
    tell(
        f"{server.version} with indexes, {rounds} round(s)",
        world / "postgres.npy",
        world,
        ours,
        {"times": times},
    )


def single(found: dict[str, Any], page: float) -> None:
    for kind, times in found.items():
        wall = median({"times": times})[0]
        print(f"a figure of one {kind} with its passport: {wall:.2f} s, {wall / page:.1f} page views")


def page_view() -> float:
    """Seconds of a page of figures, of the example cases that the product comes with."""
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
    times = [timed(lambda: client.get("/chi-so/"))[1] for _ in range(6)]
    page = statistics.median(times[1:])
    print(f"a page view (figures of the example cases): {page:.2f} s")
    return page


def median(found: dict[str, Any]) -> tuple[float, float]:
    wall, busy = zip(*found["times"], strict=True)
    return statistics.median(wall), statistics.median(busy)


def told(found: dict[str, Any]) -> str:
    wall, busy = median(found)
    return f"{wall:.2f} s (processor {busy:.2f} s, median of {len(found['times'])})"


if __name__ == "__main__":
    in_new_installation(run)
