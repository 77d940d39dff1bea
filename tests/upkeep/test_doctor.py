"""`nhanlucso doctor`: every planted fault is found, and nothing is said of a healthy installation."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.installation import Installation
from tests.upkeep.records import execute, value

NAMES = [
    *("keys", "data_folder", "database", "migrations", "integrity", "guards", "log"),
    *("units.overlaps", "units.parents", "units.cycles", "posts", "teams"),
    *("identity", "uploads", "orphans", "facts", "jobs"),
]
QUESTION = ("figures", "--unit", "bao-thang", "--period", "2024-9M", "--json")


def _found(installation: Installation) -> dict[str, tuple[str, int]]:
    """Name → (state, count) of all checks that are not ok; the exit code and `ok` must fit."""
    outcome = installation.run("doctor", "--json")
    checks = outcome.json["checks"]
    bad = any(check["state"] == "bad" for check in checks)
    assert (outcome.code, outcome.json["ok"]) == (int(bad), not bad)
    assert all(check["do"] for check in checks if check["state"] != "ok")
    return {check["name"]: (check["state"], check["count"]) for check in checks if check["state"] != "ok"}


def _unit(installation: Installation, uid: str) -> int:
    return int(value(installation, f"SELECT id FROM orgs_unit WHERE uid = '{uid}'"))


def _unguarded(installation: Installation) -> list[str]:
    """Statements that take the guards away."""
    if installation.database_url:
        return [
            "DROP TRIGGER audit_event_fixed ON audit_event",
            "ALTER TABLE orgs_unitversion DISABLE TRIGGER orgs_version_overlap",
        ]
    return [
        *("DROP TRIGGER audit_event_no_delete", "DROP TRIGGER audit_event_no_update"),
        *("DROP TRIGGER orgs_version_overlap_insert", "DROP TRIGGER orgs_version_overlap_update"),
    ]


def _version(unit: int, parent: int | str, first: str, last: str) -> str:
    return (
        "INSERT INTO orgs_unitversion (unit_id, parent_id, code, name, name_folded, kind, valid_from, valid_to) "
        f"VALUES ({unit}, {parent}, '', 'Lỗi', 'loi', 'division', '{first}', '{last}')"
    )


def test_a_healthy_installation(demo_copy: Installation, stored: Path) -> None:
    demo_copy.must(*QUESTION)
    outcome = demo_copy.must("doctor", "--json")
    assert [check["name"] for check in outcome.json["checks"]] == NAMES
    assert {check["state"] for check in outcome.json["checks"]} == {"ok"}
    words = demo_copy.must("doctor").out
    assert all(name in words for name in NAMES)


def test_before_there_is_an_installation(installation: Installation) -> None:
    found = _found(installation)
    assert found["keys"] == ("bad", 5)
    assert ("database" in found) != bool(installation.database_url)
    assert not installation.folder.exists()


def test_units_that_cannot_be(demo_copy: Installation) -> None:
    names = ("bad-1", "bad-2", "bad-3")
    execute(
        demo_copy,
        *(f"INSERT INTO orgs_unit (origin, uid, catalogue_key) VALUES ('', '{name}', '')" for name in names),
        *_unguarded(demo_copy),
    )
    one, two, three = (_unit(demo_copy, name) for name in names)
    person = value(demo_copy, "SELECT min(id) FROM people_person")
    post = (
        "INSERT INTO people_post (origin, uid, person_id, unit_id, title, category, qualification, dt_dedicated, "
        "dt_concurrent, dt_lead, one_stop, records, valid_from, valid_to) VALUES ('', 'bad', "
        f"{person}, {three}, '', '', '', false, false, false, false, false, '2021-01-01', '2022-01-01')"
    )
    execute(
        demo_copy,
        _version(one, two, "2000-01-01", "2010-12-31"),
        _version(two, one, "2005-01-01", "2010-12-31"),  # each above the other; two is gone before 2005
        _version(three, "NULL", "2000-01-01", "2010-12-31"),
        _version(three, "NULL", "2010-12-31", "2020-12-31"),  # one day twice
        post,
        "INSERT INTO teams_team (origin, uid, unit_id, name, decision, valid_from, valid_to) "
        f"VALUES ('', 'bad', {three}, '', '', '2021-01-01', '9999-12-31')",
        "UPDATE orgs_structurestamp SET token = 'changed'",
    )
    found = _found(demo_copy)
    found.pop("facts", None)
    assert found == {
        "guards": ("bad", 2 if demo_copy.database_url else 4),
        "units.overlaps": ("bad", 1),
        "units.parents": ("warn", 1),
        "units.cycles": ("bad", 1),
        "posts": ("warn", 1),
        "teams": ("warn", 1),
    }


def test_keys_that_others_can_read(demo_copy: Installation) -> None:
    (demo_copy.folder / "keys" / "match.key").chmod(0o640)
    assert _found(demo_copy)["keys"] == ("bad", 1)


@pytest.mark.parametrize("name", ["field.key", "match.key"])
def test_a_key_of_another_installation(demo_copy: Installation, name: str) -> None:
    (demo_copy.folder / "keys" / name).write_text("of another")
    numbers = value(demo_copy, "SELECT count(*) FROM people_person WHERE national_id_cipher <> ''")
    assert numbers > 0
    assert _found(demo_copy)["identity"] == ("bad", numbers)


def test_a_lost_key_is_not_made_anew(demo_copy: Installation) -> None:
    (demo_copy.folder / "keys" / "field.key").unlink()
    found = _found(demo_copy)
    assert found["keys"] == ("bad", 1)
    assert found["identity"][0] == "bad"
    assert not (demo_copy.folder / "keys" / "field.key").exists()


def test_files_that_are_not_what_was_written(demo_copy: Installation, stored: Path) -> None:
    demo_copy.must(*QUESTION)
    newest = value(demo_copy, "SELECT name FROM indicators_factsbuild ORDER BY id DESC LIMIT 1")
    facts = demo_copy.folder / "facts" / newest / "posts.parquet"
    data = bytearray(facts.read_bytes())
    data[len(data) // 2] ^= 0x01
    facts.write_bytes(data)
    stored.write_bytes(b"other")
    assert _found(demo_copy) == {"facts": ("bad", 1), "uploads": ("bad", 1)}
    facts.unlink()
    stored.unlink()
    assert _found(demo_copy) == {"facts": ("bad", 1), "uploads": ("bad", 1)}


def test_a_folder_that_cannot_be_written(demo_copy: Installation) -> None:
    shutil.rmtree(demo_copy.folder / "uploads")
    (demo_copy.folder / "uploads").write_text("not a folder")
    assert _found(demo_copy)["data_folder"] == ("bad", 1)


def test_work_that_nobody_does(demo_copy: Installation) -> None:
    jobs = {
        "0" * 32: ("running", "'2024-01-01 00:00:00+00:00'"),
        "1" * 32: ("running", "'2024-01-01 00:00:00+00:00'"),  # this one still speaks
        "2" * 32: ("waiting", "NULL"),
        "3" * 32: ("done", "'2024-01-01 00:00:00+00:00'"),
    }
    execute(
        demo_copy,
        *(
            "INSERT INTO jobs_job (id, kind, title, state, arguments, result, created_at, started_at) VALUES "
            f"('{key}', 'import.bundle', 'Nhập', '{state}', '{{}}', '{{}}', '2024-01-01 00:00:00+00:00', {start})"
            for key, (state, start) in jobs.items()
        ),
    )
    progress = demo_copy.folder / "jobs" / "11111111-1111-1111-1111-111111111111.json"
    progress.parent.mkdir(exist_ok=True)
    progress.write_text("{}")
    assert _found(demo_copy)["jobs"] == ("warn", 2)


def test_migrations_of_another_version(demo_copy: Installation) -> None:
    execute(demo_copy, "DELETE FROM django_migrations WHERE app = 'audit' AND name = '0002_insert_only'")
    assert _found(demo_copy) == {"migrations": ("bad", 1)}
    execute(
        demo_copy,
        "INSERT INTO django_migrations (app, name, applied) VALUES ('people', '0999_later', '2024-01-01')",
    )
    assert _found(demo_copy) == {"migrations": ("bad", 1)}


def test_rows_that_point_nowhere(demo_copy: Installation) -> None:
    if demo_copy.database_url:  # there the server itself holds them, as long as nobody tells it not to
        execute(demo_copy, "ALTER TABLE people_post DISABLE TRIGGER ALL")
    else:
        execute(demo_copy, "DELETE FROM people_person WHERE id = (SELECT min(person_id) FROM people_post)")
    assert _found(demo_copy)["integrity"][0] == "bad"


def test_a_database_that_cannot_be_read(demo_copy: Installation) -> None:
    broken = Installation(demo_copy.folder, "postgresql://nobody@127.0.0.1:1/none")
    if not demo_copy.database_url:
        for path in demo_copy.folder.glob("nhanlucso.sqlite3*"):
            path.unlink()
        (demo_copy.folder / "nhanlucso.sqlite3").write_bytes(b"not a database" * 1000)
        broken = demo_copy
    assert _found(broken) == {"database": ("bad", 0)}
    assert (
        broken.run("backup", demo_copy.folder / "copy.tar", "--json").json["error"]["code"] == "no_database"
    )


def test_an_event_that_was_changed_past_the_guards(demo_copy: Installation) -> None:
    """Events that were not sealed yet are sealed by looking; a seal noted elsewhere must still stand."""
    first = demo_copy.must("doctor", "--json")
    anchor = next(check for check in first.json["checks"] if check["name"] == "log")["found"].split()[-1]
    assert demo_copy.run("doctor", "--anchor", anchor).code == 0
    assert demo_copy.run("doctor", "--anchor", f"1:{'0' * 64}").code == 1
    assert demo_copy.run("doctor", "--anchor", "x").code == 2
    event = int(value(demo_copy, "SELECT max(id) FROM audit_event"))
    execute(demo_copy, *_unguarded(demo_copy), f"UPDATE audit_event SET count = count + 1 WHERE id = {event}")
    assert _found(demo_copy)["log"] == ("bad", 1)
    assert f"số {event}." in demo_copy.run("doctor").out
