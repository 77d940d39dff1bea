"""Seeing what an act does to rows: looked at before, looked at again after."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from django.db.models import Model, QuerySet

from nhanlucso.journal.models import Act, RowChange
from nhanlucso.journal.rows import Row, cut, label_of, restored, stored, values_of, where
from nhanlucso.kernel.stopping import steadily

Only = Callable[[Row], bool]


class Recorder:
    """What an act is told to watch. `uid` is that of the act once it is written; "" if it changed nothing."""

    def __init__(self) -> None:
        self.uid = ""
        self._before: dict[type[Model], dict[Any, Row]] = {}
        self._looks: list[tuple[QuerySet[Model], Only | None]] = []

    def watch(self, rows: QuerySet[Any], only: Only | None = None) -> None:
        """Keeps these rows as they are now, locked; afterwards the same question is asked again.

        Call before the writing. `only` leaves out rows (columns → values) that the act has nothing to do with.
        """
        self._looks.append((rows.all(), only))
        kept = self._before.setdefault(rows.model, {})
        for key, values in _read(rows.select_for_update(of=("self",)), only):
            kept.setdefault(key, values)

    def watch_where(
        self, model: type[Model], column: str, values: Collection[Any], only: Only | None = None
    ) -> None:
        """As `watch`, for the rows whose column has one of many values."""
        for rows in where(model, column, values):
            self.watch(rows, only)

    def made(self, model: type[Model], column: str, values: Collection[Any]) -> None:
        """Call after the writing: these rows were not there before."""
        self._before.setdefault(model, {})
        self._looks.extend((rows, None) for rows in where(model, column, values))

    def changes(self) -> Iterator[tuple[type[Model], Any, Row | None, Row | None]]:
        """(model, primary key, before, after) of every row that is not as it was."""
        for model, before in self._before.items():
            after: dict[Any, Row] = {}
            for rows, only in self._looks:
                if rows.model is model:
                    after.update(_read(rows, only))
            for rows in where(model, "pk", [key for key in before if key not in after]):
                after.update(_read(rows, None))
            for key in sorted(before.keys() | after.keys()):
                if (old := before.get(key)) != (new := after.get(key)):
                    yield model, key, old, new

    def keep(self, act: Act) -> int:
        """Writes the changes down as those of the act; how many they are. The act is saved if there is any."""
        number = 0
        for some in cut(self.changes()):
            if not number:
                act.save()
                self.uid = act.uid
            RowChange.objects.bulk_create(
                RowChange(
                    act=act,
                    number=number + place,
                    table=label_of(model),
                    row=str(key),
                    before=None if old is None else stored(old),
                    after=None if new is None else stored(new),
                )
                for place, (model, key, old, new) in enumerate(some)
            )
            number += len(some)
        return number


def _read(rows: QuerySet[Any], only: Only | None) -> Iterator[tuple[Any, Row]]:
    for row in steadily(rows.order_by("pk").iterator()):
        values = values_of(row)
        if only is None or only(values):
            yield row.pk, values


def as_now(change: RowChange, model: type[Model], now: Row | None) -> bool:
    """Whether a row still is as the act left it."""
    if change.after is None or now is None:
        return change.after is None and now is None
    if change.after == stored(now):  # as most are; the rest may be written otherwise and still be the same
        return True
    return all(now[name] == value for name, value in restored(model, change.after).items())
