"""Word documents: their tables are sheets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nhanlucso.exchange.sheets.opening import open_grids
from nhanlucso.exchange.sheets.reading import SheetReading, read_sheet
from tests.exchange.sheets.legacy import to_tcvn3
from tests.exchange.sheets.wording import Word, cell, paragraph, row, run, table

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị"]
LAN = ["1", "Lê Thị Lan", "01/02/1980", "Chuyên viên", "Phòng Tư pháp"]
SI = ["2", "Lù A Sì", "1990", "Chủ tịch", "UBND xã Gia Phú"]


def places(reading: SheetReading) -> list[tuple[str, int, Any]]:
    return [(row.sheet, row.row, row.full_name) for row in reading.rows]


def test_a_list_in_a_document(tmp_path: Path) -> None:
    document = Word()
    document.table([["UBND HUYỆN BẢO THẮNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]])
    document.line("DANH SÁCH CÁN BỘ")
    document.table([HEAD, LAN, SI])
    document.line("Danh sách này có 02 người.")
    document.table([["Nơi nhận:", "CHỦ TỊCH\nNguyễn Văn A"]])
    reading = read_sheet(document.save(tmp_path))
    assert [row.as_json() for row in reading.rows] == [
        {
            **{"sheet": "Table 2", "row": 2, "full_name": "Lê Thị Lan", "birth_date": "1980-02-01"},
            **{"title": "Chuyên viên", "unit": "Phòng Tư pháp"},
        },
        {
            **{"sheet": "Table 2", "row": 3, "full_name": "Lù A Sì", "birth_date": "1990"},
            **{"title": "Chủ tịch", "unit": "UBND xã Gia Phú"},
        },
    ]
    assert reading.problems == ()


def test_a_list_that_goes_on_in_the_next_table(tmp_path: Path) -> None:
    document = Word()
    document.table([HEAD, LAN])
    document.line("")
    document.table([SI])
    document.line("Lào Cai, ngày 1 tháng 8 năm 2024")
    assert places(read_sheet(document.save(tmp_path))) == [
        ("Table 1", 2, "Lê Thị Lan"),
        ("Table 2", 1, "Lù A Sì"),
    ]


def test_merged_headings_and_units(tmp_path: Path) -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    top = [cell("STT", down), cell("Họ tên", down), cell("Ngày sinh", '<w:gridSpan w:val="2"/>')]
    below = [cell("", on), cell("", on), cell("Nam"), cell("Nữ"), cell("", on)]
    lan = ["1", "Lê Thị Lan", "", "1980", cell("Phòng Tư pháp", down)]
    si = ["2", "Lù A Sì", "1990", "", cell("", on)]
    document = Word()
    document.table(
        [[*top, cell("Đơn vị", down)], below, lan, si, ["3", "Vàng Thị Mỷ", "", "1991", "UBND xã Gia Phú"]]
    )
    assert [(r.full_name, r.sex, r.birth_date, r.unit) for r in read_sheet(document.save(tmp_path)).rows] == [
        ("Lê Thị Lan", "f", "1980", "Phòng Tư pháp"),
        ("Lù A Sì", "m", "1990", "Phòng Tư pháp"),
        ("Vàng Thị Mỷ", "f", "1991", "UBND xã Gia Phú"),
    ]


def test_cells_whose_edges_were_dragged(tmp_path: Path) -> None:
    """A border moved by a millimetre makes a column of the grid that is none for the eye."""
    document = Word()
    wide = '<w:gridSpan w:val="2"/>'
    rows = [
        ["STT", cell("Họ và tên", wide), "Ngày sinh", "Chức vụ"],
        ["1", "Lê Thị Lan", cell("01/02/1980", wide), "Chuyên viên"],
        ["2", cell("Lù A Sì", wide), "1990", "Chủ tịch"],
    ]
    document.add(table(rows, widths=[700, 3000, 60, 1500, 2000]))
    assert [(r.full_name, r.birth_date, r.title) for r in read_sheet(document.save(tmp_path)).rows] == [
        ("Lê Thị Lan", "1980-02-01", "Chuyên viên"),
        ("Lù A Sì", "1990", "Chủ tịch"),
    ]


def test_tracked_changes(tmp_path: Path) -> None:
    """The list as it would be printed: what was deleted is gone, what was inserted stands."""
    gone = '<w:del w:id="1"><w:r><w:delText>Trần </w:delText></w:r><w:r><w:t>Thị</w:t></w:r></w:del>'
    come = f'<w:ins w:id="2">{run("Lê ")}</w:ins>'
    old = '<w:tcPrChange w:id="3"><w:tcPr><w:gridSpan w:val="4"/></w:tcPr></w:tcPrChange>'
    name = f"<w:tc><w:tcPr>{old}</w:tcPr>{paragraph(gone + come + run('Thị Lan'))}</w:tc>"
    document = Word()
    deleted = row(["2", "Xóa Văn Bỏ", "1990", "Chủ tịch", "Sở Tư pháp"], '<w:del w:id="4"/>')
    document.table([HEAD, ["1", name, *LAN[2:]], deleted, ["3", *SI[1:]]])
    assert places(read_sheet(document.save(tmp_path))) == [
        ("Table 1", 2, "Lê Thị Lan"),
        ("Table 1", 4, "Lù A Sì"),
    ]


def test_what_is_not_shown_as_text_of_the_cell(tmp_path: Path) -> None:
    box = (
        f"<w:txbxContent>{paragraph(run('Hộp chữ'))}<w:tbl><w:tr>{cell('STT')}</w:tr></w:tbl></w:txbxContent>"
    )
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{run('cũ')}</mc:Fallback>"
    twice = f"<mc:AlternateContent>{both}</mc:AlternateContent>"
    hidden = run("ẩn", properties="<w:vanish/>") + "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    other = "<a:t>hình</a:t><m:t>công thức</m:t>"
    name = cell(paragraph(twice + hidden + run("Lê Thị") + "<w:r><w:tab/></w:r>" + run("Lan") + other))
    document = Word()
    document.table([HEAD, ["1", name, *LAN[2:]]])
    assert places(read_sheet(document.save(tmp_path))) == [("Table 1", 2, "Lê Thị Lan")]


def test_numbers_that_are_no_text(tmp_path: Path) -> None:
    """An STT column numbered by Word itself: group rows by Roman numbers, people by Arabic ones."""
    numbering = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>'
        "</w:lvl></w:abstractNum>"
        for n, shape in enumerate(("decimal", "upperRoman", "bullet"))
    ) + "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(3))

    def number(list_id: int) -> str:
        return cell(paragraph("", f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{list_id}"/></w:numPr>'))

    document = Word(numbering=numbering)
    document.table(
        [
            ["STT", "Họ và tên", "Ngày sinh", "Chức vụ"],
            [number(2), "UBND xã Gia Phú", "", ""],
            [number(1), "Lê Thị Lan", "1980", "Kế toán"],
            [number(2), "UBND xã Phú Nhuận", "", ""],
            [number(1), "Lù A Sì", "1990", "Chủ tịch"],
        ]
    )
    path = document.save(tmp_path)
    assert [(r.full_name, r.unit) for r in read_sheet(path).rows] == [
        ("Lê Thị Lan", "UBND xã Gia Phú"),
        ("Lù A Sì", "UBND xã Phú Nhuận"),
    ]
    (grid,) = open_grids(path)
    assert [cells[0] for cells in grid.rows] == ["STT", "I", "1", "II", "2"]


@pytest.mark.parametrize("way", ["run", "style", "default"])
def test_old_fonts(tmp_path: Path, way: str) -> None:
    fonts = '<w:rPr><w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/></w:rPr>'
    styles = {
        "run": "",
        "style": f'<w:style w:type="paragraph" w:styleId="a">{fonts}</w:style>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="b"><w:basedOn w:val="a"/></w:style>',
        "default": f"<w:docDefaults><w:rPrDefault>{fonts}</w:rPrDefault></w:docDefaults>",
    }[way]
    document = Word(styles=styles)
    document.line(to_tcvn3("danh sách năm 2024"))
    font = ".VnTimeH" if way == "run" else ""
    document.table([["STT", to_tcvn3("họ và tên")], ["1", to_tcvn3("đỗ thị phượng")]], font=font)
    reading = read_sheet(document.save(tmp_path))
    assert [r.full_name for r in reading.rows] == ["Đỗ Thị Phượng"]


def test_the_text_above_a_table_is_its_title(tmp_path: Path) -> None:
    document = Word()
    document.table([["UBND XÃ GIA PHÚ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]])
    document.line("BẢNG ĐIỂM DANH THÁNG 8 NĂM 2024")
    document.table([["STT", "Họ và tên", "15/8", "16/8"], ["1", "Lê Thị Lan", "x", "V"]])
    document.line("Khác")
    document.table([["STT", "Họ và tên", "Ngày sinh"], ["1", "Lù A Sì", "1990"]])
    path = document.save(tmp_path)
    assert [list(grid.above) for grid in open_grids(path)] == [
        [],
        ["UBND XÃ GIA PHÚ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BẢNG ĐIỂM DANH THÁNG 8 NĂM 2024"],
        ["Khác"],
    ]
    first = read_sheet(path).rows[0]
    assert first.marks == {"2024-08-15": "present", "2024-08-16": "absent"}


def test_ticks_of_symbol_fonts(tmp_path: Path) -> None:
    tick = cell(paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'))
    document = Word()
    document.table([["STT", "Họ và tên", "15/8/2024", "16/8/2024"], ["1", "Lê Thị Lan", tick, ""]])
    (only,) = read_sheet(document.save(tmp_path)).rows
    assert only.marks["2024-08-15"] == "present"


def test_tables_within_tables(tmp_path: Path) -> None:
    document = Word()
    inner = table([HEAD, LAN, SI])
    document.table([["Phòng Nội vụ", cell(f"{paragraph(run('Danh sách'))}{inner}{paragraph('')}")]])
    assert places(read_sheet(document.save(tmp_path))) == [
        ("Table 2", 2, "Lê Thị Lan"),
        ("Table 2", 3, "Lù A Sì"),
    ]
