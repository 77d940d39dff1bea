"""Files that were made to harm, or are no forms: refused before they cost much."""

from __future__ import annotations

from io import BytesIO

import pytest
import xlsxwriter
from docx import Document

from nhanlucso.kernel.errors import Refused
from nhanlucso.papers.forms import read_form
from nhanlucso.papers.packing import packed, unpacked
from tests.factories.forms import workbook_form

SHEET = "xl/worksheets/sheet1.xml"


def changed(part: str, old: bytes, new: bytes) -> bytes:
    parts = unpacked(workbook_form())
    assert old in parts[part]
    return packed(parts | {part: parts[part].replace(old, new, 1)})


def many_blanks() -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for number in range(2):
            sheet = book.add_worksheet(f"Biểu {number}")
            sheet.write_row(0, 0, [f"Số liệu {column}" for column in range(30)])
            sheet.write_column(1, 0, [f"Xã số {row}" for row in range(200)])
    return out.getvalue()


def deep_document() -> bytes:
    out = BytesIO()
    Document().save(out)
    parts = unpacked(out.getvalue())
    body = parts["word/document.xml"]
    return packed(parts | {"word/document.xml": body.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 20_001)})


HUGE = b'<mergeCell ref="A1:BH400"/>' * 40
BEHIND = b'<mergeCell ref="G1:BH400"/>'
OLE = b'<Relationship Id="z" TargetMode="External" Type="x/oleObject" Target="https://a.example/"/>'


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (lambda: changed(SHEET, b'ref="A1:F1"', b'ref="A1:XFD1048576"'), None),
        (lambda: changed(SHEET, b"<mergeCell ", HUGE + b"<mergeCell "), "form_too_large"),
        (lambda: changed(SHEET, b"<mergeCell ", BEHIND + b"<mergeCell "), None),
        (lambda: changed(SHEET, b'r="B7"', b'r="XFD1048576"'), "form_too_large"),
        (lambda: changed(SHEET, b'r="B7"', b'r="7B"'), "not_a_form"),
        (lambda: changed(SHEET, b"<worksheet", b"<!--" + b" " * 3000 + b"--><!DOCTYPE x><worksheet"), "not_a_form"),
        (lambda: changed("xl/_rels/workbook.xml.rels", b"<Relationship ", OLE + b"<Relationship "), "form_runs"),
        (many_blanks, "too_many_blanks"),
        (deep_document, "form_too_large"),
    ],
)  # fmt: skip
def test_it_is_refused_or_bounded(body: object, code: str | None) -> None:
    given = body()  # type: ignore[operator]
    if code is None:
        assert read_form(given).spots
        return
    with pytest.raises(Refused) as refusal:
        read_form(given)
    assert refusal.value.code == code


def test_a_local_template_of_the_author_is_no_harm() -> None:
    relation = (
        b'<Relationship Id="z" TargetMode="External" Type="x/attachedTemplate" '
        b'Target="file:///C:\\Users\\a\\Normal.dotm"/><Relationship '
    )
    assert read_form(changed("xl/_rels/workbook.xml.rels", b"<Relationship ", relation)).spots
