"""`nhanlucso backup`: one whole file while others write, or none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import time
from pathlib import Path
from typing import Any

import pytest

from tests.installation import PROGRAM, Installation
from tests.upkeep.conftest import CONTENT
from tests.upkeep.records import counts, execute, value

# Each round is one transaction of two rows; what it says on standard output is acknowledged.
WRITER = """
import itertools
import django
django.setup()
from django.db import transaction
from nhanlucso.audit.services import record
from nhanlucso.kernel.clock import now
from nhanlucso.people.models import Person
for number in itertools.count(1):
    with transaction.atomic():
        Person.objects.create(origin="writer", uid=str(number), full_name="Lù A Sì " * 20)
        record(verb="writer", object_type="person", object_id=str(number), by=None, at=now())
    print(number, flush=True)
"""
WRITTEN = "SELECT count(*) FROM people_person WHERE origin = 'writer'"
NOTED = "SELECT count(*) FROM audit_event WHERE verb = 'writer'"


def _manifest(path: Path) -> Any:
    with tarfile.open(path) as plain:
        file = plain.extractfile("manifest.json")
        assert file
        return json.load(file)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_everything_is_in_one_file(demo_copy: Installation, stored: Path, tmp_path: Path) -> None:
    path = tmp_path / "copies" / "copy.tar"
    path.parent.mkdir()
    said = demo_copy.must("backup", path, "--json").json
    manifest = _manifest(path)
    assert said["rows"] == manifest["rows"] == counts(demo_copy)
    assert manifest["rows"]["people_person"] > 0
    assert (manifest["format"], manifest["version"]) == ("nhanlucso-backup", 1)
    assert manifest["database"] == ("postgresql" if demo_copy.database_url else "sqlite")
    assert "audit.0002_insert_only" in manifest["migrations"]
    with tarfile.open(path) as plain:
        database = "database.dump" if demo_copy.database_url else "database.sqlite3"
        upload = stored.relative_to(demo_copy.folder).as_posix()
        uploads = [p for p in demo_copy.folder.glob("uploads/**/*") if p.is_file()]
        there = sorted(p.relative_to(demo_copy.folder).as_posix() for p in uploads)
        assert upload in there
        assert plain.getnames() == ["manifest.json", "manifest.seal", database, *there]
        file = plain.extractfile(upload)
        assert file and file.read() == CONTENT
    assert _names(path.parent) == ["copy.tar", "copy.tar.keys"]


def test_keys_lie_beside_it_for_the_owner_alone(demo_copy: Installation, tmp_path: Path) -> None:
    outcome = demo_copy.must("backup", tmp_path / "copy.tar")
    keys = tmp_path / "copy.tar.keys"
    assert (keys.stat().st_mode & 0o777, (tmp_path / "copy.tar").stat().st_mode & 0o777) == (0o600, 0o600)
    held = {path.name: path.read_text() for path in (demo_copy.folder / "keys").iterdir()}
    assert json.loads(keys.read_text())["keys"] == held
    copy = (tmp_path / "copy.tar").read_bytes()
    assert [name for name, text in held.items() if text.encode() in copy] == []
    assert "cất ở nơi khác" in outcome.out


def test_the_act_is_noted(demo_copy: Installation, tmp_path: Path) -> None:
    demo_copy.must("backup", tmp_path / "copy.tar")
    assert value(demo_copy, "SELECT count(*) FROM audit_event WHERE verb = 'backup.make'") == 1


@pytest.mark.parametrize("taken", ["copy.tar", "copy.tar.keys"])
def test_nothing_is_overwritten(demo_copy: Installation, tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).write_text("here first")
    before = _names(tmp_path)
    outcome = demo_copy.run("backup", tmp_path / "copy.tar", "--json")
    assert (outcome.code, outcome.json["error"]["code"]) == (2, "exists")
    assert (tmp_path / taken).read_text() == "here first"
    assert _names(tmp_path) == before


def test_no_folder_is_made(demo_copy: Installation, tmp_path: Path) -> None:
    outcome = demo_copy.run("backup", tmp_path / "stick" / "copy.tar", "--json")
    assert (outcome.code, outcome.json["error"]["code"]) == (2, "cannot_write")
    assert not (tmp_path / "stick").exists()


def test_without_an_installation(installation: Installation, tmp_path: Path) -> None:
    outcome = installation.run("backup", tmp_path / "copy.tar", "--json")
    assert (outcome.code, outcome.json["error"]["code"]) == (
        2,
        "keys_missing" if installation.database_url else "no_database",
    )
    assert not installation.folder.exists()
    assert not (tmp_path / "copy.tar").exists()


def test_an_upload_that_is_still_arriving_is_left_out(
    demo_copy: Installation, stored: Path, tmp_path: Path
) -> None:
    stored.write_bytes(CONTENT[:5])
    said = demo_copy.must("backup", tmp_path / "copy.tar", "--json").json
    assert said["left_out"] == [stored.relative_to(demo_copy.folder).as_posix()]


def test_an_older_database_is_copied_as_it_is(demo_copy: Installation, tmp_path: Path) -> None:
    execute(demo_copy, "DELETE FROM django_migrations WHERE app = 'audit' AND name = '0002_insert_only'")
    said = demo_copy.must("backup", tmp_path / "copy.tar", "--json").json
    assert said["rows"] == counts(demo_copy)
    assert "audit.0002_insert_only" not in _manifest(tmp_path / "copy.tar")["migrations"]


def test_without_the_programs_of_postgresql(
    demo_copy: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    outcome = demo_copy.run("backup", tmp_path / "copy.tar", "--json")
    if demo_copy.database_url:
        assert (outcome.code, outcome.json["error"]["code"]) == (2, "no_pg_dump")
        assert "postgresql-client" in outcome.json["error"]["message"]
        assert not (tmp_path / "copy.tar").exists()
    else:
        assert outcome.code == 0  # SQLite needs none


def test_while_somebody_writes(demo_copy: Installation, elsewhere: Installation, tmp_path: Path) -> None:
    environment = demo_copy.environment | {"DJANGO_SETTINGS_MODULE": "nhanlucso.config.settings"}
    told = tmp_path / "told"  # takes all that is said, where a pipe would stop the writer once it is full
    with (
        told.open("w") as out,
        subprocess.Popen([sys.executable, "-c", WRITER], env=environment, stdout=out) as writer,
    ):
        while not (acknowledged := told.read_text().split()) and writer.poll() is None:
            time.sleep(0.05)
        demo_copy.must("backup", tmp_path / "copy.tar")
        assert writer.poll() is None  # it was not disturbed
        writer.terminate()
    said = told.read_text().split()
    elsewhere.must("restore", tmp_path / "copy.tar")
    copied, written = value(elsewhere, WRITTEN), value(demo_copy, WRITTEN)
    assert len(acknowledged) <= copied < len(said) <= written  # it went on after the copy
    assert value(elsewhere, NOTED) == copied  # no transaction was cut in two
    assert elsewhere.must("doctor", "--json").json["ok"]


def test_drafts_of_killed_backups_go(demo_copy: Installation, tmp_path: Path) -> None:
    with subprocess.Popen(
        [PROGRAM, "backup", tmp_path / "killed.tar"], env=demo_copy.environment, stdout=subprocess.DEVNULL
    ) as process:
        while not list(tmp_path.glob(".nhanlucso-draft-*/lock")) and process.poll() is None:
            time.sleep(0.005)
        process.kill()
    demo_copy.must("backup", tmp_path / "copy.tar")
    assert [name for name in _names(tmp_path) if name.startswith(".")] == []
    assert (tmp_path / "killed.tar").exists() <= (tmp_path / "killed.tar.keys").exists()


def test_other_files_stay_where_they_are(demo_copy: Installation, tmp_path: Path) -> None:
    before = {path for path in demo_copy.folder.rglob("*") if not path.name.endswith(("-wal", "-shm"))}
    demo_copy.must("backup", tmp_path / "copy.tar")
    after = {path for path in demo_copy.folder.rglob("*") if not path.name.endswith(("-wal", "-shm"))}
    assert after == before
    assert os.path.getsize(tmp_path / "copy.tar") > 100_000


def test_keys_that_an_interrupted_backup_left_alone_are_in_nobodys_way(
    demo_copy: Installation, tmp_path: Path
) -> None:
    path, keys = tmp_path / "copy.tar", tmp_path / "copy.tar.keys"
    demo_copy.must("backup", path)
    path.unlink()
    demo_copy.must("backup", path)
    path.unlink()
    document = json.loads(keys.read_text())
    document["keys"]["field.key"] = "another"
    keys.write_text(json.dumps(document))
    outcome = demo_copy.run("backup", path, "--json")
    assert (outcome.code, outcome.json["error"]["code"]) == (2, "exists")
    assert json.loads(keys.read_text()) == document
