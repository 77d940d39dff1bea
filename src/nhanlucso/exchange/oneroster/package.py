"""Opening a OneRoster package without trusting it: an archive with its files at the top, a manifest, tables."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from nhanlucso.exchange.bundle.report import Problems
from nhanlucso.exchange.oneroster.tables import (
    MANIFEST,
    MANIFEST_VERSION,
    NAMES,
    PASSED_OVER,
    TABLES,
    VERSION,
    Table,
)
from nhanlucso.kernel.errors import Detail, Refused
from nhanlucso.papers.packing import UNREADABLE

LARGEST_PACKAGE = 512 * 1024**2  # bytes, unpacked
_LARGEST_MANIFEST = 64 * 1024
_MOST_ENTRIES = 100
_LONGEST_LINE = 100_000  # characters
_LONGEST_NAME = 100  # of the system that made it
_MODES = ("absent", "bulk", "delta")
_BOM = "\ufeff"


@dataclass(slots=True)
class Line:
    """A row by column, and the line of the file that it begins on."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass(slots=True)
class Roster:
    """A package as read: rows by file, what was passed over, who made it."""

    system: str
    code: str
    rows: dict[str, list[Line]] = field(default_factory=dict)
    notes: list[Detail] = field(default_factory=list)

    def of(self, table: Table) -> list[Line]:
        return self.rows.get(table.name, [])


def read_package(path: Path) -> Roster:
    """The package at `path`. Raises Refused("not_a_package", "too_large", "delta_not_taken", "bad_header" …) with all
    places that must be mended; nothing is ever unpacked to disk."""
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise _refusal(_("Không tìm thấy «%(path)s».") % {"path": path.name}) from None
    except UNREADABLE:
        raise _refusal(_("«%(name)s» không phải tệp .zip đọc được.") % {"name": path.name}) from None
    with archive:
        sizes = _entries(archive)
        modes, roster = _manifest(archive, sizes)
        problems = Problems()
        for table in TABLES:
            if modes[table.name] == "bulk":
                roster.rows[table.name] = list(_Reader(archive, table, problems, roster).rows())
        _refuse(problems)
        _note_passed_over(roster, modes, sizes)
    return roster


def is_roster(path: Path) -> bool:
    """Whether a file says that it is such a package rather than an exchange bundle."""
    try:
        with zipfile.ZipFile(path) as archive:
            return MANIFEST in archive.namelist()
    except UNREADABLE:
        return False


def _refuse(problems: Problems) -> None:
    if problems:
        words = _("Gói OneRoster có %(count)d chỗ phải sửa; chưa ghi gì.") % {"count": problems.count}
        raise Refused(problems.code, words, problems.details)


def _refusal(message: str, file: str = "", line: int | None = None) -> Refused:
    mend = _("Gói OneRoster 1.2 là tệp .zip có manifest.csv và các tệp CSV nằm ngay ở gốc.")
    return Refused("not_a_package", f"{message} {mend}", [Detail(message, file, line)])


def _entries(archive: zipfile.ZipFile) -> dict[str, int]:
    """Name and unpacked size of each file. What an archive says of sizes holds: no more is ever read of an entry."""
    found = [info for info in archive.infolist() if not info.filename.startswith("__MACOSX/")]
    sizes: dict[str, int] = {}
    if len(found) > _MOST_ENTRIES:
        raise _refusal(_("Gói có quá nhiều tệp (%(count)d).") % {"count": len(found)})
    for info in found:
        name = info.filename
        if "/" in name or "\\" in name or ".." in name or name in sizes:
            raise _refusal(
                _("Tên tệp «%(name)s» trong gói không dùng được: tệp phải ở gốc, mỗi tên một lần.")
                % {"name": name}
            )
        if info.flag_bits & 0x1:
            raise _refusal(_("Gói bị khóa bằng mật khẩu; bỏ mật khẩu rồi nén lại."))
        sizes[name] = info.file_size
    if sum(sizes.values()) > LARGEST_PACKAGE:
        raise Refused(
            "too_large",
            _("Gói lớn quá %(limit)d MB sau khi giải nén; chưa đọc gì.")
            % {"limit": LARGEST_PACKAGE // 1024**2},
        )
    return sizes


def _manifest(archive: zipfile.ZipFile, sizes: dict[str, int]) -> tuple[dict[str, str], Roster]:
    """How each file comes (absent or bulk), and an empty roster of its maker."""
    if MANIFEST not in sizes:
        raise _refusal(_("Không có tệp manifest.csv."))
    if sizes[MANIFEST] > _LARGEST_MANIFEST:
        raise _refusal(_("manifest.csv lớn bất thường."), MANIFEST)
    said = _properties(archive)
    if said.get("manifest.version") != MANIFEST_VERSION or said.get("oneroster.version") != VERSION:
        raise _refusal(
            _("Chỉ nhận manifest.version 1.0 và oneroster.version 1.2, gói này ghi «%(one)s» và «%(two)s».")
            % {"one": said.get("manifest.version", ""), "two": said.get("oneroster.version", "")},
            MANIFEST,
        )
    modes = {name: said.get(f"file.{name}", "absent") for name in NAMES}
    problems = Problems()
    for name, mode in modes.items():
        place = (MANIFEST, None, f"file.{name}")
        if mode not in _MODES:
            problems.add("bad_value", Detail(_("phải là absent, bulk hoặc delta."), *place))
        elif mode == "delta":
            words = _("chỉ nhận gói đầy đủ (bulk), chưa nhận gói thay đổi (delta).")
            problems.add("delta_not_taken", Detail(words, *place))
        elif mode == "bulk" and f"{name}.csv" not in sizes:
            words = _("ghi là bulk nhưng trong gói không có %(file)s.") % {"file": f"{name}.csv"}
            problems.add("missing_file", Detail(words, *place))
        elif mode == "absent" and f"{name}.csv" in sizes:
            words = _("ghi là absent nhưng trong gói có %(file)s.") % {"file": f"{name}.csv"}
            problems.add("unexpected_file", Detail(words, *place))
    _refuse(problems)
    system, code = (said.get(f"source.{key}", "").strip() for key in ("systemName", "systemCode"))
    if any(len(text) > _LONGEST_NAME or not text.isprintable() for text in (system, code)):
        raise _refusal(_("source.systemName, source.systemCode phải là tên ngắn."), MANIFEST)
    return modes, Roster(system, code)


def _properties(archive: zipfile.ZipFile) -> dict[str, str]:
    try:
        text = archive.read(MANIFEST).decode("utf-8-sig")
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]
    except (*UNREADABLE, csv.Error) as error:
        raise _refusal(_("Không đọc được manifest.csv."), MANIFEST) from error
    if not rows or rows[0] != ["propertyName", "value"]:
        raise _refusal(_("dòng đầu phải là propertyName,value."), MANIFEST, 1)
    said: dict[str, str] = {}
    for number, row in enumerate(rows[1:], 2):
        if len(row) != 2 or row[0] in said:
            raise _refusal(_("mỗi dòng là một tên và một giá trị, mỗi tên một lần."), MANIFEST, number)
        said[row[0]] = row[1].strip()
    return said


class _Reader:
    """One table of the archive."""

    def __init__(self, archive: zipfile.ZipFile, table: Table, problems: Problems, roster: Roster) -> None:
        self._archive, self._table, self._problems, self._roster = archive, table, problems, roster
        self._at = 0

    def rows(self) -> Iterator[Line]:
        file = self._table.file
        try:
            with (
                self._archive.open(file) as raw,
                io.TextIOWrapper(raw, encoding="utf-8", newline="") as text,
            ):
                yield from self._lines(csv.reader(self._cut(text), strict=True))
        except UnicodeDecodeError:
            self._bad("bad_row", _("tệp không phải UTF-8; lưu lại với mã UTF-8."))
        except csv.Error as error:
            self._bad("bad_row", _("viết sai cách của CSV (%(error)s).") % {"error": error}, self._at + 1)
        except UNREADABLE as error:
            raise _refusal(_("Không đọc được tệp %(file)s.") % {"file": file}, file) from error

    def _cut(self, text: io.TextIOWrapper) -> Iterator[str]:
        first = True
        while line := text.readline(_LONGEST_LINE):
            if first and line.startswith(_BOM):
                line = line.removeprefix(_BOM)
                words = _("có dấu BOM ở đầu, chuẩn không cho; đã bỏ qua dấu ấy.")
                self._roster.notes.append(Detail(words, self._table.file, 1))
            if "\0" in line or len(line) == _LONGEST_LINE:
                raise csv.Error(_("dòng quá dài hoặc có ký tự NUL"))
            first = False
            yield line

    def _lines(self, reader: Iterator[list[str]]) -> Iterator[Line]:
        head = next(reader, [])
        if not self._head_is_right(head):
            return
        self._at = 1
        for cells in reader:
            line, self._at = self._at + 1, getattr(reader, "line_num", self._at + 1)
            if not cells:
                continue
            if len(cells) != len(head):
                words = _("có %(found)d ô trong khi tiêu đề có %(wanted)d cột.")
                self._bad("bad_row", words % {"found": len(cells), "wanted": len(head)}, line)
                continue
            yield Line(
                line, {name: cell.strip() for name, cell in zip(head, cells, strict=True) if cell.strip()}
            )

    def _head_is_right(self, head: list[str]) -> bool:
        wanted = self._table.head
        missing = [one.name for one in self._table.fields if one.name not in head and not one.spared]
        strange = [name for name in head if name not in wanted and not name.startswith("metadata.")]
        told = [
            (_("thiếu cột %(names)s."), missing),
            (_("không có cột nào tên %(names)s trong chuẩn; cột riêng phải bắt đầu bằng «metadata.»."), strange),
            (_("cột %(names)s có hai lần."), sorted({name for name in head if head.count(name) > 1})),
        ]  # fmt: skip
        for words, names in told:
            if names:
                listed = ", ".join(f"«{name}»" for name in names[:20])
                self._bad("bad_header", words % {"names": listed}, 1)
        return not any(names for _words, names in told)

    def _bad(self, code: str, message: str, line: int | None = None) -> None:
        self._problems.add(code, Detail(message, self._table.file, line))


def _note_passed_over(roster: Roster, modes: dict[str, str], sizes: dict[str, int]) -> None:
    for name in PASSED_OVER:
        if modes[name] != "absent":
            roster.notes.append(Detail(_("tệp này của chuẩn không dùng ở đây; đã bỏ qua."), f"{name}.csv"))
    known = {MANIFEST, *(f"{name}.csv" for name in NAMES)}
    for file in sorted(sizes.keys() - known):
        roster.notes.append(Detail(_("không phải tệp của OneRoster; đã bỏ qua."), file))
