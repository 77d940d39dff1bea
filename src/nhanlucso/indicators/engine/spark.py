"""The same facts on an Apache Spark cluster: the only place that knows Spark.

Relations are the SQL of `relations`, run by Spark. Distinct counts are spread by key: each worker tallies all rows of
its people (`spread`), and the tallies are added up.
"""

from __future__ import annotations

import os
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import sum as summed

from nhanlucso.indicators.engine.placing import Placing
from nhanlucso.indicators.engine.source import Source, sum_of
from nhanlucso.indicators.engine.spread import COUNTED, tallying
from nhanlucso.indicators.engine.tally import Tally
from nhanlucso.orgs.rules import History

ClusterError = PySparkException
Columns = dict[str, npt.NDArray[Any]]

_ENGINE = Path(__file__).parent
_PACKAGE = _ENGINE.parents[1]
_SENT = (  # what workers need of the program
    "__init__.py", "indicators/__init__.py", "indicators/engine/__init__.py", "indicators/engine/placing.py",
    "indicators/engine/spread.py", "indicators/engine/tally.py", "indicators/engine/tree.py",
)  # fmt: skip
_KINDS = {
    "int64": "BIGINT", "string": "STRING", "large_string": "STRING", "date32[day]": "DATE", "bool": "BOOLEAN",
}  # fmt: skip
_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",  # «since ever» is a day of the year 1
    "spark.sql.execution.arrow.pyspark.enabled": "true",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Files of a table, the columns that they have, the expressions that these are read by."""

    paths: Sequence[str]
    schema: pa.Schema
    columns: Sequence[str] = ("*",)


@contextmanager
def session(master: str) -> Iterator[SparkSession]:
    """A session on a cluster (`spark://host:port`) or on this machine (`local[*]`), with what workers need of the
    program; workers fetch it when they begin, so it lies ready to the end."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("nhanlucso")
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    with TemporaryDirectory(prefix="nhanlucso-") as folder:
        try:
            made.sparkContext.addPyFile(str(_program(Path(folder))))
            yield made
        finally:
            made.stop()


def _program(folder: Path) -> Path:
    path = folder / "nhanlucso-engine.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in _SENT:
            archive.write(_PACKAGE / name, f"nhanlucso/{name}")
    return path


class Cluster(Source):
    """Facts as Spark sees them."""

    def __init__(self, history: History, spark: SparkSession, tables: Mapping[str, Sequence[Piece]]) -> None:
        """`tables`: the pieces of every table; paths as the cluster reaches them."""
        super().__init__(history)
        self._spark = spark
        self._sent: dict[int, tuple[Placing, Any]] = {}
        self._found: dict[str, Columns] = {}  # answers by query: small, and some are asked again
        for name, pieces in tables.items():
            self._view(name, [_read(spark, piece) for piece in pieces])
        self._prepare()

    def files(self, name: str) -> list[Path]:
        return []

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        found = self._spark.sql(sql).toArrow()
        return list(zip(*(column.to_pylist() for column in found.columns), strict=True))

    def columns(self, sql: str) -> Columns:
        if sql not in self._found:
            found = self._spark.sql(sql).toArrow()
            self._found[sql] = {name: found[name].to_numpy() for name in found.column_names}
        return self._found[sql]

    def foresee(self, relations: Sequence[str]) -> None:
        """Sums up all relations in one job: what a job costs to begin with is the most of small ones."""
        wanted = sorted({sum_of(relation) for relation in relations} - set(self._found))
        if not wanted:
            return
        parts = (f"SELECT {number} AS nth, * FROM ({sql})" for number, sql in enumerate(wanted))
        found = self.columns(" UNION ALL ".join(parts))
        for number, sql in enumerate(wanted):
            mine = found["nth"] == number
            self._found[sql] = {name: found[name][mine] for name in ("anchor", "amount", "hits")}

    def tallied_once(self, rows: str, placing: Placing) -> list[Tally]:
        wanted = (
            f"SELECT key::BIGINT AS key, anchor, amount::BIGINT AS amount, hit::BIGINT AS hits FROM ({rows})"
        )
        kinds = ", ".join(f"{name} BIGINT" for name in ("position", *COUNTED))
        counted = (
            self._spark.sql(wanted)
            .repartition("key")
            .mapInArrow(tallying(self._broadcast(placing)), kinds)
            .groupBy("position")
            .agg(*(summed(name).alias(name) for name in COUNTED))
            .toArrow()
        )
        position = counted["position"].to_numpy()
        columns = [np.zeros(placing.tree.size, dtype=np.int64) for _ in COUNTED]
        for column, name in zip(columns, COUNTED, strict=True):
            column[position] = counted[name].to_numpy()
        value, undecided, hits, undecided_hits = columns
        return [(value, undecided), (hits, undecided_hits)]

    def _broadcast(self, placing: Placing) -> Any:
        if id(placing) not in self._sent:
            self._sent[id(placing)] = (placing, self._spark.sparkContext.broadcast(placing))
        return self._sent[id(placing)][1]

    def _view(self, name: str, frames: Sequence[DataFrame]) -> None:
        whole = frames[0]
        for frame in frames[1:]:
            whole = whole.unionByName(frame)
        whole.createOrReplaceTempView(name)

    def _make(self, name: str, table: pa.Table) -> None:
        self._spark.createDataFrame(table).createOrReplaceTempView(name)


def _read(spark: SparkSession, piece: Piece) -> DataFrame:
    kinds = ", ".join(f"{field.name} {_KINDS[str(field.type)]}" for field in piece.schema)
    return spark.read.schema(kinds).parquet(*piece.paths).selectExpr(*piece.columns)
