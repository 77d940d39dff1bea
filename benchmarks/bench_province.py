"""A province at full size: import, facts, all figures against the ORM way, pages and their queries.

Run by `make bench`. Everything happens in a temporary folder; NHANLUCSO_BENCH_SCALE (default 1) shrinks it.
Times are of one run on this machine and only ratios are worth comparing.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SCALE = float(os.environ.get("NHANLUCSO_BENCH_SCALE", "1"))
STAFF, VILLAGES, ATTENDANCES = int(60_000 * SCALE), int(2_000 * SCALE), int(1_000_000 * SCALE)
SAMPLE = 6  # units that the slow way is measured on
PAGES = ("/", "/can-bo/", "/don-vi/", "/ke-hoach/", "/bao-cao/", "/chi-so/", "/chi-so/coverage.basic/",
         "/chi-so/coverage.basic/ho-chieu/", "/chi-so/training.persons/", "/lop-hoc/")  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="nhanlucso-bench-") as folder:
        os.environ["NHANLUCSO_DATA"] = f"{folder}/data"
        os.environ["DJANGO_SETTINGS_MODULE"] = "nhanlucso.config.settings"
        os.environ.pop("DATABASE_URL", None)
        run(Path(folder))


def run(folder: Path) -> None:
    from benchmarks.world import write_world
    from nhanlucso.cli.setup import ready

    ready()
    from nhanlucso.exchange.bundle.importing import import_bundle
    from nhanlucso.indicators.builds import current_build
    from nhanlucso.kernel.clock import now

    print(f"Province: {STAFF:,} staff, {VILLAGES:,} villages, {ATTENDANCES:,} attendances, SQLite")
    write_world(folder / "bundle", staff=STAFF, villages=VILLAGES, attendances=ATTENDANCES)
    report, seconds = timed(lambda: import_bundle(folder / "bundle", dry_run=False, by=None, at=now()))
    print(f"import of the bundle: {seconds:.1f} s for {report.created:,} rows")
    build, seconds = timed(lambda: current_build(now()))
    print(f"build of the facts: {seconds:.1f} s for {build.rows:,} rows")
    compare_figures()
    pages()


def compare_figures() -> None:
    from benchmarks import orm
    from nhanlucso.indicators.queries import ask, figures, pick
    from nhanlucso.kernel.scope import SYSTEM
    from nhanlucso.orgs.queries import history

    asked = ask("2026-9M")
    past = history()
    figures(SYSTEM, asked, pick(None), None)  # the tree's places are made once
    runs = [timed(lambda: figures(SYSTEM, asked, pick(None), None)) for _ in range(5)]
    everything, ours = runs[0][0], statistics.median(seconds for _, seconds in runs)
    cells = sum(len(found) for found in everything.values())
    print(f"engine: {cells:,} figures ({len(everything):,} units x {len(pick(None))}) in {ours:.2f} s")
    communes = [u for u in everything if (v := past.version(u, asked.tree)) and v.kind == "commune"]
    slow = []
    for unit in communes[:SAMPLE]:
        theirs, seconds = timed(
            lambda unit=unit: orm.figures(past.subtree(unit, asked.tree), asked.window.a, asked.window.b)
        )
        slow.append(seconds)
        mine = {f.indicator.code: f.value for f in everything[unit]}
        assert {code: mine[code] for code in theirs} == theirs, (unit, mine, theirs)
    per_unit = statistics.median(slow)
    print(
        f"Django ORM: {per_unit:.2f} s for {len(theirs)} figures of one commune (median of {len(slow)}; equal to the "
        f"engine's); for the {len(communes)} communes alone {per_unit * len(communes):.0f} s by proportion"
    )
    print(f"ratio, all communes by ORM / all units by the engine: {per_unit * len(communes) / ours:.0f}")


def pages() -> None:
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from nhanlucso.access.models import Account, Assignment

    settings.ALLOWED_HOSTS = ["localhost"]
    account = Account.objects.create(username="bench", full_name="Bench")
    Assignment.objects.create(account=account, role="administrator")
    client = Client(HTTP_HOST="localhost", HTTP_ACCEPT_ENCODING="gzip")
    client.force_login(account)
    for page in PAGES:
        address = f"{page}?period=2026-9M"
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            answer, seconds = timed(lambda address=address: client.get(address))
        weight = len(answer.content) / 1000
        print(
            f"page {page:<36} {answer.status_code} {len(queries):>4} queries {weight:>6.1f} kB gzip {seconds:>5.2f} s"
        )


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


if __name__ == "__main__":
    main()
