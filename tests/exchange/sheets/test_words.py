"""Names of units and what titles say."""

from __future__ import annotations

import pytest

from nhanlucso.exchange.sheets.categories import category_of, is_leader
from nhanlucso.exchange.sheets.unitnames import UnitNames
from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.orgs.rules import Version

UNITS = {
    1: ("Huyện Bảo Thắng", "district"),
    2: ("Xã Phú Nhuận", "commune"),
    3: ("Thị trấn Phố Lu", "commune"),
    4: ("Phòng Văn hóa - Thông tin", "division"),
    5: ("Thôn Phú Nhuận", "village"),
    6: ("Văn phòng HĐND và UBND", "division"),
    7: ("Thôn Nhuần", "village"),
    8: ("Xã Xuân Quang", "commune"),
    9: ("Phường Xuân Quang", "commune"),
}
NAMES = UnitNames(
    [Version(unit, EVER, ALWAYS, None, kind, name, "") for unit, (name, kind) in UNITS.items()],
    ["Huyện Bảo Thắng", "Tỉnh Lào Cai"],
)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Xã Phú Nhuận", {2}),
        ("UBND xã Phú Nhuận", {2}),
        ("Ủy ban nhân dân xã Phú Nhuận", {2}),
        ("UỶ BAN NHÂN DÂN XÃ PHÚ NHUẬN", {2}),
        ("Đảng ủy xã Phú Nhuận", {2}),
        ("Phú Nhuận", {2}),
        ("xa phu nhuan", {2}),
        ("UBND xã Phú Nhuận, huyện Bảo Thắng", {2}),
        ("UBND xã Phú Nhuận huyện Bảo Thắng", {2}),
        ("thôn Phú Nhuận", {5}),
        ("Nhuần", {7}),
        ("UBND TT Phố Lu", {3}),
        ("Phố Lu", {3}),
        ("Phòng Văn hoá – Thông tin", {4}),
        ("P. Văn hóa - Thông tin", {4}),
        ("Phòng Văn hóa - Thông tin huyện Bảo Thắng", {4}),
        ("VP HĐND và UBND", {6}),
        ("UBND huyện Bảo Thắng", {1}),
        ("Xuân Quang", {8, 9}),
        ("Phường Xuân Quang", {9}),
        ("phường Phú Nhuận", set()),
        ("Sơn Hà", set()),
        ("", set()),
    ],
)
def test_units(text: str, units: set[int]) -> None:
    assert NAMES.find(text) == units


@pytest.mark.parametrize(
    ("said", "title", "kind", "category"),
    [
        ("", "Công chức Địa chính", "commune", "civil_servant"),
        ("", "Viên chức", "service_unit", "public_employee"),
        ("", "Hợp đồng lao động", "commune", "contract_worker"),
        ("", "Chủ tịch UBND", "commune", "cadre"),
        ("", "Phó Bí thư Đảng ủy", "commune", "cadre"),
        ("", "Trưởng phòng", "division", "civil_servant"),
        ("", "Trưởng phòng", "service_unit", ""),
        ("", "Chuyên viên", "agency", "civil_servant"),
        ("", "Kế toán", "commune", ""),
        ("", "Cán bộ không chuyên trách", "commune", "part_time"),
        ("", "Cán bộ", "commune", "cadre"),
        ("", "Cán bộ, công chức", "commune", ""),
        ("", "Bí thư chi bộ thôn", "commune", ""),
        ("", "Chủ tịch Hội đồng quản trị", "commune", ""),
        ("Viên chức", "Chủ tịch UBND", "commune", "public_employee"),
        ("", "", "commune", ""),
    ],
)
def test_categories(said: str, title: str, kind: str, category: str) -> None:
    assert category_of(said, title, kind) == category


def test_leaders() -> None:
    assert is_leader("Phó Chủ tịch UBND")
    assert is_leader("Giám đốc")
    assert is_leader("Chuyên viên") is None
    assert is_leader("Bí thư chi bộ thôn") is None
