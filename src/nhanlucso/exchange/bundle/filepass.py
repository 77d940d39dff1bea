"""One pass over one file: read, resolve, compare with what is stored, and write if asked to.

The same pass plans and executes. Planning touches nothing, collects every problem and keeps no lock; executing runs
inside a transaction on a bundle that was found good, and compares again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Model
from django.utils.translation import gettext as _

from nhanlucso.exchange.bundle.cells import Ref, Refs
from nhanlucso.exchange.bundle.columns import Column, FileSpec
from nhanlucso.exchange.bundle.files import BY_NAME, FILES
from nhanlucso.exchange.bundle.index import CHUNK, Index, chunked
from nhanlucso.exchange.bundle.package import Package
from nhanlucso.exchange.bundle.places import Places
from nhanlucso.exchange.bundle.report import FileCount, ImportReport, Problems, Update
from nhanlucso.exchange.bundle.rows import BadFile, Row, Sheet
from nhanlucso.exchange.bundle.stored import Key, Record, Store
from nhanlucso.kernel.errors import Detail
from nhanlucso.people.models import Person

_WHOLE = 10**9
_LONGEST_ID = 200
_TARGETS = {column.cell.target for spec in FILES for column in spec.columns if isinstance(column.cell, Ref)}
Changed = tuple[int, Row, list[Column]]  # primary key, row, columns that differ


@dataclass
class Work:
    """What the passes over the files of one bundle share. `step` is told the file and the bytes read of it."""

    package: Package
    writing: bool
    report: ImportReport
    step: Callable[[FileSpec, int], None]
    problems: Problems = field(default_factory=Problems)
    indexes: dict[type[Model], Index] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)  # files that broke off: what they hold is not known

    def __post_init__(self) -> None:
        self.places = Places(self.report)

    def index(self, spec: FileSpec) -> Index:
        if spec.identified not in self.indexes:
            self.indexes[spec.identified] = Index(spec.identified, self.package.naming)
        return self.indexes[spec.identified]


class FilePass:
    """One file of the bundle, in chunks of rows."""

    def __init__(self, work: Work, spec: FileSpec) -> None:
        self.work = work
        self.spec = spec
        self.sheet = Sheet(work.package, spec, work.problems)
        self._count = FileCount()
        self._lines: dict[Key, int] = {}  # of every key the line it first stands on, while planning
        self._joined: set[Key] = set()  # new keys that only a record that was joined with another told

    def run(self) -> None:
        self.work.report.files[self.spec.file] = self._count
        self.work.step(self.spec, 0)
        store: Store | None = None
        try:
            for rows in chunked(self.sheet.rows(), _WHOLE if self.spec.whole else CHUNK):
                store = store or Store(self.spec, self.sheet.columns, self.work.package.naming)
                self._take(rows, store)
                self.work.step(self.spec, self.sheet.position)
        except BadFile:
            self.work.unread.add(self.spec.name)
            return
        for name in self.sheet.unknown:
            self.work.report.warn(Detail(_("không biết cột này; đã bỏ qua."), self.spec.file, 1, name))

    def _take(self, rows: list[Row], store: Store) -> None:
        self.number(rows)
        for column in self.sheet.columns:
            if isinstance(column.cell, Ref):
                self._resolve(rows, column.name, column.cell)
        joined = [row for row in rows if row.good and row.former]
        rows = [row for row in rows if row.good and not row.former]
        if not self.work.writing:
            rows = self._distinct(rows, store)
        stored = store.find([*rows, *joined])
        rows += self._not_there(
            joined, {store.key_of_row(row) for row in rows} if joined else set(), stored, store
        )
        self.check(rows, stored)
        new, changed = self._compare(rows, stored, store)
        if self.work.writing:
            self.work.problems.refuse()  # the bundle was found good: what it meets has changed since
            self.write(new, changed, store)

    def number(self, rows: Sequence[Row]) -> None:
        """Gives the ids of a file that others refer to their numbers: known ones or planned ones."""
        if self.spec.key[0] != "id":
            return
        texts = []
        for row in rows:
            if len(row.key[0]) > _LONGEST_ID:
                self.bad(row, "bad_value", "id", _("dài quá %(limit)d ký tự.") % {"limit": _LONGEST_ID})
            elif row.key[0]:
                texts.append(row.key[0])
        index = self.work.index(self.spec)
        if self.spec.name in _TARGETS:
            index.look_up(texts)
            for text in texts:
                index.plan(text)
        else:
            index.look_up_former(texts)
        for row in rows:
            row.former = index.is_former(row.key[0])

    def _resolve(self, rows: Sequence[Row], name: str, cell: Ref) -> None:
        index = self.work.index(BY_NAME[cell.target])
        if isinstance(cell, Refs):
            index.look_up(text for row in rows for text in row.values.get(name, ()))
            for row in rows:
                numbers = {text: index[text] for text in sorted(row.values.get(name, ()))}
                for text in (text for text, number in numbers.items() if number is None):
                    self._missing(row, name, text, cell.target)
                row.values[name] = frozenset(numbers.values())
            return
        index.look_up(text for row in rows if (text := row.values.get(name)) is not None)
        for row in rows:
            text = row.values.get(name)
            if text is not None:
                row.values[name] = number = index[text]
                if name in self.spec.key and index.is_former(text):
                    row.former = True
                if number is None:
                    self._missing(row, name, text, cell.target)

    def _missing(self, row: Row, column: str, text: str, target: str) -> None:
        row.good = False
        if target in self.work.unread:
            return  # what is wrong there is told already
        message = _("không có «%(id)s» trong %(file)s hay trong dữ liệu đã lưu; thêm dòng đó hoặc sửa mã.")
        self.bad(row, "missing_reference", column, message % {"id": text, "file": f"{target}.csv"})

    def _distinct(self, rows: Sequence[Row], store: Store) -> list[Row]:
        kept = []
        for row in rows:
            first = self._lines.setdefault(store.key_of_row(row), row.line)
            if first == row.line:
                kept.append(row)
                continue
            message = _("khóa %(key)s đã có ở dòng %(line)d; bỏ một trong hai dòng.")
            key = ", ".join(f"«{part}»" for part in row.key)
            self.bad(row, "duplicate_key", self.spec.key[0], message % {"key": key, "line": first})
        return kept

    def _not_there(
        self, joined: Sequence[Row], told: set[Key], stored: Mapping[Key, Record], store: Store
    ) -> list[Row]:
        """Of the rows told by ids of records that were joined with others, those that are nowhere else: what people
        chose when they joined them stands."""
        new = []
        for row in joined:
            key = store.key_of_row(row)
            if self.spec.key == ("id",) or key in stored or key in told | self._joined or key in self._lines:
                self._count.unchanged += 1
                if self.spec.key == ("id",) and not self.work.writing:
                    message = _("đã gộp vào dòng khác trong dữ liệu đã lưu; giữ nguyên.")
                    self.work.report.warn(Detail(message, self.spec.file, row.line, "id"))
                continue
            self._joined.add(key)
            new.append(row)
        return new

    def check(self, rows: Sequence[Row], stored: Mapping[Key, Record]) -> None:
        """Whatever else must hold; problems are collected, warnings given while planning."""
        if self.work.writing:
            return
        index = self.work.index(self.spec) if self.spec.name in ("teams", "classes") else None
        for row in rows:
            if index and (number := index[row.key[0]]):
                self.work.places.take(self.spec, row, number)
            self.work.places.check(self.spec, row)

    def _compare(
        self, rows: Sequence[Row], stored: Mapping[Key, Record], store: Store
    ) -> tuple[list[Row], list[Changed]]:
        new: list[Row] = []
        changed: list[Changed] = []
        erased = self._erased(stored)
        for row in rows:
            record = stored.get(store.key_of_row(row)) if stored else None
            if record is None:
                new.append(row)
                continue
            columns = [
                column for column in store.content if not column.cell.same(row.values[column.name], record)
            ]
            if columns and record["pk"] in erased:
                told = _("thông tin của người này đã được xóa theo yêu cầu; không ghi lại.")
                self.work.report.warn(Detail(told, self.spec.file, row.line))
            elif columns:
                changed.append((record["pk"], row, columns))
                names = tuple(column.name for column in columns)
                self.work.report.add_update(
                    Update(self.spec.file, dict(zip(self.spec.key, row.key, strict=True)), names)
                )
        self._count.created += len(new)
        self._count.updated += len(changed)
        self._count.unchanged += len(rows) - len(new) - len(changed)
        return new, changed

    def _erased(self, stored: Mapping[Key, Record]) -> set[int]:
        """Of the stored people those whose name was erased: an older bundle never brings it back."""
        if self.spec.name != "people" or not stored:
            return set()
        found = Person.objects.filter(erased_at__isnull=False, pk__in=[one["pk"] for one in stored.values()])
        return set(found.values_list("pk", flat=True))

    def write(self, new: Sequence[Row], changed: Sequence[Changed], store: Store) -> None:
        for pk, row, columns in changed:
            store.update(pk, row, columns)
        store.create(new)
        if self.spec.name not in _TARGETS:
            return
        index = self.work.index(self.spec)
        index.stored(row.key[0] for row in new)
        for name, link in store.links.items():
            link.write({index[row.key[0]] or 0: row.values[name] for row in new if row.values[name]})

    def bad(self, row: Row, code: str, column: str, message: str) -> None:
        row.good = False
        self.work.problems.add(code, Detail(message, self.spec.file, row.line, column))
