"""Every unit has the figures that its province states itself; the country says what is known of all together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nhanlucso.indicators.catalogue import INDICATORS
from nhanlucso.indicators.figures import as_json
from nhanlucso.indicators.queries import ask
from nhanlucso.indicators.rollup.extracts import trusted
from nhanlucso.indicators.rollup.figures import rolled_up, rows
from nhanlucso.indicators.rollup.nation import Nation
from nhanlucso.indicators.rollup.rules import OF_PEOPLE
from nhanlucso.kernel.errors import Refused
from tests.factories.provinces import ASKED

pytestmark = pytest.mark.django_db  # the provinces publish from a database
ALL = list(INDICATORS.values())


@pytest.mark.parametrize("question", ASKED, ids=lambda question: question[0])
def test_units_have_the_figures_of_their_province(published: Any, tmp_path: Path, question: Any) -> None:
    found = _rolled_up(published, tmp_path, question)
    stated = published.stated[question]
    assert {unit for unit in found if ":" in unit} == set(stated)
    assert {unit: found[unit] for unit in stated} == stated


def test_the_country_adds_up_what_belongs_to_one_province_and_bounds_its_people(
    published: Any, tmp_path: Path
) -> None:
    found = _rolled_up(published, tmp_path, ASKED[0])
    parts = [found["lao-cai"], found["tuyen-quang"]]
    for number, indicator in enumerate(ALL):
        whole, held = found["country"][number], [part[number] for part in parts]
        if indicator.is_share:
            assert whole["denominator"] == sum(part["denominator"] for part in held)
            assert whole["low"] <= whole["value"] <= whole["high"]
        else:
            assert whole["value"] == sum(part["value"] for part in held)
            assert whole["high"] == sum(part["high"] for part in held)
            people = indicator.relation in OF_PEOPLE and all(part["high"] for part in held)
            assert whole["low"] == (max if people else sum)(part["low"] for part in held)
            assert (whole["qualifier"] in ("under", "about")) >= people


def test_a_missing_province_leaves_the_country_open_upwards(published: Any, tmp_path: Path) -> None:
    keys = published.keys | {"ha-giang": "00" * 32}
    with pytest.raises(Refused) as refusal:
        trusted(published.shelf, keys)
    assert (refusal.value.code, [detail.file for detail in refusal.value.details]) == (
        "missing_source",
        ["ha-giang"],
    )
    found = _rolled_up(published, tmp_path, ASKED[0], keys=keys, partial=True)
    assert {row["high"] for row in found["country"]} == {None}
    assert "exact" not in {row["qualifier"] for row in found["country"]}
    assert found["lao-cai"][0]["high"] is not None


@pytest.mark.parametrize(("unit", "code"), [("lao-cai:nowhere", "unknown_unit"), ("nobody", "unknown_unit")])
def test_units_that_nobody_has_are_refused(published: Any, unit: str, code: str) -> None:
    nation = Nation(trusted(published.shelf, published.keys)[0])
    with pytest.raises(Refused) as refusal:
        rows(nation, {}, ask(*ASKED[0]).tree, unit)
    assert refusal.value.code == code


def _rolled_up(
    published: Any, folder: Path, question: Any, keys: Any = None, partial: bool = False
) -> dict[str, list[dict[str, object]]]:
    asked = ask(*question)
    extracts, missing = trusted(published.shelf, keys or published.keys, partial=partial)
    nation = Nation(extracts)
    store = nation.assembled(folder)
    figures = rolled_up(nation, store, ALL, asked.window, asked.tree, missing=missing)
    listed: dict[str, list[dict[str, object]]] = {}
    for unit, figure in rows(nation, figures, asked.tree, "all"):
        listed.setdefault(unit, []).append(as_json(figure, unit, question[0]))
    return listed
