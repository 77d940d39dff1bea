"""What units became, and by which change and document."""

from datetime import date

import pytest

from nhanlucso.orgs import catalogue
from nhanlucso.orgs.catalogue import Change

REFORM = date(2025, 7, 1)


def became(key: str) -> list[tuple[str, str, str]]:
    return [(s.code, s.name, s.relation) for s in catalogue.successors(key)]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("02944@", [("02908", "Xã Tằng Loỏng", "whole")]),
        ("02905@", [("02905", "Xã Bảo Thắng", "whole")]),
        ("10@", [("15", "Tỉnh Lào Cai", "whole")]),
        ("15@", [("15", "Tỉnh Lào Cai", "whole")]),
        ("02@", [("08", "Tỉnh Tuyên Quang", "whole")]),
        ("536@", [("21548", "Đặc khu Lý Sơn", "whole")]),
        ("02593@", [("02608", "Xã Hồng Sơn", "whole")]),
        ("02608@", [("02608", "Xã Hồng Sơn", "whole")]),
        ("02872@", [("02839", "Thị trấn Bắc Hà", "whole")]),
        ("07399@2025-07-01", [("07399", "Phường Kép", "whole")]),
        ("75@2025-07-01", [("75", "Thành phố Đồng Nai", "whole")]),
        ("02908@2025-07-01", []),
    ],
)
def test_successors(key: str, expected: list[tuple[str, str, str]]) -> None:
    assert became(key) == expected


def test_a_split_commune_went_to_several_in_part() -> None:
    assert became("09013@") == [
        ("08980", "Xã Yên Lãng", "part"),
        ("08995", "Xã Tiến Thắng", "part"),
        ("09022", "Xã Mê Linh", "part"),
        ("09817", "Xã Ô Diên", "part"),
    ]


def test_a_district_became_what_its_communes_became() -> None:
    assert {name for _, name, relation in became("086@") if relation == "part"} == {
        "Phường Lào Cai",
        "Xã Phong Hải",
        "Xã Bảo Thắng",
        "Xã Tằng Loỏng",
        "Xã Xuân Quang",
        "Xã Gia Phú",
    }


def test_provinces_that_were_not_joined_go_on() -> None:
    assert catalogue.entry("01@").valid_to is None
    assert became("01@") == []


def test_four_communes_made_bao_thang() -> None:
    changes = catalogue.changes(["02905@2025-07-01"])
    assert {change.from_key for change in changes} == {"02905@", "02917@", "02929@", "02938@"}
    assert {(c.date, c.kind, c.document) for c in changes} == {(REFORM, "merge", "1673/NQ-UBTVQH15")}


def test_kinds_of_changes() -> None:
    def kind(key: str) -> set[str]:
        return {change.kind for change in catalogue.changes([key]) if change.from_key == key}

    assert kind("09013@") == {"split"}
    assert kind("086@") == {"split"}
    assert kind("02944@") == {"merge"}
    assert kind("02872@") == {"merge"}
    assert kind("02473@") == {"rename"}
    assert kind("22@") == {"rename"}
    assert kind("02299@") == {"move"}
    assert kind("03004@") == {"move"}  # Ngũ Chỉ Sơn: untouched, but its district is no more


def test_changes_tell_all_that_a_split_unit_became() -> None:
    changes = catalogue.changes(["09817@2025-07-01"])
    assert {c.to_key for c in changes if c.from_key == "09013@"} == {
        "08980@2025-07-01",
        "08995@2025-07-01",
        "09022@2025-07-01",
        "09817@2025-07-01",
    }


def test_changes_are_in_order_of_date_and_each_once() -> None:
    found = catalogue.changes(["02608@2024-09-01", "02593@", "02608@"])
    assert found[:2] == [
        Change(date(2024, 9, 1), "merge", "02593@", "02608@2024-09-01", "1106/NQ-UBTVQH15"),
        Change(date(2024, 9, 1), "merge", "02608@", "02608@2024-09-01", "1106/NQ-UBTVQH15"),
    ]
    assert [c.date for c in found[2:]] == [REFORM]


def test_documents() -> None:
    assert catalogue.entry("02608@2024-09-01").document == "1106/NQ-UBTVQH15"
    assert catalogue.entry("15@2025-07-01").document == "202/2025/QH15"
    assert catalogue.entry("02908@2025-07-01").document == "1673/NQ-UBTVQH15"
    assert catalogue.entry("07399@2026-09-20").document == "388/NQ-UBTVQH16"
