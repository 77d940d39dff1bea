"""A report of records: the right bodies, law, figures, targets for its unit, period and tree."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.papers.paper import Amount, Paper
from tests.factories.scopes import viewer_of
from tests.reports.conftest import AT
from tests.reports.contents import said, tables_of

pytestmark = pytest.mark.django_db


def composed(unit: Any, kind: str = "nine-month", period: str = "2024-9M", **more: Any) -> Paper:
    from nhanlucso.orgs.models import Unit
    from nhanlucso.reports.compose import compose

    row = unit if isinstance(unit, Unit) else Unit.objects.get(uid=unit)
    return compose(
        more.pop("scope", SYSTEM), kind=kind, unit=row, period=period, at=more.pop("at", AT), **more
    )


def test_the_head_and_the_foot(district: dict[str, Any]) -> None:
    paper = composed(district["d"])
    assert paper.agency_above == "Ủy ban nhân dân tỉnh Thử"
    assert paper.agency == "Ủy ban nhân dân huyện Mẫu"
    assert (paper.place, paper.symbol, paper.dated.year, paper.dated.month) == ("Mẫu", "BC-UBND", 2024, None)
    assert paper.subject.endswith("chuyển đổi số 9 tháng năm 2024")
    assert paper.recipients[:2] == ("UBND tỉnh Thử (b/c)", "Sở Thông tin và Truyền thông tỉnh Thử")
    assert paper.recipients[-2:] == ("UBND các xã", "Lưu: VT")
    assert "NĐ 09/2019/NĐ-CP: 15/12/2023–14/09/2024; cây đơn vị ngày 14/09/2024." in paper.footer_note
    assert "định nghĩa chỉ số phiên bản 1" in paper.footer_note


def test_an_agency_reports_below_its_parent(district: dict[str, Any]) -> None:
    paper = composed(district["s"])
    assert (paper.agency_above, paper.agency) == ("Ủy ban nhân dân tỉnh Thử", "Sở Tư pháp")
    assert (paper.symbol, paper.signing.form, paper.signing.position) == ("BC-STP", "", "Giám đốc")


def test_what_was_done(district: dict[str, Any]) -> None:
    text = said(composed(district["d"]).blocks)
    assert (
        "huyện có 8 cán bộ, công chức, viên chức và người lao động, trong đó 2 người giữ chức vụ lãnh đạo"
        in text
    )
    assert "huyện đã tổ chức 1 đợt tập huấn với 1 lớp, 1 hội nghị và 1 hội thi." in text
    assert (
        "Có hơn 46 lượt công chức và đại biểu tham gia tập huấn; trong đó danh sách ghi tên 6 người" in text
    )
    assert (
        "Phòng Văn hóa - Thông tin tổ chức 1 đợt tập huấn với 1 lớp và 1 hội thi, cho 5 lượt học viên" in text
    )
    assert "Xã Bình tổ chức 1 hội nghị, cho hơn 41 lượt đại biểu là người dân" in text
    assert "tập huấn trên nền tảng MOOCs cho 1 công chức; có 1 lượt hoàn thành" in text
    assert "thành công 7 lượt (y tế: 7)" in text
    assert "12 tin, bài, phóng sự, chương trình tuyên truyền về chuyển đổi số (báo chí: 12)" in text
    assert "Cơ quan thường trực của Ban Chỉ đạo chuyển đổi số huyện là Phòng Văn hóa - Thông tin." in text
    assert "Chỉ thị số 3/CT-UBND ngày 01/02/2024 về chuyển đổi số" in text


def test_what_the_report_stands_on(district: dict[str, Any]) -> None:
    text = said(composed(district["d"]).blocks)
    assert "Kế hoạch số 84/KH-UBND ngày 20/04/2022 của UBND tỉnh Thử thực hiện Đề án" in text
    assert "Kế hoạch ngày 05/01/2024 của UBND huyện Mẫu về đào tạo năm 2024, UBND huyện Mẫu báo cáo" in text
    assert text.count("146/QĐ-TTg") == 1
    assert "9/KH-UBND" not in text.replace("09/KH", "")


def test_own_targets_and_shares_that_the_level_above_asks_for(district: dict[str, Any]) -> None:
    table = tables_of(composed(district["d"]).blocks)[0]
    rows = [(row[2], row[4], row[5]) for row in table.rows]  # type: ignore[index]
    assert rows == [
        (Amount(6.0, before="tối thiểu", after="người"), "", "Đạt (từ 41 đến 46 người)"),
        (Amount(60.0, before="trên", after="%"), "6/8", "Đạt"),
        (Amount(100.0, before="", after="%"), "1/2", "Chưa đạt, thiếu 1 người"),
    ]
    assert "so với chỉ tiêu của tỉnh Thử" in table.note


def test_a_quarter_reads_shares_over_the_year_so_far(district: dict[str, Any]) -> None:
    paper = composed(district["d"], "quarter", "2024-Q3")
    text = said(paper.blocks)
    assert "Trong quý III năm 2024, huyện đã tổ chức 1 hội nghị và 1 hội thi." in text
    assert "Lũy kế từ ngày 15/12/2023 đến ngày 14/09/2024" in text
    assert "phổ cập kỹ năng số cơ bản đạt trên 60 %" in text
    assert "Chỉ thị" not in text


def test_the_total_row_is_the_own_figure_and_the_village_is_left_out(district: dict[str, Any]) -> None:
    tables = tables_of(composed(district["d"]).blocks)
    staff = next(table for table in tables if table.caption.startswith("Cán bộ"))
    assert staff.total_row is not None
    assert staff.total_row[1:5] == ("Toàn huyện", Amount(8), Amount(46, before="hơn"), Amount(6))
    assert "gồm cả 1 người" in staff.note
    teams = next(table for table in tables if table.caption.startswith("Tổ công nghệ"))
    assert [row[1] for row in teams.rows] == ["Xã An"]  # type: ignore[index]


def test_after_the_reform_the_heir_reports_with_the_bodies_of_its_time(district: dict[str, Any]) -> None:
    paper = composed(district["n"], tree="2025-07-01")
    text = said(paper.blocks)
    assert (paper.agency_above, paper.agency) == ("Ủy ban nhân dân tỉnh Thử", "Ủy ban nhân dân xã Mới")
    assert paper.dated.year == 2025
    assert "quy về cơ cấu đơn vị ngày 01/07/2025" in text
    assert "xã có 8 cán bộ" in text
    assert "Sở Khoa học và Công nghệ tỉnh Thử" in paper.recipients
    assert "Phòng Văn hóa - Thông tin huyện" not in text
    assert "01-KH/BCĐTW" not in text


def test_before_its_end_a_period_is_estimated(district: dict[str, Any]) -> None:
    at = datetime(2024, 9, 5, 2, tzinfo=UTC)
    paper = composed(district["d"], at=at)
    text = said(paper.blocks)
    assert "số liệu dưới đây tính đến ngày 05/09/2024 nên là số ước" in text
    assert "ước đạt" in text
    assert paper.footer_note.startswith("Số liệu ước")


def test_a_civil_year_leaves_the_year_of_issue_open(district: dict[str, Any]) -> None:
    paper = composed(district["d"], "year", "2024", calendar="civil")
    assert paper.dated.year is None
    assert "tháng dương lịch: 01/01/2024–31/12/2024" in paper.footer_note


@pytest.mark.parametrize(
    ("unit", "kind", "period", "more", "code"),
    [
        ("d", "month", "2024-9M", {}, "bad_kind"),
        ("d", "nine-month", "2024", {}, "bad_kind"),
        ("d", "nine-month", "2024-01-01..2024-09-30", {}, "bad_kind"),
        ("d", "decade", "2024", {}, "bad_kind"),
        ("d", "month", "2024-M13", {}, "bad_period"),
        ("d", "year", "2024", {"calendar": "lunar"}, "bad_calendar"),
        ("d", "year", "2024", {"tree": "2024-01-01"}, "tree_before_period"),
        ("d", "year", "2024", {"tree": "soon"}, "bad_tree"),
        ("n", "year", "2024", {}, "unit_not_valid"),
        ("t", "year", "2024", {}, "not_a_reporting_unit"),
    ],
)
def test_what_cannot_be_reported_is_refused(
    district: dict[str, Any], unit: str, kind: str, period: str, more: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        composed(district[unit], kind, period, **more)
    assert refusal.value.code == code


def test_a_unit_outside_the_scope_is_not_there(district: dict[str, Any]) -> None:
    from nhanlucso.orgs.models import Unit

    elsewhere = viewer_of(district["x"])
    with pytest.raises(Unit.DoesNotExist):
        composed(district["d"], scope=elsewhere)
    heir = viewer_of(district["n"])
    assert composed(district["d"], scope=heir).agency == "Ủy ban nhân dân huyện Mẫu"


def test_an_english_page_still_writes_a_vietnamese_paper(district: dict[str, Any]) -> None:
    from django.utils import translation

    with translation.override("en"):
        tables = tables_of(composed(district["d"]).blocks)
    assert tables[1].rows[1][1] == "Lãnh đạo"  # type: ignore[index]


def test_nine_months_of_bao_thang_read_as_reported(bao_thang: None) -> None:
    text = said(composed("bao-thang").blocks)
    assert "huyện đã tổ chức tập huấn trên nền tảng MOOCs cho 273 cán bộ, công chức" in text
    assert "Có hơn 1.000 lượt" in text
    assert "phổ cập kỹ năng số cơ bản đạt trên 90 %" in text
    assert "chuẩn hóa kỹ năng ứng dụng công nghệ thông tin đạt trên 50 %" in text
    commune = said(composed("phu-nhuan").blocks)
    assert "cả 21 người ngoài nhiệm vụ chuyên môn đều kiêm nhiệm" in commune
    assert "Có 25 tổ công nghệ số cộng đồng" in commune
    assert "người lao động đã có kỹ năng số cơ bản đạt 100 %" in commune


def test_nine_months_of_tuyen_quang_read_as_reported(tuyen_quang: None) -> None:
    text = said(composed("tuyen-quang", period="2023-9M").blocks)
    assert (
        "Sở Thông tin và Truyền thông tổ chức 2 đợt tập huấn với 8 hội nghị, cho khoảng 11.320 lượt đại biểu"
        in text
    )
    assert "Văn phòng UBND tỉnh tổ chức 15 hội nghị, cho hơn 1.800 lượt đại biểu" in text
    assert "Công an tỉnh tổ chức 2 lớp tập huấn, cho gần 600 lượt" in text
    assert "Kế hoạch số 84/KH-UBND" in text
