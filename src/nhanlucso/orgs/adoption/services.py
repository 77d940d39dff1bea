"""Adopting subtrees of the catalogue, and applying its later changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.kernel.clock import ALWAYS, EVER, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import fold
from nhanlucso.orgs import catalogue
from nhanlucso.orgs.adoption.ledger import ONE_DAY, Ledger
from nhanlucso.orgs.adoption.lineage import as_of, continues, event_id
from nhanlucso.orgs.catalogue import Change, Entry
from nhanlucso.orgs.enums import ChangeKind
from nhanlucso.orgs.models import Unit, UnitChange, UnitVersion
from nhanlucso.orgs.queries import require_everything
from nhanlucso.orgs.services import structure_changed


@dataclass(frozen=True, slots=True)
class Adoption:
    """What was done: units made, units that were there already, changes written, and the unit of the entry."""

    created: int
    reused: int
    changes: int
    root: int


def adopt(*, key: str, on: date, by: Scope, at: datetime) -> Adoption:
    """Takes an entry with all below it as of a day, what stands above it, and what became of them up to today.

    Units that are there already are used, so doing it twice changes nothing. Raises Refused("not_allowed") for who
    does not reach everything, Refused("unknown_entry"), Refused("not_valid") if the entry is not valid on the day.
    """
    require_everything(by)
    try:
        entries = catalogue.subtree(key, on)
    except KeyError:
        raise Refused("unknown_entry", _("Danh mục không có đơn vị này.")) from None
    if not entries:
        raise Refused("not_valid", _("Theo danh mục, đơn vị này không có vào ngày đã chọn."))
    with transaction.atomic():
        book = _Book(at)
        reused = sum(entry.key in book.ledger.units for entry in entries)
        book.open([entry.key for entry in entries], on)
        changes = book.follow(on, today())
        if book.created or changes:
            _written("catalogue.adopt", key, book.created + changes, by, at)
    return Adoption(book.created, reused, changes, book.ledger.units[key])


def apply_offer(*, day: date, by: Scope, at: datetime) -> Adoption:
    """Applies the changes of one day to the units of the installation that they touch.

    Raises Refused("not_allowed"), Refused("nothing_offered") where all of them are applied.
    """
    require_everything(by)
    with transaction.atomic():
        book = _Book(at)
        awaited = [change for change in book.ledger.awaited() if change.date == day]
        if not awaited:
            raise Refused("nothing_offered", _("Thay đổi của ngày này đã được áp dụng."))
        changes = book.apply(awaited)
        _written("catalogue.apply", day.isoformat(), changes, by, at)
    return Adoption(book.created, 0, changes, book.ledger.units[awaited[0].to_key])


def _written(verb: str, object_id: str, count: int, by: Scope, at: datetime) -> None:
    structure_changed()
    record(
        verb=verb,
        object_type="catalogue",
        object_id=object_id,
        by=by.account_id,
        at=at,
        count=count,
        facts=True,
    )


class _Book:
    """Writes units from the catalogue, and keeps the ledger in step."""

    def __init__(self, at: datetime) -> None:
        self.ledger = Ledger()
        self.created = 0

    def open(self, keys: Iterable[str], day: date) -> None:
        """Makes units of these entries as of a day, with what stands above them, where there are none."""
        entries: dict[str, Entry] = {}
        pending = list(keys)
        while pending:
            key = pending.pop()
            if not key or key in entries:
                continue
            entry = as_of(key, day)
            if entry is not None:
                entries[key] = entry
                pending.append(entry.parent_key)
        new = [entry for key, entry in entries.items() if key not in self.ledger.units]
        made = Unit.objects.bulk_create(Unit(uid=new_uid(), catalogue_key=entry.key) for entry in new)
        self.created += len(made)
        for entry, unit in zip(new, made, strict=True):
            self.ledger.units[entry.key] = unit.pk
            self.ledger.link_lineage(entry.key)
        self._cover(list(entries.values()), day)

    def _cover(self, entries: Sequence[Entry], day: date) -> None:
        """Gives every unit of these entries a version for the day; it lasts until the next one that is known."""
        rows = []
        for entry in entries:
            unit = self.ledger.units[entry.key]
            if self.ledger.valid(unit, day):
                continue
            first = entry.valid_from or EVER
            others = self.ledger.spans.get(unit, [])
            first = max([first, *(end + ONE_DAY for _start, end in others if end < day)])
            last = min([ALWAYS, *(start - ONE_DAY for start, _end in others if start > day)])
            rows.append(self._version(unit, entry, first, last))
        UnitVersion.objects.bulk_create(rows)

    def _version(self, unit: int, entry: Entry, first: date, last: date) -> UnitVersion:
        self.ledger.spans.setdefault(unit, []).append((first, last))
        return UnitVersion(
            unit_id=unit,
            code=entry.code,
            name=entry.name,
            name_folded=fold(entry.name),
            kind=entry.kind,
            parent_id=self.ledger.units.get(entry.parent_key),
            valid_from=first,
            valid_to=last,
        )

    def follow(self, after: date, until: date) -> int:
        """Applies, day by day, what the units went through between two days; the number of lines written."""
        written = 0
        while awaited := [c for c in self.ledger.awaited() if after < c.date <= until]:
            after = awaited[0].date
            written += self.apply([change for change in awaited if change.date == after])
        return written

    def apply(self, changes: Sequence[Change]) -> int:
        """Applies changes of one day; the number of lines written."""
        day = changes[0].date
        own = {self.ledger.units[change.from_key]: change for change in changes if continues(change)}
        self.open({c.to_key for c in changes if not continues(c)}, day)
        ending = {self.ledger.units[change.from_key] for change in changes}
        self._close(ending, day)
        UnitVersion.objects.filter(unit__in=ending - set(own), valid_from__gte=day).delete()
        for unit, change in own.items():
            self._go_on(unit, change)
        lines = {(self.ledger.units[c.from_key], self.ledger.units[c.to_key]): c for c in changes}
        rows = [_row(origin, target, change) for (origin, target), change in lines.items()]
        UnitChange.objects.bulk_create(rows, ignore_conflicts=True)
        self.ledger.left |= {(origin, day) for origin, _target in lines}
        return len(rows) + self._bring_along(ending - set(own), lines, day)

    def _close(self, units: set[int], day: date) -> None:
        for version in UnitVersion.objects.filter(unit__in=units, valid_from__lt=day, valid_to__gte=day):
            version.valid_to = day - ONE_DAY
            version.save(update_fields=["valid_to"])
        for unit in units:
            self.ledger.spans[unit] = [
                (start, end if start >= day else min(end, day - ONE_DAY))
                for start, end in self.ledger.spans[unit]
            ]

    def _go_on(self, unit: int, change: Change) -> None:
        """The next version of a unit that goes on under another name or parent."""
        entry = as_of(change.to_key, change.date)
        if entry is None:
            return
        self.open([entry.parent_key], change.date)
        if not self.ledger.valid(unit, change.date):  # else opened already, as what stands above another one
            later = [start - ONE_DAY for start, _end in self.ledger.spans[unit] if start > change.date]
            self._version(unit, entry, change.date, min([ALWAYS, *later])).save()
        Unit.objects.filter(pk=unit).update(catalogue_key=entry.key)

    def _bring_along(self, ended: set[int], lines: Iterable[tuple[int, int]], day: date) -> int:
        """Moves what stood below an ended unit below its only successor. Below one that was split it stays, to be
        placed by hand: a split is never guessed."""
        heirs: dict[int, set[int]] = {}
        for origin, target in lines:
            heirs.setdefault(origin, set()).add(target)
        moved = 0
        for child in UnitVersion.objects.filter(parent__in=ended, valid_from__lt=day, valid_to__gte=day):
            targets = heirs.get(child.parent_id or 0, set())
            if len(targets) == 1:
                self._move(child, next(iter(targets)), day)
                moved += 1
        return moved

    def _move(self, child: UnitVersion, parent: int, day: date) -> None:
        last = child.valid_to
        child.valid_to = day - ONE_DAY
        child.save(update_fields=["valid_to"])
        child.pk = None
        child.parent_id, child.valid_from, child.valid_to = parent, day, last
        child.save(force_insert=True)
        UnitChange.objects.create(
            uid=new_uid("move"),
            kind=ChangeKind.MOVE,
            date=day,
            from_unit_id=child.unit_id,
            to_unit_id=child.unit_id,
        )
        if child.unit_id in self.ledger.spans:
            spans = [(first, end) for first, end in self.ledger.spans[child.unit_id] if first < day <= end]
            for span in spans:
                self.ledger.spans[child.unit_id].remove(span)
                self.ledger.spans[child.unit_id] += [(span[0], day - ONE_DAY), (day, last)]


def _row(origin: int, target: int, change: Change) -> UnitChange:
    return UnitChange(
        uid=event_id(change),
        kind=change.kind,
        date=change.date,
        from_unit_id=origin,
        to_unit_id=target,
        document=change.document,
    )
