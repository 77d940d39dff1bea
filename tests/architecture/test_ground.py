"""What all tests stand on: a real database of their own, guards in place, no network."""

from __future__ import annotations

import socket
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from pytest_socket import SocketConnectBlockedError

from nhanlucso.audit.models import Event
from nhanlucso.audit.services import record
from tests.installation import Installation, installed

AT = datetime(2024, 9, 14, tzinfo=UTC)


def _record() -> None:
    record(verb="test", object_type="unit", object_id="x", by=None, at=AT)


@pytest.mark.django_db(transaction=True)
def test_other_connections_see_what_is_committed() -> None:
    seen: list[int] = []

    def look() -> None:
        seen.append(Event.objects.count())
        connection.close()

    _record()
    thread = Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_tables_are_emptied_and_guards_stand_again(turn: int) -> None:
    assert Event.objects.count() == 0
    _record()
    with pytest.raises(DatabaseError, match="only be inserted"):
        Event.objects.all().delete()


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for(request: pytest.FixtureRequest) -> None:
    wanted = {"sqlite": "sqlite", "postgres": "postgresql"}[request.config.getoption("--db")]
    assert connection.vendor == wanted
    if wanted == "sqlite":
        name = connection.settings_dict["NAME"]
        assert Path(name).is_file()
        with sqlite3.connect(name) as other:
            assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        other.close()


def test_nothing_reaches_the_network() -> None:
    with pytest.warns(UserWarning), pytest.raises(SocketConnectBlockedError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_the_data_folder_is_fresh(data_folder: Path) -> None:
    assert list(data_folder.iterdir()) == []
    assert Path(settings.FACTS_FOLDER).parent == data_folder


def test_an_installation_is_a_place_of_its_own(installation: Installation, tmp_path: Path) -> None:
    assert installation.must("init", "--json").json == {"data": str(installation.folder)}
    assert (installation.folder / "keys" / "field.key").stat().st_mode & 0o077 == 0
    with installed(tmp_path, like=installation) as copy:
        assert copy.folder != installation.folder
        assert copy.must("init", "--json").json == {"data": str(copy.folder)}
        assert (
            copy.run("figures", "--unit", "x", "--period", "2024", "--json").json["error"]["code"]
            == "unknown_unit"
        )
