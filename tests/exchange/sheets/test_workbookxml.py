"""XML Spreadsheet 2003."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhanlucso.exchange.sheets.reading import SheetReading, read_sheet
from nhanlucso.kernel.errors import Refused
from tests.exchange.sheets.legacy import to_tcvn3

_SPACES = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'


def cell(value: object, kind: str = "String", attributes: str = "") -> str:
    return f'<Cell {attributes}><Data ss:Type="{kind}">{value}</Data></Cell>'


def sheet(*rows: str, name: str = "Danh sách", visible: str = "") -> str:
    options = f"<WorksheetOptions><Visible>{visible}</Visible></WorksheetOptions>" if visible else ""
    return f'<Worksheet ss:Name="{name}"><Table>{"".join(rows)}</Table>{options}</Worksheet>'


def row(*cells: str, attributes: str = "") -> str:
    return f"<Row {attributes}>{''.join(cells)}</Row>"


def book(*sheets: str, styles: str = "") -> str:
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        f"<Workbook {_SPACES}><Styles>{styles}</Styles>{''.join(sheets)}</Workbook>"
    )


def read(folder: Path, text: str, encoding: str = "utf-8") -> SheetReading:
    path = folder / "list.xls"
    path.write_bytes(text.encode(encoding))
    return read_sheet(path)


HEAD = row(*(cell(text) for text in ("STT", "Họ và tên", "Ngày sinh", "Số điện thoại", "Chức vụ")))
LAN = row(
    *(cell(1, "Number"), cell("Lê Thị Lan"), cell("1980-02-01T00:00:00.000", "DateTime")),
    *(cell(912345678, "Number"), cell("Chuyên <B>viên</B>")),
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_values_by_their_type(tmp_path: Path, encoding: str) -> None:
    text = book(sheet(HEAD, LAN))
    (only,) = read(tmp_path, text, encoding).rows
    assert only.as_json() == {
        **{"sheet": "Danh sách", "row": 2, "full_name": "Lê Thị Lan", "birth_date": "1980-02-01"},
        **{"title": "Chuyên viên", "phone": "0912345678"},
    }


def test_gaps_and_merged_cells(tmp_path: Path) -> None:
    top = row(
        *(cell("STT", attributes='ss:MergeDown="1"'), cell("Họ tên", attributes='ss:MergeDown="1"')),
        *(cell("Năm sinh", attributes='ss:MergeAcross="1"'), cell("Chức vụ", attributes='ss:MergeDown="1"')),
        attributes='ss:Index="4"',
    )
    below = row(cell("Nam", attributes='ss:Index="3"'), cell("Nữ"))
    lan = row(cell(1, "Number"), cell("Lê Thị Lan"), cell(1980, "Number", 'ss:Index="4"'), cell("Kế toán"))
    si = row(cell(2), cell("Lù A Sì"), cell(1990), cell("Chủ tịch", attributes='ss:Index="5"'))
    reading = read(tmp_path, book(sheet(row(cell("DANH SÁCH")), top, below, lan, si)))
    assert [(r.row, r.full_name, r.sex, r.birth_date, r.title) for r in reading.rows] == [
        (6, "Lê Thị Lan", "f", "1980", "Kế toán"),
        (7, "Lù A Sì", "m", "1990", "Chủ tịch"),
    ]


def test_hidden_sheets_and_comments_are_left_out(tmp_path: Path) -> None:
    commented = row(
        *(
            cell(1),
            '<Cell><Data ss:Type="String">Lù A Sì</Data><Comment><Data>xem lại</Data></Comment></Cell>',
        )
    )
    text = book(
        sheet(HEAD, LAN, name="Ẩn", visible="SheetHidden"),
        sheet(HEAD, LAN, name="Ẩn hẳn", visible="SheetVeryHidden"),
        sheet(HEAD, commented, name="Hiện"),
    )
    reading = read(tmp_path, text)
    assert [(r.sheet, r.full_name) for r in reading.rows] == [("Hiện", "Lù A Sì")]


def test_old_fonts_by_style(tmp_path: Path) -> None:
    styles = '<Style ss:ID="a"><Font ss:FontName=".VnTimeH"/></Style><Style ss:ID="b" ss:Parent="a"><Font/></Style>'
    styles = styles.replace("<Font/>", "")
    name = cell(to_tcvn3("đỗ thị phượng"), attributes='ss:StyleID="b"')
    reading = read(tmp_path, book(sheet(HEAD, row(cell(1), name)), styles=styles))
    assert [r.full_name for r in reading.rows] == ["Đỗ Thị Phượng"]


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (book(sheet(HEAD, LAN))[:-40], "truncated"),
        (book(sheet(HEAD, row(cell(1), attributes='ss:Index="99999999"'))), "truncated"),
        (book(sheet(HEAD, row(cell(1, attributes='ss:Index="x"')))), "truncated"),
        ('<!DOCTYPE a [<!ENTITY b "c">]>' + book(sheet(HEAD, LAN)).split("\n")[2], "truncated"),
        (book(*(sheet(HEAD, row(cell(1), attributes='ss:Index="1048576"')) for _ in range(5))), "too_large"),
        (book(sheet(row(cell("x")))), "not_a_table"),
    ],
)
def test_refusals(tmp_path: Path, broken: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        read(tmp_path, broken)
    assert caught.value.code == code
