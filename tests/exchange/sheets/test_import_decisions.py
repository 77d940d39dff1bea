"""What a person decides of doubtful rows and of names of units is done, and only what can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nhanlucso.exchange.sheets.applying import import_sheet
from nhanlucso.exchange.sheets.plan import ImportPlan, ImportRequest
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM, Scope
from nhanlucso.people.merging.services import merge
from nhanlucso.people.models import Person
from tests.exchange.sheets.conftest import AT, ON, Place
from tests.exchange.sheets.making import Sheet, save
from tests.factories.scopes import officer_of

pytestmark = pytest.mark.django_db
HEAD = ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "SĐT"]
LAN = ["Lê Thị Lan", "", "Viên chức", "Xã Gia Phú", "0912345678"]
Import = Callable[..., ImportPlan]


@pytest.fixture
def bring(place: Place, tmp_path: Path) -> Import:
    def made(*rows: list[Any], by: Scope = SYSTEM, dry_run: bool = False, **asked: Any) -> ImportPlan:
        path = save(tmp_path / "list.xlsx", Sheet([HEAD, *([n, *row] for n, row in enumerate(rows, 1))]))
        request = replace(ImportRequest(unit=place.units["bao-thang"], on=ON), **asked)
        return import_sheet(path, request=request, dry_run=dry_run, by=by, at=AT)

    return made


def outcomes(plan: ImportPlan) -> list[str]:
    return [row.outcome.value for row in plan.rows]


def the_row(plan: ImportPlan) -> tuple[str, int]:
    return plan.rows[0].sheet, plan.rows[0].row


def test_a_doubtful_row_tells_whom_it_may_mean_and_why(bring: Import, place: Place) -> None:
    known = place.person("Lê Thị Lan", phone="0983111222", title="Kế toán")
    plan = bring(LAN)
    assert plan.doubts == plan.rows
    (candidate,) = plan.rows[0].candidates
    assert (candidate.uid, candidate.full_name, candidate.unit) == (known.uid, "Lê Thị Lan", "Xã Gia Phú")
    assert set(candidate.reasons) >= {"same_name", "same_unit", "other_phone"}
    assert 0 < candidate.probability < 1
    printed = plan.rows[0].as_json()["candidates"]
    assert isinstance(printed, list)
    assert printed[0]["title"] == "Kế toán"


def test_decided_for_a_person_the_row_is_hers(bring: Import, place: Place) -> None:
    known = place.person("Lê Thị Lan", phone="0983111222")
    row = the_row(bring(LAN, dry_run=True))
    plan = bring(LAN, decisions={row: known.uid})
    assert outcomes(plan) == ["updated"]
    assert (plan.rows[0].decided, plan.doubts, plan.decided) == (known.uid, [], plan.rows)
    known.refresh_from_db()
    assert known.phone == "0912345678"
    assert Person.objects.count() == 1


def test_decided_new_the_row_is_somebody_else(bring: Import, place: Place) -> None:
    place.person("Lê Thị Lan", phone="0983111222")
    row = the_row(bring(LAN, dry_run=True))
    plan = bring(LAN, decisions={row: "new"})
    assert outcomes(plan) == ["created"]
    assert [candidate.full_name for candidate in plan.rows[0].candidates] == ["Lê Thị Lan"]
    assert Person.objects.count() == 2


def test_decided_to_be_left_out_nothing_is_written(bring: Import, place: Place) -> None:
    place.person("Lê Thị Lan", phone="0983111222")
    row = the_row(bring(LAN, dry_run=True))
    assert outcomes(bring(LAN, decisions={row: "skip"})) == ["skipped"]
    assert Person.objects.get().phone == "0983111222"


def test_a_certain_row_may_be_decided_otherwise(bring: Import, place: Place) -> None:
    place.person("Lê Thị Lan", phone="0912345678", title="Viên chức", category="public_employee")
    plan = bring(LAN, dry_run=True)
    assert outcomes(plan) == ["matched"]
    assert outcomes(bring(LAN, decisions={the_row(plan): "new"})) == ["created"]


def test_of_two_rows_decided_for_one_person_the_second_is_told(bring: Import, place: Place) -> None:
    known = place.person("Lê Thị Lan", birth="1980")
    other = [*LAN[:4], "0983111222"]
    first = bring(LAN, other, dry_run=True)
    assert outcomes(first) == ["ambiguous"] * 2
    decisions = {(row.sheet, row.row): known.uid for row in first.rows}
    plan = bring(LAN, other, decisions=decisions)
    assert [(row.outcome.value, row.code) for row in plan.rows] == [("updated", ""), ("skipped", "row_twice")]


def test_a_decided_person_is_taken_from_the_other_row(bring: Import, place: Place) -> None:
    known = place.person("Lê Thị Lan", birth="1980-02-01")
    vague, exact = LAN, ["Lê Thị Lan", "01/02/1980", "", "Xã Gia Phú", ""]
    first = bring(vague, exact, dry_run=True)
    assert outcomes(first) == ["ambiguous", "matched"]
    plan = bring(vague, exact, decisions={the_row(first): known.uid}, dry_run=True)
    assert outcomes(plan) == ["updated", "skipped"]
    assert plan.rows[1].code == "row_twice"


def refusal(bring: Import, *rows: list[Any], **asked: Any) -> str:
    with pytest.raises(Refused) as caught:
        bring(*rows, **asked)
    return caught.value.code


def test_what_cannot_be_decided_is_refused(bring: Import, place: Place) -> None:
    place.person("Lê Thị Lan", national_id="010180001234")
    stranger = place.person("Vàng A Páo")
    sheet, number = the_row(bring(LAN, dry_run=True))
    assert refusal(bring, LAN, decisions={(sheet, number): "nobody"}) == "unknown_person"
    assert refusal(bring, LAN, decisions={(sheet, number): stranger.uid}) == "bad_decision"
    assert refusal(bring, LAN, decisions={(sheet, 99): "skip"}) == "unknown_row"
    assert Person.objects.count() == 2


def test_a_person_out_of_reach_cannot_be_chosen(bring: Import, place: Place) -> None:
    elsewhere = place.person("Lê Thị Lan", "phu-nhuan")
    row = the_row(bring(LAN, dry_run=True))
    by = officer_of(place.units["gia-phu"])
    code = refusal(bring, LAN, unit=place.units["gia-phu"], by=by, decisions={row: elsewhere.uid})
    assert code == "unknown_person"


# -- names of units ------------------------------------------------------------------------------------------


def test_a_name_that_no_unit_bears_comes_with_likely_ones(bring: Import, place: Place) -> None:
    rows = [
        [name, "", "", unit, ""]
        for name, unit in (("Lê Thị Lan", "Xã Gia Phu Đông"), ("Lù A Sì", "x. Phú Nhuậm"))
    ]
    plan = bring(*rows, dry_run=True)
    assert [unknown.name for unknown in plan.unknown_units] == ["Xã Gia Phu Đông", "x. Phú Nhuậm"]
    assert [unknown.likely[0].name for unknown in plan.unknown_units] == ["Xã Gia Phú", "Xã Phú Nhuận"]
    assert plan.unknown_units[0].rows == ((plan.rows[0].sheet, 2),)
    assert plan.unknown_units[0].likely[0].above == ("Huyện Bảo Thắng",)


def test_a_unit_told_by_a_person_is_taken_or_left_out(bring: Import, place: Place) -> None:
    rows = [["Lê Thị Lan", "", "", "Xã Gia Phu Đông", ""], ["Lù A Sì", "", "", "Xã nào đó", ""]]
    plan = bring(*rows, units={"Xã Gia Phu Đông": place.units["gia-phu"].uid, "Xã nào đó": "skip"})
    assert [(row.outcome.value, row.code) for row in plan.rows] == [
        ("created", ""),
        ("skipped", "unit_skipped"),
    ]
    assert plan.unknown_units == []
    assert Person.objects.get().posts.get().unit == place.units["gia-phu"]


def test_a_unit_outside_the_import_cannot_be_chosen(bring: Import, place: Place) -> None:
    row = ["Lê Thị Lan", "", "", "Xã nào đó", ""]
    asked = {"unit": place.units["gia-phu"], "units": {"Xã nào đó": place.units["phu-nhuan"].uid}}
    assert refusal(bring, row, **asked) == "unknown_unit"
    assert refusal(bring, row, units={"Xã nào đó": "nowhere"}) == "unknown_unit"


def test_decided_for_somebody_who_has_become_one_with_another_the_row_is_theirs(
    bring: Import, place: Place
) -> None:
    known = place.person("Lê Thị Lan", phone="0983111222")
    twin = place.person("Lê Thị Lan", birth="1980")
    row = the_row(bring(LAN, dry_run=True))
    merge(kept=twin.pk, gone=known.pk, choices={}, by=SYSTEM, at=AT)
    plan = bring(LAN, decisions={row: known.uid})
    assert outcomes(plan) == ["updated"]
    assert [candidate.uid for candidate in plan.rows[0].candidates] == [twin.uid]
    twin.refresh_from_db()
    assert twin.phone == "0912345678"


def test_nobody_is_reached_by_a_former_id(bring: Import, place: Place) -> None:
    known, twin = place.person("Lê Thị Lan", "phu-nhuan"), place.person("Lê Thị Lan", "phu-nhuan")
    row = the_row(bring(LAN, dry_run=True))
    merge(kept=twin.pk, gone=known.pk, choices={}, by=SYSTEM, at=AT)
    commune = place.units["gia-phu"]
    with pytest.raises(Refused) as refused:
        bring(LAN, unit=commune, by=officer_of(commune), decisions={row: known.uid})
    assert refused.value.code == "unknown_person"
