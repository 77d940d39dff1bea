"""Opening a file by what it is, not by what it is called."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from nhanlucso.exchange.sheets.delimited import delimited_grid
from nhanlucso.exchange.sheets.excel import ods_grids, xlsx_grids
from nhanlucso.exchange.sheets.grids import Grid, sound_merges
from nhanlucso.exchange.sheets.markup import html_grids
from nhanlucso.exchange.sheets.measuring import WorkbookSize
from nhanlucso.exchange.sheets.mime import archive_grids
from nhanlucso.exchange.sheets.packages import (
    MOST_BYTES,
    Damaged,
    Package,
    encrypted,
    not_a_table,
    too_large,
    truncated,
)
from nhanlucso.exchange.sheets.word import BODY, docx_grids
from nhanlucso.exchange.sheets.workbookxml import workbook_grids
from nhanlucso.exchange.sheets.xls import xls_grids
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.language import say as _

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096
_MOST_OLD_BYTES = 80 * 1024 * 1024  # of an old workbook, which is read record by record and slowly
_PROLOGUE = r"(?:<\?[^>]*>\s*|<!--.*?-->\s*|<!doctype[^>\[]*(?:\[[^\]]*\])?[^>]*>\s*)*"
_WORKBOOK = re.compile(rf"^{_PROLOGUE}<(?:\w+:)?workbook\b", re.DOTALL)
_PAGE = re.compile(
    rf"{_PROLOGUE}<(html|head|body|table|meta|style|title|div|p|span|font|center|b|link|script|br|tr|h[1-6])[\s/>]",
    re.DOTALL,
)


def open_grids(path: Path) -> Iterator[Grid]:
    """The visible sheets of a file.

    Raises Refused: "no_such_file", "encrypted", "truncated", "too_large", "not_a_table", "unknown_encoding".
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        size = path.stat().st_size
    except OSError as problem:
        raise Refused("no_such_file", _("Không mở được tệp «%(path)s».") % {"path": path}) from problem
    if size > MOST_BYTES:
        raise too_large()
    try:
        for grid in _grids(path, head):
            grid.merges = sound_merges(grid.merges, len(grid.rows))
            yield grid
    except Damaged as problem:
        raise truncated() from problem


def _grids(path: Path, head: bytes) -> Iterable[Grid]:
    if head.startswith(_ZIP):
        return _zipped(path)
    if head.startswith(_OLE):
        return _compound(path)
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")):
        raise _unlike_a_table(_("Đây không phải là bảng tính."))
    text = _beginning(head)
    if _WORKBOOK.search(text):
        return workbook_grids(path)
    if text.startswith("mime-version:") or "\nmime-version:" in text:
        return archive_grids(path)
    if _PAGE.match(text):
        return html_grids(path)
    if text.startswith("<?xml"):
        raise _unlike_a_table(_("Tệp XML này không phải là bảng tính."))
    return [delimited_grid(path)]


def _beginning(head: bytes) -> str:
    """The first characters of a text, small letters, whatever its encoding, without what may stand before."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    else:
        text = head.replace(b"\0", b"").decode("latin-1").removeprefix("ï»¿")
    return text.lstrip().lower()


def _zipped(path: Path) -> Iterator[Grid]:
    with Package(path) as package:
        size = WorkbookSize()
        package.check(size.listener)
        size.settle(package)
        names = package.names
        is_ods = "mimetype" in names and b"opendocument.spreadsheet" in package.read("mimetype")
    if "xl/workbook.xml" in names:
        return xlsx_grids(path)
    if is_ods:
        return ods_grids(path)
    if BODY in names:
        return docx_grids(path)
    if refusal := _other_package(names):
        raise refusal
    raise _unlike_a_table(_("Tệp nén này không phải là bảng tính .xlsx hay .ods."))


def _other_package(names: frozenset[str]) -> Refused | None:
    """The advice for workbooks that are kept in another way."""
    if "xl/workbook.bin" in names:
        return _unlike_a_table(_("Chưa đọc được dạng nhị phân .xlsb."))
    if any(name.endswith(".iwa") or name == "index.apxl" for name in names):
        return _unlike_a_table(_("Chưa đọc được tệp của Apple Numbers, Pages."))
    return None


def _compound(path: Path) -> Iterator[Grid]:
    if path.stat().st_size > _MOST_OLD_BYTES:
        raise too_large()
    data = path.read_bytes()
    if _named(data, "EncryptedPackage"):
        raise encrypted()
    if not (_named(data, "Workbook") or _named(data, "Book")):
        if _named(data, "WordDocument"):
            advice = _("Hãy mở bằng Word, chọn Lưu thành .docx rồi nhập.")
            raise not_a_table(f"{_('Chưa đọc được văn bản Word đời cũ (.doc).')} {advice}")
        if len(data) >= 1024:
            raise _unlike_a_table(_("Tệp không phải là bảng tính Excel."))
        raise truncated()
    return xls_grids(path)


def _named(data: bytes, stream: str) -> bool:
    """Whether a compound file has a stream of this name; its directory holds names in UTF-16 with a zero after."""
    return (stream + "\0").encode("utf-16-le") in data


def _unlike_a_table(reason: str) -> Refused:
    advice = _("Hãy mở tệp và lưu lại ở dạng .xlsx hoặc .csv rồi nhập.")
    return not_a_table(f"{reason} {advice}")
