"""Zipped files (xlsx, ods, docx) taken with care: sizes counted, damage told, no DTD ever read."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from xml.parsers import expat

from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.language import say as _

MOST_BYTES = 200 * 1024 * 1024  # of all parts together, unpacked
MOST_CELLS = 16_000_000  # of the rectangle that holds a sheet's cells; readers allocate it whole
_CHUNK = 1 << 20
_DEEPEST = 5_000  # elements within each other
_MOST_ELEMENTS = 8_000_000
_MOST_NAMES = 100_000
_UNREADABLE = (
    *(
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        KeyError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        struct.error,
    ),
)
_FILLED_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?:[^<>]*?\s)?r\s*=\s*[\"']([A-Za-z]{1,6})(\d{1,12})[\"'][^<>]*(?<!/)>"
)
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
_LETTERS = {chr(65 + n): n + 1 for n in range(26)}


class Damaged(Exception):
    """The package, or a part of it, cannot be read to its end."""


class Package:
    """A zipped file. `check` reads every part once, so that nothing later meets a bomb or a damaged part."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
            raise Damaged(str(problem)) from problem
        self.names = frozenset(self._zip.namelist())

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def check(self) -> None:
        """Raises Refused("encrypted", "too_large") or Damaged."""
        if any(info.flag_bits & 1 for info in self._zip.infolist()):
            raise encrypted()
        if sum(info.file_size for info in self._zip.infolist()) > MOST_BYTES:
            raise too_large()
        left = MOST_BYTES
        for info in self._zip.infolist():
            area = _Area() if _SHEET_PART.fullmatch(info.filename) else None
            left -= self._read_through(info, left, area)
            if area is not None and area.rows * area.columns > MOST_CELLS:
                raise too_large()

    def _read_through(self, info: zipfile.ZipInfo, left: int, area: _Area | None) -> int:
        count = 0
        try:
            with self._zip.open(info) as part:
                while chunk := part.read(_CHUNK):
                    count += len(chunk)
                    if count > left:
                        raise too_large()
                    if area is not None:
                        area.feed(chunk)
        except _UNREADABLE as problem:
            raise Damaged(str(problem)) from problem
        return count

    def read(self, name: str) -> bytes:
        """A whole part, for small ones. Raises Damaged if it is not there."""
        try:
            return self._zip.read(name)
        except _UNREADABLE as problem:
            raise Damaged(str(problem)) from problem

    def parse(
        self,
        name: str,
        start: Callable[[str, Mapping[str, str]], None],
        *,
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
        names: Callable[[str], str] | None = None,
    ) -> None:
        """Streams a part through `parse_xml`. Raises Damaged, also if it is not there."""
        try:
            with self._zip.open(name) as part:
                parse_xml(iter(lambda: part.read(_CHUNK), b""), start, end=end, text=text, names=names)
        except _UNREADABLE as problem:
            raise Damaged(str(problem)) from problem


def parse_xml(
    chunks: Iterable[bytes],
    start: Callable[[str, Mapping[str, str]], None],
    *,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
    names: Callable[[str], str] | None = None,
) -> None:
    """Streams XML through a parser. Elements and attributes come by their local names.

    With `names`, which is given "namespace local", elements come by what it returns, those for which it returns ""
    not at all, and attributes as "namespace local". Raises Damaged for broken XML and for any DTD: no entity is ever
    defined, so none can expand or fetch. Raises Refused("too_large") for too many elements, or too many in one another.
    """
    parser = expat.ParserCreate(namespace_separator=" ") if names else expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_doctype
    to_name = names or _local
    known: dict[str, str] = {}
    depth = count = 0

    def begin(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth += 1
        count += 1
        name = known.get(tag)
        if name is None:
            name = known[tag] = to_name(tag)
        if name:
            start(name, attributes)

    def finish(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None and (name := known[tag]):
            end(name)

    parser.StartElementHandler = begin
    parser.EndElementHandler = finish
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            if max(count / _MOST_ELEMENTS, len(known) / _MOST_NAMES, depth / _DEEPEST) > 1:
                raise too_large()
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as problem:
        raise Damaged(str(problem)) from problem


class _Area:
    """The rectangle from A1 that holds all filled cells of a sheet."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._rest = b""
        self._seen: set[bytes] = set()

    def feed(self, chunk: bytes) -> None:
        text = self._rest + chunk
        cut = text.rfind(b"<")
        self._rest = text[cut:] if cut >= 0 else b""
        if len(self._rest) > _CHUNK:
            raise Damaged("an endless tag")
        last = b"0"
        for column, row in _FILLED_CELL.findall(text, 0, cut if cut >= 0 else len(text)):
            last = row
            if column not in self._seen:
                self._seen.add(column)
                self.columns = max(self.columns, _column_number(column.decode().upper()))
            if len(row) > 4:
                self.rows = max(self.rows, int(row))
        self.rows = max(self.rows, int(last))


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + _LETTERS[letter]
    return number


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _no_doctype(*_: object) -> None:
    raise Damaged("a document type declaration")


def encrypted() -> Refused:
    return Refused("encrypted", _("Tệp đặt mật khẩu. Hãy mở tệp, bỏ mật khẩu, lưu lại rồi nhập."))


def too_large() -> Refused:
    return Refused(
        "too_large", _("Tệp quá lớn khi giải nén (trên 200 MB hoặc quá nhiều ô). Hãy chia nhỏ tệp.")
    )


def truncated() -> Refused:
    return Refused(
        "truncated", _("Tệp bị hỏng hoặc bị cắt cụt, không đọc được đến hết. Hãy lấy lại tệp gốc.")
    )


def not_a_table(reason: str) -> Refused:
    return Refused("not_a_table", reason)


def unknown_encoding() -> Refused:
    return Refused(
        "unknown_encoding",
        _("Không rõ bảng mã của tệp. Hãy lưu lại tệp với mã UTF-8 hoặc dạng .xlsx rồi nhập."),
    )
