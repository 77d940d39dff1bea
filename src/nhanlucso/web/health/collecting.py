"""The measures of all workers of this server together, and what stands in the installation at the moment."""

from __future__ import annotations

import os
from collections.abc import Iterator

from django.db import DatabaseError
from prometheus_client import REGISTRY, CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from nhanlucso import __version__
from nhanlucso.kernel.clock import now
from nhanlucso.upkeep.health.readiness import standing


def registry() -> CollectorRegistry:
    """One for each scrape. A server of one process counts in its own memory."""
    made = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(made)  # type: ignore[no-untyped-call]
    else:
        made.register(_Counted())
    made.register(_Standing())
    return made


class _Counted(Collector):
    """What this process counted of the product."""

    def collect(self) -> Iterator[Metric]:
        return (family for family in REGISTRY.collect() if family.name.startswith("nhanlucso_"))


class _Standing(Collector):
    """Read from the database at each scrape; without it one gauge says so, and the rest is left out."""

    def collect(self) -> Iterator[Metric]:
        yield _info()
        try:
            found = standing(now())
        except (DatabaseError, OSError):
            yield _gauge("database_up", "Whether the database answers", 0)
            return
        yield _gauge("database_up", "Whether the database answers", 1)
        yield _gauge("jobs_waiting", "Pieces of work that no worker has taken", found.waiting)
        yield _gauge("unsealed_age_seconds", "How long the oldest event of the log waits", found.unsealed)
        ages = {
            "jobs_oldest_waiting_seconds": ("How long the oldest of them waits", found.oldest or 0.0),
            "backup_age_seconds": ("Since the newest backup", found.backup),
            "seal_age_seconds": ("Since the newest seal of the log", found.seal),
            "worker_heard_seconds": ("Since a worker last gave a sign", found.worker),
        }
        for name, (words, age) in ages.items():
            if age is not None:  # there was none yet: alert on its absence
                yield _gauge(name, words, age)


def _info() -> Metric:
    family = GaugeMetricFamily("nhanlucso_info", "The version that runs", labels=["version"])
    family.add_metric([__version__], 1)
    return family


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(f"nhanlucso_{name}", words, value=value)
