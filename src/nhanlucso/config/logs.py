"""How the log is written: one JSON document a line for machines, or lines for who develops.

What goes wrong is told by its kind and the places in the code. The message of an exception is left out where the log
is kept: databases and parsers put the value into it that they stumbled over, and that may be somebody's name.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from nhanlucso.kernel import tracing

READABLE, JSON = "line", "json"
_DEEPEST = 30  # places of an exception


class JsonLines(logging.Formatter):
    """`{"at", "level", "logger", "message", "request", …}`; further names come with `extra={"told": {…}}`."""

    def format(self, record: logging.LogRecord) -> str:
        document: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if trace := tracing.current():
            document["request"] = trace
        document.update(getattr(record, "told", {}))
        if record.exc_info and record.exc_info[0]:
            document["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])[-_DEEPEST:]
            document["where"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(document, ensure_ascii=False, default=str)


class Lines(logging.Formatter):
    """The same for eyes, with the whole exception."""

    def format(self, record: logging.LogRecord) -> str:
        told = " ".join(f"{name}={value}" for name, value in getattr(record, "told", {}).items())
        trace = tracing.current()
        return " ".join(part for part in (super().format(record), told, trace and f"[{trace}]") if part)


def logging_of(shape: str, level: str) -> dict[str, Any]:
    """The settings of `logging` for the product, its workers and its web server alike; everything goes to standard
    error. `shape`: READABLE or JSON."""
    lines = {"()": "nhanlucso.config.logs.Lines", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"chosen": {"()": "nhanlucso.config.logs.JsonLines"} if shape == JSON else lines},
        "filters": {"secrets": {"()": "nhanlucso.config.discreet.WithoutSecrets"}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "chosen", "filters": ["secrets"]}
        },
        "loggers": {"fontTools": {"level": "WARNING"}, "nhanlucso.slow": {"level": "WARNING"}},
        "root": {"handlers": ["stderr"], "level": level},
    }
