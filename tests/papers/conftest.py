"""A paper with everything in it, and the fonts of the PDF, built once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from nhanlucso.papers.fonts import build_fonts, font_source
from nhanlucso.papers.paper import (
    Amount,
    Annex,
    Band,
    Bullets,
    Cell,
    Column,
    Dated,
    Heading,
    Paper,
    Paragraph,
    Signing,
    Table,
)

COLUMNS = (
    Column("STT", "center", 11),
    Column("Cơ quan, đơn vị"),
    Column("Tổng số", "right", 18, group="Cán bộ (người)"),
    Column("Đã tập huấn", "right", 20, group="Cán bộ (người)"),
    Column("Tỷ lệ (%)", "right", 16, decimals=1),
    Column("Lượt", "right", 23),
    Column("Ngày chốt", "center", 25),
)


def row(number: int) -> tuple[Cell, ...]:
    name = f"Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên {number}"
    return (number, name, 1037, 969, 93.44, Amount(1000 + number, before="hơn"), date(2024, 9, 14))


def table(rows: int) -> Table:
    return Table(
        "Kết quả tập huấn theo đơn vị",
        COLUMNS,
        (Band("I. Cấp huyện"), *(row(i) for i in range(1, rows + 1))),
        ("", "Tổng cộng", 41_480, 38_760, 93.44, None, ""),
        "Ghi chú: “hơn” là số không có danh sách kèm theo.",
    )


@pytest.fixture(scope="session")
def paper() -> Paper:
    return Paper(
        agency="Ủy ban nhân dân huyện Bảo Thắng",
        place="Bảo Thắng",
        symbol="BC-UBND",
        kind_title="Báo cáo",
        subject="Kết quả bồi dưỡng kỹ năng số 9 tháng năm 2024",
        dated=Dated(2024, 9),
        addressees=("Ủy ban nhân dân tỉnh Lào Cai", "Sở Thông tin và Truyền thông"),
        blocks=(
            Paragraph("Thực hiện kế hoạch năm 2024, huyện báo cáo như sau:"),
            Heading(1, "Kết quả"),
            Heading(2, "Tập huấn"),
            Paragraph("tỷ lệ cán bộ được phổ cập kỹ năng số cơ bản đạt trên 90 %.", lead="Toàn huyện:"),
            Heading(2, "Tổ công nghệ số cộng đồng"),
            Bullets(("25 thôn có 25 tổ;", "hỗ trợ người dân tại nhà.")),
            table(40),
            Heading(1, "Đề xuất"),
            Paragraph("Trên đây là báo cáo của Ủy ban nhân dân huyện."),
        ),
        recipients=("Như trên", "Lưu: VT, VHTT"),
        signing=Signing("TM. Ủy ban nhân dân\nKT. Chủ tịch", "Phó Chủ tịch"),
        annexes=(Annex("Danh sách lớp", (table(2),), landscape=True),),
        footer_note="Bản dựng 20240915, định nghĩa chỉ số 1.",
        draft=True,
        made_at=datetime(2024, 9, 15, 7, 12, tzinfo=UTC),
    )


@pytest.fixture(scope="session")
def bare(paper: Paper) -> Paper:
    """The least that a paper can be."""
    return replace(
        paper, blocks=(), addressees=(), recipients=(), annexes=(), draft=False, footer_note="", dated=Dated()
    )


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("fonts")
    build_fonts(font_source(), folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NHANLUCSO_FONTS", str(folder))
        yield
