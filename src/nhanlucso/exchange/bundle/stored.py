"""What the database holds under the keys of a chunk of rows, and writing what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from nhanlucso.exchange.bundle.cells import Id, Ref, Refs
from nhanlucso.exchange.bundle.columns import Column, FileSpec
from nhanlucso.exchange.bundle.index import by_origin, chunked
from nhanlucso.exchange.bundle.inserting import insert
from nhanlucso.exchange.bundle.naming import Naming
from nhanlucso.exchange.bundle.rows import Row

Record = dict[str, Any]
Key = tuple[Any, ...]


class Links:
    """The rows between a model and the records that one of its many-to-many columns lists."""

    def __init__(self, spec: FileSpec, column: Column) -> None:
        self.name = column.cell.fields[0]
        relation: Any = spec.model._meta.get_field(self.name)
        self._objects = relation.remote_field.through._default_manager
        self._from, self._to = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"

    def read(self, pks: Sequence[int]) -> dict[int, frozenset[int]]:
        found: dict[int, set[int]] = {pk: set() for pk in pks}
        for chunk in chunked(pks):
            for pk, other in self._objects.filter(**{f"{self._from}__in": chunk}).values_list(
                self._from, self._to
            ):
                found[pk].add(other)
        return {pk: frozenset(others) for pk, others in found.items()}

    def write(self, wanted: dict[int, frozenset[int]]) -> None:
        """Replaces what is linked to these records."""
        for chunk in chunked(wanted):
            self._objects.filter(**{f"{self._from}__in": chunk}).delete()
        model = self._objects.model
        self._objects.bulk_create(
            model(**{self._from: pk, self._to: other})
            for pk, others in wanted.items()
            for other in sorted(others)
        )


class Store:
    """The records of one file. Keys are tuples of values in the order of the key columns."""

    def __init__(self, spec: FileSpec, columns: Sequence[Column], naming: Naming) -> None:
        self.spec = spec
        self.naming = naming
        self.links = {c.name: Links(spec, c) for c in columns if isinstance(c.cell, Refs)}
        self.plain = [column for column in columns if column.name not in self.links]
        self.content = [column for column in columns if column.name not in spec.key]
        self._objects: Any = spec.model._default_manager
        self._keys = [spec.by_name[name].cell for name in spec.key]
        self.was_empty = not self._objects.exists()

    def key_of_row(self, row: Row) -> Key:
        return tuple([row.values[name] for name in self.spec.key])

    def key_of_record(self, record: Record) -> Key:
        return tuple(
            [
                self.naming.text((record["origin"], record["uid"]))
                if isinstance(cell, Id)
                else cell.read(record)
                for cell in self._keys
            ]
        )

    def find(self, rows: Sequence[Row]) -> dict[Key, Record]:
        """The stored records under the keys of these rows, whose references are resolved.

        Files whose rows belong together (versions of a unit, rows of an event) bring their whole group.
        """
        if self.was_empty:
            return {}
        fields = list(dict.fromkeys(name for column in self.plain for name in column.cell.fields))
        records = [
            r
            for chunk in chunked(rows)
            for query in self._queries(chunk)
            for r in query.values("pk", *fields)
        ]
        for link in self.links.values():
            linked = link.read([record["pk"] for record in records])
            for record in records:
                record[link.name] = linked[record["pk"]]
        return {self.key_of_record(record): record for record in records}

    def _queries(self, rows: Sequence[Row]) -> Iterator[Any]:
        first = self._keys[0]
        if isinstance(first, Id):
            texts = dict.fromkeys(row.values[self.spec.key[0]] for row in rows)
            for origin, uids in by_origin(texts, self.naming).items():
                yield self._objects.filter(origin=origin, uid__in=uids)
        elif isinstance(self._keys[1], Ref):
            yield self._objects.filter(pk__in=self._pairs(rows))
        else:
            leads = {row.values[self.spec.key[0]] for row in rows}
            yield self._objects.filter(**{f"{first.fields[0]}__in": leads})

    def _pairs(self, rows: Sequence[Row]) -> list[int]:
        """Primary keys of the records that join these pairs; one index seek each, whatever their order."""
        one, two = self.spec.key[:2]
        pairs = {(row.values[one], row.values[two]) for row in rows}
        known = [number for pair in pairs if min(pair) > 0 for number in pair]
        if not known:
            return []
        names = [connection.ops.quote_name(cell.fields[0]) for cell in self._keys[:2]]
        table = connection.ops.quote_name(self.spec.model._meta.db_table)
        values = ", ".join(["(%s, %s)"] * (len(known) // 2))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM {table} WHERE ({', '.join(names)}) IN (VALUES {values})", known)
            return [pk for (pk,) in cursor.fetchall()]

    def create(self, rows: Sequence[Row]) -> None:
        """Stores new rows, without what their list columns link them to."""
        insert(self.spec.model, [self._fields(row, self.plain) for row in rows])

    def update(self, pk: int, row: Row, changed: Sequence[Column]) -> None:
        plain = [column for column in changed if column.name not in self.links]
        if plain:
            self._objects.filter(pk=pk).update(**self._fields(row, plain))
        for column in changed:
            if column.name in self.links:
                self.links[column.name].write({pk: row.values[column.name]})

    def replace(self, changed: Sequence[tuple[int, Row]]) -> None:
        """Deletes and stores anew, for records that must not overlap even for a moment."""
        for chunk in chunked(pk for pk, _row in changed):
            self._objects.filter(pk__in=chunk).delete()
        self.create([row for _pk, row in changed])

    def _fields(self, row: Row, columns: Sequence[Column]) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for column in columns:
            cell, value = column.cell, row.values[column.name]
            if isinstance(cell, Id):
                fields["origin"], fields["uid"] = self.naming.key(value)
            elif len(cell.fields) == 1:  # as most are, so without the detour
                fields[cell.fields[0]] = value
            else:
                fields.update(cell.write(value))
        fields.pop("unit__catalogue_key", None)  # of the unit, not of its version
        return fields
