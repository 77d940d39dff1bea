"""`nhanlucso restore`: the same installation in an empty place, or nothing at all."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nhanlucso.upkeep import archive
from nhanlucso.upkeep.manifest import seal
from tests.installation import Installation, installed
from tests.upkeep.conftest import CONTENT
from tests.upkeep.records import counts, execute, is_empty


def _bundle(installation: Installation, folder: Path) -> dict[str, bytes]:
    installation.must("bundle", "export", folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _refused(installation: Installation, *words: str | Path) -> str:
    outcome = installation.run("restore", *words, "--json")
    assert outcome.code == 2, outcome.out
    return str(outcome.json["error"]["code"])


def _resealed(path: Path, change: Callable[[Any], object]) -> None:
    """Changes the manifest as somebody could who holds the keys."""
    keys = json.loads(path.with_name(f"{path.name}.keys").read_text())["keys"]
    source = io.BytesIO(path.read_bytes())
    document = json.loads(archive.read_opening(source)[0])
    change(document)
    text = json.dumps(document).encode()
    unpacked = path.with_name("unpacked")
    with tarfile.open(path) as plain:
        plain.extractall(unpacked, filter="data")
    files = [(archive.Member(**member), unpacked / member["name"]) for member in document["members"]]
    with path.open("wb") as target:
        archive.write(target, text, seal(text, keys), files)


def stored(installation: Installation) -> dict[str, bytes]:
    """Uploads and boundaries."""
    files = (path for path in installation.folder.glob("[ub]*/**/*") if path.is_file())
    return {path.relative_to(installation.folder).as_posix(): path.read_bytes() for path in files}


def test_the_same_installation(
    origin: Installation, copy: Path, elsewhere: Installation, tmp_path: Path
) -> None:
    said = elsewhere.must("restore", copy, "--json").json
    assert said["rows"] == counts(elsewhere) == counts(origin)
    assert stored(elsewhere) == stored(origin)
    assert {CONTENT, b"{}"} <= set(stored(elsewhere).values())
    for key in (origin.folder / "keys").iterdir():
        restored = elsewhere.folder / "keys" / key.name
        assert restored.read_text() == key.read_text()
        assert restored.stat().st_mode & 0o777 == 0o600
    checks = elsewhere.must("doctor", "--json").json["checks"]
    assert {check["name"]: check["state"] for check in checks if check["state"] != "ok"} == {"facts": "warn"}


def test_the_same_records_and_figures(
    demo: Installation, copy: Path, elsewhere: Installation, tmp_path: Path
) -> None:
    elsewhere.must("restore", copy)
    with installed(tmp_path, like=demo) as here:
        assert _bundle(elsewhere, tmp_path / "there") == _bundle(here, tmp_path / "here")
        question = ("figures", "--unit", "bao-thang", "--period", "2024-9M", "--json")
        figures = [[row | {"as_of": ""} for row in place.must(*question).json] for place in (here, elsewhere)]
        assert figures[0] == figures[1]


@pytest.mark.parametrize("place", ["opening", "rows", "seal", "database", "end"])
def test_one_byte_changed(copy: Path, elsewhere: Installation, place: str) -> None:
    data = bytearray(copy.read_bytes())
    position = {
        "opening": 1,
        "rows": data.index(b'"people_person": ') + len(b'"people_person": '),
        "seal": data.index(b"manifest.seal") + 600,
        "database": data.index(b"database.", data.index(b"manifest.seal")) + 5000,
        "end": len(data) - 1,
    }[place]
    data[position] ^= 0x01
    copy.write_bytes(data)
    assert _refused(elsewhere, copy) == ("not_a_backup" if place == "opening" else "damaged_backup")
    assert is_empty(elsewhere)


@pytest.mark.parametrize(
    ("length", "code"), [(0, "not_a_backup"), (2000, "damaged_backup"), (-1, "damaged_backup")]
)
def test_cut_short(copy: Path, elsewhere: Installation, length: int, code: str) -> None:
    copy.write_bytes(copy.read_bytes()[:length])
    assert _refused(elsewhere, copy) == code
    assert is_empty(elsewhere)


def test_a_foreign_file(copy: Path, elsewhere: Installation) -> None:
    copy.write_text("danh sách lớp")
    assert _refused(elsewhere, copy) == "not_a_backup"
    assert _refused(elsewhere, copy.with_name("nothing.tar")) == "cannot_read"
    assert is_empty(elsewhere)


def test_a_newer_format(copy: Path, elsewhere: Installation) -> None:
    _resealed(copy, lambda document: document.update(version=2))
    assert _refused(elsewhere, copy) == "newer_backup"
    assert is_empty(elsewhere)


def test_a_newer_database(copy: Path, elsewhere: Installation) -> None:
    _resealed(copy, lambda document: document["migrations"].append("people.0999_from_the_future"))
    assert _refused(elsewhere, copy) == "newer_backup"
    assert is_empty(elsewhere)


def test_another_kind_of_database(copy: Path, elsewhere: Installation) -> None:
    _resealed(copy, lambda document: document.update(database="oracle"))
    assert _refused(elsewhere, copy) == "other_database"
    assert is_empty(elsewhere)


def test_rows_that_are_not_as_counted(copy: Path, elsewhere: Installation) -> None:
    _resealed(copy, lambda document: document["rows"].update(people_person=1))
    assert _refused(elsewhere, copy) == ("pg_failed" if elsewhere.database_url else "damaged_backup")
    assert is_empty(elsewhere)


def test_keys_kept_elsewhere(copy: Path, elsewhere: Installation, tmp_path: Path) -> None:
    keys = copy.with_name("copy.tar.keys").rename(tmp_path / "safe.keys")
    assert _refused(elsewhere, copy) == "keys_missing"
    assert is_empty(elsewhere)
    elsewhere.must("restore", copy, "--keys", keys)


def test_keys_of_another_installation(copy: Path, elsewhere: Installation) -> None:
    keys = copy.with_name("copy.tar.keys")
    document = json.loads(keys.read_text())
    document["keys"]["field.key"] = "another"
    keys.write_text(json.dumps(document))
    assert _refused(elsewhere, copy) == "wrong_keys"
    keys.write_text("{}")
    assert _refused(elsewhere, copy) == "bad_keys"
    assert is_empty(elsewhere)


def test_into_a_place_that_is_in_use(origin: Installation, copy: Path) -> None:
    before, files = counts(origin), sorted(origin.folder.rglob("*"))
    assert _refused(origin, copy) == "not_empty"
    assert (counts(origin), sorted(origin.folder.rglob("*"))) == (before, files)


@pytest.mark.parametrize("left", ["uploads/ab/left.txt", "keys/field.key"])
def test_into_a_folder_with_something_of_another(copy: Path, elsewhere: Installation, left: str) -> None:
    path = elsewhere.folder / left
    path.parent.mkdir(parents=True)
    path.write_text("left")
    assert _refused(elsewhere, copy) == "not_empty"
    assert [found for found in elsewhere.folder.rglob("*") if found.is_file()] == [path]


def test_into_a_folder_with_the_right_keys_and_what_an_interrupted_restore_left(
    origin: Installation, copy: Path, elsewhere: Installation
) -> None:
    leftover = elsewhere.folder / ".nhanlucso-draft-before"
    leftover.mkdir(parents=True)
    (leftover / "lock").touch()
    (elsewhere.folder / "keys").mkdir()
    (elsewhere.folder / "uploads").mkdir()
    key = (origin.folder / "keys" / "field.key").read_text()
    (elsewhere.folder / "keys" / "field.key").write_text(key)
    elsewhere.must("restore", copy)
    keys = {path.name for path in (elsewhere.folder / "keys").iterdir()}
    assert keys == {"field.key", "match.key", "pseudonym.key", "secret.key", "sign.key"}
    assert not list(elsewhere.folder.glob(".*"))


def test_an_older_database_is_brought_up_to_date_afterwards(
    demo_copy: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    execute(demo_copy, "DELETE FROM django_migrations WHERE app = 'sessions'", "DROP TABLE django_session")
    demo_copy.must("backup", tmp_path / "copy.tar")
    elsewhere.must("restore", tmp_path / "copy.tar")
    assert "django_session" not in counts(elsewhere)
    assert elsewhere.run("doctor", "--json").code == 1
    elsewhere.must("init")
    elsewhere.must("doctor", "--json")
