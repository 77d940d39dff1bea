"""Finding by name without marks, by code, by day and kind, and the fields that the command prints."""

import unicodedata
from datetime import date

import pytest

from nhanlucso.kernel.errors import Refused
from nhanlucso.orgs import catalogue

EVE = date(2025, 6, 30)


def test_phu_nhuan_finds_six_old_communes_each_with_what_it_became() -> None:
    found = catalogue.find(["phu nhuan"], on=EVE, kind="commune")
    assert {entry.code: [s.name for s in catalogue.successors(entry.key)] for entry in found} == {
        "19789": ["Phường Thuận Hóa"],
        "02944": ["Xã Tằng Loỏng"],
        "07597": ["Xã Biển Động"],
        "16249": ["Xã Mậu Lâm"],
        "28465": ["Xã Mỹ Thành"],
        "28798": ["Phường An Hội"],
    }


def test_without_a_day_all_times_and_kinds_are_found_by_name_then_code_then_first_day() -> None:
    found = catalogue.find(["phú nhuận"])
    assert [entry.key for entry in found] == [
        "19789@",
        "27073@2025-07-01",
        "768@",
        "02944@",
        "07597@",
        "16249@",
        "28465@",
        "28798@",
    ]


@pytest.mark.parametrize(
    "text", ["PHÚ NHUẬN", "phu nhuan", "  Phú   Nhuận ", unicodedata.normalize("NFD", "Phú Nhuận")]
)
def test_case_marks_spaces_and_normal_form_do_not_matter(text: str) -> None:
    assert catalogue.find([text]) == catalogue.find(["Phú Nhuận"])


def test_the_place_of_a_tone_and_the_crossed_d_do_not_matter() -> None:
    assert catalogue.find(["Hoà Bình"]) == catalogue.find(["Hòa Bình"])
    assert [entry.code for entry in catalogue.find(["dien bien phu"], on=EVE, kind="district")] == ["094"]


def test_a_code_finds_all_its_versions_and_is_no_identity() -> None:
    assert [entry.name for entry in catalogue.find(["02905"])] == ["Thị trấn Phố Lu", "Xã Bảo Thắng"]
    assert {entry.name for entry in catalogue.find(["15"], kind="province")} == {
        "Tỉnh Yên Bái",
        "Tỉnh Lào Cai",
    }


def test_several_texts_find_each() -> None:
    both = catalogue.find(["02944", "tằng loỏng"])
    assert {entry.key for entry in both} == {"02944@", "02908@", "02908@2025-07-01"}


def test_old_names_are_found() -> None:
    old = catalogue.find(["hong lac"], on=date(2024, 8, 31), kind="commune")
    assert "02608@" in {entry.key for entry in old}
    assert "02608@" not in {entry.key for entry in catalogue.find(["hong lac"], on=date(2024, 9, 1))}


def test_blank_texts_find_nothing() -> None:
    assert catalogue.find([]) == []
    assert catalogue.find(["", "  "]) == []


def test_a_kind_that_the_catalogue_does_not_have_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        catalogue.find(["phu nhuan"], kind="town")
    assert refusal.value.code == "unknown_kind"


def test_an_unknown_key() -> None:
    with pytest.raises(KeyError):
        catalogue.entry("02944@2025-07-01")
    with pytest.raises(KeyError):
        catalogue.successors("99999@")


def test_parents_are_as_of_the_day_that_was_asked_for() -> None:
    before = catalogue.find(["06820"], on=date(2026, 8, 31))
    after = catalogue.find(["06820"], on=date(2026, 9, 1))
    assert [entry.province for entry in before] == ["Tỉnh Quảng Ninh"]
    assert [entry.province for entry in after] == ["Thành phố Quảng Ninh"]
    assert [entry.parent_key for entry in before + after] == ["22@", "22@2026-09-01"]
    assert before[0].key == after[0].key


def test_json_of_an_old_commune() -> None:
    assert catalogue.as_json(catalogue.entry("02944@")) == {
        "code": "02944",
        "name": "Xã Phú Nhuận",
        "kind": "commune",
        "district": "Huyện Bảo Thắng",
        "province": "Tỉnh Lào Cai",
        "valid_from": None,
        "valid_to": "2025-06-30",
        "successors": [{"code": "02908", "name": "Xã Tằng Loỏng", "relation": "whole"}],
    }


def test_json_of_a_new_commune_and_of_the_levels_above() -> None:
    new = catalogue.as_json(catalogue.entry("02908@2025-07-01"))
    assert (new["district"], new["province"]) == (None, "Tỉnh Lào Cai")
    assert (new["valid_from"], new["valid_to"], new["successors"]) == ("2025-07-01", None, [])
    district = catalogue.as_json(catalogue.entry("086@"))
    assert (district["district"], district["province"]) == (None, "Tỉnh Lào Cai")
    province = catalogue.as_json(catalogue.entry("10@"))
    assert (province["district"], province["province"]) == (None, None)
