"""A report cites what is in force on its date, and names who is in charge then."""

from __future__ import annotations

from datetime import date

import pytest

from nhanlucso.reports.citable import acts, standing_bodies
from nhanlucso.reports.rules.content import Issued
from nhanlucso.reports.rules.law import citable, citation, kind_of, standing, without

IN_2024, IN_2025, IN_2026 = date(2024, 9, 14), date(2025, 9, 14), date(2026, 9, 14)


def numbers(on: date, *codes: str, end: date | None = None) -> list[str]:
    return [act.number for act in citable(acts(), on, end or on, codes)]


def test_each_year_cites_its_own_law() -> None:
    assert "67/2006/QH11" in numbers(IN_2024)
    assert "148/2025/QH15" not in numbers(IN_2024)
    assert "67/2006/QH11" in numbers(date(2026, 6, 30))
    assert "67/2006/QH11" not in numbers(date(2026, 7, 1))
    assert "148/2025/QH15" in numbers(date(2026, 7, 1))
    assert "01-KH/BCĐTW" not in numbers(IN_2024)
    assert "01-KH/BCĐTW" in numbers(IN_2025)


def test_frameworks_are_cited_beside_their_figures_alone() -> None:
    assert "03/2014/TT-BTTTT" not in numbers(IN_2024, "coverage.basic")
    assert "03/2014/TT-BTTTT" in numbers(IN_2024, "coverage.ict_standard")
    assert "757/QĐ-BKHCN" in numbers(IN_2025, "coverage.basic")


def test_nothing_is_carried_out_before_it_was_issued() -> None:
    found = numbers(IN_2025, "coverage.basic", end=IN_2024)
    assert "146/QĐ-TTg" in found
    assert "01-KH/BCĐTW" not in found
    assert "757/QĐ-BKHCN" not in found


@pytest.mark.parametrize(
    ("kind", "on", "name"),
    [
        ("province", date(2025, 2, 28), "Sở Thông tin và Truyền thông"),
        ("province", date(2025, 3, 1), "Sở Khoa học và Công nghệ"),
        ("district", date(2025, 6, 30), "Phòng Văn hóa - Thông tin"),
        ("district", date(2025, 7, 1), ""),
        ("commune", date(2025, 6, 30), ""),
        ("commune", date(2025, 7, 1), "Phòng Văn hóa - Xã hội"),
    ],
)
def test_who_is_in_charge(kind: str, on: date, name: str) -> None:
    assert standing(standing_bodies(), kind, on) == name


def test_the_tables_are_whole() -> None:
    assert {act.role for act in acts()} == {"basis", "task"}
    assert len({act.number for act in acts()}) == len(acts())
    assert all(act.valid_from <= act.valid_to for act in (*acts(), *standing_bodies()))


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (
            Issued("84/KH-UBND", "Kế hoạch thực hiện Đề án «X»", "UBND tỉnh Tuyên Quang", date(2022, 4, 20)),
            "Kế hoạch số 84/KH-UBND ngày 20/04/2022 của UBND tỉnh Tuyên Quang thực hiện Đề án “X”",
        ),
        (
            Issued("", "Kế hoạch đào tạo, bồi dưỡng năm 2024", "UBND huyện A", date(2023, 12, 8)),
            "Kế hoạch ngày 08/12/2023 của UBND huyện A về đào tạo, bồi dưỡng năm 2024",
        ),
        (
            Issued("", "Về việc cử cán bộ", "", date(2024, 2, 21)),
            "văn bản ngày 21/02/2024 về việc cử cán bộ",
        ),
        (Issued("84/KH-UBND", "Kế hoạch", "UBND tỉnh"), "Kế hoạch số 84/KH-UBND của UBND tỉnh"),
        (Issued("5/QĐ-UBND", "Kiện toàn Ban Chỉ đạo", ""), "Quyết định số 5/QĐ-UBND Kiện toàn Ban Chỉ đạo"),
    ],
)
def test_citations(document: Issued, words: str) -> None:
    assert citation(document) == words


@pytest.mark.parametrize(
    ("number", "kind"),
    [("84/KH-UBND", "Kế hoạch"), ("146/QĐ-TTg", "Quyết định"), ("01-KH/BCĐTW", "Kế hoạch"),
     ("09/2019/NĐ-CP", "Nghị định"), ("793/BTTTT-THH", "văn bản"), ("", "văn bản")],
)  # fmt: skip
def test_the_number_tells_the_kind(number: str, kind: str) -> None:
    assert kind_of(number) == kind


def test_a_programme_that_an_act_names_is_not_cited_twice() -> None:
    programme = Issued("146/QĐ-TTg", "Nâng cao nhận thức", "Thủ tướng Chính phủ")
    assert without([programme], acts()) == []
