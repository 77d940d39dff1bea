"""What the words around a blank ask for."""

from __future__ import annotations

import pytest

from nhanlucso.forms.rules import Measured, proposals, sure
from nhanlucso.indicators.catalogue import INDICATORS
from nhanlucso.papers.forms import Spot

KNOWN = [Measured(one.code, str(one.name), one.measure.value, one.is_share) for one in INDICATORS.values()]
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
    found = proposals(Spot("0!D7", "", beside, above), KNOWN, {})
    best = sure(found)
    assert best is not None
    assert (best.code, best.part, best.span, best.unit) == (code, part, span, None)


def test_a_column_of_notes_and_words_that_say_nothing_get_no_proposal() -> None:
    assert proposals(Spot("0!F7", "", ("Số lớp",), ("Ghi chú",)), KNOWN, {}) == []
    assert proposals(Spot("0!F7", "", ("Diện tích rừng",), ("Kết quả",)), KNOWN, {}) == []


def test_words_that_fit_two_figures_are_not_sure() -> None:
    found = proposals(Spot("0!F7", "", ("Chuyên trách, kiêm nhiệm",), ("Kết quả",)), KNOWN, {})
    assert len(found) > 1
    assert sure(found) is None


def test_a_row_may_name_a_unit() -> None:
    found = proposals(Spot("0!D7", "", ("Xã Hòa",), ("Số người được tập huấn",)), KNOWN, {"xa hoa": 7})
    assert (found[0].code, found[0].unit) == ("training.persons", 7)


def test_a_line_of_dots_may_wait_for_the_name_of_the_unit() -> None:
    found = proposals(Spot("0!A2.0", "", ("Đơn vị báo cáo:",)), KNOWN, {})
    assert found[0].code == "text.unit"
