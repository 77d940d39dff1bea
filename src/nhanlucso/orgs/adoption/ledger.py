"""What the installation has of the catalogue, in memory."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from nhanlucso.orgs import catalogue
from nhanlucso.orgs.adoption.lineage import known, lineage
from nhanlucso.orgs.catalogue import Change
from nhanlucso.orgs.models import Unit, UnitChange, UnitVersion

ONE_DAY = timedelta(days=1)


class Ledger:
    """Units linked to the catalogue with the days of their versions and changes."""

    def __init__(self) -> None:
        linked = Unit.objects.exclude(catalogue_key="").order_by("pk").values_list("catalogue_key", "pk")
        self.units: dict[str, int] = {}
        for key, unit in linked:
            self.units.setdefault(key, unit)
        self._exact = known(self.units)
        for key in self._exact:
            self.link_lineage(key)
        mine = set(self.units.values())
        self.spans: dict[int, list[tuple[date, date]]] = {}
        for unit, first, last in UnitVersion.objects.values_list("unit_id", "valid_from", "valid_to"):
            if unit in mine:
                self.spans.setdefault(unit, []).append((first, last))
        self.left: set[tuple[int, date]] = {
            (unit, day)
            for unit, day in UnitChange.objects.values_list("from_unit_id", "date")
            if unit is not None and unit in mine
        }

    def link_lineage(self, key: str) -> None:
        """Lets all entries that are one unit with this one lead to its unit, unless they have one of their own."""
        for other in lineage(key):
            self.units.setdefault(other, self.units[key])

    def valid(self, unit: int, day: date) -> bool:
        return any(first <= day <= last for first, last in self.spans.get(unit, ()))

    def awaits(self, change: Change) -> bool:
        """Whether a change of the catalogue touches a unit that has not gone through it, in whatever way."""
        unit = self.units.get(change.from_key)
        if unit is None or (unit, change.date) in self.left:
            return False
        begun = any(first == change.date for first, _last in self.spans.get(unit, ()))
        return not begun and self.valid(unit, change.date - ONE_DAY)

    def awaited(self, keys: Iterable[str] | None = None) -> list[Change]:
        """Changes not gone through yet, of these entries (None: of all that the installation has), by date."""
        wanted = known(self.units) if keys is None else keys
        return [change for change in catalogue.changes(wanted) if self.awaits(change)]
