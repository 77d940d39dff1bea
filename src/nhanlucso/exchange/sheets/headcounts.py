"""Planning the import of head counts: numbers of people of units who stand on no list, for one class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nhanlucso.exchange.sheets.pairing import Matching
from nhanlucso.exchange.sheets.plan import ImportPlan, Outcome, PlannedCount
from nhanlucso.exchange.sheets.rows import SheetRow
from nhanlucso.kernel.text import fold
from nhanlucso.orgs.models import Unit
from nhanlucso.training.models import HeadCount
from nhanlucso.training.services.head_counts import HeadCountData

_EXACT = "exact"


@dataclass(frozen=True, slots=True)
class ClassDay:
    """A class (primary key) that meets on a day."""

    training_class: int
    day: date


class HeadCountPlanner:
    """Plans one list. A count of a class, unit and audience stands once: another number replaces it.

    A count needs a class: one of `days`, the days of the classes that the import names or that its unit hosts. A row
    without a day belongs to the only class, on its first day.
    """

    def __init__(self, matching: Matching, days: Sequence[ClassDay]) -> None:
        self.matching, self.past = matching, matching.past
        self._days = sorted(days, key=lambda one: (one.day, one.training_class))
        self.plan = ImportPlan("headcounts")
        self._seen: dict[tuple[int, int, str], SheetRow] = {}
        self._units: dict[int, Unit] = {}

    def run(self, rows: Sequence[SheetRow]) -> ImportPlan:
        planned = [one for row in rows if (one := self._row(row)) is not None]
        stored = _stored({count.training_class for _, count in planned})
        for row, count in planned:
            self._settle(row, count, stored)
        return self.plan

    def _row(self, row: SheetRow) -> tuple[SheetRow, PlannedCount] | None:
        if not row.count:
            self.plan.settle(row, Outcome.SKIPPED, "count_missing")
            return None
        held = self._class(row)
        if held is None:
            return None
        unit = self.matching.units.of_row(self.plan, row)
        if unit is None:
            return None
        if self.past.version(unit, held.day) is None:
            self.plan.settle(
                row, Outcome.SKIPPED, "unit_not_valid", value=row.unit, read=f"{held.day:%d/%m/%Y}"
            )
            return None
        data = HeadCountData(
            self._unit(unit), row.audience or "", row.count, row.qualifier or _EXACT, held.day
        )
        return row, PlannedCount(held.training_class, data)

    def _class(self, row: SheetRow) -> ClassDay | None:
        """The class of a row, with the day that the count is of."""
        fitting = [one for one in self._days if row.date is None or one.day.isoformat() == row.date]
        classes = {one.training_class for one in fitting}
        if len(classes) == 1:
            return fitting[0]
        self.plan.settle(row, Outcome.SKIPPED, "count_class_unclear" if classes else "count_without_class")
        return None

    def _unit(self, unit: int) -> Unit:
        if unit not in self._units:
            self._units[unit] = Unit.objects.get(pk=unit)
        return self._units[unit]

    def _settle(
        self, row: SheetRow, count: PlannedCount, stored: dict[tuple[int, int, str], HeadCount]
    ) -> None:
        key = (count.training_class, count.data.unit.pk, fold(count.data.audience))
        before = self._seen.setdefault(key, row)
        if before is not row:
            same = (before.count, before.qualifier) == (row.count, row.qualifier)
            code = "row_twice" if same else "count_twice"
            self.plan.settle(row, Outcome.SKIPPED, code, read=before.row)
            return
        known = stored.get(key)
        if known is None:
            self.plan.counts.append(count)
            self.plan.settle(row, Outcome.CREATED)
            return
        columns = [
            name
            for name in ("audience", "count", "qualifier", "date")
            if getattr(known, name) != getattr(count.data, name)
        ]
        if columns:
            self.plan.counts.append(PlannedCount(count.training_class, count.data, known.pk))
        self.plan.settle(row, Outcome.UPDATED if columns else Outcome.MATCHED, columns=columns)


def _stored(classes: set[int]) -> dict[tuple[int, int, str], HeadCount]:
    """The head counts of classes by class, unit and audience; of several equal ones the first."""
    found: dict[tuple[int, int, str], HeadCount] = {}
    for row in HeadCount.objects.filter(training_class__in=classes).order_by("uid"):
        if row.training_class_id is not None:
            found.setdefault((row.training_class_id, row.unit_id, fold(row.audience)), row)
    return found
