"""CSV and its kin: any delimiter, any encoding, quotes that nobody meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from nhanlucso.exchange.sheets.reading import read_sheet
from nhanlucso.kernel.errors import Refused
from tests.exchange.sheets.legacy import to_tcvn3, to_vni

LINES = ["STT;Họ và tên;Ngày sinh;Chức vụ", "1;Lê Thị Lan;01/02/1980;Chuyên viên", "2;Lù A Sì;1990;Chủ tịch"]
TRUTH = [("Lê Thị Lan", "1980-02-01", "Chuyên viên"), ("Lù A Sì", "1990", "Chủ tịch")]


def said(folder: Path, data: bytes) -> list[tuple[str | None, ...]]:
    path = folder / "list.csv"
    path.write_bytes(data)
    return [(row.full_name, row.birth_date, row.title) for row in read_sheet(path).rows]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_ends_of_lines(tmp_path: Path, end: str, encoding: str) -> None:
    assert said(tmp_path, end.join(LINES).encode(encoding)) == TRUTH


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|", "^", "~"])
def test_a_delimiter_that_the_first_line_names(tmp_path: Path, delimiter: str) -> None:
    text = "\r\n".join([f"sep={delimiter}", *(line.replace(";", delimiter) for line in LINES)])
    assert said(tmp_path, text.encode()) == TRUTH


@pytest.mark.parametrize("convert", [to_tcvn3, to_vni])
def test_old_encodings(tmp_path: Path, convert: Callable[[str], str]) -> None:
    assert said(tmp_path, "\n".join(map(convert, LINES)).encode("latin-1")) == TRUTH


def test_quotes(tmp_path: Path) -> None:
    head = '"STT","Họ và tên","Ngày sinh","Chức vụ"'
    text = head + '\n1,"Lê Thị\nLan","01/02/1980","Chuyên viên"\n2,Lù A Sì,1990,Chủ tịch'
    assert said(tmp_path, text.encode()) == TRUTH


def test_a_quote_that_nobody_meant(tmp_path: Path) -> None:
    more = [f"{n};Vàng Thị Mỷ;1991;{'' if n > 3 else chr(34)}Kế toán" for n in range(3, 50)]
    assert said(tmp_path, "\n".join([*LINES, *more]).encode()) == [
        *TRUTH,
        *[("Vàng Thị Mỷ", "1991", "Kế toán")] * 47,
    ]


@pytest.mark.parametrize("cut", ["\n".join(LINES).encode()[:-4], '1,"Họ tên"\n2,"Lê Thị'.encode()])
def test_cut_off(tmp_path: Path, cut: bytes) -> None:
    with pytest.raises(Refused) as caught:
        said(tmp_path, cut)
    assert caught.value.code == "truncated"
