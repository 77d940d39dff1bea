"""Every format gives the same rows; what cannot be read is refused, whatever it is called."""

from __future__ import annotations

import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from nhanlucso.cli.main import run
from nhanlucso.exchange.sheets.reading import read_sheet
from nhanlucso.kernel.errors import Refused
from tests.exchange.sheets.legacy import to_tcvn3, to_vni
from tests.exchange.sheets.making import Sheet, day_of, ods_row, people, save, save_ods, save_ods_rows

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Chức vụ", "Đơn vị", "Số điện thoại"]
KEYS = ("full_name", "birth_date", "sex", "title", "unit", "phone")
PEOPLE = people(12)
WORDS = {"m": "Nam", "f": "Nữ"}


def rows() -> list[list[object]]:
    body = [
        [n, p["full_name"], day_of(p["birth_date"]), WORDS[p["sex"]], p["title"], p["unit"], p["phone"]]
        for n, p in enumerate(PEOPLE, 1)
    ]
    return [["DANH SÁCH CÁN BỘ"], [], HEAD, *body]


def said(path: Path) -> list[dict[str, object]]:
    return [{key: row.as_json()[key] for key in KEYS} for row in read_sheet(path).rows]


TRUTH = [{key: person[key] for key in KEYS} for person in PEOPLE]


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods", ".csv", ".tsv"])
def test_formats(tmp_path: Path, suffix: str) -> None:
    assert said(save(tmp_path / f"list{suffix}", Sheet(rows()))) == TRUTH


def test_the_name_of_the_file_tells_nothing(tmp_path: Path) -> None:
    save(tmp_path / "list.csv", Sheet(rows())).rename(tmp_path / "list.xls")
    assert said(tmp_path / "list.xls") == TRUTH


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_text_files(tmp_path: Path, delimiter: str, encoding: str) -> None:
    lines = [delimiter.join(f'"{cell}"' for cell in row) for row in rows()]
    text = "\r\n".join(lines)
    path = tmp_path / "list.txt"
    path.write_bytes(_cp1258(text) if encoding == "cp1258" else text.encode(encoding))
    assert said(path) == TRUTH


def _cp1258(text: str) -> bytes:
    """The code page has tones as marks of their own, and a few letters that bear them."""
    from tests.exchange.sheets.test_decoding import unicode_to_cp1258

    return unicode_to_cp1258(text)


@pytest.mark.parametrize(("convert", "font"), [(to_tcvn3, ".VnTime"), (to_vni, "VNI-Times")])
@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods", ".csv"])
def test_old_encodings(tmp_path: Path, suffix: str, convert: Callable[[str], str], font: str) -> None:
    old = [[convert(cell) if isinstance(cell, str) else cell for cell in row] for row in rows()]
    path = tmp_path / f"list{suffix}"
    if suffix == ".csv":
        path.write_bytes("\n".join(",".join(map(str, row)) for row in old).encode("latin-1"))
    else:
        save(path, Sheet(old, font=font if suffix != ".ods" else ""))
    assert said(path) == TRUTH
    assert [problem.code for problem in read_sheet(path).problems] == ["legacy_encoding"]


def test_capitals_by_font_become_names(tmp_path: Path) -> None:
    capitals = [["STT", to_tcvn3("họ và tên")], [1, to_tcvn3("đỗ thị phượng")]]
    path = save(tmp_path / "list.xls", Sheet(capitals, font=".VnTimeH"))
    assert [row.full_name for row in read_sheet(path).rows] == ["Đỗ Thị Phượng"]


def test_hidden_sheets_are_left_out(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, person in (("Một", "Lê Thị Lan"), ("Ẩn", "Lù A Sì")):
            page = book.add_worksheet(name)
            page.write_row(0, 0, ["STT", "Họ tên"])
            page.write_row(1, 0, [1, person])
        book.get_worksheet_by_name("Ẩn").hide()
    assert [row.full_name for row in read_sheet(path).rows] == ["Lê Thị Lan"]


# -- refusals --------------------------------------------------------------------------------------------------


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as caught:
        read_sheet(path)
    assert caught.value.message
    return caught.value.code


def test_what_is_no_table(tmp_path: Path) -> None:
    for name, content in {
        "empty.xlsx": b"",
        "prose.csv": "Kính gửi các đồng chí".encode(),
        "numbers.csv": b"1,2\n3,4\n",
        "binary.csv": bytes(range(256)),
        "paper.xlsx": b"%PDF-1.7 ...",
        "page.xls": b"<html><body>x</body></html>",
    }.items():
        (tmp_path / name).write_bytes(content)
        assert refusal(tmp_path / name) == "not_a_table", name
    assert refusal(save(tmp_path / "blank.xlsx", Sheet([["", ""], ["Tổng", 3]]))) == "not_a_table"
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as package:
        package.writestr("a.txt", "a")
    assert refusal(tmp_path / "other.zip") == "not_a_table"


def test_what_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.xlsx") == "no_such_file"
    assert refusal(tmp_path) == "no_such_file"


def test_an_unknown_kind(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="loại"):
        read_sheet(tmp_path / "none.xlsx", "people")


def test_what_has_a_password(tmp_path: Path) -> None:
    name = "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "locked.xlsx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + name + bytes(200)
    )
    assert refusal(tmp_path / "locked.xlsx") == "encrypted"
    save_ods(tmp_path / "locked.ods", "garbled", manifest="<manifest><encryption-data/></manifest>")
    assert refusal(tmp_path / "locked.ods") == "encrypted"


def test_bytes_of_no_known_encoding(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes("STT;Họ tên\n1;Лев".encode("cp1251", errors="replace"))
    assert refusal(tmp_path / "list.csv") == "unknown_encoding"


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods"])
def test_cut_off_and_damaged_files(tmp_path: Path, suffix: str) -> None:
    """Never anything but rows or a refusal, however the file is cut or changed."""
    whole = save(tmp_path / f"list{suffix}", Sheet(rows())).read_bytes()
    chance = random.Random(7)
    path = tmp_path / f"damaged{suffix}"
    for _ in range(25):
        path.write_bytes(whole[: chance.randrange(8, len(whole) - 1)])
        assert refusal(path) in ("truncated", "not_a_table")
        damaged = bytearray(whole)
        for _ in range(6):
            damaged[chance.randrange(len(whole))] = chance.randrange(256)
        path.write_bytes(damaged)
        try:
            read_sheet(path)
        except Refused as refused:
            assert refused.code in ("truncated", "not_a_table", "encrypted", "too_large", "unknown_encoding")


def test_bombs(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        with package.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(201):
                part.write(bytes(1 << 20))
    assert bomb.stat().st_size < 1 << 20
    assert refusal(bomb) == "too_large"


def test_a_stray_cell_at_the_far_corner(tmp_path: Path) -> None:
    """A reader would lay out all cells between; refused before it can."""
    import xlsxwriter

    path = tmp_path / "corner.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["STT", "Họ tên"])
        page.write(1_048_575, 16_383, "x")
    assert refusal(path) == "too_large"
    repeated = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string" '
        'table:number-columns-repeated="1000"><text:p>x</text:p></table:table-cell></table:table-row>'
    )
    save_ods_rows(tmp_path / "corner.ods", ods_row(["STT", "Họ tên"]) + repeated)
    assert refusal(tmp_path / "corner.ods") == "too_large"


def test_a_million_empty_rows_are_no_burden(tmp_path: Path) -> None:
    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    save_ods_rows(tmp_path / "tall.ods", ods_row(["STT", "Họ tên"]) + ods_row([1, "Lù A Sì"]) + empty)
    assert [row.full_name for row in read_sheet(tmp_path / "tall.ods").rows] == ["Lù A Sì"]


def test_a_document_type_is_never_read(tmp_path: Path) -> None:
    entity = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    save_ods(tmp_path / "entity.ods", f"<?xml version='1.0'?>{entity}<x>&a;</x>")
    assert refusal(tmp_path / "entity.ods") == "truncated"


# -- the command -----------------------------------------------------------------------------------------------


def test_the_command_prints_one_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = save(tmp_path / "list.xlsx", Sheet(rows()))
    assert run(["sheet", "read", str(path), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert list(document) == ["kind", "rows", "dropped_columns", "problems"]
    assert (document["kind"], len(document["rows"])) == ("staff", 12)
    assert run(["sheet", "read", str(path)]) == 0
    assert "staff; 12 dòng" in capsys.readouterr().out


def test_the_command_refuses_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sheet", "read", str(tmp_path / "none.xlsx"), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "no_such_file"
