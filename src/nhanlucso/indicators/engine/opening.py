"""Opening facts on the engine that was asked for. Spark is an extra: it is looked for when it is asked for."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa

from nhanlucso.indicators.engine.source import Source
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.language import say as _
from nhanlucso.orgs.rules import History

DUCKDB, SPARK = "duckdb", "spark"
ENGINES = (DUCKDB, SPARK)
HERE = "local[*]"
_PATIENCE = 5  # seconds for the master of a cluster to answer

Pieces = Mapping[str, Sequence[tuple[Sequence[str], pa.Schema, Sequence[str]]]]
"""By table: paths, the columns there, and the expressions that these are read by (`engine.spark.Piece`)."""


@contextmanager
def on_cluster(master: str, history: History, tables: Pieces) -> Iterator[Source]:
    """The facts on the cluster `master` (empty: on this machine), for as long as the block lasts.

    Raises Refused("engine_missing", "engine_unreachable"), and Refused("engine_failed") for what breaks in the block.
    """
    spark = _spark()
    _require_reachable(master)
    try:
        with spark.session(master or HERE) as session:
            pieces = {name: [spark.Piece(*piece) for piece in held] for name, held in tables.items()}
            yield spark.Cluster(history, session, pieces)
    except spark.ClusterError as problem:
        raise Refused(
            "engine_failed", _("Cụm Spark báo lỗi: %(why)s") % {"why": str(problem).partition("\n")[0][:300]}
        ) from problem


def _spark() -> Any:
    try:
        found = import_module("nhanlucso.indicators.engine.spark")
    except ImportError as problem:
        raise Refused(
            "engine_missing",
            _(
                'Bộ máy spark chưa được cài: pip install "nhanlucso[cluster]" (hoặc make cluster), rồi làm lại.'
            ),
        ) from problem
    java = Path(os.environ["JAVA_HOME"], "bin", "java") if os.environ.get("JAVA_HOME") else None
    if not (java.exists() if java else shutil.which("java")):
        raise Refused(
            "engine_missing",
            _("Bộ máy spark cần Java 17: apt-get install openjdk-17-jre-headless, hoặc đặt JAVA_HOME."),
        )
    return found


def _require_reachable(master: str) -> None:
    """Spark itself would try for a minute and then say it in a page of Java."""
    parts = urlsplit(master)
    if parts.scheme != "spark":
        return
    hosts = [urlsplit(f"spark://{host}") for host in parts.netloc.split(",")]
    for host in hosts:
        try:
            socket.create_connection((host.hostname or "", host.port or 7077), _PATIENCE).close()
            return
        except (OSError, ValueError):
            continue
    raise Refused(
        "engine_unreachable",
        _("Không kết nối được cụm Spark «%(master)s» (NHANLUCSO_SPARK).") % {"master": master},
    )
