"""A province at full size: import, facts, all figures against the ORM way, pages and their queries.

Run by `make bench`. Everything happens in a temporary folder; NHANLUCSO_BENCH_SCALE (default 1) shrinks it.
Times are of one run on this machine and only ratios are worth comparing.
"""

from __future__ import annotations

import gzip
import os
import statistics
import time
from pathlib import Path

from benchmarks.running import SCALE, in_new_installation, timed

STAFF, VILLAGES, ATTENDANCES = int(60_000 * SCALE), int(2_000 * SCALE), int(1_000_000 * SCALE)
SAMPLE = 6  # units that the slow way is measured on


def run(folder: Path) -> None:
    from benchmarks.world import write_world
    from nhanlucso.exchange.bundle.importing import import_bundle
    from nhanlucso.indicators.builds import current_build
    from nhanlucso.kernel.clock import now

    print(f"Province: {STAFF:,} staff, {VILLAGES:,} villages, {ATTENDANCES:,} attendances, SQLite")
    write_world(folder / "bundle", staff=STAFF, villages=VILLAGES, attendances=ATTENDANCES)
    report, seconds = timed(lambda: import_bundle(folder / "bundle", dry_run=False, by=None, at=now()))
    print(f"import of the bundle: {seconds:.1f} s for {report.created:,} rows")
    build, seconds = timed(lambda: current_build(now()))
    print(f"build of the facts: {seconds:.1f} s for {build.rows:,} rows")
    renewal(seconds)
    compare_figures()
    pages()


def renewal(whole: float) -> None:
    """Seconds from a saved attendance to the figure that shows it, by the build that goes on from the one before."""
    from nhanlucso.indicators.catalogue import INDICATORS
    from nhanlucso.indicators.queries import ask, figures
    from nhanlucso.kernel.clock import now
    from nhanlucso.kernel.scope import SYSTEM
    from nhanlucso.orgs.queries import resolve_unit
    from nhanlucso.people.models import Person
    from nhanlucso.training.models import ClassSession
    from nhanlucso.training.services.marks import MarkData, record_marks

    province, asked = resolve_unit("p").pk, ask("2026-9M")

    def shown() -> int:
        return int(
            figures(SYSTEM, asked, [INDICATORS["training.attendances"]], [province])[province][0].value or 0
        )

    runs = []
    for session in ClassSession.objects.order_by("pk")[:10:2]:
        person = Person.objects.exclude(
            attendances__session__training_class=session.training_class_id
        ).first()
        before = shown()
        start, busy = time.perf_counter(), time.process_time()
        record_marks(marks=[MarkData(session.pk, person.pk, "present")], by=SYSTEM, at=now())
        after = shown()
        runs.append((time.perf_counter() - start, time.process_time() - busy))
        assert after == before + 1, (before, after)
    saved, busy = (statistics.median(seconds) for seconds in zip(*runs, strict=True))
    print(
        f"from a saved attendance to the figure: {saved:.2f} s, {busy:.2f} s of the processor (median of {len(runs)}; "
        f"whole build {whole:.1f} s)"
    )
    print(f"ratio, whole build / saved attendance to figure: {whole / saved:.0f}")


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

    settings.ALLOWED_HOSTS = ["localhost"]
    for role, place in (("administrator", None), ("officer", "c7")):
        visits = visit_everything(role, place)
        print(f"pages of the {role}: {len(visits)}, queries, kB (gzip), seconds of the second visit")
        for route, queries, weight, seconds in visits:
            print(f"  /{route:<58} {queries:>4} {weight:>6.1f} {seconds:>6.2f}")
        if os.environ.get("NHANLUCSO_TABLE") == "1" and place is None:
            write_table(visits)


def visit_everything(role: str, place: str | None) -> list[tuple[str, int, float, float]]:
    """Every page that an account of the role can reach by links: route, queries, kB, seconds; each visited twice,
    since what is computed once after a change is not the page's own work."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from nhanlucso.access.models import Account, Assignment
    from nhanlucso.kernel.clock import now
    from nhanlucso.orgs.queries import resolve_unit
    from tests.browser.crawl import crawl

    account = Account.objects.create(username=f"bench-{role}", full_name="Bench", toured_at=now())
    Assignment.objects.create(account=account, role=role, unit=resolve_unit(place) if place else None)
    client = Client(HTTP_HOST="localhost", HTTP_ACCEPT_ENCODING="gzip")
    client.force_login(account)

    def fetch(address: str) -> tuple[int, str | None]:
        answer = client.get(address)
        if answer.streaming or "html" not in answer.headers["content-type"]:
            return answer.status_code, None
        packed = answer.headers.get("content-encoding") == "gzip"
        return answer.status_code, (gzip.decompress(answer.content) if packed else answer.content).decode()

    found = crawl(fetch, same_shape=1)
    assert not found.broken, found.broken
    visits = []
    for route, (address, *_rest) in sorted(found.pages.items()):
        with CaptureQueriesContext(connection) as queries:
            answer, seconds = timed(lambda address=address: client.get(address))
        visits.append((route, len(queries), len(answer.content) / 1000, seconds))
    return visits


def write_table(visits: list[tuple[str, int, float, float]]) -> None:
    """docs/page-queries.md, with NHANLUCSO_TABLE=1."""
    lines = [
        "# What pages ask of the database",
        "",
        f"Queries of each page with {STAFF:,} staff, {VILLAGES:,} villages and {ATTENDANCES:,} attendances on SQLite,",
        "as the administrator of the province, whose scope is the widest; and the page's weight, compressed. Written",
        "by `NHANLUCSO_TABLE=1 python -m benchmarks.bench_province`; tests hold that counts do not grow with the data.",
        "",
        "| page | queries | kB |",
        "|---|---:|---:|",
        *(f"| `/{route}` | {queries} | {weight:.1f} |" for route, queries, weight, _ in visits),
        "",
    ]
    Path("docs/page-queries.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    in_new_installation(run)
