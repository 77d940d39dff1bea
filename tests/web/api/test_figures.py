"""Figures as JSON over HTTP."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def answer(client: Client, status: int = 200, **words: Any) -> Any:
    response = client.get("/api/figures", {"unit": "huyen", "period": "2024-9M", **words})
    assert response.status_code == status
    assert response["Content-Type"] == "application/json"
    return response.json()


def test_all_figures_of_a_unit(world: Any, officer: Client) -> None:
    found = answer(officer)
    assert len(found) == 23
    share = next(figure for figure in found if figure["indicator"] == "coverage.basic")
    assert (share["value"], share["numerator"], share["denominator"]) == (40.0, 2, 5)
    assert (share["unit_id"], share["window"], share["tree"]) == (
        "huyen", ["2023-12-15", "2024-09-14"], "2024-09-14",
    )  # fmt: skip


def test_the_same_array_as_the_command(world: Any, officer: Client, capsys: Any) -> None:
    from nhanlucso.cli import figures

    parser_words = {
        "unit": "huyen", "period": "2024-9M", "calendar": "civil", "tree": "then", "json": True,
        "indicator": ["coverage.basic", "training.attendances"], "by_child": True, "engine": "duckdb",
        "frozen": False,
    }  # fmt: skip
    figures.run(type("Options", (), parser_words)())  # type: ignore[arg-type]
    printed = json.loads(capsys.readouterr().out)
    asked = answer(
        officer, calendar="civil", indicator=["coverage.basic", "training.attendances"], by_child="1"
    )
    assert asked == printed
    assert [figure["unit_id"] for figure in asked] == ["huyen", "huyen", "an", "an", "binh", "binh"]


def test_a_later_tree(world: Any, officer: Client) -> None:
    figure = answer(officer, unit="hoa", tree="2025-07-01", indicator="coverage.basic")[0]
    assert (figure["value"], figure["high"], figure["unallocated"]) == (25.0, 40.0, 1)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"period": "2024-Q9"}, "bad_period"),
        ({"period": ""}, "missing_parameter"),
        ({"unit": ""}, "missing_parameter"),
        ({"calendar": "lunar"}, "bad_calendar"),
        ({"tree": "2023-01-01"}, "tree_before_period"),
        ({"tree": "x"}, "bad_tree"),
        ({"indicator": "coverage.none"}, "unknown_indicator"),
        ({"unit": "hoa"}, "unit_not_valid"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    world: Any, officer: Client, words: dict[str, str], code: str
) -> None:
    assert answer(officer, 400, **words)["error"]["code"] == code


def test_unknown_and_out_of_reach_look_alike(world: Any, neighbour: Client) -> None:
    outside = answer(neighbour, 404, unit="an")
    unknown = answer(neighbour, 404, unit="nowhere")
    assert outside["error"]["code"] == unknown["error"]["code"] == "unknown_unit"


def test_visitors_sign_in_first(world: Any) -> None:
    assert answer(Client(), 401)["error"]["code"] == "sign_in"


def test_only_get(world: Any, officer: Client) -> None:
    answer = officer.post("/api/figures")
    assert (answer.status_code, answer["Allow"]) == (405, "GET")
    assert answer.json()["error"]["code"] == "bad_method"


def test_the_catalogue(world: Any, officer: Client) -> None:
    found = officer.get("/api/indicators").json()
    assert found[0]["code"] == "staff.headcount"
    assert found[0]["unit"] == "người"
    assert len(found) == 23
