"""The passes over units.csv and unit_changes.csv, whose rows depend on each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from nhanlucso.exchange.bundle.filepass import Changed, FilePass
from nhanlucso.exchange.bundle.index import chunked
from nhanlucso.exchange.bundle.inserting import insert
from nhanlucso.exchange.bundle.rows import Row
from nhanlucso.exchange.bundle.stored import Key, Record, Store
from nhanlucso.exchange.bundle.structure import check_cycles, check_events, check_overlaps, timelines
from nhanlucso.orgs.models import Unit

_CATALOGUE = "catalogue_key"


class UnitPass(FilePass):
    """Versions of units. The units themselves come with their first version, and with the catalogue key."""

    def number(self, rows: Sequence[Row]) -> None:
        super().number(rows)
        if not self.work.writing:
            return
        index = self.work.index(self.spec)
        texts = dict.fromkeys(row.key[0] for row in rows)
        new = [text for text in texts if (index[text] or 0) < 0]
        keys = [self.work.package.naming.key(text) for text in new]
        insert(Unit, [{"origin": origin, "uid": uid} for origin, uid in keys])
        index.stored(new)

    def check(self, rows: Sequence[Row], stored: Mapping[Key, Record]) -> None:
        lines = timelines(rows)
        check_overlaps(lines, self.work.problems)
        check_cycles(lines, self.work.problems)
        if not self.work.writing:
            self._check_catalogue_keys(rows)
            self.work.places.take_units(lines)

    def _check_catalogue_keys(self, rows: Sequence[Row]) -> None:
        keys: dict[int, tuple[str, int]] = {}
        for row in rows:
            mine = row.values.get(_CATALOGUE, "")
            other, line = keys.setdefault(row.values["id"], (mine, row.line))
            if mine != other:
                message = _("«%(id)s» có mã danh mục khác ở dòng %(line)d; mỗi đơn vị chỉ có một.")
                self.bad(row, "bad_value", _CATALOGUE, message % {"id": row.key[0], "line": line})

    def write(self, new: Sequence[Row], changed: Sequence[Changed], store: Store) -> None:
        store.replace([(pk, row) for pk, row, _columns in changed])
        store.create(new)
        wanted = {
            row.values["id"]: row.values[_CATALOGUE]
            for row in [*new, *(row for _pk, row, _columns in changed)]
            if _CATALOGUE in row.values
        }
        for chunk in chunked(wanted):
            units = list(Unit.objects.filter(pk__in=chunk))
            differing = [unit for unit in units if unit.catalogue_key != wanted[unit.pk]]
            for unit in differing:
                unit.catalogue_key = wanted[unit.pk]
            Unit.objects.bulk_update(differing, [_CATALOGUE], batch_size=200)


class ChangePass(FilePass):
    """Rows of change events."""

    def check(self, rows: Sequence[Row], stored: Mapping[Key, Record]) -> None:
        check_events(rows, stored, self.work.problems)
