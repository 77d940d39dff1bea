"""What the words around a blank ask for."""

from __future__ import annotations

import pytest

from nhanlucso.forms.rules.naming import Names, name_of
from nhanlucso.forms.rules.proposals import Measured, proposals, sure
from nhanlucso.indicators.catalogue import INDICATORS
from nhanlucso.papers.forms import Spot
from nhanlucso.papers.forms.layout import spots_of
from nhanlucso.papers.forms.places import places_of

KNOWN = [Measured(one.code, str(one.name), one.measure.value, one.is_share) for one in INDICATORS.values()]


def no_unit(words: str) -> bool:
    return False


EXPECTED = [
    (("Tổng số cán bộ, công chức, viên chức",), ("Trong kỳ",), "staff.headcount", "value", "period"),
    (("Số lượt người tham gia",), ("Lũy kế từ đầu năm",), "training.attendances", "value", "to_date"),
    (("Số người được tập huấn",), ("Cùng kỳ năm trước",), "training.persons", "value", "year_before"),
    (("Số lớp đã mở",), ("Quý trước",), "training.classes", "value", "previous"),
    (("Tỷ lệ được phổ cập kỹ năng số cơ bản",), ("Kết quả",), "coverage.basic", "value", "period"),
    (("Số người được phổ cập kỹ năng số cơ bản",), ("Kết quả",), "coverage.basic", "numerator", "period"),
    (("Số tổ công nghệ số cộng đồng",), ("Kết quả",), "teams.count", "value", "period"),
    (("Số tin, bài tuyên truyền",), ("Kết quả",), "outreach.items", "value", "period"),
    (("Lượt người dân được hỗ trợ",), ("Kết quả",), "teams.assists", "value", "period"),
]


@pytest.mark.parametrize(("beside", "above", "code", "part", "span"), EXPECTED)
def test_the_words_of_row_and_column_name_the_figure(
    beside: tuple[str, ...], above: tuple[str, ...], code: str, part: str, span: str
) -> None:
    found = proposals(Spot("0!D7", "", beside, above), KNOWN, no_unit)
    best = sure(found)
    assert best is not None
    assert (best.code, best.part, best.span, best.named) == (code, part, span, False)


def test_a_column_of_notes_and_words_that_say_nothing_get_no_proposal() -> None:
    assert proposals(Spot("0!F7", "", ("Số lớp",), ("Ghi chú",)), KNOWN, no_unit) == []
    assert proposals(Spot("0!F7", "", ("Diện tích rừng",), ("Kết quả",)), KNOWN, no_unit) == []


@pytest.mark.parametrize("key", ["0", "1", "2", "3"])
def test_the_day_of_signing_is_for_whoever_signs(key: str) -> None:
    text = "……, ngày … tháng … năm …"
    spots = spots_of(text, "0!H9", places_of(text), "", (), ("Số lớp",))
    assert proposals(spots[f"0!H9.{key}"], KNOWN, no_unit) == []


def test_words_that_fit_two_figures_are_not_sure() -> None:
    found = proposals(Spot("0!F7", "", ("Chuyên trách, kiêm nhiệm",), ("Kết quả",)), KNOWN, no_unit)
    assert len(found) > 1
    assert sure(found) is None


def test_a_row_may_name_a_unit() -> None:
    spot = Spot("0!D7", "", ("Xã Hòa",), ("Số người được tập huấn",))
    found = proposals(spot, KNOWN, lambda words: words == "Xã Hòa")
    assert (found[0].code, found[0].named) == ("training.persons", True)


def test_what_the_superior_set_is_not_filled() -> None:
    assert proposals(Spot("0!F7", "", ("Số lớp",), ("Kế hoạch giao",)), KNOWN, no_unit) == []


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("Xã Phú Nhuận", 2),
        ("UBND xã Phú Nhuận", 2),
        ("X. Phú Nhuận", 2),
        ("Phú Nhuận", 2),
        ("TT. Phố Lu", 3),
        ("Bản Phố Lu", 4),
        ("Thôn Một", None),
        ("Xã Khác", None),
    ],
)
def test_names_as_forms_write_them(words: str, unit: int | None) -> None:
    names = Names(
        [
            (1, "Huyện Bảo Thắng", 0),
            (2, "Xã Phú Nhuận", 1),
            (3, "Thị trấn Phố Lu", 1),
            (4, "Bản Phố Lu", 2),
            (5, "Thôn Một", 2),
            (6, "Thôn Một", 2),
        ]
    )
    assert names.find([words]) == unit
    assert name_of("H. Bảo Thắng") == "huyen bao thang"


def test_a_line_of_dots_may_wait_for_the_name_of_the_unit() -> None:
    found = proposals(Spot("0!A2.0", "", ("Đơn vị báo cáo:",), before="Đơn vị báo cáo:"), KNOWN, no_unit)
    assert found[0].code == "text.unit"
