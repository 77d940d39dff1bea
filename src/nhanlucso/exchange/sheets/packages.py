"""Zipped files (xlsx, ods, docx) taken with care: sizes counted, damage told, no DTD ever read."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Protocol
from xml.parsers import expat

from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.language import say as _
from nhanlucso.papers.packing import UNREADABLE

MOST_BYTES = 200 * 1024 * 1024  # of all parts together, unpacked
_MOST_PARTS = 5_000
_MOST_DIRECTORY = 4 * 1024 * 1024
_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_CHUNK = 1 << 20
_PROLOGUE = 2048
_OFFICE = ("xl/", "word/")
_DEEPEST = 5_000  # elements within each other
_MOST_ELEMENTS = 4_000_000
_MOST_NAMES = 100_000


class Listener(Protocol):
    """Hears a part of a package chunk by chunk while it is checked."""

    def feed(self, chunk: bytes) -> None: ...


class Damaged(Exception):
    """The package, or a part of it, cannot be read to its end."""


class Package:
    """A zipped file. `check` reads every part once, so that nothing later meets a bomb or a damaged part."""

    def __init__(self, path: Path) -> None:
        if _directory_size(path) > _MOST_DIRECTORY:
            raise too_large()
        try:
            self._zip = zipfile.ZipFile(path)
        except UNREADABLE as problem:
            raise Damaged(str(problem)) from problem
        self.names = frozenset(self._zip.namelist())

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def check(self, listener: Callable[[str], Listener | None] = lambda part: None) -> None:
        """Reads all parts through. `listener` names who hears the chunks of a part.

        Raises Refused("encrypted", "too_large") or Damaged.
        """
        parts = self._zip.infolist()
        if any(info.flag_bits & 1 for info in parts):
            raise encrypted()
        if len(parts) > _MOST_PARTS or sum(info.file_size for info in parts) > MOST_BYTES:
            raise too_large()
        if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in parts):
            raise Damaged("packed in an unknown way")
        left = MOST_BYTES
        for info in parts:
            left -= self._read_through(info, left, listener(info.filename))

    def _read_through(self, info: zipfile.ZipInfo, left: int, listener: Listener | None) -> int:
        count = 0
        try:
            with self._zip.open(info) as part:
                while chunk := part.read(_CHUNK):
                    if not count and b"<!DOCTYPE" in chunk[:_PROLOGUE] and info.filename.startswith(_OFFICE):
                        raise Damaged("a document type declaration")
                    count += len(chunk)
                    if count > left:
                        raise too_large()
                    if listener is not None:
                        listener.feed(chunk)
        except UNREADABLE as problem:
            raise Damaged(str(problem)) from problem
        return count

    def read(self, name: str) -> bytes:
        """A whole part, for small ones. Raises Damaged if it is not there."""
        try:
            return self._zip.read(name)
        except UNREADABLE as problem:
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
        except UNREADABLE as problem:
            raise Damaged(str(problem)) from problem


def _directory_size(path: Path) -> int:
    """The size of the list of parts, which is read whole: millions of parts would fill the memory before the check."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - (1 << 16) - 120))
        tail = file.read()
    end = tail.rfind(_END)
    if end < 0 or len(tail) < end + 22:
        return 0
    sizes = [int.from_bytes(tail[end + 12 : end + 16], "little")]
    if tail[max(0, end - 20) :].startswith(_LOCATOR_64):
        larger = tail[max(0, end - 76) : end - 20]
        sizes = [int.from_bytes(larger[40:48], "little") if larger.startswith(_END_64) else sizes[0]]
    return sizes[0]


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


def too_long(rows: int) -> Refused:
    message = _("Danh sách có hơn %(count)s dòng. Hãy chia thành nhiều tệp, mỗi tệp một phần đơn vị.")
    return Refused("too_large", message % {"count": f"{rows:,}".replace(",", ".")})


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
