"""What the tests of rosters share: a small world, packages written by hand, importing and exporting."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from nhanlucso.exchange.oneroster.tables import NAMES, TABLES
from nhanlucso.kernel.scope import SYSTEM

AT = datetime(2026, 3, 1, tzinfo=UTC)
HEADS = {table.name: table.head for table in TABLES}


class Made:
    """A package of another maker, written to the standard; tests spoil it."""

    def __init__(self, system: str = "Trường học số", code: str = "THS") -> None:
        self.rows: dict[str, list[dict[str, str]]] = {}
        self.heads = {name: list(head) for name, head in HEADS.items()}
        self.manifest = {
            "manifest.version": "1.0",
            "oneroster.version": "1.2",
            **{f"file.{name}": "absent" for name in NAMES},
            "source.systemName": system,
            "source.systemCode": code,
        }
        self.extra: dict[str, bytes] = {}
        self.line_end, self.bom = "\r\n", ""

    def add(self, name: str, /, **cells: str) -> Made:
        self.rows.setdefault(name, []).append(cells)
        self.manifest[f"file.{name}"] = "bulk"
        return self

    def save(self, path: Path) -> Path:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            manifest = [["propertyName", "value"], *map(list, self.manifest.items())]
            archive.writestr("manifest.csv", self._text(manifest))
            for name, rows in self.rows.items():
                head = self.heads[name]
                archive.writestr(
                    f"{name}.csv",
                    (
                        self.bom + self._text([head, *([row.get(one, "") for one in head] for row in rows)])
                    ).encode(),
                )
            for name, body in self.extra.items():
                archive.writestr(name, body)
        return path

    def _text(self, rows: list[list[str]]) -> str:
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator=self.line_end).writerows(rows)
        return out.getvalue()


@pytest.fixture
def made() -> Made:
    """Two people of xã Mới: one known here by name and day of birth, one new; a class, a final result of each."""
    roster = Made()
    _people(roster)
    _study(roster)
    return roster


def _people(roster: Made) -> None:
    term = {"startDate": "2025-01-01", "endDate": "2026-01-01", "schoolYear": "2025"}
    roster.add("academicSessions", sourcedId="Y25", title="2025", type="schoolYear", **term)
    roster.add("academicSessions", sourcedId="T25", title="Kỳ", type="term", parentSourcedId="Y25", **term)
    roster.add("orgs", sourcedId="O1", name='Tỉnh "A", mới', type="state", identifier="10")
    roster.add("orgs", sourcedId="O2", name="Xã Mới", type="school", identifier="02908", parentSourcedId="O1")
    roster.add("orgs", sourcedId="O3", name="Trường Tiểu học", type="school", parentSourcedId="O2")
    for uid, family, middle, given in (("U1", "Lù", "A", "Sì"), ("U2", "Vàng", "Thị", "Mai")):
        roster.add(
            "users", sourcedId=uid, enabledUser="true", username=uid.lower(), familyName=family, middleName=middle,
            givenName=given,
        )  # fmt: skip
    roster.add("demographics", sourcedId="U1", birthDate="1985-03-07", sex="male")
    roster.add("demographics", sourcedId="U2", birthDate="1999-01-02", sex="female")
    roster.add(
        "roles", sourcedId="R1", userSourcedId="U1", roleType="primary", role="student", orgSourcedId="O2"
    )
    roster.add(
        "roles", sourcedId="R2", userSourcedId="U2", roleType="primary", role="teacher", orgSourcedId="O3",
        beginDate="2025-09-01",
    )  # fmt: skip


def _study(roster: Made) -> None:
    roster.add(
        "courses", sourcedId="C1", title="An toàn thông tin", orgSourcedId="O1", subjects="Mật khẩu,Thư rác"
    )
    roster.add(
        "classes", sourcedId="K1", title="An toàn, lớp 1", courseSourcedId="C1", classType="scheduled",
        schoolSourcedId="O2", termSourcedIds="T25",
    )  # fmt: skip
    for uid in ("U1", "U2"):
        roster.add(
            "enrollments", sourcedId=f"E{uid}", classSourcedId="K1", schoolSourcedId="O2", userSourcedId=uid,
            role="student", beginDate="2025-02-01",
        )  # fmt: skip
    roster.add("categories", sourcedId="G1", title="Final grade")
    roster.add("categories", sourcedId="G2", title="Homework")
    for uid, category in (("I1", "G1"), ("I2", "G2")):
        roster.add(
            "lineItems", sourcedId=uid, title="Cuối khóa", assignDate="2025-02-01", dueDate="2025-03-01",
            classSourcedId="K1", categorySourcedId=category, academicSessionSourcedId="T25", resultValueMin="0",
            resultValueMax="100", schoolSourcedId="O2",
        )  # fmt: skip
    for uid, user, item, score, text in (
        ("S1", "U1", "I1", "85", "pass"), ("S2", "U2", "I1", "40", ""), ("S3", "U2", "I2", "90", "pass"),
    ):  # fmt: skip
        roster.add(
            "results", sourcedId=uid, lineItemSourcedId=item, studentSourcedId=user, scoreStatus="fully graded",
            score=score, scoreDate="2025-03-01", textScore=text,
        )  # fmt: skip


@pytest.fixture
def world(tmp_path: Path) -> None:
    """The world of the tests of bundles, stored."""
    from nhanlucso.exchange.bundle.importing import import_bundle
    from tests.exchange.bundle.world import Bundle

    import_bundle(Bundle().folder(tmp_path / "world"), dry_run=False, by=None, at=AT)


@pytest.fixture
def take(tmp_path: Path) -> Callable[..., Any]:
    from nhanlucso.exchange.oneroster.importing import import_roster

    def run(roster: Any, *, dry_run: bool = False, **options: Any) -> Any:
        path = roster if isinstance(roster, Path) else roster.save(tmp_path / "roster.zip")
        return import_roster(path, dry_run=dry_run, at=AT, **{"by": SYSTEM, **options})

    return run


@pytest.fixture
def give(tmp_path: Path) -> Callable[..., Path]:
    from nhanlucso.exchange.oneroster.exporting import export_roster
    from nhanlucso.orgs.queries import resolve_unit

    counter = iter(range(100))

    def run(unit: str = "t", **options: Any) -> Path:
        path = tmp_path / f"given{next(counter)}.zip"
        export_roster(path, unit=resolve_unit(unit), at=AT, **{"by": SYSTEM, **options})
        return path

    return run
