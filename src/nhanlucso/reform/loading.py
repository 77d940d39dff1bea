"""Rows of a resolution from a file: the columns of unit_changes.csv, with names beside the ids.

Columns, in any order and also by their Vietnamese headings: kind, date, from_id (an id or a code) or from_name, to_id
or to_name, unit_kind, code, parent_id or parent_name, document. Whoever becomes a unit that is not there makes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from nhanlucso.exchange.sheets.grids import Value
from nhanlucso.exchange.sheets.opening import open_grids
from nhanlucso.kernel.errors import Detail, Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean, fold
from nhanlucso.orgs.enums import UnitKind
from nhanlucso.orgs.models import Unit, named
from nhanlucso.orgs.queries import history, reach
from nhanlucso.orgs.restructuring.rules import Ref
from nhanlucso.orgs.rules import Version
from nhanlucso.reform.models import Resolution
from nhanlucso.reform.rules.draft import ONE_DAY, NewUnit, Row

_HEADINGS = {
    "kind": ("kind", "loai thay doi", "loai", "hinh thuc"),
    "date": ("date", "ngay", "ngay hieu luc"),
    "from_id": ("from id", "ma cu", "ma don vi cu"),
    "from_name": ("from name", "tu", "don vi cu", "ten cu", "ten don vi cu"),
    "to_id": ("to id",),
    "to_name": ("to name", "thanh", "don vi moi", "ten moi", "ten don vi moi"),
    "unit_kind": ("unit kind", "loai don vi"),
    "code": ("code", "ma moi", "ma don vi moi"),
    "parent_id": ("parent id",),
    "parent_name": ("parent name", "cap tren", "thuoc"),
}
_KINDS = {
    "merge": ("merge", "nhap", "sap nhap", "hop nhat"),
    "split": ("split", "chia", "tach", "chia tach"),
    "rename": ("rename", "doi ten"),
    "move": ("move", "chuyen", "chuyen ve", "chuyen don vi cap tren"),
    "create": ("create", "thanh lap"),
    "abolish": ("abolish", "giai the"),
}
_MOST = 5_000
_TOLD = 100
Cells = Mapping[str, str]


def read_rows(scope: Scope, resolution: Resolution, path: Path, name: str) -> tuple[list[NewUnit], list[Row]]:
    """The rows of a file with the new units that they speak of.

    Raises Refused("bad_rows") with every line that cannot be taken, ("no_headings"), and as `open_grids`.
    """
    lines = list(_lines(path, name))
    reading = _Reading(scope, resolution, name)
    rows = [row for number, cells in lines if (row := reading.row(number, cells))]
    units = reading.new_units()
    if reading.wrong:
        message = _("%(count)d dòng chưa đọc được; chưa ghi dòng nào.") % {"count": len(reading.wrong)}
        raise Refused("bad_rows", message, reading.wrong[:_TOLD])
    if not rows:
        raise Refused("bad_rows", _("Tệp không có dòng thay đổi nào."))
    return units, rows


def _lines(path: Path, name: str) -> Iterator[tuple[int, Cells]]:
    """Number and cells by heading of every line below the headings of the first sheet that has them."""
    for grid in open_grids(path):
        for top, line in enumerate(grid.rows):
            heads = [_heading(value) for value in line]
            if "kind" in heads and {"from_id", "from_name", "to_id", "to_name"} & set(heads):
                for number, values in enumerate(grid.rows[top + 1 : top + 1 + _MOST], top + 2):
                    cells = {head: _text(value) for head, value in zip(heads, values, strict=False) if head}
                    if any(cells.values()):
                        yield number, cells
                return
    message = _("Không thấy dòng tiêu đề. Cần cột «Loại thay đổi» và «Đơn vị cũ» hoặc «Đơn vị mới».")
    raise Refused("no_headings", message, [Detail(message, file=name)])


def _heading(value: Value) -> str:
    words = fold(_text(value).replace("_", " "))
    return next((name for name, known in _HEADINGS.items() if words in known), "")


def _text(value: Value) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else clean(str(value))


class _Reading:
    """Lines against the units of the day before; `wrong` collects what cannot be taken."""

    def __init__(self, scope: Scope, resolution: Resolution, file: str) -> None:
        self.file, self.day = file, resolution.date
        self.last = resolution.date - ONE_DAY
        self.past = history()
        inside = reach(scope.to(Permission.EDIT_UNITS))
        self.known = [
            version
            for unit in self.past.closure(self.last)
            if inside.holds(unit) and (version := self.past.version(unit, self.last))
        ]
        self.inside = inside
        self.by_code = self._grouped("code")
        self.by_name = self._grouped("name")
        self.units: dict[str, dict[str, str]] = {}
        self.lines: dict[str, int] = {}
        self.wrong: list[Detail] = []

    def _grouped(self, field: str) -> dict[str, list[Version]]:
        groups: dict[str, list[Version]] = {}
        for version in self.known:
            groups.setdefault(fold(getattr(version, field)), []).append(version)
        return groups

    def row(self, number: int, cells: Cells) -> Row | None:
        before = len(self.wrong)
        kind = next((k for k, words in _KINDS.items() if fold(cells.get("kind", "")) in words), "")
        if not kind:
            self._say(
                number,
                "kind",
                _("Không có loại thay đổi này: nhập, chia, đổi tên, chuyển, thành lập, giải thể."),
            )
            return None
        self._check_day(number, cells.get("date", ""))
        origin = None if kind == "create" else self._origin(number, cells)
        own = self.past.version(origin, self.last) if origin is not None else None
        if kind in ("rename", "move"):
            row = Row(
                number, kind, origin, origin, name=cells.get("to_name", "") if kind == "rename" else "",
                code=cells.get("code", ""), parent=self._parent(number, cells) if kind == "move" else None,
            )  # fmt: skip
        else:
            target = None if kind == "abolish" else self._target(number, cells, own)
            row = Row(number, kind, origin, target)
        return row if len(self.wrong) == before else None

    def new_units(self) -> list[NewUnit]:
        """New units in the order of the file; those above others need no order."""
        return [
            NewUnit(
                key=key,
                name=cells["name"],
                kind=cells["kind"],
                code=cells["code"],
                parent=self._parent(self.lines[key], cells) or self._beside(cells),
            )
            for key, cells in self.units.items()
        ]

    # -- who is meant ------------------------------------------------------------------------------------------

    def _origin(self, number: int, cells: Cells) -> int | None:
        """The unit that a line begins from: by id or code, else by name."""
        written, name = cells.get("from_id", ""), cells.get("from_name", "")
        if written and (unit := self._by_id(written)) is not None:
            return unit
        found = self.by_code.get(fold(written), []) if written else self.by_name.get(fold(name), [])
        if len(found) > 1 and name:
            found = [version for version in found if fold(version.name) == fold(name)]
        if len(found) == 1:
            return found[0].unit
        column, what = ("from_id", written) if written else ("from_name", name)
        if not what:
            self._say(number, column, _("Thiếu đơn vị cũ. Ghi mã hoặc tên."))
        elif found:
            words = _("Có %(count)d đơn vị «%(what)s»; ghi mã để rõ đơn vị nào.")
            self._say(number, column, words % {"count": len(found), "what": what})
        else:
            words = _(
                "Không thấy «%(what)s» còn hiệu lực ngày %(day)s trong phạm vi của bạn. Sửa tên, hoặc ghi mã."
            )
            self._say(number, column, words % {"what": what, "day": f"{self.last:%d/%m/%Y}"})
        return None

    def _target(self, number: int, cells: Cells, own: Version | None) -> Ref | None:
        """The unit that a line leads to: one that is there by its id or name, else a new one."""
        written, name = cells.get("to_id", ""), cells.get("to_name", "")
        if written and (unit := self._by_id(written)) is not None:
            return unit
        if not written and not name:
            self._say(number, "to_name", _("Thiếu đơn vị mới. Ghi tên nơi nhận."))
            return None
        key = f"to:{fold(written or name)}"
        if key not in self.units:
            kind = self._kind(number, cells.get("unit_kind", ""), own)
            there = [v for v in self.by_name.get(fold(name), []) if v.kind == kind and not cells.get("code")]
            if not written and len(there) == 1:
                return there[0].unit
            if not name:
                self._say(number, "to_name", _("«%(id)s» chưa có: ghi tên của đơn vị mới.") % {"id": written})
            self.lines[key] = number
            self.units[key] = {
                "name": name, "kind": kind, "code": cells.get("code", ""), "own": str(own.parent or "") if own else "",
                "parent_id": cells.get("parent_id", ""), "parent_name": cells.get("parent_name", ""),
            }  # fmt: skip
        return key

    def _kind(self, number: int, written: str, own: Version | None) -> str:
        if not written:
            return own.kind if own is not None else ""
        for kind in UnitKind:
            if fold(written) in (kind.value, fold(str(kind.label)), *fold(str(kind.label)).split(", ")):
                return kind.value
        self._say(number, "unit_kind", _("Không có loại đơn vị này. Để trống nếu cùng loại với đơn vị cũ."))
        return ""

    def _parent(self, number: int, cells: Cells) -> Ref | None:
        written, name = cells.get("parent_id", ""), cells.get("parent_name", "")
        if written:
            if (unit := self._by_id(written)) is not None:
                return unit
            if (key := f"to:{fold(written)}") in self.units:
                return key
        elif name:
            if (key := f"to:{fold(name)}") in self.units:
                return key
            if len(there := self.by_name.get(fold(name), [])) == 1:
                return there[0].unit
        if written or name:
            self._say(
                number,
                "parent_name",
                _("Không rõ cấp trên «%(what)s». Ghi mã, hoặc đúng tên đơn vị.") % {"what": written or name},
            )
        return None

    def _beside(self, cells: Cells) -> int | None:
        """Where nothing is said, a new unit stands where the old one stood."""
        return int(cells["own"]) if cells["own"] else None

    def _by_id(self, written: str) -> int | None:
        found = list(Unit.objects.filter(named(written)).values_list("pk", flat=True)[:2])
        return found[0] if len(found) == 1 and self.inside.holds(found[0]) else None

    def _check_day(self, number: int, written: str) -> None:
        day = self.day
        if written not in ("", day.isoformat(), f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}"):
            words = _("Ngày này khác ngày hiệu lực của nghị quyết (%(day)s). Để trống, hoặc ghi ngày ấy.") % {
                "day": f"{day:%d/%m/%Y}"
            }
            self._say(number, "date", words)

    def _say(self, number: int, column: str, message: str) -> None:
        self.wrong.append(Detail(message, file=self.file, line=number, column=column))
