"""A list of 50,000 rows and 10 columns read and matched to a register of 60,000, against openpyxl reading it.

Run by `make bench`. What is timed is `read_sheet` and `plan_import`, the register loaded anew from SQLite each time;
openpyxl reads the cells, in its read-only mode and in its usual one, and does nothing with them. All in processor time,
medians of five rounds in each of which all take their turn. Everything happens in a temporary folder;
NHANLUCSO_BENCH_SCALE (default 1) shrinks it.
"""

from __future__ import annotations

import resource
import statistics
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.people import Someone, newcomer, register, told
from benchmarks.running import SCALE, in_new_installation, timed
from benchmarks.storing import store, unit_name

PEOPLE, ROWS, RUNS, NEW = int(60_000 * SCALE), int(50_000 * SCALE), 5, 0.05
HEAD = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Chức vụ", "Đơn vị", "Số điện thoại", "Email", "Số CCCD",
        "Ghi chú")  # fmt: skip


def run(folder: Path) -> None:
    random = Random(6)
    people = register(random, PEOPLE)
    province, _ = store(people)
    path = folder / "list.xlsx"
    write_list(path, random, people)
    print(f"List: {ROWS:,} rows x {len(HEAD)} columns; register: {PEOPLE:,} people, SQLite")
    compare(path, province)


def compare(path: Path, province: Any) -> None:
    from nhanlucso.exchange.sheets.matching import plan_import
    from nhanlucso.exchange.sheets.plan import ImportRequest, Outcome
    from nhanlucso.exchange.sheets.reading import read_sheet
    from nhanlucso.kernel.scope import SYSTEM

    request = ImportRequest(unit=province)
    theirs, usual, ours, reads = [], [], [], []
    for _ in range(RUNS):
        theirs.append(timed(lambda: by_openpyxl(path, read_only=True))[1])
        usual.append(timed(lambda: by_openpyxl(path, read_only=False))[1])
        reading, read_seconds = timed(lambda: read_sheet(path))
        plan, plan_seconds = timed(lambda reading=reading: plan_import(SYSTEM, reading, request))
        reads.append(read_seconds)
        ours.append(read_seconds + plan_seconds)
    outcomes = {outcome.value: plan.count(outcome) for outcome in Outcome}
    assert len(plan.rows) == ROWS, outcomes
    mine, other = statistics.median(ours), statistics.median(theirs)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"openpyxl reading alone: read-only {other:.2f} s, usual {statistics.median(usual):.2f} s")
    print(
        f"read and matched: {mine:.2f} s, of it read {statistics.median(reads):.2f} s; at most {memory:.0f} MB"
    )
    print("outcomes:", ", ".join(f"{name} {value:,}" for name, value in outcomes.items() if value))
    print(
        f"ratio, read and matched / openpyxl reading alone: read-only {mine / other:.2f}, "
        f"usual {mine / statistics.median(usual):.2f}"
    )


def by_openpyxl(path: Path, *, read_only: bool) -> int:
    """The number of cells."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=read_only)
    cells = sum(len(row) for sheet in book for row in sheet.iter_rows(values_only=True))
    book.close()
    return cells


def write_list(path: Path, random: Random, people: Sequence[Someone]) -> None:
    """A list about most of the people, with the slips of real ones and one newcomer in twenty rows."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("Danh sách")
    sheet.write_row(0, 0, HEAD)
    for place, number in enumerate(random.sample(range(PEOPLE), ROWS), 1):
        new = random.random() < NEW
        row = newcomer(random, PEOPLE + place, people) if new else told(random, people[number])
        birth = "/".join(reversed(row.birth.split("-")))
        sex = {"m": "Nam", "f": "Nữ"}.get(row.sex, "")
        cells = [place, row.full_name, birth, sex, "Công chức", unit_name(row.unit), row.phone, row.email]
        sheet.write_row(place, 0, [*cells, row.national_id, "kiêm nhiệm" if place % 7 == 0 else ""])
    book.close()


if __name__ == "__main__":
    in_new_installation(run)
