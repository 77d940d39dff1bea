"""Taking units from the national catalogue, and following its changes."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from nhanlucso.kernel.clock import EVER, now, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs import catalogue
from nhanlucso.orgs.adoption.lineage import lineage
from nhanlucso.orgs.adoption.queries import found_entries, offers, preview
from nhanlucso.orgs.adoption.services import Adoption, adopt, apply_offer
from nhanlucso.orgs.models import Unit, UnitChange, UnitVersion
from nhanlucso.orgs.queries import history
from nhanlucso.orgs.rules import Version
from tests.factories import records as r
from tests.factories.scopes import VIEWER_OF_ALL, officer_of

pytestmark = pytest.mark.django_db
BEFORE, REFORM = date(2024, 9, 14), date(2025, 7, 1)
BAO_THANG, LAO_CAI, QUANG_NINH = "086@", "10@", "22@"


def take(key: str, on: date) -> Adoption:
    return adopt(key=key, on=on, by=SYSTEM, at=now())


def unit(key: str) -> int:
    return Unit.objects.get(catalogue_key=key).pk


def names(versions: list[Version]) -> set[str]:
    return {version.name for version in versions}


def test_a_district_comes_with_its_communes_and_what_they_became() -> None:
    done = take(BAO_THANG, BEFORE)
    past = history()
    assert past.version(done.root, BEFORE).name == "Huyện Bảo Thắng"  # type: ignore[union-attr]
    assert len(past.children(done.root, BEFORE)) == 14
    assert names(past.children(None, BEFORE)) == {"Tỉnh Lào Cai"}
    assert past.version(done.root, REFORM) is None
    phu_nhuan, tang_loong = unit("02944@"), unit("02908@2025-07-01")
    assert past.carry(phu_nhuan, EVER, REFORM) == {tang_loong}
    assert past.version(tang_loong, REFORM).parent == unit("15@2025-07-01")  # type: ignore[union-attr]
    assert UnitChange.objects.get(from_unit=phu_nhuan).document == "1673/NQ-UBTVQH15"


def test_the_tree_of_every_day_is_that_of_the_catalogue() -> None:
    take(LAO_CAI, BEFORE)
    for day in (BEFORE, date(2024, 11, 1), date(2025, 6, 30)):
        mine = Counter(
            v.kind for vs in history().versions.values() for v in vs if v.valid_from <= day <= v.valid_to
        )
        assert mine == Counter(entry.kind for entry in catalogue.subtree(LAO_CAI, day))
    below = history().children(unit("15@2025-07-01"), today())
    known = {entry.name for entry in catalogue.subtree("15@2025-07-01", today())}
    assert names(below) <= known


def test_doing_it_twice_changes_nothing() -> None:
    first = take(BAO_THANG, BEFORE)
    rows = UnitVersion.objects.count(), UnitChange.objects.count()
    again = take(BAO_THANG, BEFORE)
    assert (again.created, again.changes, again.root) == (0, 0, first.root)
    assert again.reused == 15
    assert (UnitVersion.objects.count(), UnitChange.objects.count()) == rows


def test_the_new_tree_first_and_the_old_one_later_make_one_history() -> None:
    take("02908@2025-07-01", today())
    take(BAO_THANG, BEFORE)
    assert Unit.objects.filter(catalogue_key="02908@2025-07-01").count() == 1
    assert history().carry(unit("02944@"), EVER, today()) == {unit("02908@2025-07-01")}
    assert offers(SYSTEM) == []


def test_a_unit_that_only_changes_its_name_stays_the_same() -> None:
    root = take("22@2026-09-01", date(2026, 10, 1)).root
    take(QUANG_NINH, date(2025, 1, 1))
    versions = history().versions[root]
    assert [version.name for version in versions] == ["Tỉnh Quảng Ninh", "Thành phố Quảng Ninh"]
    assert lineage(QUANG_NINH) == lineage("22@2026-09-01") == (QUANG_NINH, "22@2026-09-01")
    children = history().children(root, date(2026, 10, 1))
    assert len(children) == len(catalogue.subtree("22@2026-09-01", date(2026, 10, 1))) - 1


def test_changes_after_a_bundle_are_offered_and_applied() -> None:
    district = r.make_unit("huyen", "Huyện Bảo Thắng", "district", catalogue_key=BAO_THANG)
    commune = r.make_unit("xa", "Xã Phú Nhuận", parent=district, catalogue_key="02944@")
    village = r.make_unit("thon", "Thôn Phú Hải", "village", parent=commune)
    division = r.make_unit("phong", "Phòng Nội vụ", "division", parent=district)
    [offer] = offers(SYSTEM)
    assert (offer.day, offer.size) == (REFORM, 2)
    assert ("Xã Phú Nhuận", "Xã Tằng Loỏng") in offer.lines
    done = apply_offer(day=REFORM, by=SYSTEM, at=now())
    past, tang_loong = history(), unit("02908@2025-07-01")
    assert done.changes >= 2
    assert past.carry(commune.pk, EVER, REFORM) == {tang_loong}
    assert past.version(village.pk, REFORM).parent == tang_loong  # type: ignore[union-attr]
    assert past.version(division.pk, REFORM).parent == district.pk  # type: ignore[union-attr]
    assert offers(SYSTEM) == []
    with pytest.raises(Refused) as refusal:
        apply_offer(day=REFORM, by=SYSTEM, at=now())
    assert refusal.value.code == "nothing_offered"


def test_a_change_that_a_bundle_brought_is_not_offered_again() -> None:
    old = r.make_unit("xa", "Xã Phú Nhuận", end=date(2025, 6, 30), catalogue_key="02944@")
    r.make_change("merge", REFORM, old, r.make_unit("moi", "Xã Tằng Loỏng", start=REFORM))
    assert offers(SYSTEM) == []


def test_a_name_given_for_later_stays() -> None:
    commune = r.make_unit(
        "tinh", "Tỉnh Quảng Ninh", "province", end=date(2027, 1, 1), catalogue_key=QUANG_NINH
    )
    UnitVersion.objects.create(
        unit=commune,
        name="Quảng Ninh",
        name_folded="quang ninh",
        kind="province",
        valid_from=date(2027, 1, 2),
    )
    apply_offer(day=date(2026, 9, 1), by=SYSTEM, at=now())
    r.structure_changed()
    assert [v.name for v in history().versions[commune.pk]] == [
        "Tỉnh Quảng Ninh",
        "Thành phố Quảng Ninh",
        "Quảng Ninh",
    ]


def test_a_preview_counts_what_would_come() -> None:
    seen = preview(SYSTEM, BAO_THANG, BEFORE)
    assert seen is not None
    assert [count for _kind, count in seen.kinds] == [1, 14]
    assert [day for day, _count in seen.changes] == [REFORM]
    assert seen.there == 0
    take("02944@", BEFORE)
    assert preview(SYSTEM, BAO_THANG, BEFORE).there == 2  # type: ignore[union-attr]
    assert preview(SYSTEM, BAO_THANG, today()) is None
    assert preview(officer_of(), BAO_THANG, BEFORE) is None


def test_search_says_what_became_of_an_entry_and_whether_it_is_here() -> None:
    take("02944@", BEFORE)
    found, total = found_entries(SYSTEM, "phu nhuan", BEFORE, 3)
    assert (len(found), total) == (3, 7)
    here = next(one for one in found_entries(SYSTEM, "02944", BEFORE, 3)[0])
    assert here.unit == unit("02944@")
    assert [entry.name for entry in here.successors] == ["Xã Tằng Loỏng"]


def test_only_an_administrator_of_everything_takes_and_applies() -> None:
    commune = r.make_unit("xa", "Xã Phú Nhuận", catalogue_key="02944@")
    for by in (officer_of(commune), VIEWER_OF_ALL):
        for act in (
            lambda by=by: adopt(key=BAO_THANG, on=BEFORE, by=by, at=now()),
            lambda by=by: apply_offer(day=REFORM, by=by, at=now()),
        ):
            with pytest.raises(Refused) as refusal:
                act()
            assert refusal.value.code == "not_allowed"
    assert offers(officer_of(commune)) == []
    assert Unit.objects.count() == 1


def test_what_the_catalogue_does_not_have_is_refused() -> None:
    for key, on, code in (("99999@", BEFORE, "unknown_entry"), (BAO_THANG, today(), "not_valid")):
        with pytest.raises(Refused) as refusal:
            take(key, on)
        assert refusal.value.code == code
    assert not Unit.objects.exists()


def test_a_province_and_its_communes_may_be_renamed_on_one_day() -> None:
    take("24@", date(2025, 6, 30))
    province = unit_of_today("Bắc Ninh")
    spans = [(v.valid_from, v.valid_to) for v in history().versions[province]]
    assert len(set(spans)) == len(spans)
    key = Unit.objects.get(pk=province).catalogue_key
    mine = names(history().children(province, today()))
    theirs = {entry.name for entry in catalogue.subtree(key, today()) if entry.parent_key == key}
    assert len(mine) > 30
    assert mine <= theirs


def unit_of_today(name: str) -> int:
    return next(v.unit for v in history().children(None, today()) if v.name.endswith(name))
