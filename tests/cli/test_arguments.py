"""Arguments that no command can take, and a database that does not answer: always a refusal, never a traceback."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import Any

import psycopg

from tests.installation import Installation


def error_of(installation: Installation, *words: str) -> str:
    outcome = installation.run(*words, "--json")
    assert outcome.code == 2, outcome.err
    error: dict[str, Any] = json.loads(outcome.out)["error"]
    return str(error["code"])


def test_bytes_that_are_no_text_are_refused(installation: Installation) -> None:
    assert error_of(installation, "figures", "--unit", "\udcff", "--period", "2024") == "bad_arguments"
    assert error_of(installation, "catalogue", "find", "\udcff") == "bad_arguments"


def test_a_file_may_have_a_name_that_is_no_text(installation: Installation) -> None:
    assert error_of(installation, "sheet", "read", "danh-s\udce1ch.csv") == "no_such_file"


def test_days_are_written_one_way(installation: Installation) -> None:
    for day in ("20241231", "2024-W52-7", "2024-1-1", "2024-02-30", "hôm nay"):
        asked = ("figures", "--unit", "p", "--period", "2024-Q1", "--tree", day)
        assert error_of(installation, *asked) == "bad_tree", day
        assert error_of(installation, "catalogue", "find", "phu nhuan", "--on", day) == "bad_date", day


def test_a_database_that_fails_meanwhile_is_told(installation: Installation) -> None:
    installation.must("init")
    if installation.database_url:
        with psycopg.connect(installation.database_url, autocommit=True) as damaged:
            damaged.execute("DROP TABLE orgs_unit CASCADE")
    else:
        with closing(sqlite3.connect(installation.folder / "nhanlucso.sqlite3")) as file:
            file.execute("PRAGMA foreign_keys = OFF")
            file.execute("DROP TABLE orgs_unit")
            file.commit()
    assert error_of(installation, "figures", "--unit", "p", "--period", "2024") == "database_unavailable"
