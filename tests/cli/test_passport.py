"""`nhanlucso passport`: who counts, who does not, and why."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nhanlucso.cli.main import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> Any:
    from tests.factories.district import make_district

    return make_district()


def ask(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    assert run(["passport", *words, "--json"]) == code
    return json.loads(capsys.readouterr().out)


BASIC = ("--indicator", "coverage.basic", "--unit", "huyen", "--period", "2024-9M")


def test_groups_rows_and_reasons(world: Any, capsys: pytest.CaptureFixture[str]) -> None:
    found = ask(capsys, *BASIC)
    assert (found["figure"]["value"], found["figure"]["unit_id"]) == (40.0, "huyen")
    assert "chia cho tổng số của họ" in found["definition"]
    sizes = {group: held["size"] for group, held in found["groups"].items()}
    assert sizes == {"counted": 2, "missing": 3, "unallocated": 0}
    rows = {row["name"]: row for held in found["groups"].values() for row in held["rows"]}
    done, partly, failed = rows["Lý Thị Ánh"], rows["Trần Văn Bình"], rows["Vàng Seo Chi"]
    assert done["person_id"] == world.people["Ánh"].uid
    assert done["reasons"][0]["item"] == {
        "kind": "class", "id": world.training_class.uid, "title": "Lớp kỹ năng số",
    }  # fmt: skip
    assert (done["reasons"][0]["date"], done["reasons"][0]["counts"]) == ("2024-03-08", True)
    assert (partly["reasons"][0]["attended"], partly["reasons"][0]["sessions"]) == (3, 5)
    assert (failed["reasons"][0]["passed"], failed["reasons"][0]["counts"]) == (False, False)
    assert rows["Lù A Dung"]["reasons"] == []


def test_head_counts_bear_no_name(world: Any, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--indicator", "training.persons", "--unit", "an", "--period", "2024-9M")
    heads = ask(capsys, *words)["groups"]["heads"]["rows"]
    assert [(row["name"], row["amount"], row["qualifier"]) for row in heads] == [(None, 30, "about")]


def test_at_most_so_many_rows(world: Any, capsys: pytest.CaptureFixture[str]) -> None:
    missing = ask(capsys, *BASIC, "--limit", "1")["groups"]["missing"]
    assert (missing["size"], len(missing["rows"])) == (3, 1)


def test_in_words(world: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["passport", *BASIC]) == 0
    printed = capsys.readouterr().out
    assert "40,0 % (2/5)" in printed
    assert "Chưa: 3" in printed


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"--indicator": "coverage.none"}, "unknown_indicator"),
        ({"--unit": "nowhere"}, "unknown_unit"),
        ({"--unit": "hoa"}, "unit_not_valid"),
        ({"--period": "2024-Q7"}, "bad_period"),
        ({"--tree": "2023-01-01"}, "tree_before_period"),
        ({"--limit": "-1"}, "bad_arguments"),
    ],
)
def test_refusals(world: Any, capsys: pytest.CaptureFixture[str], changed: dict[str, str], code: str) -> None:
    words = dict(zip(BASIC[::2], BASIC[1::2], strict=True)) | changed
    found = ask(capsys, *(part for pair in words.items() for part in pair), code=2)
    assert found["error"]["code"] == code
