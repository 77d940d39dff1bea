"""Broken packages are refused with the place that must be mended, and change nothing."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nhanlucso.exchange.oneroster import package
from nhanlucso.kernel.errors import Refused
from nhanlucso.people.models import Person
from tests.exchange.oneroster.conftest import Made

pytestmark = pytest.mark.django_db
Spoil = Callable[[Made], object]


def _cell(name: str, row: int, column: str, text: str) -> Spoil:
    return lambda made: made.rows[name][row].update({column: text})


def _bytes(made: Made) -> None:
    made.extra["userProfiles.csv"] = b"\xff\xfe"
    made.manifest["file.userProfiles"] = "bulk"


BROKEN: list[tuple[str, Spoil, str, tuple[str, int | None, str]]] = [
    (
        "version",
        lambda m: m.manifest.update({"oneroster.version": "1.1"}),
        "not_a_package",
        ("manifest.csv", None, ""),
    ),
    (
        "delta",
        lambda m: m.manifest.update({"file.users": "delta"}),
        "delta_not_taken",
        ("manifest.csv", None, "file.users"),
    ),
    (
        "not there",
        lambda m: m.manifest.update({"file.resources": "bulk"}),
        "missing_file",
        ("manifest.csv", None, "file.resources"),
    ),
    (
        "not told",
        lambda m: m.manifest.update({"file.users": "absent"}),
        "unexpected_file",
        ("manifest.csv", None, "file.users"),
    ),
    ("header missing", lambda m: m.heads["users"].remove("givenName"), "bad_header", ("users.csv", 1, "")),
    ("header case", lambda m: m.heads["orgs"].__setitem__(0, "SourcedID"), "bad_header", ("orgs.csv", 1, "")),
    ("header strange", lambda m: m.heads["orgs"].append("color"), "bad_header", ("orgs.csv", 1, "")),
    ("twice", _cell("users", 1, "sourcedId", "U1"), "duplicate_id", ("users.csv", 3, "sourcedId")),
    (
        "nobody",
        _cell("roles", 0, "userSourcedId", "U9"),
        "missing_reference",
        ("roles.csv", 2, "userSourcedId"),
    ),
    (
        "no term",
        _cell("classes", 0, "termSourcedIds", "T25,T26"),
        "missing_reference",
        ("classes.csv", 2, "termSourcedIds"),
    ),
    ("empty", _cell("users", 0, "familyName", ""), "missing_value", ("users.csv", 2, "familyName")),
    ("word", _cell("orgs", 1, "type", "commune"), "bad_value", ("orgs.csv", 3, "type")),
    (
        "day",
        _cell("demographics", 0, "birthDate", "07/03/1985"),
        "bad_value",
        ("demographics.csv", 2, "birthDate"),
    ),
    (
        "circle",
        _cell("orgs", 0, "parentSourcedId", "O2"),
        "org_below_itself",
        ("orgs.csv", 2, "parentSourcedId"),
    ),
    ("too long", _cell("users", 1, "givenName", "A" * 201), "bad_value", ("users.csv", 3, "full_name")),
    ("path", lambda m: m.extra.update({"../users.csv": b"x"}), "not_a_package", ("", None, "")),
    ("folder", lambda m: m.extra.update({"in/users.csv": b"x"}), "not_a_package", ("", None, "")),
    ("bytes", _bytes, "bad_row", ("userProfiles.csv", None, "")),
]


@pytest.mark.parametrize(
    ("spoil", "code", "place"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
def test_it_is_told_what_and_where(
    made: Any, take: Any, spoil: Spoil, code: str, place: tuple[str, int | None, str]
) -> None:
    spoil(made)
    with pytest.raises(Refused) as refusal:
        take(made)
    first = refusal.value.details[0]
    assert (refusal.value.code, (first.file, first.line, first.column)) == (code, place)
    assert not Person.objects.exists()


def test_without_a_manifest_it_is_no_package(take: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("users.csv", "sourcedId\r\n")
    for bad in (path, tmp_path / "none.zip", Path(__file__)):
        with pytest.raises(Refused) as refusal:
            take(bad)
        assert refusal.value.code == "not_a_package"


def test_what_would_fill_the_memory_is_not_opened(
    made: Any, take: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "LARGEST_PACKAGE", 100_000)
    made.extra["notes.txt"] = b"0" * 100_001
    with pytest.raises(Refused) as refusal:
        take(made)
    assert refusal.value.code == "too_large"


def test_line_ends_of_any_kind_and_a_mark_at_the_beginning_are_read(made: Any, take: Any) -> None:
    made.line_end, made.bom = "\n", "\ufeff"
    report = take(made, dry_run=True)
    assert report.bundle.created > 0
    assert ("users.csv", 1) in {(note.file, note.line) for note in report.bundle.warnings}


def test_files_that_hold_nothing_for_us_are_named(made: Any, take: Any) -> None:
    made.manifest["file.resources"] = "bulk"
    made.extra |= {"resources.csv": b"sourcedId\r\n", "note.txt": b"x"}
    told = {note.file for note in take(made, dry_run=True).bundle.warnings}
    assert told >= {"resources.csv", "note.txt"}
