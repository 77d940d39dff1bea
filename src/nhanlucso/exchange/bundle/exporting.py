"""Exporting an exchange bundle: the same records always give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.exchange.bundle.cells import LIST_SEPARATOR, Id, Ref, Refs
from nhanlucso.exchange.bundle.columns import Column, FileSpec
from nhanlucso.exchange.bundle.files import FILES, UNITS
from nhanlucso.exchange.bundle.index import chunked
from nhanlucso.exchange.bundle.naming import Naming, naming_for
from nhanlucso.exchange.bundle.package import FORMAT, MANIFEST, VERSION
from nhanlucso.exchange.bundle.selection import Selection, select_subtrees
from nhanlucso.exchange.bundle.sinks import Sink, csv_line, open_sink
from nhanlucso.exchange.bundle.stored import Links, Record
from nhanlucso.kernel.clock import local_date
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.sealing import Undecipherable
from nhanlucso.kernel.snapshots import snapshot
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import unit_reference, visible_unit

Progress = Callable[[int, int, str], None]  # done, total (leading records), what is being done
Names = dict[str, dict[int, str]]  # file → primary key → id as this bundle writes it
_LEADS = 500  # leading records (sessions, teams, people) per step
_WHOLE = 10**9


def export_bundle(
    path: Path,
    *,
    scope: Scope,
    unit: Unit | None = None,
    at: datetime,
    by: int | None = None,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Writes a bundle to `path` (.zip or a folder) and returns the number of rows per file.

    With `unit`: its subtree of the day of `at` with ancestors, the people with a post there and their facts; without,
    everything that the scope reaches. Raises Unit.DoesNotExist for a unit outside the scope, Refused("cannot_write").
    """
    tops: frozenset[int] | None = None if scope.everything else scope.unit_ids
    if unit is not None:
        tops = frozenset({visible_unit(scope, unit.pk).pk})
    kind, reference = ("unit", unit_reference(unit)) if unit is not None else ("bundle", "")
    with open_sink(path) as sink:
        try:
            with snapshot():
                picked = None if tops is None else select_subtrees(sorted(tops), local_date(at))
                counts = _write(sink, picked, progress)
        except Undecipherable:
            raise Refused(
                "keys_missing",
                _(
                    "Khóa của hệ thống không mở được số định danh đã lưu; khôi phục thư mục keys rồi xuất lại."
                ),
            ) from None
        # before the bundle appears: no export goes unrecorded
        record(
            verb="bundle.export",
            object_type=kind,
            object_id=reference,
            by=by,
            at=at,
            count=sum(counts.values()),
        )
    return counts


def _write(sink: Sink, picked: Selection | None, progress: Progress | None) -> dict[str, int]:
    keys = {spec.name: _keys(spec, picked) for spec in FILES if spec.columns[0].name == "id"}
    naming = naming_for(key for found in keys.values() for key in found.values())
    names = {name: {pk: naming.text(key) for pk, key in found.items()} for name, found in keys.items()}
    del keys
    manifest: dict[str, object] = {"format": FORMAT, "version": VERSION, "source": naming.source}
    if naming.qualified:
        manifest["qualified_sources"] = sorted(naming.qualified)
    with sink.open(MANIFEST) as file:
        file.write(json.dumps(manifest, ensure_ascii=False) + "\n")
    counts: dict[str, int] = {}
    total, done = sum(len(_leads(spec, names)) for spec in FILES), 0
    for spec in FILES:
        counts[spec.file] = 0
        with sink.open(spec.file) as file:
            file.write(csv_line([column.name for column in spec.columns]))
            for leads in chunked(_leads(spec, names), _WHOLE if spec.whole else _LEADS):
                if progress:
                    progress(done, total, _("Xuất %(file)s") % {"file": spec.file})
                lines = _lines(spec, leads, names, naming)
                file.writelines(lines)
                counts[spec.file] += len(lines)
                done += len(leads)
    return counts


def _keys(spec: FileSpec, picked: Selection | None) -> dict[int, tuple[str, str]]:
    """Source and id of every record to be written, by primary key."""
    objects: Any = spec.identified._default_manager
    if picked is None:
        return {pk: (origin, uid) for pk, origin, uid in objects.values_list("pk", "origin", "uid")}
    return {
        pk: (origin, uid)
        for chunk in chunked(sorted(picked[spec.name]))
        for pk, origin, uid in objects.filter(pk__in=chunk).values_list("pk", "origin", "uid")
    }


def _lead(spec: FileSpec) -> tuple[str, str]:
    """The file whose ids lead the key, and the field that holds their primary key."""
    first = spec.columns[0].cell
    if isinstance(first, Ref):
        return first.target, first.fields[0]
    return spec.name, "pk"


def _leads(spec: FileSpec, names: Names) -> list[int]:
    own = names[_lead(spec)[0]]
    return sorted(own, key=own.__getitem__)


def _lines(spec: FileSpec, leads: Sequence[int], names: Names, naming: Naming) -> list[str]:
    """The finished lines of all rows of these leading records, in the order of their keys."""
    field = _lead(spec)[1]
    objects: Any = spec.model._default_manager
    links = {c.name: Links(spec, c) for c in spec.columns if isinstance(c.cell, Refs)}
    fields = {name for c in spec.columns if c.name not in links for name in c.cell.fields}
    records: list[Record] = [
        row
        for chunk in chunked(leads)
        for row in objects.filter(**{f"{field}__in": chunk}).values("pk", *fields)
    ]
    for link in links.values():
        linked = link.read([row["pk"] for row in records])
        for row in records:
            row[link.name] = linked[row["pk"]]
    if isinstance(spec.columns[0].cell, Ref) and spec is not UNITS:  # a row that joins two needs both
        other = spec.by_name[spec.key[1]].cell
        ends = names[other.target] if isinstance(other, Ref) else {}
        records = [row for row in records if row[other.fields[0]] in ends]
    showers = [_shower(column, names, naming) for column in spec.columns]
    at = [spec.columns.index(spec.by_name[name]) for name in spec.key]
    rows = [[show(row) for show in showers] for row in records]
    rows.sort(key=lambda cells: [cells[i] for i in at])
    return [csv_line(cells) for cells in rows]


def _shower(column: Column, names: Names, naming: Naming) -> Callable[[Mapping[str, Any]], str]:
    cell = column.cell
    if isinstance(cell, Id):
        return lambda row: naming.text((row["origin"], row["uid"]))
    if isinstance(cell, Refs):
        known = names[cell.target]
        return lambda row: LIST_SEPARATOR.join(sorted(known[pk] for pk in row[cell.fields[0]]))
    if isinstance(cell, Ref):
        known, field = names[cell.target], cell.fields[0]
        return lambda row: "" if row[field] is None else known[row[field]]
    return lambda row: cell.show(cell.read(row))
