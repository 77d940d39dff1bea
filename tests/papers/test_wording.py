"""Phrases, numbering, punctuation, cells, widths."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from nhanlucso.papers import wording
from nhanlucso.papers.paper import (
    Amount,
    Annex,
    Bullets,
    Cell,
    Column,
    Dated,
    Heading,
    Paper,
    Paragraph,
    Table,
)


@pytest.mark.parametrize(
    ("dated", "line"),
    [
        (Dated(), "ngày … tháng … năm …"),
        (Dated(2024), "ngày … tháng … năm 2024"),
        (Dated(2024, 9), "ngày … tháng 9 năm 2024"),
        (Dated.on(date(2024, 1, 5)), "ngày 05 tháng 01 năm 2024"),
        (Dated.on(date(2024, 12, 15)), "ngày 15 tháng 12 năm 2024"),
    ],
)
def test_day_line(dated: Dated, line: str) -> None:
    assert wording.day_line(dated) == line


@pytest.mark.parametrize(
    ("cell", "column", "text"),
    [
        (None, Column("c"), "–"),
        (0, Column("c"), "0"),
        (1037, Column("c"), "1.037"),
        (93.44, Column("c"), "93,4"),
        (93, Column("c", decimals=1), "93,0"),
        (Decimal("0.05"), Column("c", decimals=1), "0,1"),
        (float("nan"), Column("c"), "–"),
        (date(2023, 12, 15), Column("c"), "15/12/2023"),
        (Amount(1000, before="hơn"), Column("c"), "hơn 1.000"),
        (Amount(93.44, decimals=2, after="%"), Column("c", decimals=0), "93,44 %"),
        ("x", Column("c", decimals=1), "x"),
    ],
)
def test_cell_text(cell: Cell, column: Column, text: str) -> None:
    assert wording.cell_text(cell, column) == text


def test_headings_number_by_level_and_begin_again(bare: Paper) -> None:
    levels = [(1, "Một"), (2, "Hai"), (3, "Ba"), (3, "Bốn"), (2, "Năm"), (3, "Sáu"), (1, "Bảy"), (2, "Tám")]
    blocks = tuple(Heading(level, text) for level, text in levels)  # type: ignore[arg-type]
    paper = replace(bare, blocks=(*blocks, Heading(1, "Chín", numbered=False)))
    texts = [block.text for block in wording.body(paper) if isinstance(block, Heading)]
    assert texts == ["I. MỘT", "1. Hai", "a) Ba", "b) Bốn", "2. Năm", "a) Sáu", "II. BẢY", "1. Tám", "CHÍN"]


def test_points_follow_the_vietnamese_alphabet(bare: Paper) -> None:
    paper = replace(bare, blocks=tuple(Heading(3, "x") for _ in range(24)))
    texts = [block.text for block in wording.body(paper) if isinstance(block, Heading)]
    assert texts[4] == "đ) x" and texts[22] == "y) x" and texts[23] == "(24) x"


@pytest.mark.parametrize(
    ("last", "closed"),
    [
        (Paragraph("Hết."), Paragraph("Hết./.")),
        (Paragraph("Hết./."), Paragraph("Hết./.")),
        (Bullets(("a;", "b.")), Bullets(("a;", "b./."))),
        (Bullets(()), Paragraph("./.")),
        (Heading(1, "x", numbered=False), Paragraph("./.")),
    ],
)
def test_the_text_ends_with_its_sign(bare: Paper, last: Paragraph, closed: Paragraph) -> None:
    assert wording.body(replace(bare, blocks=(last,)))[-1] == closed


def test_tables_are_counted_through_the_annexes(bare: Paper) -> None:
    table = Table("t", (Column("c"),), ((1,),))
    annex = Annex("A", (table,))
    paper = replace(bare, blocks=(table, replace(table, caption="")), annexes=(annex, annex))
    assert [found.caption for found, _ in wording.tables(paper)] == [
        "Bảng 1. t",
        "Bảng 2",
        "Bảng 3. t",
        "Bảng 4. t",
    ]
    assert [wording.annex_heading(paper, index) for index in (0, 1)] == ["Phụ lục I", "Phụ lục II"]


def test_lists_are_punctuated_once() -> None:
    assert wording.listed(("Như trên;", "Lưu: VT.")) == ("Như trên;", "Lưu: VT.")
    assert wording.listed(()) == ()


def test_agency_breaks_after_its_kind() -> None:
    assert wording.agency_heading("Ủy ban nhân dân xã Phú Nhuận") == "ỦY BAN NHÂN DÂN\nXÃ PHÚ NHUẬN"
    assert wording.agency_heading("Sở Tư pháp") == "SỞ TƯ PHÁP"


@pytest.mark.parametrize(
    ("widths", "expected"),
    [
        ((10.0, None, None), (10.0, 77.5, 77.5)),
        ((None,), (165.0,)),
        ((82.5, 41.25), (110.0, 55.0)),
        ((330.0,), (165.0,)),
    ],
)
def test_columns_fill_the_width(widths: tuple[float | None, ...], expected: tuple[float, ...]) -> None:
    columns = tuple(Column("c", width=width) for width in widths)
    assert wording.column_widths(columns, 165.0) == pytest.approx(expected)


def test_columns_without_width_are_never_squeezed_out() -> None:
    widths = wording.column_widths((Column("a", width=160), Column("b")), 165.0)
    assert sum(widths) == pytest.approx(165) and min(widths) > 15


def test_a_paper_refuses_what_cannot_be_right(bare: Paper) -> None:
    with pytest.raises(ValueError, match="A row of 2 cells in a table of 1 columns"):
        Table("t", (Column("c"),), ((1, 2),))
    with pytest.raises(ValueError, match="A row of 0 cells"):
        Table("t", (Column("c"),), ((1,),), total_row=())
    with pytest.raises(ValueError, match="needs columns"):
        Table("t", (), ())
    with pytest.raises(ValueError, match="time zone"):
        replace(bare, made_at=datetime(2024, 9, 15))
    assert replace(bare, made_at=datetime(2024, 9, 15, tzinfo=UTC))
