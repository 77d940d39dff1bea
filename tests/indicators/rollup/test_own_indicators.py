"""Own indicators travel with the extract: told per province, and summed where all provinces declare the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nhanlucso.indicators.enums import Measure
from nhanlucso.indicators.figures import as_json
from nhanlucso.indicators.own.rules import Parts
from nhanlucso.indicators.parts import Audience, Deed, Event, Within
from nhanlucso.indicators.queries import ask
from nhanlucso.indicators.rollup.extracts import trusted
from nhanlucso.indicators.rollup.figures import rolled_up, rows
from nhanlucso.indicators.rollup.nation import Nation
from nhanlucso.indicators.rollup.own import declared, named, owns
from nhanlucso.indicators.rollup.refusals import Refused
from tests.factories.provinces import ASKED, Country, country

pytestmark = pytest.mark.django_db  # the provinces publish from a database
LEARNED = Parts(Measure.PERCENT, Audience(), Event(Deed.LEARNED))
TIMES = Parts(Measure.ATTENDANCES, Audience(), Event(Deed.ATTENDED, within=Within.EVER))
APART = Parts(Measure.PERSONS, Audience(kinds=("commune",)))
OTHERWISE = Parts(Measure.PERSONS, Audience(kinds=("agency",)))
WOMEN = Parts(Measure.PERSONS, Audience(sex="f", age_to=40))
OWN = {
    "lao-cai": {"da-hoc": LEARNED, "luot": TIMES, "khac": APART, "nu": WOMEN},
    "tuyen-quang": {"da-hoc": LEARNED, "luot": TIMES, "khac": OTHERWISE, "rieng": APART},
}


@pytest.fixture(scope="module")
def provinces(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    with django_db_blocker.unblock():
        return country(tmp_path_factory.mktemp("country"), {"lao-cai": 5, "tuyen-quang": 23}, OWN)


def test_what_all_declare_alike_is_summed_and_the_rest_told_per_province(
    provinces: Country, tmp_path: Path
) -> None:
    extracts, _missing = trusted(provinces.shelf, provinces.keys)
    nation, asked = Nation(extracts), ask(*ASKED[0])
    own = owns([extract.page for extract in extracts], None, asked.window.b)
    assert [(one.indicator.code, sorted(one.by_place), one.everywhere) for one in own] == [
        ("own.da-hoc", [0, 1], True),
        ("own.khac", [0], False),
        ("own.khac", [1], False),
        ("own.luot", [0, 1], True),
        ("own.rieng", [1], False),
    ]
    figures = rolled_up(nation, nation.assembled(tmp_path), [], asked.window, asked.tree, own=own)
    found: dict[str, dict[str, Any]] = {}
    for unit, figure in rows(nation, figures, asked.tree, "all"):
        found.setdefault(unit, {})[figure.indicator.code] = as_json(figure, unit, ASKED[0][0])
    travelled = {"own.da-hoc", "own.luot", "own.khac", "own.rieng"}
    for unit, stated in provinces.stated[ASKED[0]].items():
        expected = {row["indicator"]: row for row in stated if row["indicator"] in travelled}
        assert found[unit] == expected
    whole = found["country"]
    parts = [found["lao-cai"], found["tuyen-quang"]]
    assert set(whole) == {"own.da-hoc", "own.luot"}
    assert (
        whole["own.luot"]["value"] == whole["own.luot"]["low"] == sum(p["own.luot"]["value"] for p in parts)
    )
    assert whole["own.luot"]["value"] > 0 and whole["own.luot"]["qualifier"] == "exact"
    share = whole["own.da-hoc"]
    assert share["denominator"] == sum(p["own.da-hoc"]["denominator"] for p in parts) > 0
    assert share["low"] <= share["value"] <= share["high"] and share["qualifier"] == "about"


def test_an_extract_tells_what_it_leaves_out(provinces: Country) -> None:
    pages = [extract.page for extract in trusted(provinces.shelf, provinces.keys)[0]]
    assert pages[0].own_left_out == {"own.nu": ["age", "sex"]}
    assert not pages[1].own_left_out
    assert "own.nu" in named(pages) and not owns(pages, {"own.nu"}, ask(*ASKED[0]).window.b)


def test_a_declaration_that_nobody_could_compose_is_refused(provinces: Country) -> None:
    page = trusted(provinces.shelf, provinces.keys)[0][0].page
    row = dict(page.own[0])
    for spoilt in (
        {**row, "from": "soon"},
        {**row, "declaration": {**row["declaration"], "relation": "x'; DROP TABLE posts"}},
        {**row, "declaration": {**row["declaration"], "code": "staff.headcount"}},
        {"declaration": row["declaration"]},
        [],
    ):
        with pytest.raises(Refused) as refusal:
            declared(replace(page, own=[spoilt]))
        assert refusal.value.code == "extract_damaged"
