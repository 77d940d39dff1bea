"""Units as lists name them, on the day and on other days: found, told what became of them, never guessed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nhanlucso.exchange.sheets.applying import import_sheet
from nhanlucso.exchange.sheets.plan import ImportPlan, ImportRequest
from nhanlucso.exchange.sheets.unitlikeness import UnitLikeness
from nhanlucso.exchange.sheets.unitnames import UnitNames
from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.models import UnitVersion
from nhanlucso.orgs.rules import Version
from nhanlucso.orgs.services import NewUnit, add_unit, end_unit, rename_unit
from nhanlucso.people.models import Post
from tests.exchange.sheets.conftest import AT, Place
from tests.exchange.sheets.making import Sheet, save
from tests.factories.records import make_change

REFORM, LAST_DAY = date(2025, 7, 1), date(2025, 6, 30)
HEAD = ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị"]
Import = Callable[..., ImportPlan]


def version(unit: int, name: str, kind: str = "commune", parent: int | None = None) -> Version:
    return Version(unit, EVER, ALWAYS, parent, kind, name, "")


# -- names ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Xã Gia Phú", {1}),
        ("UBND xã Gia Phú", {1}),
        ("x. Gia Phú, h. Bảo Thắng", {1}),
        ("Gia Phú", {1}),
        ("xã Phú Nhuận", {2, 3}),
        ("xã Phú Nhuận, huyện Bảo Thắng", {2}),
        ("Xã Phú Nhuận (Bảo Yên)", {3}),
        ("Phú Nhuận - huyện Bảo Yên", {3}),
        ("xã Gia Phú, huyện Bảo Yên", set()),
        ("xã Gia Phú, tỉnh Hà Giang", {1}),  # not known here: nothing against it
        ("phường Gia Phú", set()),
    ],
)
def test_what_follows_a_name_tells_units_apart(text: str, units: set[int]) -> None:
    names = UnitNames(
        [version(1, "Xã Gia Phú"), version(2, "Xã Phú Nhuận"), version(3, "Xã Phú Nhuận")],
        ["Tỉnh Lào Cai"],
        lines={
            1: frozenset({"huyen bao thang", "tinh lao cai"}),
            2: frozenset({"huyen bao thang", "tinh lao cai"}),
            3: frozenset({"huyen bao yen", "tinh lao cai"}),
        },
    )
    assert names.find(text) == units


def test_a_village_of_today_is_no_better_than_a_commune_of_another_day() -> None:
    village, commune = version(1, "Thôn Phú Nhuận", "village"), version(2, "Xã Phú Nhuận")
    assert UnitNames([village], []).find("Phú Nhuận") == {1}
    both = UnitNames([village], [], [commune])
    assert both.find("Phú Nhuận") == {1, 2}
    assert (both.find("Xã Phú Nhuận"), both.meant("Xã Phú Nhuận").former) == ({2}, True)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Xã Gia Pú", "Xã Gia Phú"),
        ("phường Gia Phú", "Xã Gia Phú"),
        ("P. VHXH", "Phòng Văn hóa - Xã hội"),
        ("phòng văn hoá xã hôi", "Phòng Văn hóa - Xã hội"),
        ("GP", "Xã Gia Phú"),
    ],
)
def test_names_that_are_nearly_right_are_likely(text: str, name: str) -> None:
    versions = [
        version(1, "Xã Gia Phú"),
        version(2, "Xã Phú Nhuận"),
        version(3, "Phòng Văn hóa - Xã hội", "division"),
    ]
    unit, likeness = UnitLikeness(versions).like(text)[0]
    assert versions[unit - 1].name == name
    assert 0.5 <= likeness <= 1


def test_a_name_like_none_has_no_likely_ones() -> None:
    assert UnitLikeness([version(1, "Xã Gia Phú")]).like("Bệnh viện Đa khoa") == []


# -- units of other days -------------------------------------------------------------------------------------


@pytest.fixture
def bring(place: Place, tmp_path: Path) -> Import:
    """Imports a list into the district as of after the reform: Phú Nhuận went into Tằng Loỏng."""
    heir = add_unit(
        unit=NewUnit("Xã Tằng Loỏng", "commune", place.units["bao-thang"], valid_from=REFORM),
        by=SYSTEM,
        at=AT,
    )
    end_unit(unit=place.units["phu-nhuan"], last_day=LAST_DAY, heir=heir, document="", by=SYSTEM, at=AT)
    place.units["tang-loong"] = heir

    def made(*rows: list[Any], **asked: Any) -> ImportPlan:
        path = save(tmp_path / "list.xlsx", Sheet([HEAD, *([n, *row] for n, row in enumerate(rows, 1))]))
        request = ImportRequest(unit=place.units["bao-thang"], on=date(2025, 9, 1))
        return import_sheet(path, request=replace(request, **asked), dry_run=False, by=SYSTEM, at=AT)

    return made


OLD = ["Lê Thị Lan", "01/02/1980", "Viên chức", "xã Phú Nhuận, huyện Bảo Thắng"]
NEW = [*OLD[:3], "Xã Tằng Loỏng"]


@pytest.mark.django_db
def test_an_old_list_finds_the_unit_of_its_day_and_says_what_it_became(bring: Import, place: Place) -> None:
    plan = bring(OLD)
    assert [row.outcome.value for row in plan.rows] == ["created"]
    assert Post.objects.get().unit == place.units["phu-nhuan"]
    (told,) = [problem for problem in plan.problems if problem.code == "unit_ended"]
    assert "Xã Tằng Loỏng" in told.message
    assert "30/06/2025" in told.message


@pytest.mark.django_db
def test_posts_that_begin_after_the_end_are_of_what_the_unit_wholly_became(
    bring: Import, place: Place
) -> None:
    bring(OLD, since=REFORM)
    assert Post.objects.get().unit == place.units["tang-loong"]


@pytest.mark.django_db
def test_people_are_known_by_what_their_unit_became(bring: Import, place: Place) -> None:
    place.person("Lê Thị Lan", "phu-nhuan", birth="1980", title="Viên chức", category="public_employee")
    plan = bring(NEW)
    assert [row.outcome.value for row in plan.rows] == ["updated"]
    assert "became_unit" in plan.rows[0].candidates[0].reasons
    assert plan.rows[0].columns == ("birth",)
    assert Post.objects.count() == 1


@pytest.mark.django_db
def test_a_former_name_of_a_unit_is_its_name(bring: Import, place: Place) -> None:
    rename_unit(
        unit=place.units["gia-phu"], name="Xã Gia Sơn", day=date(2025, 8, 1), document="", by=SYSTEM, at=AT
    )
    bring([*OLD[:3], "UBND xã Gia Phú"])
    assert Post.objects.get().unit == place.units["gia-phu"]


@pytest.mark.django_db
def test_likely_units_come_with_what_they_became(bring: Import, place: Place) -> None:
    plan = bring([*OLD[:3], "xã Phú Nhuậm"])
    (unknown,) = plan.unknown_units
    likely = next(unit for unit in unknown.likely if unit.name == "Xã Phú Nhuận")
    assert (likely.valid_to, likely.became, likely.divided) == (LAST_DAY, ("Xã Tằng Loỏng",), False)
    assert unknown.as_json()["several"] is False


@pytest.mark.django_db
def test_a_division_is_never_guessed(bring: Import, place: Place) -> None:
    halves = [
        add_unit(unit=NewUnit(name, "commune", place.units["bao-thang"], valid_from=REFORM), by=SYSTEM, at=AT)
        for name in ("Xã Gia Đông", "Xã Gia Tây")
    ]
    UnitVersion.objects.filter(unit=place.units["gia-phu"]).update(valid_to=LAST_DAY)
    make_change("split", REFORM, place.units["gia-phu"], *halves)
    row = [*OLD[:3], "UBND xã Gia Phú"]
    plan = bring(row, since=REFORM)
    assert [(one.outcome.value, one.code) for one in plan.rows] == [("skipped", "unit_divided")]
    (unknown,) = plan.unknown_units
    assert sorted(unit.name for unit in unknown.likely) == ["Xã Gia Tây", "Xã Gia Đông"]
    bring(row)  # posts since ever are of the unit as it was then
    assert Post.objects.get().unit == place.units["gia-phu"]
    Post.objects.all().delete()
    bring(row, since=REFORM, units={"UBND xã Gia Phú": halves[0].uid})
    assert Post.objects.get().unit == halves[0]
