"""HTML tables, whatever they are called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nhanlucso.exchange.sheets.reading import SheetReading, read_sheet
from nhanlucso.kernel.errors import Refused
from tests.exchange.sheets.legacy import to_tcvn3, to_vni

HEAD = "<tr><th>STT</th><th>Họ và tên</th><th>Ngày sinh</th><th>Chức vụ</th></tr>"
LAN = "<tr><td>1</td><td>Lê Thị Lan</td><td>01/02/1980</td><td>Chuyên viên</td></tr>"
SI = "<tr><td>2</td><td>Lù A Sì</td><td>1990</td><td>Chủ tịch</td></tr>"


@pytest.fixture
def page(tmp_path: Path) -> Callable[..., SheetReading]:
    def read(text: str, encoding: str = "utf-8", name: str = "list.xls") -> SheetReading:
        (tmp_path / name).write_bytes(text.encode(encoding))
        return read_sheet(tmp_path / name)

    return read


def said(reading: SheetReading) -> list[tuple[Any, ...]]:
    return [(row.sheet, row.row, row.full_name, row.birth_date, row.title) for row in reading.rows]


TRUTH = [
    ("Table 1", 2, "Lê Thị Lan", "1980-02-01", "Chuyên viên"),
    ("Table 1", 3, "Lù A Sì", "1990", "Chủ tịch"),
]


@pytest.mark.parametrize("name", ["list.xls", "list.html", "list.xlsx", "list"])
def test_a_table_under_any_name(page: Any, name: str) -> None:
    assert said(page(f"<html><body><table>{HEAD}{LAN}{SI}</table></body></html>", name=name)) == TRUTH


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        *(("utf-8", "utf-8"), ("windows-1252", "utf-8"), ("", "utf-8"), ("", "utf-8-sig")),
        *(("", "utf-16"), ("unicode", "utf-16-le"), ("utf-16", "utf-16-be"), ("nonsense", "utf-8")),
    ],
)
def test_encodings(page: Any, declared: str, encoding: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    assert said(page(f"<html><head>{meta}</head><table>{HEAD}{LAN}{SI}</table></html>", encoding)) == TRUTH


def test_windows_1258(tmp_path: Path) -> None:
    from tests.exchange.sheets.test_decoding import unicode_to_cp1258

    text = f"<meta charset=windows-1258><table>{HEAD}{LAN}{SI}</table>"
    (tmp_path / "a.xls").write_bytes(unicode_to_cp1258(text))
    assert said(read_sheet(tmp_path / "a.xls")) == TRUTH


@pytest.mark.parametrize(("convert", "font"), [(to_tcvn3, ".VnTime"), (to_vni, "VNI-Times")])
@pytest.mark.parametrize("charset", ["<meta charset=windows-1252>", "", "<meta charset=utf-8>"])
def test_old_fonts(tmp_path: Path, convert: Callable[[str], str], font: str, charset: str) -> None:
    rows = [["STT", "Họ và tên", "Ngày sinh", "Chức vụ"], ["1", "Lê Thị Lan", "01/02/1980", "Chuyên viên"]]
    rows.append(["2", "Lù A Sì", "1990", "Chủ tịch"])
    cells = "".join(f"<tr>{''.join(f'<td>{convert(cell)}</td>' for cell in row)}</tr>" for row in rows)
    style = f"<style>td {{font-family:{font}}}</style>"
    path = tmp_path / "a.xls"
    path.write_bytes(f"<html><head>{charset}{style}</head><table>{cells}</table></html>".encode("latin-1"))
    assert said(read_sheet(path)) == TRUTH


@pytest.mark.parametrize(
    "shape",
    [
        '<font face=".VnTimeH">{}</font>',
        '<span style="font-family:.VnTimeH">{}</span>',
        "<b class=c><i>{}</i></b>",
    ],
)
def test_capitals_stand_in_the_name_of_the_font(tmp_path: Path, shape: str) -> None:
    name = to_tcvn3("đỗ thị phượng")
    text = (
        "<html><style>.c{font-family:'.VnTimeH',serif}</style><table><tr><td>STT<td>H&#7885; t&ecirc;n"
        f"<tr><td>1<td>{shape.format(name)}</table></html>"
    )
    (tmp_path / "a.xls").write_bytes(text.encode("latin-1"))
    assert [row.full_name for row in read_sheet(tmp_path / "a.xls").rows] == ["Đỗ Thị Phượng"]


def test_merged_headings(page: Any) -> None:
    rows = (
        "<tr><td rowspan=2>STT<td rowspan=2>Họ tên<td colspan=2>Ngày sinh<td rowspan='2'>Chức vụ"
        "<tr><td>Nam<td>Nữ"
        "<tr><td>1<td>Lê Thị Lan<td><td>1980<td>Chuyên viên<tr><td>2<td>Lù A Sì<td>1990<td><td>Chủ tịch"
    )
    reading = page(f"<table>{rows}</table>")
    assert [(row.full_name, row.sex, row.birth_date, row.title) for row in reading.rows] == [
        ("Lê Thị Lan", "f", "1980", "Chuyên viên"),
        ("Lù A Sì", "m", "1990", "Chủ tịch"),
    ]


def test_a_unit_merged_over_its_people(page: Any) -> None:
    rows = (
        "<tr><th>STT<th>Họ tên<th>Đơn vị<tr><td>1<td>Lê Thị Lan<td rowspan=2>Phòng Tư pháp"
        "<tr><td>2<td>Lù A Sì<tr><td>3<td>Vàng Thị Mỷ<td>UBND xã Gia Phú"
    )
    assert [row.unit for row in page(f"<table>{rows}</table>").rows] == [
        *("Phòng Tư pháp", "Phòng Tư pháp", "UBND xã Gia Phú"),
    ]


def test_tables_around_tables(page: Any) -> None:
    inner = f"<table>{HEAD}{LAN}{SI}</table>"
    around = f"<table><tr><td>UBND XÃ GIA PHÚ<td>CỘNG HÒA<tr><td colspan=2><h2>DANH SÁCH</h2>{inner}</table>"
    assert said(page(around)) == [("Table 2", *row[1:]) for row in TRUTH]


def test_what_is_hidden_is_left_out(page: Any) -> None:
    hidden = "<td>8</td><td>Ẩn Văn Danh</td><td>1990</td><td>Chủ tịch</td>"
    text = (
        "<html><head><style>.h {display:none}</style><script>document.write('<table><tr>')</script></head>"
        f"<table>{HEAD}<tr style='DISPLAY: none'>{hidden}</tr><tr hidden>{hidden}</tr><tr class='a h'>{hidden}</tr>"
        "<tr><td>1</td><td style='display:none'>x</td><td><span style='display:none'>0</span>Lê Thị Lan</td>"
        "<td>01/02/1980<script>alert(1)</script></td><td>Chuyên viên<!-- Chủ tịch --></td></tr></table></html>"
    )
    assert said(page(text)) == [("Table 1", 5, *TRUTH[0][2:])]


def test_text_in_cells(page: Any) -> None:
    row = (
        '<tr><td>1<td><p>L&#234; &nbsp;Thị\n\t Lan</p><td x:num="29252">01/02/1980'
        '<td><div>Chuyên<br>viên &amp; kế to&aacute;n</div><td x:num="912345678">9.12E+08'
        "<td style='mso-number-format:\"\\@\"'>001080000123</tr>"
    )
    head = HEAD.replace("</tr>", "<th>SĐT<th>CCCD</tr>")
    (only,) = page(f"<table>{head}{row}</table>").rows
    assert (only.full_name, only.birth_date) == ("Lê Thị Lan", "1980-02-01")
    assert (only.title, only.phone) == ("Chuyên viên & kế toán", "0912345678")
    assert only.national_id == "001080000123"


def test_a_list_that_goes_on_in_the_next_table(page: Any) -> None:
    text = f"<table>{HEAD}{LAN}</table>\n<br><table>{SI}</table><p>Hết</p><table>{LAN}</table>"
    assert said(page(text)) == [TRUTH[0], ("Table 2", 1, *TRUTH[1][2:])]


def test_pages_of_a_web_archive(tmp_path: Path) -> None:
    import email.policy
    from email.message import EmailMessage

    message = EmailMessage(email.policy.SMTP)
    message["Subject"] = "Danh sach"
    message.make_related()
    for text in ("<html><frameset></frameset></html>", f"<html><table>{HEAD}{LAN}{SI}</table></html>"):
        part = EmailMessage()
        part.set_content(text, subtype="html", cte="quoted-printable")
        message.attach(part)
    path = tmp_path / "list.xls"
    path.write_bytes(b"MIME-Version: 1.0\r\n" + message.as_bytes().replace(b"MIME-Version: 1.0\r\n", b"", 1))
    assert said(read_sheet(path)) == TRUTH
    path.write_bytes(path.read_bytes()[:-60])
    with pytest.raises(Refused, match="hỏng"):
        read_sheet(path)


def test_a_table_without_an_end_is_cut_off(page: Any) -> None:
    whole = f"<html><body><table>{HEAD}{LAN}{SI}</table></body></html>"
    for length in range(30, whole.index("</table>") + 8, 7):
        with pytest.raises(Refused) as caught:
            page(whole[:length])
        assert caught.value.code in ("truncated", "not_a_table")
