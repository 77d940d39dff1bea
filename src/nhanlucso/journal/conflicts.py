"""What stands in the way of taking an act back: every row that is no longer as the act left it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import ForeignKey, ManyToOneRel, Model, QuerySet, UniqueConstraint

from nhanlucso.audit.models import Event
from nhanlucso.journal.enums import ConflictKind
from nhanlucso.journal.models import Act, RowChange
from nhanlucso.journal.recorder import as_now
from nhanlucso.journal.rows import Row, cut, key_of, label_of, model_of, restored, values_of, where

_WORDS = re.compile(r"([a-z]+\.[a-z]+) (\S+): (\w+)")
ASKED_ABOUT = 200  # conflicts of which it is looked up who made them


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row in the way: its table («people.person»), primary key, columns as stored (of the journal where the row is
    gone), and by which account it was changed when, as far as is known."""

    kind: ConflictKind
    table: str
    row: str
    values: Row
    by: int | None = None
    at: datetime | None = None

    @property
    def words(self) -> str:
        """For the details of a refusal; `conflicts_told` reads it."""
        return f"{self.table} {self.row}: {self.kind}"


@dataclass(slots=True)
class Held:
    """The rows of one table that an act changed, with the journal's entry and as they are now."""

    model: type[Model]
    changes: dict[Any, RowChange]
    now: dict[Any, Row]

    @property
    def created(self) -> list[Any]:
        return [key for key, change in self.changes.items() if change.before is None]

    def before(self) -> dict[Any, Row]:
        """The rows as they are to be again; columns that the journal does not know stay as they are."""
        return {
            key: self.now.get(key, {}) | restored(self.model, change.before)
            for key, change in self.changes.items()
            if change.before is not None
        }


def held_rows(act: Act, *, lock: bool = False) -> list[Held]:
    """What the act changed, table by table."""
    tables: dict[str, dict[Any, RowChange]] = defaultdict(dict)
    for change in act.rows.order_by("number").iterator():
        tables[change.table][key_of(model_of(change.table), change.row)] = change
    return [
        Held(model := model_of(table), changes, _now(model, changes, lock))
        for table, changes in tables.items()
    ]


def _now(model: type[Model], keys: Iterable[Any], lock: bool) -> dict[Any, Row]:
    found: dict[Any, Row] = {}
    for rows in where(model, "pk", list(keys)):
        asked: QuerySet[Model] = rows.select_for_update() if lock else rows
        found.update((row.pk, values_of(row)) for row in asked.order_by("pk").iterator())
    return found


def conflicts_of(act: Act, tables: Sequence[Held]) -> list[Conflict]:
    """Everything in the way, tables in the order of the act; empty if the act can be taken back."""
    ours = {held.model: set(held.changes) for held in tables}
    found = [
        conflict
        for held in tables
        for look in (_changed(held), _hanging(held, ours), _missing(held, tables), _taken(held))
        for conflict in look
    ]
    return [*_with_authors(act, found[:ASKED_ABOUT]), *found[ASKED_ABOUT:]]


def conflicts_told(act: Act, words: Iterable[str]) -> list[Conflict]:
    """Conflicts by their words, with the rows as they are now, as the act left them where they are gone."""
    told: dict[tuple[str, str], ConflictKind] = {}
    for text in words:
        if (found := _WORDS.fullmatch(text)) and found[3] in set(ConflictKind):
            told[found[1], found[2]] = ConflictKind(found[3])
    values = {}
    for table in {table for table, _row in told}:
        model, rows = model_of(table), [row for of, row in told if of == table]
        left = act.rows.filter(table=table, row__in=rows).values_list("row", "after", "before")
        values.update({(table, row): restored(model, after or before or {}) for row, after, before in left})
        for there in where(model, "pk", [key_of(model, row) for row in rows]):
            values.update({(table, str(row.pk)): values_of(row) for row in there})
    return _with_authors(act, [Conflict(kind, *key, values.get(key, {})) for key, kind in told.items()])


def _changed(held: Held) -> Iterator[Conflict]:
    for key, change in held.changes.items():
        now = held.now.get(key)
        if not as_now(change, held.model, now):
            kind = ConflictKind.GONE if now is None else ConflictKind.CHANGED
            values = now if now is not None else restored(held.model, change.after or {})
            yield Conflict(kind, label_of(held.model), str(key), values)


def _hanging(held: Held, ours: dict[type[Model], set[Any]]) -> Iterator[Conflict]:
    """Rows made since that belong to rows that the act created."""
    if not held.created:
        return
    for model, column in _referring(held.model):
        for rows in where(model, column, held.created):
            for row in rows.order_by("pk").iterator():
                if row.pk not in ours.get(model, ()):
                    yield Conflict(ConflictKind.HANGS, label_of(model), str(row.pk), values_of(row))


def _missing(held: Held, tables: Sequence[Held]) -> Iterator[Conflict]:
    """Rows that would belong to something that is no longer there."""
    coming = {other.model: set(other.before()) for other in tables}
    going = {other.model: set(other.created) for other in tables}
    before = held.before()
    for column, target, key_column in _references(held.model):
        wanted = {row[column] for row in before.values()} - {None} - coming.get(target, set())
        there: set[Any] = set()
        for rows in where(target, key_column, list(wanted)):
            there.update(rows.values_list(key_column, flat=True))
        lost = wanted - (there - going.get(target, set()))
        for key, row in before.items():
            if row[column] in lost:
                yield Conflict(ConflictKind.MISSING, label_of(held.model), str(key), row)


def _references(model: type[Model]) -> Iterator[tuple[str, type[Model], str]]:
    """(column, table it refers to, column there) of every foreign key of a table."""
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey):
            yield field.attname, field.remote_field.model, field.target_field.attname


def _referring(model: type[Model]) -> Iterator[tuple[type[Model], str]]:
    """(table, column) of every foreign key that refers to a table, those between two tables alone included."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel):
            yield relation.field.model, relation.field.attname


def _taken(held: Held) -> Iterator[Conflict]:
    """Rows of others that have what must be unique of a row that would be as it was."""
    before = held.before()
    if not before:
        return
    for names in _unique_columns(held.model):
        wanted = {
            values for row in before.values() if None not in (values := tuple(row[name] for name in names))
        }
        for some in cut(wanted):
            sets = {f"{name}__in": {values[place] for values in some} for place, name in enumerate(names)}
            for row in held.model._base_manager.filter(**sets).order_by("pk"):
                values = tuple(getattr(row, name) for name in names)
                if values in wanted and row.pk not in held.changes:
                    yield Conflict(ConflictKind.TAKEN, label_of(held.model), str(row.pk), values_of(row))


def _unique_columns(model: type[Model]) -> list[list[str]]:
    """What must be unique without condition, the primary key aside."""
    columns = {field.name: field.attname for field in model._meta.concrete_fields}
    single = [[f.attname] for f in model._meta.concrete_fields if f.unique and not f.primary_key]
    several = [
        [columns[name] for name in constraint.fields]
        for constraint in model._meta.constraints
        if isinstance(constraint, UniqueConstraint) and constraint.fields and constraint.condition is None
    ]
    return single + several


def _with_authors(act: Act, found: list[Conflict]) -> list[Conflict]:
    """Who made the conflicts, and when: from a later act, else from the log."""
    later: dict[tuple[str, str], tuple[int | None, datetime]] = {}
    rows = RowChange.objects.filter(row__in={conflict.row for conflict in found}, act__pk__gt=act.pk)
    for table, row, by, at in rows.order_by("act").values_list("table", "row", "act__account_id", "act__at"):
        later[table, row] = (by, at)
    events = Event.objects.filter(
        object_id__in={uid for conflict in found if (uid := conflict.values.get("uid"))}, at__gte=act.at
    )
    logged = {
        (kind, uid): (by, at)
        for kind, uid, by, at in events.order_by("pk").values_list("object_type", "object_id", "account_id", "at")
    }  # fmt: skip
    return [replace(c, by=told[0], at=told[1]) if (told := _author(c, later, logged)) else c for c in found]


def _author(
    conflict: Conflict,
    later: dict[tuple[str, str], tuple[int | None, datetime]],
    logged: dict[tuple[str, str], tuple[int | None, datetime]],
) -> tuple[int | None, datetime] | None:
    if told := later.get((conflict.table, conflict.row)):
        return told
    kind = re.sub(r"(?<!^)(?=[A-Z])", "_", model_of(conflict.table).__name__).lower()
    return logged.get((kind, str(conflict.values.get("uid"))))
