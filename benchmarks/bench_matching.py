"""How well people of a list are matched to a register of 60,000: how many certain matches are wrong, how many people
are found, asked about, taken for somebody new.

Run by `make bench`. The list has the slips of real ones (`benchmarks.people`) and one newcomer in ten rows.
NHANLUCSO_BENCH_SCALE (default 1) shrinks it.
"""

from __future__ import annotations

import time
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.running import SCALE, in_new_installation

PEOPLE, ROWS, NEW = int(60_000 * SCALE), int(50_000 * SCALE), 0.1


def run(_folder: Path) -> None:
    from benchmarks.people import newcomer, register, told
    from benchmarks.storing import store

    random = Random(4)
    people = register(random, PEOPLE)
    province, uids = store(people)
    chosen = random.sample(range(PEOPLE), ROWS)
    rows, truth = [], []
    for place, number in enumerate(chosen):
        new = random.random() < NEW
        rows.append(newcomer(random, PEOPLE + place, people) if new else told(random, people[number]))
        truth.append("" if new else uids[number])
    for named, with_units in (("with units", True), ("without units", False)):
        measure(province, rows, truth, named, with_units)


def measure(province: Any, rows: list[Any], truth: list[str], named: str, with_units: bool) -> None:
    from benchmarks.storing import reading
    from nhanlucso.exchange.sheets.matching import plan_import
    from nhanlucso.exchange.sheets.plan import ImportRequest, Outcome
    from nhanlucso.kernel.scope import SYSTEM

    start = time.perf_counter()
    plan = plan_import(SYSTEM, reading(rows, with_units=with_units), ImportRequest(unit=province))
    seconds = time.perf_counter() - start
    known = sum(map(bool, truth))
    found = dict.fromkeys(("right", "wrong", "asked", "lost", "missed", "new", "new asked", "told"), 0)
    certain = (Outcome.MATCHED, Outcome.UPDATED)
    for row, true in zip(plan.rows, truth, strict=True):
        uids = [candidate.uid for candidate in row.candidates]
        if row.outcome in certain or row.code == "row_twice":
            found["right" if uids[:1] == [true] else "wrong"] += 1
        elif row.outcome is Outcome.AMBIGUOUS:
            kind = "new asked" if not true else "asked" if true in uids else "lost"
            found[kind] += 1
        else:
            found["missed" if true else "new"] += 1
            found["told"] += bool(true and row.candidates)
    sure, met = found["right"] + found["wrong"], found["right"] + found["asked"]
    print(f"{named}: {len(rows):,} rows, {known:,} of people of the register, in {seconds:.1f} s")
    print(f"  precision of certain: {found['right'] / sure:.5f} ({found['wrong']} wrong of {sure:,})")
    print(f"  recall: certain {found['right'] / known:.4f}, certain or asked {met / known:.4f}")
    print(f"  taken for new: {found['missed'] / known:.4f}, of them told as alike: {found['told']}")
    print(f"  asked about others: {found['lost']}")
    print(f"  newcomers: {found['new']:,} new, {found['new asked']:,} asked about")


if __name__ == "__main__":
    in_new_installation(run)
