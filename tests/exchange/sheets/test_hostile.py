"""Files that are made to hurt: refused or read within bounds, never more than a gigabyte, nothing ever run."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
import xlsxwriter

from nhanlucso.cli.main import run
from nhanlucso.exchange.sheets.reading import read_sheet
from nhanlucso.kernel.errors import Refused
from tests.exchange.sheets.bounded import outcome
from tests.exchange.sheets.making import ods_row, save_ods_rows
from tests.exchange.sheets.wording import Word

HEAD = ["STT", "Họ tên", "Ngày sinh"]
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_WORKBOOK = b"<?xml version='1.0'?><Workbook><Worksheet><Table>"
_TEXT = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as caught:
        read_sheet(path)
    assert caught.value.message
    return caught.value.code


def workbook(path: Path, rows: Iterable[str], *, tail: str = "", prologue: str = "", texts: str = "") -> Path:
    """An xlsx with a list of one person, and then rows as XML."""
    plain = io.BytesIO()
    with xlsxwriter.Workbook(plain) as book:
        book.add_worksheet("S").write(0, 0, "x")
    cells = "".join(_TEXT.format(f"{letter}1", text) for letter, text in zip("ABC", HEAD, strict=True))
    person = "".join(
        _TEXT.format(f"{letter}2", text) for letter, text in zip("ABC", ("1", "Lù A Sì", "1990"), strict=True)
    )
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
                target.writestr(name, source.read(name))
        target.writestr("xl/sharedStrings.xml", texts or f"<sst {SPACE}/>")
        with target.open("xl/worksheets/sheet1.xml", "w") as part:
            start = f'<worksheet {SPACE}><dimension ref="A1:XFD1048576"/><sheetData>'
            part.write(f'{prologue}{start}<row r="1">{cells}</row><row r="2">{person}</row>'.encode())
            for row in rows:
                part.write(row.encode())
            part.write(f"</sheetData>{tail}</worksheet>".encode())
    return path


def test_a_sheet_that_says_it_is_full(tmp_path: Path) -> None:
    """Its declared size is a billion cells; formatted rows without values cost nothing."""
    rows = (f'<row r="{n}"><c r="A{n}" s="0"/><c r="XFD{n}" s="0"/></row>' for n in range(3, 200_000))
    assert outcome(workbook(tmp_path / "a.xlsx", rows)) == 1


@pytest.mark.parametrize(
    "row",
    [
        '<row r="3"><c r="XFD3"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        "<row r='3'><c r='XFD3'><v>1</v></c></row><row r='1048576'><c r='A1048576'><v>1</v></c></row>",
        '<row r="3"><c s=">" r="XFD3"><v>1</v></c></row><row r="1048576"><c s="/>" r="A1048576"><v>1</v></c></row>',
        f'<row r="3">{"<c><v>1</v></c>" * 16_384}</row><row r="1048576"><c><v>1</v></c></row>',
        f'<row r="9999">{"<c><v>1</v></c>" * 16_384}</row>',
        '<row r="9"><c r="XFD9999"><v>1</v></c></row><row r="3"><c r="A3"><v>1</v></c></row>',
    ],
)
def test_cells_far_apart(tmp_path: Path, row: str) -> None:
    """However the cells are written: a reader would lay out all between."""
    assert outcome(workbook(tmp_path / "a.xlsx", [row])) == "too_large"


def test_a_text_shown_by_every_cell(tmp_path: Path) -> None:
    texts = f"<sst {SPACE}><si><t>{'x' * 30_000}</t></si></sst>"
    cells = "".join(f'<c r="{letter}{{0}}" t="s"><v>0</v></c>' for letter in "ABCDEFGHIJ")
    rows = (f'<row r="{n}">{cells.format(n)}</row>' for n in range(3, 2_000))
    assert outcome(workbook(tmp_path / "a.xlsx", rows, texts=texts)) == "too_large"
    few = (f'<row r="{n}">{cells.format(n)}</row>' for n in range(3, 100))
    assert outcome(workbook(tmp_path / "b.xlsx", few, texts=texts)) == 1


def test_merged_cells_without_number(tmp_path: Path) -> None:
    merges = "".join(f'<mergeCell ref="C{n}:C{n + 1}"/>' for n in range(3, 400_000))
    path = workbook(tmp_path / "a.xlsx", [], tail=f"<mergeCells>{merges}</mergeCells>")
    assert outcome(path) == "too_large"
    tall = '<mergeCell ref="C2:C1048576"/>' * 200_000
    assert outcome(workbook(tmp_path / "b.xlsx", [], tail=f"<mergeCells>{tall}</mergeCells>")) == 1


def test_entities_are_never_defined(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    assert refusal(workbook(tmp_path / "a.xlsx", [], prologue=bomb)) == "truncated"
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as package:
        package.writestr("word/document.xml", f"{bomb}<x>&b;&c;</x>")
    assert refusal(tmp_path / "a.docx") == "truncated"
    (tmp_path / "a.xls").write_text(f"<?xml version='1.0'?>{bomb}<Workbook>&b;&c;</Workbook>")
    assert refusal(tmp_path / "a.xls") == "truncated"
    page = f"{bomb}<html><table><tr><td>STT<td>Họ tên<tr><td>1<td>Lê &c; Lan</table></html>"
    (tmp_path / "a.html").write_text(page)
    assert "root" not in json.dumps(read_sheet(tmp_path / "a.html").as_json())


def test_packages_of_too_many_parts(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        for number in range(6_000):
            package.writestr(f"xl/worksheets/a{number}.xml", "")
    assert refusal(path) == "too_large"


def test_a_directory_of_too_many_parts_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        for number in range(40_000):
            package.writestr(f"{'a' * 100}{number}", "")
    assert outcome(path) == "too_large"


def test_parts_with_a_password(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [])
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    path.write_bytes(data)
    assert refusal(path) == "encrypted"


def test_repeated_cells_of_an_ods(tmp_path: Path) -> None:
    cell = f'<table:table-cell office:value-type="string" {{}}><text:p>{"x" * 30_000}</text:p></table:table-cell>'
    across = cell.format('table:number-columns-repeated="10000"')
    save_ods_rows(tmp_path / "a.ods", ods_row(HEAD) + f"<table:table-row>{across}</table:table-row>")
    assert outcome(tmp_path / "a.ods") == "too_large"
    down = f'<table:table-row table:number-rows-repeated="10000">{cell.format("")}</table:table-row>'
    save_ods_rows(tmp_path / "b.ods", ods_row(HEAD) + down)
    assert outcome(tmp_path / "b.ods") == "too_large"
    spaces = '<table:table-cell office:value-type="string"><text:p>a<text:s text:c="{}"/>b</text:p></table:table-cell>'
    for name, count, said in (("c", 999_999_999, "too_large"), ("d", 10**10, "truncated"), ("e", 3, 1)):
        row = f"<table:table-row>{spaces.format(count)}</table:table-row>"
        save_ods_rows(tmp_path / f"{name}.ods", ods_row(HEAD) + ods_row(["1", "Lù A Sì", "1990"]) + row)
        assert outcome(tmp_path / f"{name}.ods") == said


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("rows.html", b"<table><tr><td>STT<td>Name</tr>" + b"<tr><td></td></tr>" * 1_200_000, "too_large"),
        ("deep.html", b"<table><tr><td>" * 100_000, "too_large"),
        ("comments.html", b"<table>" + b"<!-- " * 1_000_000, "truncated"),
        ("quotes.html", b"<table>" + b"<a '" * 1_000_000, "truncated"),
        ("spans.html", b"<table>" + b"<tr>" + b"<td rowspan=60000 colspan=1000>x" * 10, "truncated"),
        ("text.html", b"<table><tr><td>" + b"x" * 50_000_000 + b"</table>", "not_a_table"),
        ("line.csv", b"STT;Name;" * 2_000_000, "not_a_table"),
        ("rows.csv", b"STT,Name\n" + b"\n" * 5_000_000, "too_large"),
        ("people.csv", b"STT,Name\n" + b"1,Lan Anh\n" * 300_000, "too_large"),
        ("headings.csv", b"STT,Ho ten,Nam sinh\n" * 20_000, "too_large"),
        ("tables.html", b"<table><tr><td>STT<td>Name</table><p>x" * 30_000, "too_large"),
        ("cells.csv", b"STT,Name\n" + b"1,2,3,4,5,6,7,8,9,0\n" * 700_000, "too_large"),
        ("deep.xls", b"<?xml version='1.0'?><Workbook>" + b"<a>" * 5_000_000, "too_large"),
        ("cells.xml", _WORKBOOK + b"<Row><Cell/><Cell/><Cell/></Row>" * 340_000, "too_large"),
        ("nothing.xlsx", b"", "not_a_table"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(300), "not_a_table"),
        ("noise.docx", bytes(range(256)) * 40, "not_a_table"),
    ],
)
def test_texts(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert outcome(tmp_path / name) == said


def test_documents(tmp_path: Path) -> None:
    document = Word()
    document.add("<w:tbl>" + f"<w:tr>{'<w:tc><w:p/></w:tc>' * 10}</w:tr>" * 200_000 + "</w:tbl>")
    assert outcome(document.save(tmp_path)) == "too_large"
    with zipfile.ZipFile(tmp_path / "deep.docx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", "<a>" * 5_000_000)
    assert outcome(tmp_path / "deep.docx") == "too_large"


def test_other_kinds_of_files_are_told_what_to_do(tmp_path: Path) -> None:
    for name, part in (
        ("a.xlsb", "xl/workbook.bin"),
        ("a.numbers", "Index/Document.iwa"),
        ("a.zip", "a.txt"),
    ):
        with zipfile.ZipFile(tmp_path / name, "w") as package:
            package.writestr(part, "x")
        with pytest.raises(Refused, match=r"\.xlsx") as caught:
            read_sheet(tmp_path / name)
        assert caught.value.code == "not_a_table"
    old = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "WordDocument\0".encode("utf-16-le") + bytes(1000)
    )
    (tmp_path / "a.doc").write_bytes(old)
    with pytest.raises(Refused, match=r"\.docx"):
        read_sheet(tmp_path / "a.doc")


def test_macros_and_formulas_are_never_run(tmp_path: Path) -> None:
    """The values that the last program saved are read; a formula is no value."""
    path = tmp_path / "a.xlsm"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["STT", "Họ tên", "Ngày sinh", "Chức vụ"])
        page.write_formula(1, 0, "=1+1", None, 1)
        page.write_formula(1, 1, '="Lê"&" Thị Lan"', None, "Lê Thị Lan")
        page.write_formula(1, 2, "=1/0", None, "#DIV/0!")
        page.write_string(1, 3, "=cmd|'/c calc'!A1")
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" * 100)
        package.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    (row,) = read_sheet(path).rows
    assert (row.full_name, row.birth_date) == ("Lê Thị Lan", None)


def test_three_hundred_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, [*HEAD, *(f"Cột {n}" for n in range(297))])
        page.write_row(1, 0, [1, "Lê Thị Lan", "1980", *range(297)])
    assert [row.full_name for row in read_sheet(path).rows] == ["Lê Thị Lan"]


@pytest.mark.parametrize("command", [["sheet", "read"], ["sheet", "import", "--unit", "x"]])
def test_commands_refuse_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str], db: None
) -> None:
    for name, data in (
        ("a.docx", b"PK\x03\x04" + bytes(90)),
        ("a.xls", b"<table><tr><td>"),
        ("b", b"\x00\x01"),
    ):
        (tmp_path / name).write_bytes(data)
        assert run([*command[:2], str(tmp_path / name), *command[2:], "--json"]) == 2
        out, err = capsys.readouterr()
        assert json.loads(out)["error"]["code"]
        assert "Traceback" not in err
