"""The unit of each row of a list: named by the row, told by a person, or not known; and what a unit has become."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from nhanlucso.exchange.sheets.plan import SKIP, Ground, ImportPlan, LikelyUnit, Outcome, UnknownUnit
from nhanlucso.exchange.sheets.rows import SheetRow
from nhanlucso.exchange.sheets.unitlikeness import UnitLikeness
from nhanlucso.exchange.sheets.unitnames import Meant, UnitNames, plain
from nhanlucso.kernel.clock import EVER
from nhanlucso.kernel.errors import Detail, Refused
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import Reach, resolve_unit
from nhanlucso.orgs.rules import History, Version

_MOST_LIKENED = 300  # names of units that nobody knows; a list with more has no units in that column
_SKIPPED = -1


@dataclass(slots=True)
class _Unknown:
    name: str
    several: frozenset[int]
    rows: list[tuple[str, int]]


class UnitFinder:
    """Finds the units of one list among those of a subtree; keeps the names that tell none."""

    def __init__(self, ground: Ground, past: History, below: Reach, answers: Mapping[str, str]) -> None:
        """`below`: what lies in the subtree of the import, of any day; `answers`: `ImportRequest.units`.

        Raises Refused("unknown_unit", "ambiguous_unit") for an answer that is no unit of the subtree.
        """
        self.ground, self.past = ground, past
        self._below = below
        self._now = sorted(past.subtree(ground.unit.pk, ground.on))
        self._names = self._read_names()
        self._answers = {plain(name): self._answered(name, answer) for name, answer in answers.items()}
        self._meant: dict[str, Meant] = {}
        self._unknown: dict[str, _Unknown] = {}
        self._told: set[str] = set()

    def _read_names(self) -> UnitNames:
        past, on = self.past, self.ground.on
        above = past.closure(on).get(self.ground.unit.pk, ())
        former = list(self._former())
        units = {*self._now, *(version.unit for version in former)}
        return UnitNames(
            [version for unit in self._now if (version := past.version(unit, on))],
            [version.name for unit in above if (version := past.version(unit, on))],
            former,
            {unit: frozenset(map(plain, _names_above(past, unit))) for unit in units},
        )

    def _former(self) -> Iterator[Version]:
        """Versions of other days of what lies in the subtree, with another name or of units that are no more."""
        now = set(self._now)
        for unit, versions in self.past.versions.items():
            if not self._below.holds(unit):
                continue
            current = self.past.version(unit, self.ground.on) if unit in now else None
            for version in versions:
                if current is None or plain(version.name) != plain(current.name):
                    yield version

    def _answered(self, name: str, answer: str) -> int:
        if answer == SKIP:
            return _SKIPPED
        unit = resolve_unit(answer)
        if unit.pk not in self._now and not self._below.holds(unit.pk):
            message = _("Đơn vị được chọn cho «%(name)s» không thuộc phạm vi nhập.") % {"name": name}
            raise Refused("unknown_unit", message, [Detail(message, column=name)])
        return unit.pk

    # -- rows ------------------------------------------------------------------------------------------------

    def of_row(self, plan: ImportPlan, row: SheetRow) -> int | None:
        """The unit of a row: named in it, or the unit of the import where the list has none. Settles the row if it is
        not known."""
        if not row.unit:
            if "unit" not in row.has:
                return self.ground.unit.pk
            plan.settle(row, Outcome.SKIPPED, "unit_missing")
            return None
        answer = self._answers.get(plain(row.unit)) if self._answers else None
        if answer == _SKIPPED:
            plan.settle(row, Outcome.SKIPPED, "unit_skipped", value=row.unit)
            return None
        if answer is not None:
            return answer
        meant = self._meant.get(row.unit)
        if meant is None:
            meant = self._meant[row.unit] = self._names.meant(row.unit)
        if len(meant.units) == 1:
            unit = next(iter(meant.units))
            if not meant.former or self.past.version(unit, self.ground.on):
                return unit
            return self._former_unit(plan, row, unit)
        self._note(row, meant.units)
        plan.settle(row, Outcome.SKIPPED, "ambiguous_unit" if meant.units else "unknown_unit", value=row.unit)
        return None

    def _former_unit(self, plan: ImportPlan, row: SheetRow, unit: int) -> int | None:
        """A unit of another day stands as it was then, if posts may begin there; else what it wholly became. A
        division is never guessed."""
        since = self.ground.since
        last = self.past.last_version(unit)
        heirs = self.heirs(unit)
        name = row.unit or ""
        if plan.kind != "staff" or since == EVER or self.past.version(unit, since):
            taken = unit
        elif len(heirs) == 1:
            taken = next(iter(heirs))
        else:
            self._note(row, frozenset(heirs))
            plan.settle(row, Outcome.SKIPPED, "unit_divided", value=name)
            return None
        if name not in self._told and last is not None:
            self._told.add(name)
            became = ", ".join(sorted(self._name(heir) for heir in heirs)) or "–"
            plan.tell(row, "unit_ended", value=name, read=f"{last.valid_to:%d/%m/%Y}", column=became)
        return taken

    def _note(self, row: SheetRow, several: frozenset[int]) -> None:
        name = row.unit or ""
        unknown = self._unknown.setdefault(plain(name), _Unknown(name, several, []))
        unknown.rows.append((row.sheet, row.row))

    def heirs(self, unit: int) -> frozenset[int]:
        """What a unit has become on the day of the import: itself, if nothing happened to it."""
        return self.past.carry(unit, self.ground.on, self.ground.on)

    def around(self, unit: int, on: date) -> frozenset[int]:
        """A unit with all below it on a day, or on the day of the import; of a unit that is no more also its heirs."""
        below = self.past.subtree(unit, on) or self.past.subtree(unit, self.ground.on)
        return frozenset(below) if below else frozenset({unit}) | self.heirs(unit)

    def _name(self, unit: int) -> str:
        version = self.past.version_near(unit, self.ground.on)
        return version.name if version else ""

    # -- what nobody knows -----------------------------------------------------------------------------------

    def unknown(self) -> list[UnknownUnit]:
        """The names that tell no unit, in the order of their first row, each with the units that it may mean."""
        if not self._unknown:
            return []
        likeness = UnitLikeness([*self._versions_now(), *self._former()])
        liked: list[tuple[_Unknown, list[tuple[int, float]]]] = []
        for number, unknown in enumerate(self._unknown.values()):
            likely = [(unit, 1.0) for unit in sorted(unknown.several)]
            if not likely and number < _MOST_LIKENED:
                likely = likeness.like(unknown.name, self._names.readings(unknown.name))
            liked.append((unknown, likely))
        wanted = {unit for _, likely in liked for unit, _ in likely}
        uids = dict(Unit.objects.filter(pk__in=wanted).values_list("pk", "uid"))
        return [
            UnknownUnit(
                unknown.name,
                tuple(unknown.rows),
                tuple(self._likely(unit, share, uids[unit]) for unit, share in likely),
                len(unknown.several) > 1,
            )
            for unknown, likely in liked
        ]

    def _versions_now(self) -> Iterable[Version]:
        return (v for unit in self._now if (v := self.past.version(unit, self.ground.on)))

    def _likely(self, unit: int, likeness: float, uid: str) -> LikelyUnit:
        version = self.past.version_near(unit, self.ground.on)
        versions = self.past.versions[unit]
        assert version is not None
        line = self.past.closure(version.valid_to).get(unit, ())[1:]
        heirs = self.heirs(unit) - {unit}
        return LikelyUnit(
            uid,
            version.name,
            tuple(v.name for one in line if (v := self.past.version_near(one, version.valid_to))),
            versions[0].valid_from,
            versions[-1].valid_to,
            likeness,
            tuple(sorted(self._name(heir) for heir in heirs)),
            len(heirs) > 1,
        )


def _names_above(past: History, unit: int) -> set[str]:
    """The names of all that ever stood above a unit."""
    names: set[str] = set()
    seen: set[int] = set()
    waiting = [version.parent for version in past.versions.get(unit, ())]
    while waiting:
        parent = waiting.pop()
        if parent is None or parent in seen:
            continue
        seen.add(parent)
        for version in past.versions.get(parent, ()):
            names.add(version.name)
            waiting.append(version.parent)
    return names
