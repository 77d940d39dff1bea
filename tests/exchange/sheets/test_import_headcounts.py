"""Importing head counts: numbers of people of units, for one class, each once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from nhanlucso.exchange.sheets.applying import import_sheet
from nhanlucso.exchange.sheets.plan import ImportPlan, ImportRequest
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.training.models import HeadCount, TrainingClass
from nhanlucso.training.services.classes import ClassData, create_class
from nhanlucso.training.sessions import SessionData
from tests.exchange.sheets.conftest import AT, Place
from tests.exchange.sheets.making import Sheet, save

pytestmark = pytest.mark.django_db
HEAD = ["STT", "Đơn vị", "Số người tham dự"]
Import = Callable[..., ImportPlan]


def a_class(place: Place, title: str = "Hội nghị", day: int = 15) -> TrainingClass:
    return create_class(
        data=ClassData(title, "conference", place.units["bao-thang"]),
        sessions=[SessionData(datetime(2024, 8, day, 1, 0, tzinfo=UTC))],
        by=SYSTEM,
        at=AT,
    )


@pytest.fixture
def bring(place: Place, tmp_path: Path) -> Import:
    def made(*rows: list[Any], head: list[str] = HEAD, **asked: Any) -> ImportPlan:
        path = save(tmp_path / "counts.xlsx", Sheet([head, *([n, *row] for n, row in enumerate(rows, 1))]))
        request = replace(ImportRequest(unit=place.units["bao-thang"]), **asked)
        return import_sheet(path, request=request, dry_run=False, by=SYSTEM, at=AT, kind="headcounts")

    return made


def outcomes(plan: ImportPlan) -> list[tuple[str, str]]:
    return [(row.outcome.value, row.code) for row in plan.rows]


def counts() -> set[tuple[str, int | None, str, date]]:
    rows = HeadCount.objects.values_list("unit__versions__name", "count", "qualifier", "date")
    return set(rows)


def test_counts_keep_how_exactly_they_are_known(bring: Import, place: Place) -> None:
    a_class(place)
    plan = bring(["Xã Gia Phú", "hơn 120"], ["Xã Phú Nhuận", 85])
    assert outcomes(plan) == [("created", ""), ("created", "")]
    assert counts() == {
        ("Xã Gia Phú", 120, "over", date(2024, 8, 15)),
        ("Xã Phú Nhuận", 85, "exact", date(2024, 8, 15)),
    }


def test_again_changes_nothing_and_another_number_replaces_the_old(bring: Import, place: Place) -> None:
    a_class(place)
    rows = [["Xã Gia Phú", "hơn 120"], ["Xã Phú Nhuận", 85]]
    bring(*rows)
    before = list(HeadCount.objects.order_by("pk").values())
    assert outcomes(bring(*rows)) == [("matched", "")] * 2
    assert list(HeadCount.objects.order_by("pk").values()) == before
    assert outcomes(bring(["Xã Gia Phú", 131], rows[1])) == [("updated", ""), ("matched", "")]
    assert sorted(HeadCount.objects.values_list("count", "qualifier")) == [(85, "exact"), (131, "exact")]


def test_a_unit_that_stands_twice_keeps_its_first_number(bring: Import, place: Place) -> None:
    a_class(place)
    plan = bring(["Xã Gia Phú", 120], ["UBND xã Gia Phú", 120], ["Xã Gia Phú", 121])
    assert outcomes(plan) == [("created", ""), ("skipped", "row_twice"), ("skipped", "count_twice")]


def test_what_cannot_be_stored_is_told(bring: Import, place: Place) -> None:
    assert outcomes(bring(["Xã Gia Phú", 120])) == [("skipped", "count_without_class")]
    made = a_class(place)
    a_class(place, "Hội nghị khác", 16)
    rows = [["Xã Gia Phú", 120], ["Xã Sơn Hà", 20]]
    assert outcomes(bring(*rows)) == [("skipped", "count_class_unclear")] * 2
    session = made.sessions.get()
    assert outcomes(bring(*rows, sessions=(session.pk,))) == [("created", ""), ("skipped", "unknown_unit")]
    assert HeadCount.objects.get().training_class == made


def test_taken_back_it_is_as_it_was(bring: Import, place: Place) -> None:
    from nhanlucso.exchange.sheets.undoing import undo_import
    from nhanlucso.journal.models import Act

    a_class(place)
    bring(["Xã Gia Phú", 120])
    before = list(HeadCount.objects.values())
    plan = bring(["Xã Gia Phú", "gần 140"], ["Xã Phú Nhuận", 85])
    undo_import(act=Act.objects.get(uid=plan.act), by=SYSTEM, at=AT)
    assert list(HeadCount.objects.values()) == before
