"""One way of counting, measured in a process of its own: `python -m benchmarks.figures_measured WAY FOLDER ROUNDS`.

Prints JSON: seconds of each round (wall and processor), the largest memory of the process; writes the counts of all
units and years to FOLDER/WAY.npy, persons and attendances.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.facts_world import UNITS, YEARS, history, units_in_order
from nhanlucso.kernel.periods import parse_period

Cells = Any  # (unit - 1, year, persons or attendances)
TREE = date(2025, 12, 31)
LEVELS = (("village", 5_000, UNITS), ("commune", 500, UNITS), ("province", 10, UNITS), ("country", 1, 1))
PERIODS = ("2022", "2023", "2024", "2025", "2024-H1", "2023-H1", "2022-H1")
"""The first one warms up; more of them than answers are held."""
SQL = """SELECT c.above, {year} AS year, count(DISTINCT a.person), count(*)
FROM attended a JOIN closure c USING (anchor) GROUP BY 1, 2"""
# A reporting year begins on 15 December: 17 days on, the calendar says its number.
DUCKDB_YEAR = "year(a.day + INTERVAL 17 DAY)"
POSTGRES_YEAR = "extract(year FROM a.day + 17)::int"


def main(way: str, folder: Path, rounds: int) -> None:
    work, more = {"ours": ours, "duckdb": duckdb}[way](folder)
    cells, times = measured(work, rounds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    np.save(folder / f"{way}.npy", cells)
    print(json.dumps({"times": times, "peak": peak, **more(rounds)}))


def measured(work: Callable[[], Cells], rounds: int) -> tuple[Cells, list[tuple[float, float]]]:
    """What `work` gave last, and (wall, processor) seconds of each round."""
    times = []
    for _ in range(rounds):
        start, busy = time.perf_counter(), time.process_time()
        cells = work()
        times.append((time.perf_counter() - start, time.process_time() - busy))
    return cells, times


def ours(folder: Path) -> tuple[Callable[[], Cells], Callable[[int], dict[str, Any]]]:
    """The engine of the product over a build; and single figures with their passports."""
    from nhanlucso.indicators.catalogue import INDICATORS
    from nhanlucso.indicators.engine.compute import counts, counts_over
    from nhanlucso.indicators.engine.passport import COUNTED, Passport
    from nhanlucso.indicators.engine.relations import Window
    from nhanlucso.indicators.engine.store import Store

    windows = [Window(*parse_period(str(year)).window("decree")) for year in YEARS]
    indicators = [INDICATORS["training.persons"], INDICATORS["training.attendances"]]
    start = time.perf_counter()
    store = Store(folder / "build", history())
    opened = time.perf_counter() - start

    def everywhere() -> Cells:
        found = counts_over(store, indicators, [(window, window.b) for window in windows])
        cells = np.zeros((UNITS, len(YEARS), 2), dtype=np.int64)
        for number, by_code in enumerate(found):
            for place, indicator in enumerate(indicators):
                of = by_code[indicator.code]
                units = np.fromiter(of, np.int64, len(of))
                cells[units - 1, number, place] = [count.value for count in of.values()]
        return cells

    def figure(window: Window, unit: int) -> Cells:
        counts(store, indicators[0], window, window.b, [unit])
        passport = Passport(store, indicators[0], window, window.b, unit)
        return passport.sizes(), passport.rows(COUNTED, 0, 50)

    def single(rounds: int) -> dict[str, Any]:
        """Seconds of a figure with the first page of its passport, for villages, communes, provinces, the country:
        asked for the first time, each of another unit and window, and asked again."""
        found = {}
        for kind, first, last in LEVELS:
            asked = [
                (Window(*parse_period(period).window("decree")), min(first + n, last))
                for n, period in enumerate(PERIODS[: rounds + 1])
            ]
            new = iter(asked)
            found[f"{kind}, first"] = measured(lambda new=new: figure(*next(new)), len(asked))[1][1:]
            found[f"{kind}, again"] = measured(lambda at=asked[-1]: figure(*at), rounds)[1]
        return {"single": found, "opened": opened}

    return everywhere, single


def duckdb(folder: Path) -> tuple[Callable[[], Cells], Callable[[int], dict[str, Any]]]:
    """Plain SQL over the same file in the same DuckDB, as much memory as it wants."""
    import duckdb as engine

    connection = engine.connect(config={"threads": 2})
    files = folder / "build" / "attended.*.parquet"
    connection.execute(f"CREATE VIEW attended AS SELECT * FROM read_parquet('{files}')")
    connection.execute("CREATE TABLE closure (anchor BIGINT, above BIGINT)")
    connection.executemany("INSERT INTO closure VALUES (?, ?)", closure())
    sql = SQL.format(year=DUCKDB_YEAR)
    return lambda: cells_of(connection.execute(sql).fetchall()), lambda _: {}


def closure() -> list[tuple[int, int]]:
    """Every anchor with its unit and all above it."""
    lines = history().closure(TREE)
    return [(anchor, above) for anchor, unit in enumerate(units_in_order()) for above in lines[unit]]


def cells_of(rows: list[tuple[Any, ...]]) -> Cells:
    cells = np.zeros((UNITS, len(YEARS), 2), dtype=np.int64)
    table = np.array(rows, dtype=np.int64)
    cells[table[:, 0] - 1, table[:, 1] - YEARS[0]] = table[:, 2:]
    return cells


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhanlucso.config.settings")
    import django

    django.setup()
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
