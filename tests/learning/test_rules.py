"""How far somebody got, from what is told."""

from __future__ import annotations

from datetime import date

import pytest

from nhanlucso.learning.enums import ResultState
from nhanlucso.learning.rules import score_fits, state_of, told

DAY = date(2024, 5, 6)


@pytest.mark.parametrize(
    ("completed", "passed", "state"),
    [
        (None, None, ResultState.ENROLLED),
        (DAY, None, ResultState.COMPLETED),
        (DAY, True, ResultState.PASSED),
        (DAY, False, ResultState.FAILED),
        (None, True, ResultState.PASSED),
        (None, False, ResultState.FAILED),
    ],
)
def test_an_enrolment_is_no_completion_and_a_completion_no_verdict(
    completed: date | None, passed: bool | None, state: str
) -> None:
    assert state_of(completed, passed) == state


@pytest.mark.parametrize("state", ResultState.values)
def test_what_a_state_says_is_that_state_again(state: str) -> None:
    enrolled, completed, passed = told(state, DAY)
    assert state_of(completed, passed) == state
    assert (enrolled or completed) == DAY
    assert enrolled is None or completed is None


@pytest.mark.parametrize(("score", "fits"), [(None, True), (0, True), (10, True), (10.1, False), (-1, False)])
def test_scores_stand_on_a_scale_from_0_to_10(score: float | None, fits: bool) -> None:
    assert score_fits(score) is fits
