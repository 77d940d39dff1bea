"""Comments inside an .xlsx: everything that is not a comment stays as it was, part for part."""

from __future__ import annotations

import posixpath
import re
import zipfile
from html import escape
from pathlib import Path
from typing import IO

from nhanlucso.exchange.sheets.commenting.markup import Attributes, Walker, as_utf8, with_child
from nhanlucso.exchange.sheets.commenting.notes import Notes, Place, listed, reference
from nhanlucso.exchange.sheets.commenting.sheetparts import (
    RELATIONS,
    SheetPart,
    comments_part,
    drawing_part,
)
from nhanlucso.exchange.sheets.commenting.styles import Styles
from nhanlucso.exchange.sheets.packages import Damaged
from nhanlucso.kernel.language import say as _

_WORKBOOK, _TYPES, _STYLES = "xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml"
_PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# Parts that run or fetch something on opening, and formulas that do.
_RUNNING_PART = re.compile(
    r"vbaProject|macrosheets/|dialogsheets/|externalLinks/|activeX|embeddings/|connections\.xml|queryTables/|"
    r"webextensions/|customUI|_xmlsignatures/",
    re.IGNORECASE,
)
_RUNNING_FORMULA = re.compile(
    rb"<(?:\w+:)?f\b[^>]*>[^<]*(?:WEBSERVICE|RTD|CALL|REGISTER|EXEC|IMAGE)\s*\(|<(?:\w+:)?f\b[^>]*>[^<]*\|[^<]*!",
    re.IGNORECASE,
)
_EMPTY_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


def is_plain_workbook(path: Path) -> bool:
    """Whether a file is an .xlsx with nothing in it that would run or fetch on opening."""
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
            if _WORKBOOK not in names or _TYPES not in names or any(map(_RUNNING_PART.search, names)):
                return False
            types, book = package.read(_TYPES), package.read(_WORKBOOK)
            if _PLAIN_TYPE not in types or b"purl.oclc.org" in book:
                return False
            sheets = [name for name in names if name.startswith("xl/worksheets/") and name.endswith(".xml")]
            return not any(_RUNNING_FORMULA.search(package.read(name)) for name in sheets)
    except (zipfile.BadZipFile, OSError):
        return False


def write_inside(path: Path, out: IO[bytes], notes: Notes) -> None:
    """Writes the workbook with its comments. Raises Damaged."""
    with zipfile.ZipFile(path) as given:
        changed = _Book(given, notes).changed()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for part in dict.fromkeys((*given.namelist(), *changed)):
                made.writestr(part, changed[part] if part in changed else given.read(part))


class _Book:
    """The parts of a workbook that comments change, by name."""

    def __init__(self, given: zipfile.ZipFile, notes: Notes) -> None:
        self._given, self._notes = given, notes
        self._names = set(given.namelist())
        self._changed: dict[str, bytes] = {}
        self._styles = Styles(self._part(_STYLES)) if _STYLES in self._names else None
        if self._styles is not None and not self._styles.usable:
            self._styles = None

    def changed(self) -> dict[str, bytes]:
        sheets = self._sheets()
        for name, cells in self._notes.cells.items():
            if name in sheets:
                self._comment(sheets[name], cells)
        self._list(list(sheets))
        if self._styles is not None:
            self._changed[_STYLES] = self._styles.written()
        return self._changed

    def _part(self, name: str) -> bytes:
        if name in self._changed:
            return self._changed[name]
        try:
            return as_utf8(self._given.read(name))
        except (KeyError, zipfile.BadZipFile) as problem:
            raise Damaged(name) from problem

    def _sheets(self) -> dict[str, str]:
        """Names of the sheets and their parts."""
        targets = {key: target for key, (_, target) in self._relations(_WORKBOOK).items()}
        found: dict[str, str] = {}

        def start(name: str, attributes: Attributes, first: int, depth: int) -> None:
            if name == "sheet" and depth == 2:
                key = next(
                    (value for attribute, value in attributes.items() if attribute.endswith(":id")), ""
                )
                if targets.get(key) in self._names:
                    found[attributes.get("name", "")] = targets[key]

        Walker(self._part(_WORKBOOK)).walk(start)
        return found

    # -- one sheet -------------------------------------------------------------------------------------------

    def _comment(self, part: str, cells: dict[Place, str]) -> None:
        sheet = SheetPart(self._part(part), cells, self._styles)
        relations = self._relations(part)
        comments = next((at for kind, at in relations.values() if kind.endswith("/comments")), "")
        drawing = relations.get(sheet.drawing, ("", ""))[1]
        made, fresh = comments_part(self._part(comments) if comments in self._names else None, cells)
        if comments not in self._names:
            comments = self._new("xl/comments{}.xml")
            self._relate(part, f"{RELATIONS}/comments", comments)
            self._declare(comments, f"{_MAIN}.comments+xml")
        self._changed[comments] = made
        key = ""
        if drawing not in self._names:
            drawing = self._new("xl/drawings/vmlDrawing{}.vml")
            key = self._relate(part, f"{RELATIONS}/vmlDrawing", drawing)
            self._declare_vml()
            self._changed[drawing] = drawing_part(None, fresh)
        else:
            self._changed[drawing] = drawing_part(self._given.read(drawing), fresh)
        self._changed[part] = sheet.written(key)

    # -- the sheet of all problems ---------------------------------------------------------------------------

    def _list(self, taken: list[str]) -> None:
        name, number = _("Ghi chú"), 2
        while name.casefold() in {other.casefold() for other in taken}:
            name, number = f"{_('Ghi chú')} ({number})", number + 1
        part = self._new("xl/worksheets/sheet{}.xml")
        self._changed[part] = _list_part(listed(self._notes))
        self._declare(part, f"{_MAIN}.worksheet+xml")
        key = self._relate(_WORKBOOK, f"{RELATIONS}/worksheet", part)
        book = self._part(_WORKBOOK)
        number = 1 + max(map(int, re.findall(rb'\bsheetId\s*=\s*["\'](\d{1,9})', book)), default=0)
        child = f'<{{p}}sheet xmlns:r="{RELATIONS}" name="{escape(name)}" sheetId="{number}" r:id="{key}"/>'
        self._changed[_WORKBOOK] = with_child(book, "sheets", child.encode())

    # -- relations and types ---------------------------------------------------------------------------------

    def _new(self, pattern: str) -> str:
        number = 1
        while (name := pattern.format(number)) in self._names:
            number += 1
        self._names.add(name)
        return name

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Id -> kind and part that it leads to, of the relations of a part."""
        name = _relations_of(part)
        found: dict[str, tuple[str, str]] = {}
        if name not in self._names:
            return found

        def start(tag: str, attributes: Attributes, first: int, depth: int) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.join("/", posixpath.dirname(part), attributes.get("Target", ""))
                found[attributes.get("Id", "")] = (
                    attributes.get("Type", ""), posixpath.normpath(target).lstrip("/"),
                )  # fmt: skip

        Walker(self._part(name)).walk(start)
        return found

    def _relate(self, part: str, kind: str, target: str) -> str:
        """A new relation of a part; its id."""
        name = _relations_of(part)
        data = self._part(name) if name in self._names else _EMPTY_RELATIONS
        number = 1
        while f'"rIdNote{number}"'.encode() in data:
            number += 1
        key = f"rIdNote{number}"
        child = f'<{{p}}Relationship Id="{key}" Type="{kind}" Target="/{escape(target)}"/>'
        self._changed[name] = with_child(data, "Relationships", child.encode())
        self._names.add(name)
        return key

    def _declare(self, part: str, kind: str) -> None:
        child = f'<{{p}}Override PartName="/{part}" ContentType="{kind}"/>'
        self._changed[_TYPES] = with_child(self._part(_TYPES), "Types", child.encode())

    def _declare_vml(self) -> None:
        types = self._part(_TYPES)
        if not re.search(rb'Extension\s*=\s*["\']vml["\']', types, re.IGNORECASE):
            kind = "application/vnd.openxmlformats-officedocument.vmlDrawing"
            child = f'<{{p}}Default Extension="vml" ContentType="{kind}"/>'
            self._changed[_TYPES] = with_child(types, "Types", child.encode())


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def _list_part(rows: list[tuple[str, str, str, str]]) -> bytes:
    """The sheet of all problems; every cell is a text."""
    lines = []
    for number, row in enumerate(rows):
        cells = "".join(
            f'<c r="{reference((number, column))}" t="inlineStr"><is><t xml:space="preserve">'
            f"{escape(text, quote=False)}</t></is></c>"
            for column, text in enumerate(row)
            if text
        )
        lines.append(f'<row r="{number + 1}">{cells}</row>')
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<cols><col min="1" max="1" width="24" customWidth="1"/><col min="2" max="3" width="9" customWidth="1"/>'
        '<col min="4" max="4" width="100" customWidth="1"/></cols>'
        f"<sheetData>{''.join(lines)}</sheetData></worksheet>"
    ).encode()
