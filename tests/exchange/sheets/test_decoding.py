"""Old encodings: recognised by font and by content, per cell, and never where Unicode explains as much."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhanlucso.exchange.sheets import encodings
from nhanlucso.exchange.sheets.decoding import decode, readings
from nhanlucso.exchange.sheets.grids import Grid
from nhanlucso.exchange.sheets.syllables import is_syllable, misfits
from tests.exchange.sheets.legacy import to_tcvn3, to_vni
from tests.exchange.sheets.making import people

NAMES = sorted({person["full_name"] for person in people(200)})
SENTENCE = "Đặng Thị Thuỷ, Trưởng phòng Văn hóa - Thông tin, ủy viên Ủy ban nhân dân xã Phú Nhuận"


@pytest.mark.parametrize("name", NAMES)
def test_names_come_back_from_tcvn3_and_vni(name: str) -> None:
    assert encodings.from_tcvn3(to_tcvn3(name)) == name
    assert encodings.from_vni(to_vni(name)) == name


def test_whole_sentences_come_back() -> None:
    assert encodings.from_vni(to_vni(SENTENCE)) == SENTENCE
    assert encodings.from_tcvn3(to_tcvn3(SENTENCE.lower())) == SENTENCE.lower()
    latin = "".join(chr(byte) for byte in unicode_to_cp1258(SENTENCE))
    assert encodings.from_cp1258(latin) == SENTENCE


def unicode_to_cp1258(text: str) -> bytes:
    """Each letter with its tone as a mark of its own, as the code page has it."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    pieces = []
    for char in text:
        decomposed = unicodedata.normalize("NFD", char)
        tone = "".join(c for c in decomposed if c in tones)
        base = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in tones))
        pieces.append(base + tone)
    return "".join(pieces).encode("cp1258")


def test_bytes_seen_through_windows_1252_are_bytes_still() -> None:
    assert encodings.in_bytes("\u201cA\u201d") == "\x93A\x94"
    assert encodings.in_bytes("plain") is None
    assert encodings.in_bytes("ậ") is None


@pytest.mark.parametrize(
    ("font", "encoding", "capitals"),
    [
        (".VnTime", "tcvn3", False),
        (".VnTimeH", "tcvn3", True),
        (".VnArial NarrowH", "tcvn3", True),
        ("VNI-Times", "vni", False),
        ("Times New Roman", None, False),
        ("Arial", None, False),
    ],
)
def test_fonts(font: str, encoding: str | None, capitals: bool) -> None:
    assert encodings.font_encoding(font) == encoding
    assert encodings.is_capitals(font) is capitals


@pytest.mark.parametrize("text", ["Hà", "Sùng A Páo", "25°C", "m²", "«Tuyên Quang»", "× 3", "Lý"])
def test_unicode_in_latin_letters_stays(text: str) -> None:
    assert "unicode" in readings(text)


def test_a_sheet_without_old_cells_is_left_alone() -> None:
    rows: list[list[object]] = [["Họ và tên"], ["Lê Tú"], ["Hà Bé"], ["×"], [3.0], [None]]
    grid = decode(Grid("S", [list(row) for row in rows]))  # type: ignore[arg-type]
    assert (grid.rows, grid.decoded) == (rows, frozenset())


def test_neighbours_decide_what_could_be_either() -> None:
    """«Bé» is a syllable in Unicode and in TCVN3 (Bộ): the other cells of the row tell."""
    old = [to_tcvn3("Nguyễn Thị"), to_tcvn3("Bộ"), to_tcvn3("Trưởng phòng")]
    new = ["Nguyễn Thị", "Bé", "Trưởng phòng"]
    grid = decode(Grid("S", [list(old), list(new)]))
    assert grid.rows == [["Nguyễn Thị", "Bộ", "Trưởng phòng"], new]
    assert grid.decoded == {"tcvn3"}


def test_the_font_decides_before_the_neighbours() -> None:
    grid = Grid("S", [[to_tcvn3("Bộ"), "Lê Thị Hương"]], fonts={(0, 0): ".VnTime"})
    assert decode(grid).rows == [["Bộ", "Lê Thị Hương"]]


def test_a_capital_font_gives_capitals() -> None:
    grid = Grid("S", [[to_tcvn3("danh sách"), "stt"]], fonts={(0, 0): ".VnTimeH", (0, 1): ".VnTimeH"})
    assert decode(grid).rows == [["DANH SÁCH", "STT"]]


def test_unicode_in_an_old_font_stays_unicode() -> None:
    grid = Grid("S", [["Nguyễn Văn Đạt", "Hà Thị Súa"]], fonts={(0, 0): ".VnTime", (0, 1): ".VnTime"})
    assert decode(grid).rows == [["Nguyễn Văn Đạt", "Hà Thị Súa"]]


def test_capitals_typed_without_their_bytes() -> None:
    """There is no byte for Ờ or Ậ: people type the small letters among capitals."""
    assert encodings.from_tcvn3(to_tcvn3("NGƯỜI LẬP BIỂU")) == "NGƯỜI LẬP BIỂU"
    assert encodings.from_tcvn3(to_tcvn3("Lê Tú")) == "Lê Tú"


def test_u_with_horn_survives_as_soft_hyphen() -> None:
    """ư is byte AD, which Unicode calls a soft hyphen and cleaners delete."""
    assert "\xad" in to_tcvn3("Trưởng")
    assert decode(Grid("S", [[to_tcvn3("Trưởng phòng")]])).rows == [["Trưởng phòng"]]


@pytest.mark.parametrize(
    "word", [*re.findall(r"\w+", SENTENCE), "Giàng", "Mỷ", "Páo", "Quỳnh", "Gìn", "thuỷ", "hòa"]
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["Hµ", "NguyÔn", "thuûy", "toà­n", "Vaên", "cáp̀", "xyz", "hạcc", "tàc"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_misfits_spare_ascii_and_acronyms() -> None:
    assert misfits("HĐND-UBND xyz QĐ Đ/c") == 0
    assert misfits("TrÇn V¨n") > 0


@given(st.text())
def test_nothing_makes_it_stumble(text: str) -> None:
    assert readings(text)
