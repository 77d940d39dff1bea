"""Damaged files of every format: rows or a refusal, never anything else; a file cut off is never half a list."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nhanlucso.exchange.sheets.reading import read_sheet
from nhanlucso.kernel.errors import Refused
from tests.exchange.sheets.making import Sheet, save
from tests.exchange.sheets.wording import Word

ROWS = [
    ["DANH SÁCH", "", "", ""],
    ["STT", "Họ và tên", "Ngày sinh", "Đơn vị"],
    *(
        [n, f"Lê Thị {name}", "01/02/1980", "Phòng Tư pháp"]
        for n, name in enumerate(("Lan", "Mai", "Nga"), 1)
    ),
]
CODES = {"truncated", "not_a_table", "encrypted", "too_large", "unknown_encoding"}
NO_END = {".csv"}  # a text cut off between two lines is a shorter list


def _html(path: Path) -> None:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    path.write_text(f"<html><meta charset=utf-8><body><table>{rows}</table></body></html>", encoding="utf-8")


def _xml(path: Path) -> None:
    cells = [[f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row] for row in ROWS]
    rows = "".join(f"<Row>{''.join(row)}</Row>" for row in cells)
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    sheet = f'<Worksheet ss:Name="S"><Table>{rows}</Table></Worksheet>'
    path.write_text(
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">{sheet}</Workbook>',
        encoding="utf-8",
    )


def _docx(path: Path) -> None:
    document = Word(styles="<w:style/>", numbering="<w:num/>")
    document.table([[str(cell) for cell in row] for row in ROWS])
    document.save(path.parent, path.name)


def _plain(path: Path) -> None:
    save(path, Sheet(ROWS))


MAKERS: dict[str, Callable[[Path], None]] = {
    **dict.fromkeys([".xlsx", ".xls", ".ods", ".csv"], _plain),
    ".html": _html,
    ".xml": _xml,
    ".docx": _docx,
}


@lru_cache
def whole(suffix: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list{suffix}"
        MAKERS[suffix](path)
        return path.read_bytes()


def read(data: bytes) -> int | str:
    """The number of people, or the code of the refusal."""
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(data)
        try:
            return len(read_sheet(file.name).rows)
        except Refused as refused:
            assert refused.code in CODES
            return refused.code


@pytest.mark.parametrize("suffix", MAKERS)
def test_whole(suffix: str) -> None:
    assert read(whole(suffix)) == 3


@given(st.sampled_from(sorted(MAKERS)), st.floats(0, 1, exclude_max=True))
def test_cut_off_anywhere(suffix: str, share: float) -> None:
    data = whole(suffix)
    said = read(data[: int(share * len(data))])
    if suffix not in NO_END:
        assert said in ("truncated", "not_a_table", 3)
        assert said != 3 or suffix in (".html", ".xls"), suffix  # what follows the table may be missing


@given(
    st.sampled_from(sorted(MAKERS)),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=12),
)
@example(".csv", [(0.0, 0xFF)])
def test_bytes_changed_anywhere(suffix: str, changes: list[tuple[float, int]]) -> None:
    data = bytearray(whole(suffix))
    for share, value in changes:
        data[int(share * len(data))] = value
    read(bytes(data))


def _parts(suffix: str) -> dict[str, bytes]:
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(whole(suffix))
        with zipfile.ZipFile(file.name) as package:
            return {name: package.read(name) for name in package.namelist()}


@given(
    st.sampled_from([".docx", ".xlsx", ".ods"]),
    st.data(),
    st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=6), st.integers(0, 9)),
        min_size=1,
        max_size=6,
    ),
)
def test_parts_of_packages_changed(
    suffix: str, data: st.DataObject, changes: list[tuple[float, bytes, int]]
) -> None:
    """Within a package whose checksums are right, the XML is anything."""
    parts = _parts(suffix)
    name = data.draw(st.sampled_from(sorted(parts)))
    content = bytearray(parts[name])
    for share, new, gone in changes:
        place = int(share * len(content))
        content[place : place + gone] = new
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        with zipfile.ZipFile(path, "w") as package:
            for part, inner in parts.items():
                package.writestr(part, bytes(content) if part == name else inner)
        read(path.read_bytes())


_TAGS = ["table", "tr", "td", "th", "caption", "br", "p", "b", "style", "div", "script", "span"]


@given(
    st.lists(
        st.one_of(
            st.sampled_from([f"<{tag}>" for tag in _TAGS] + [f"</{tag}>" for tag in _TAGS]),
            st.sampled_from(
                [
                    "<td rowspan=0>",
                    "<td colspan=3>",
                    "<tr hidden>",
                    "<td style='display:none'>",
                    "<!--",
                    "-->",
                    "<!",
                ]
            ),
            st.sampled_from(
                ["STT", "Họ tên", "Lê Thị Lan", "1", "&amp;", "&#7877;", "\0", "'", '"', "<", "\ud83d"]
            ),
        ),
        max_size=60,
    )
)
def test_pages_of_any_shape(tokens: list[str]) -> None:
    read(("<html>" + "".join(tokens)).encode("utf-8", errors="replace"))


_WORD = ["tbl", "tr", "tc", "p", "r", "t", "del", "txbxContent", "tcPr", "trPr"]


@st.composite
def bodies(draw: st.DrawFn, depth: int = 0) -> str:
    """Well-formed XML of Word's elements within each other in any way."""
    inner = ""
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.integers(0, 5))
        if kind == 0 or depth > 5:
            inner += draw(st.sampled_from(["Họ tên", "STT", "Lê Thị Lan", "1", ""]))
        elif kind == 1:
            inner += draw(
                st.sampled_from(
                    [
                        *('<w:gridSpan w:val="3"/>', '<w:gridSpan w:val="-1"/>', "<w:vMerge/>"),
                        *(
                            '<w:vMerge w:val="restart"/>',
                            "<w:hMerge/>",
                            '<w:gridBefore w:val="9"/>',
                            "<w:br/>",
                        ),
                        *(
                            '<w:gridCol w:w="9"/>',
                            '<w:sym w:font="Wingdings" w:char="F0FC"/>',
                            "<w:cellDel/>",
                        ),
                    ]
                )
            )
        else:
            tag = draw(st.sampled_from(_WORD))
            inner += f"<w:{tag}>{draw(bodies(depth + 1))}</w:{tag}>"
    return inner


@given(bodies())
def test_documents_of_any_shape(inner: str) -> None:
    document = Word()
    document.add(inner)
    with tempfile.TemporaryDirectory() as folder:
        read(document.save(Path(folder)).read_bytes())
