"""Signing, judged on plain values."""

from __future__ import annotations

from typing import Any

import pytest

from nhanlucso.kernel.errors import Refused
from nhanlucso.reports.rules.signing import (
    differences,
    digest_of,
    judge_check,
    judge_correction,
    judge_decision,
    judge_submission,
)

WINDOW = ["2023-12-15", "2024-09-14"]


def row(code: str = "training.persons", **fields: Any) -> dict[str, Any]:
    return {"indicator": code, "window": WINDOW, "value": 5, "qualifier": "exact", "as_of": "1", **fields}


def test_figures_that_moved_are_named_with_how_much() -> None:
    found = differences([row(), row("teams.count")], [row(value=7, as_of="2"), row("teams.count", as_of="2")])
    assert [(one.row["indicator"], one.change) for one in found] == [("training.persons", 2)]


@pytest.mark.parametrize(
    "fields", [{"qualifier": "over"}, {"high": 9}, {"denominator": 8}, {"definition_version": 2}]
)
def test_what_stands_around_the_value_counts_too(fields: dict[str, Any]) -> None:
    (found,) = differences([row()], [row(**fields)])
    assert found.change == 0


def test_the_same_code_over_another_window_is_another_figure() -> None:
    year = row(window=["2023-12-15", "2024-12-14"], value=9)
    (found,) = differences([row()], [row(), year])
    assert (found.before, found.after, found.change) == (None, year, None)


def test_a_figure_that_went_is_told() -> None:
    (found,) = differences([row()], [])
    assert (found.row, found.after, found.change) == (row(), None, None)


def test_an_unknown_value_has_no_change() -> None:
    (found,) = differences([row(value=None)], [row()])
    assert found.change is None


def code(judge: Any, *words: Any) -> str:
    with pytest.raises(Refused) as refusal:
        judge(*words)
    return refusal.value.code


@pytest.mark.parametrize("state", ["draft", "returned", "checked"])
def test_what_is_in_work_may_be_checked(state: str) -> None:
    judge_check(state)


@pytest.mark.parametrize(
    ("state", "why"),
    [
        ("submitted", "already_submitted"),
        ("approved", "already_approved"),
        ("accepted", "already_approved"),
        ("draft", "not_checked"),
        ("returned", "not_checked"),
    ],
)
def test_only_what_was_checked_is_submitted(state: str, why: str) -> None:
    assert code(judge_submission, state, False, "") == why
    judge_submission("checked", corrects=False, reason="")


def test_a_correction_says_why() -> None:
    assert code(judge_submission, "checked", True, " ") == "reason_needed"
    judge_submission("checked", True, "Bổ sung một lớp")
    assert code(judge_correction, "approved", "\n") == "reason_needed"
    assert code(judge_correction, "returned", "Sai") == "not_approved"
    judge_correction("accepted", "Sai")


def test_figures_have_one_short_name_whenever_they_are_computed() -> None:
    assert digest_of([row(as_of="a")]) == digest_of([row(as_of="b")])
    assert digest_of([row()]) != digest_of([row(value=None)])


def test_nobody_decides_on_their_own_report() -> None:
    assert code(judge_decision, True, False, "") == "own_report"


def test_returning_says_why() -> None:
    assert code(judge_decision, False, True, "\n") == "reason_needed"
    judge_decision(False, True, "Thiếu danh sách")
    judge_decision(False, False, "")
