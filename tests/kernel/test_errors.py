"""What a refusal says to programs and to people."""

from __future__ import annotations

import json

import pytest

from nhanlucso.kernel.errors import Detail, Refused


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        (Detail("không có ngày này"), "không có ngày này"),
        (Detail("m", file="people.csv"), "people.csv: m"),
        (Detail("m", file="people.csv", line=14), "people.csv, dòng 14: m"),
        (
            Detail("m", file="people.csv", line=14, column="birth_date"),
            "people.csv, dòng 14, cột «birth_date»: m",
        ),
        (Detail("m", column="unit"), "cột «unit»: m"),
    ],
)
def test_a_detail_says_where(detail: Detail, words: str) -> None:
    assert str(detail) == words


def test_a_detail_leaves_out_what_is_unknown() -> None:
    assert Detail("m").as_json() == {"message": "m"}
    assert Detail("m", "units.csv", 1, "id").as_json() == {
        "message": "m",
        "file": "units.csv",
        "line": 1,
        "column": "id",
    }


def test_a_refusal_in_json() -> None:
    refusal = Refused("bad_bundle", "Gói không dùng được.", [Detail("thiếu", "bundle.json")])
    assert json.loads(json.dumps(refusal.as_json())) == {
        "error": {
            "code": "bad_bundle",
            "message": "Gói không dùng được.",
            "details": [{"message": "thiếu", "file": "bundle.json"}],
        }
    }


def test_a_refusal_without_details() -> None:
    refusal = Refused("unknown_unit", "Không có đơn vị «x».")
    assert refusal.details == ()
    assert str(refusal) == "Không có đơn vị «x»."
    assert refusal.as_json()["error"] == {
        "code": "unknown_unit",
        "message": "Không có đơn vị «x».",
        "details": [],
    }
