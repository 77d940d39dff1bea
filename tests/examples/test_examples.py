"""The committed examples are what their script writes, and hold the reported figures."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.reference.naive import World, children, figures, load

EXAMPLES = Path(__file__).parents[2] / "examples"
MADE = ("bao-thang-2024", "tuyen-quang-2023", "sheets", "forms")


@cache
def world(name: str) -> World:
    return load(EXAMPLES / name)


@cache
def by_code(bundle: str, unit: str, period: str, tree: str = "then") -> dict[str, dict[str, Any]]:
    return {row["indicator"]: row for row in figures(world(bundle), unit, period, "decree", tree)}


def values(bundle: str, unit: str, period: str, tree: str = "then") -> dict[str, Any]:
    return {code: row["value"] for code, row in by_code(bundle, unit, period, tree).items()}


def contents(folder: Path) -> dict[str, Any]:
    """Every file by its path; of a spreadsheet the parts in it, since compression differs between machines."""
    found: dict[str, Any] = {}
    for name in MADE:
        for path in sorted((folder / name).iterdir()):
            if path.suffix in (".xlsx", ".docx"):
                with zipfile.ZipFile(path) as archive:
                    found[f"{name}/{path.name}"] = {part: archive.read(part) for part in archive.namelist()}
            else:
                found[f"{name}/{path.name}"] = path.read_bytes()
    return found


def make(folder: Path) -> Path:
    subprocess.run([sys.executable, str(EXAMPLES / "make_examples.py"), str(folder)], check=True)
    return folder


def test_the_script_writes_what_is_committed(tmp_path: Path) -> None:
    made, committed = contents(make(tmp_path)), contents(EXAMPLES)
    assert made.keys() == committed.keys()
    assert [name for name in made if made[name] != committed[name]] == []


def test_the_script_writes_the_same_bytes_twice(tmp_path: Path) -> None:
    first, second = make(tmp_path / "first"), make(tmp_path / "second")
    for path in sorted(first.rglob("*.*")):
        assert path.read_bytes() == (second / path.relative_to(first)).read_bytes(), path.name


def test_bao_thang_in_nine_months_of_2024() -> None:
    rows = by_code("bao-thang-2024", "bao-thang", "2024-9M")
    assert rows["mooc.learners"]["value"] == 273
    assert rows["training.attendances"]["value"] == 1037
    assert rows["training.attendances"]["qualifier"] == "exact"
    assert (rows["coverage.basic"]["numerator"], rows["coverage.basic"]["denominator"]) == (490, 524)
    assert (rows["coverage.ict_standard"]["numerator"], rows["coverage.ict_standard"]["denominator"]) == (
        141,
        265,
    )
    assert rows["coverage.basic"]["value"] > 90
    assert rows["coverage.ict_standard"]["value"] > 50
    assert rows["teams.village_coverage"]["numerator"] == 196
    assert all(row["unallocated"] == 0 for row in rows.values())


def test_phu_nhuan_in_nine_months_of_2024() -> None:
    found = values("bao-thang-2024", "phu-nhuan", "2024-9M")
    assert found["staff.headcount"] == found["it.concurrent"] == 21
    assert found["it.dedicated"] == 0
    assert found["teams.count"] == 25
    assert found["teams.village_coverage"] == 100
    assert found["status.basic"] == 100
    assert found["coverage.basic"] < 100


def test_one_of_phu_nhuan_leads_digital_transformation() -> None:
    posts = [
        row
        for row in world("bao-thang-2024").rows("posts")
        if row["unit_id"] == "phu-nhuan" and row["valid_from"] <= "2024-09-14" <= row["valid_to"]
    ]
    assert sum("dt_lead" in row["duties"] for row in posts) == 1


def test_tang_loong_holds_phu_nhuan_and_the_town_after_the_reform() -> None:
    now = values("bao-thang-2024", "tang-loong", "2024-9M", "2025-07-01")
    parts = [values("bao-thang-2024", unit, "2024-9M") for unit in ("phu-nhuan", "thi-tran-tang-loong")]
    for code in ("staff.headcount", "it.concurrent", "mooc.learners", "training.attendances", "teams.count"):
        assert now[code] == sum(part[code] for part in parts)
    assert now["staff.headcount"] == 43


def test_some_communes_are_behind() -> None:
    communes = [row["id"] for row in world("bao-thang-2024").rows("units") if row["kind"] == "commune"]
    here = [
        unit for unit in children(world("bao-thang-2024"), "bao-thang", date(2024, 9, 14)) if unit in communes
    ]
    shares = {unit: values("bao-thang-2024", unit, "2024-9M")["coverage.basic"] for unit in here}
    assert len(shares) == 14
    assert min(shares, key=lambda unit: shares[unit]) == "thai-nien"
    assert shares["thai-nien"] < 70
    assert max(shares.values()) == 100


@pytest.mark.parametrize(
    ("unit", "code", "value", "qualifier"),
    [
        ("so-tttt", "training.conferences", 8, "exact"),
        ("so-tttt", "training.rounds", 2, "exact"),
        ("so-tttt", "training.attendances", 11320, "about"),
        ("van-phong-ubnd", "training.conferences", 15, "exact"),
        ("van-phong-ubnd", "training.attendances", 1800, "over"),
        ("cong-an-tinh", "training.classes", 2, "exact"),
        ("cong-an-tinh", "training.attendances", 600, "nearly"),
        ("so-tu-phap", "it.dedicated", 1, "exact"),
        ("tuyen-quang", "training.conferences", 23, "exact"),
    ],
)
def test_tuyen_quang_in_nine_months_of_2023(unit: str, code: str, value: int, qualifier: str) -> None:
    row = by_code("tuyen-quang-2023", unit, "2023-9M")[code]
    assert (row["value"], row["qualifier"]) == (value, qualifier)


def test_the_province_holds_all_its_agencies_counted() -> None:
    row = by_code("tuyen-quang-2023", "tuyen-quang", "2023-9M")["training.attendances"]
    assert row["value"] >= 11320 + 1800 + 600
    assert row["qualifier"] == "about"


def test_tuyen_quang_had_138_communes_in_2023() -> None:
    tree = world("tuyen-quang-2023")
    on = date(2023, 9, 14)
    districts = [unit for unit in children(tree, "tuyen-quang", on) if children(tree, unit, on)]
    kinds = {row["id"]: row["kind"] for row in tree.rows("units")}
    communes = [
        unit for district in districts for unit in children(tree, district, on) if kinds[unit] == "commune"
    ]
    assert (len(districts), len(communes)) == (7, 138)


def test_a_divided_commune_leaves_someone_unallocated() -> None:
    row = by_code("tuyen-quang-2023", "my-lam-2025", "2023-9M", "2025-07-01")["staff.headcount"]
    assert (row["value"], row["unallocated"], row["high"]) == (20, 1, 21)
