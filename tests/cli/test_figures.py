"""`nhanlucso figures`: the figures of the two cases, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nhanlucso.cli.main import run
from nhanlucso.exchange.bundle.importing import import_bundle
from nhanlucso.kernel.clock import now
from tests.reference.random_world import write_world

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def ask(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert run(["figures", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def values(capsys: pytest.CaptureFixture[str], unit: str, period: str, *more: str) -> dict[str, Any]:
    return {row["indicator"]: row for row in ask(capsys, "--unit", unit, "--period", period, *more)}


@pytest.mark.django_db
def test_bao_thang_in_nine_months_of_2024(capsys: pytest.CaptureFixture[str]) -> None:
    import_bundle(EXAMPLES / "bao-thang-2024", dry_run=False, by=None, at=now())
    district = values(capsys, "bao-thang", "2024-9M")
    assert district["mooc.learners"]["value"] == 273
    assert district["training.attendances"]["value"] > 1_000
    assert district["coverage.basic"]["value"] > 90
    assert district["coverage.ict_standard"]["value"] > 50
    commune = values(capsys, "phu-nhuan", "2024-9M")
    expected = {
        "staff.headcount": 21,
        "it.concurrent": 21,
        "it.dedicated": 0,
        "teams.count": 25,
        "teams.village_coverage": 100,
        "status.basic": 100,
    }
    assert {code: commune[code]["value"] for code in expected} == expected
    after = values(capsys, "tang-loong", "2024-9M", "--tree", "2025-07-01")
    assert after["staff.headcount"]["value"] > 21
    assert after["teams.count"]["value"] > 25


@pytest.mark.django_db
def test_tuyen_quang_in_nine_months_of_2023(capsys: pytest.CaptureFixture[str]) -> None:
    import_bundle(EXAMPLES / "tuyen-quang-2023", dry_run=False, by=None, at=now())
    department = values(capsys, "so-tttt", "2023-9M")
    assert department["training.conferences"]["value"] == 8
    assert department["training.rounds"]["value"] == 2
    attended = [
        (row["training.attendances"]["value"], row["training.attendances"]["qualifier"])
        for row in (
            department,
            *(values(capsys, unit, "2023-9M") for unit in ("van-phong-ubnd", "cong-an-tinh")),
        )
    ]
    assert attended == [(11_320, "about"), (1_800, "over"), (600, "nearly")]
    assert values(capsys, "van-phong-ubnd", "2023-9M")["training.conferences"]["value"] == 15
    assert values(capsys, "cong-an-tinh", "2023-9M")["training.classes"]["value"] == 2
    assert values(capsys, "so-tu-phap", "2023-9M")["it.dedicated"]["value"] == 1
    province = values(capsys, "tuyen-quang", "2023-9M")["training.attendances"]
    assert province["qualifier"] == "about"
    assert province["value"] >= 11_320 + 1_800 + 600


@pytest.mark.django_db
def test_order_and_shape(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    import_bundle(write_world(3, tmp_path / "w"), dry_run=False, by=None, at=now())
    rows = ask(
        capsys,
        "--unit",
        "p",
        "--period",
        "2024",
        "--indicator",
        "teams.count",
        "staff.headcount",
        "--by-child",
    )
    codes = [row["indicator"] for row in rows]
    assert codes[:2] == ["staff.headcount", "teams.count"]
    assert rows[0]["unit_id"] == "p"
    assert [row["unit_id"] for row in rows[2:]] == sorted(row["unit_id"] for row in rows[2:])
    assert set(rows[0]) == {
        "indicator", "unit_id", "period", "window", "tree", "value", "numerator", "denominator", "qualifier", "low",
        "high", "unallocated", "unit", "definition_version", "as_of",
    }  # fmt: skip
    assert rows[0]["window"] == ["2023-12-15", "2024-12-14"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--unit", "nowhere", "--period", "2024"], "unknown_unit"),
        (["--unit", "p", "--period", "2024-M13"], "bad_period"),
        (["--unit", "p", "--period", "2024-02-30..2024-03-01"], "bad_period"),
        (["--unit", "p", "--period", "2024-03-02..2024-03-01"], "bad_period"),
        (["--unit", "p", "--period", "2024", "--tree", "2024-12-13"], "tree_before_period"),
        (["--unit", "p", "--period", "2024", "--tree", "soon"], "bad_tree"),
        (["--unit", "p", "--period", "2024", "--calendar", "lunar"], "bad_arguments"),
        (["--unit", "p", "--period", "2024", "--indicator", "staff.happiness"], "unknown_indicator"),
        (["--unit", "p"], "bad_arguments"),
        (["--unit", "p", "--period", "2024", "--frozen"], "not_frozen"),
    ],
)
def test_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path, words: list[str], code: str) -> None:
    import_bundle(write_world(3, tmp_path / "w"), dry_run=False, by=None, at=now())
    assert run(["figures", *words, "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == code


@pytest.mark.django_db
def test_a_unit_that_is_not_valid_on_the_tree_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    import_bundle(EXAMPLES / "bao-thang-2024", dry_run=False, by=None, at=now())
    assert run(["figures", "--unit", "tang-loong", "--period", "2024-9M", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "unit_not_valid"


@pytest.mark.django_db
def test_an_id_of_two_sources_must_name_its_source(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for seed in (3, 4):
        import_bundle(write_world(seed, tmp_path / f"w{seed}"), dry_run=False, by=None, at=now())
    assert run(["figures", "--unit", "p", "--period", "2024", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "ambiguous_unit"
    assert ask(capsys, "--unit", "world-3:p", "--period", "2024")[0]["unit_id"] == "world-3:p"


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["figurs", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "unknown_command"
