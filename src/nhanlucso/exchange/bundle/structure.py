"""What must hold between the versions of units, and between the rows of one change event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from django.utils.translation import gettext as _

from nhanlucso.exchange.bundle.report import Problems
from nhanlucso.exchange.bundle.rows import Row
from nhanlucso.exchange.bundle.stored import Key, Record
from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.kernel.errors import Detail
from nhanlucso.orgs.models import UnitVersion

UNITS_FILE, CHANGES_FILE = "units.csv", "unit_changes.csv"


class Version(NamedTuple):
    """A version as it will stand; `row` where the bundle brings it."""

    first: date
    last: date
    parent: int | None
    row: Row | None


Timelines = dict[int, list[Version]]


def timelines(rows: Iterable[Row]) -> Timelines:
    """All versions as they will stand after these rows, by unit and first day."""
    brought = {(row.values["id"], row.values["valid_from"]): row for row in rows}
    lines: Timelines = defaultdict(list)
    stored = UnitVersion.objects.values_list("unit_id", "valid_from", "valid_to", "parent_id")
    kept = {(unit, first): (last, parent) for unit, first, last, parent in stored}
    for key, (last, parent) in kept.items():
        row = brought.pop(key, None)
        if row is not None:
            last, parent = row.values.get("valid_to", last), row.values.get("parent_id", parent)
        lines[key[0]].append(Version(key[1], last, parent, row))
    for (unit, first), row in brought.items():
        lines[unit].append(
            Version(first, row.values.get("valid_to", ALWAYS), row.values.get("parent_id"), row)
        )
    for line in lines.values():
        line.sort(key=lambda version: version.first)
    return lines


def written(first: date, last: date) -> str:
    """A span in words: «từ 2024-01-01 đến nay»."""
    days = {"first": first.isoformat(), "last": last.isoformat()}
    if first == EVER:
        return _("từ trước đến nay") if last == ALWAYS else _("từ trước đến %(last)s") % days
    return (_("từ %(first)s đến nay") if last == ALWAYS else _("từ %(first)s đến %(last)s")) % days


def covered(spans: Sequence[Version], first: date, last: date) -> bool:
    """Whether every day of the span lies in one of these (in order, not overlapping)."""
    day = first
    for span in spans:
        if span.first > day:
            return False
        if span.last >= last:
            return True
        if span.last >= day:
            day = span.last + timedelta(days=1)
    return False


def check_overlaps(lines: Timelines, problems: Problems) -> None:
    for line in lines.values():
        for i in range(1, len(line)):
            one, two = line[i - 1], line[i]
            row = two.row or one.row
            if one.last < two.first or row is None:
                continue
            other = one if two.row else two
            where = _("ở dòng %(line)d") % {"line": other.row.line} if other.row else _("đã lưu")
            message = _(
                "phiên bản này của «%(id)s» chồng ngày với phiên bản %(where)s (%(span)s); sửa ngày để không trùng."
            )
            values = {"id": row.key[0], "where": where, "span": written(other.first, other.last)}
            problems.add("overlapping_versions", Detail(message % values, UNITS_FILE, row.line, "valid_from"))


def check_cycles(lines: Timelines, problems: Problems) -> None:
    """Refuses units that stand, through their parents, below themselves on any date."""
    left = _entangled(lines)
    found: dict[int, Detail] = {}
    for day in sorted({version.first for unit in left for version in lines[unit]}):
        above = {unit: version for unit in left if (version := _on(lines[unit], day))}
        for unit in _on_cycles({unit: version.parent for unit, version in above.items()}):
            row = above[unit].row
            if row is not None and row.line not in found:
                message = _("từ ngày %(day)s «%(id)s» nằm dưới chính nó; sửa đơn vị cấp trên.")
                values = {"day": day.isoformat(), "id": row.key[0]}
                found[row.line] = Detail(message % values, UNITS_FILE, row.line, "parent_id")
    for line in sorted(found):
        problems.add("parent_cycle", found[line])


def _entangled(lines: Timelines) -> set[int]:
    """The units that might stand on a cycle, were all versions valid at once: few or none."""
    parents = {
        unit: {version.parent for version in line if version.parent is not None}
        for unit, line in lines.items()
    }
    sorter = TopologicalSorter(parents)
    try:
        sorter.prepare()
    except CycleError:
        while ready := sorter.get_ready():
            for unit in ready:
                parents.pop(unit, None)
            sorter.done(*ready)
        return set(parents)
    return set()


def _on(line: Sequence[Version], day: date) -> Version | None:
    return next((version for version in line if version.first <= day <= version.last), None)


def _on_cycles(parent: Mapping[int, int | None]) -> Iterator[int]:
    state: dict[int, int] = {}  # unit → the walk that first came by
    for start in parent:
        unit: int | None = start
        while unit is not None and unit in parent and unit not in state:
            state[unit] = start
            unit = parent[unit]
        if unit is not None and state.get(unit) == start:
            ring = unit
            yield ring
            unit = parent[ring]
            while unit is not None and unit != ring:
                yield unit
                unit = parent[unit]


def check_events(rows: Sequence[Row], stored: Mapping[Key, Record], problems: Problems) -> None:
    """Rows of one event agree in kind and date, also with the stored rows that the bundle does not bring."""
    brought = {tuple(row.values[name] for name in ("id", "from_id", "to_id")) for row in rows}
    events: dict[str, tuple[str, date, str]] = {
        key[0]: (record["kind"], record["date"], _("hàng đã lưu"))
        for key, record in stored.items()
        if key not in brought
    }
    for row in rows:
        if row.values["from_id"] is None and row.values["to_id"] is None:
            message = _("phải có đơn vị trước hoặc đơn vị sau thay đổi.")
            problems.add("bad_value", Detail(message, CHANGES_FILE, row.line, "from_id"))
        mine = (row.values["kind"], row.values["date"])
        kind, day, where = events.setdefault(
            row.values["id"], (*mine, _("dòng %(line)d") % {"line": row.line})
        )
        if mine != (kind, day):
            message = _(
                "sự kiện «%(id)s» có loại hoặc ngày khác với %(where)s (%(kind)s, %(date)s); phải như nhau."
            )
            values = {"id": row.values["id"], "where": where, "kind": kind, "date": day.isoformat()}
            problems.add("inconsistent_change", Detail(message % values, CHANGES_FILE, row.line, "date"))
