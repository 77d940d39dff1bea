"""Every table that refers to people, found from the tables themselves: rooms above are not imported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import ManyToOneRel, Model, Q, QuerySet, UniqueConstraint

from nhanlucso.journal.rows import Row, label_of, values_of
from nhanlucso.orgs.models import Sourced
from nhanlucso.people.merging.rules import GONE, stays, twins
from nhanlucso.people.models import DistinctPair, FormerId, Person


@dataclass(frozen=True, slots=True)
class Relation:
    """A table whose `column` refers to a person. A model may say by `weightier` which of two rows stays."""

    model: type[Model]
    column: str

    def rows(self, *people: int) -> QuerySet[Model]:
        return self.model._base_manager.filter(**{f"{self.column}__in": people}).order_by("pk")

    @property
    def weightier(self) -> Mapping[str, Sequence[str]]:
        return getattr(self.model, "weightier", {})

    def repoint(self, kept: int, gone: int) -> list[FormerId]:
        """All rows of one person become those of another. Rows that cannot both stay are joined: the one that does
        not stay is removed; its former id, if it had one, is given back unsaved."""
        removed: list[tuple[Model, Model]] = []
        ours, theirs = list(self.rows(kept)), list(self.rows(gone))
        for one, other in self._pairs(ours, theirs):
            if any(row.pk in {lost.pk for lost, _ in removed} for row in (one, other)):
                continue
            if stays(values_of(one), values_of(other), self.weightier) == GONE:
                removed.append((one, other))
            else:
                removed.append((other, one))
        doomed = self.model._base_manager.filter(pk__in=[row.pk for row, _ in removed])
        doomed._raw_delete(doomed.db)
        self.rows(gone).update(**{self.column: kept})
        return [former(row, stay.pk) for row, stay in removed if isinstance(row, Sourced)]

    def _pairs(self, ours: list[Model], theirs: list[Model]) -> Iterator[tuple[Model, Model]]:
        """Rows of the two that cannot both stay, or that say the same twice."""
        for names, condition in self._unique():
            held = {key: row for row in self._among(ours, condition) if (key := self._key(row, names))}
            for row in self._among(theirs, condition):
                if (one := held.get(self._key(row, names))) is not None:
                    yield one, row
        if issubclass(self.model, Sourced):
            aside = frozenset({"id", "origin", "uid", self.column})
            for row in theirs:
                same = next((one for one in ours if twins(values_of(one), values_of(row), aside)), None)
                if same is not None:
                    yield same, row

    def _unique(self) -> Iterator[tuple[list[str], Q | None]]:
        """What may stand once for a person: the other columns, and under which condition."""
        field = next(f for f in self.model._meta.concrete_fields if f.attname == self.column)
        if field.unique:
            yield [], None
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and field.name in constraint.fields:
                yield [name for name in constraint.fields if name != field.name], constraint.condition

    def _among(self, rows: list[Model], condition: Q | None) -> list[Model]:
        if condition is None:
            return rows
        met = set(
            self.model._base_manager.filter(condition, pk__in=[row.pk for row in rows]).values_list(
                "pk", flat=True
            )
        )
        return [row for row in rows if row.pk in met]

    def _key(self, row: Model, names: list[str]) -> tuple[Any, ...]:
        values: Row = values_of(row)
        columns = {f.name: f.attname for f in self.model._meta.concrete_fields}
        return (True, *(values[columns[name]] for name in names))


def relations() -> list[Relation]:
    """Every table that refers to people but what was said of pairs of them."""
    found = [
        Relation(relation.field.model, relation.field.attname)
        for relation in Person._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel) and relation.field.model is not DistinctPair
    ]
    return sorted(found, key=lambda one: (label_of(one.model), one.column))


def former(row: Sourced, stays_as: int) -> FormerId:
    """What leads from the id of a record to the one that stays."""
    return FormerId(table=label_of(type(row)), origin=row.origin, uid=row.uid, was=row.pk, row=stays_as)
