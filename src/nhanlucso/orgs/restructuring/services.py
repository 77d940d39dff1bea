"""Writing a change of many units. What is written was planned and found right before; here only the reach of who
writes is asked for, and the database has the last word."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from nhanlucso.audit.services import record
from nhanlucso.journal.recorder import Recorder
from nhanlucso.journal.rows import cut, where
from nhanlucso.kernel.clock import ALWAYS
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean, fold
from nhanlucso.orgs.models import Unit, UnitChange, UnitVersion
from nhanlucso.orgs.queries import reach, require_changeable
from nhanlucso.orgs.restructuring.rules import Ref, Restructuring
from nhanlucso.orgs.services import structure_changed


def restructure(*, change: Restructuring, recorder: Recorder, by: Scope, at: datetime) -> dict[str, int]:
    """Writes versions and events; the primary keys of the new units by their keys.

    Call inside `journal.services.recording`. Raises Refused("not_allowed") where a unit may not be changed by `by`,
    Unit.DoesNotExist for one outside its reach.
    """
    _check_reach(change, by)
    with transaction.atomic():
        touched = sorted(change.ending | {o.unit for o in change.opening if isinstance(o.unit, int)})
        keyed = [ref for ref, _key in change.keys if isinstance(ref, int)]
        recorder.watch_where(UnitVersion, "unit_id", touched)
        recorder.watch_where(Unit, "pk", keyed)
        made = _make_units(change)
        _close(change, touched)
        _open(change, made)
        _name_entries(change, made)
        events = _write_events(change, made)
        recorder.made(Unit, "pk", list(made.values()))
        recorder.made(UnitVersion, "unit_id", list(made.values()))
        recorder.made(UnitChange, "uid", events)
        structure_changed()
        record(
            verb="unit.restructure",
            object_type="unit",
            object_id=change.name,
            by=by.account_id,
            at=at,
            count=len(touched) + len(made),
            facts=True,
        )
    return made


def _check_reach(change: Restructuring, by: Scope) -> None:
    """Units that end or go on anew must be changeable; heirs and parents only in reach."""
    allowed = by.require(Permission.EDIT_UNITS)
    own = change.ending | {o.unit for o in change.opening if isinstance(o.unit, int)}
    require_changeable(by, sorted(own))
    beside = {o.parent for o in change.opening if not isinstance(o.unit, int)}
    beside |= {target for event in change.events for _origin, target in event.rows}
    inside = reach(allowed)
    if not all(inside.holds(ref) for ref in beside if isinstance(ref, int)):
        raise Unit.DoesNotExist


def _make_units(change: Restructuring) -> dict[str, int]:
    keys = [opening.unit for opening in change.opening if isinstance(opening.unit, str)]
    rows = Unit.objects.bulk_create(Unit(uid=new_uid()) for _key in keys)
    return {key: row.pk for key, row in zip(keys, rows, strict=True)}


def _close(change: Restructuring, touched: Iterable[int]) -> None:
    last = change.day - timedelta(days=1)
    for rows in where(UnitVersion, "unit_id", list(touched)):
        rows.filter(valid_from__lte=last, valid_to__gt=last).update(valid_to=last)


def _open(change: Restructuring, made: dict[str, int]) -> None:
    versions = (
        UnitVersion(
            unit_id=_pk(opening.unit, made),
            code=clean(opening.code),
            name=clean(opening.name),
            name_folded=fold(opening.name),
            kind=opening.kind,
            parent_id=None if opening.parent is None else _pk(opening.parent, made),
            valid_from=change.day,
            valid_to=opening.until or ALWAYS,
        )
        for opening in change.opening
    )
    for some in cut(versions):
        UnitVersion.objects.bulk_create(some)


def _name_entries(change: Restructuring, made: dict[str, int]) -> None:
    for ref, key in change.keys:
        Unit.objects.filter(pk=_pk(ref, made)).update(catalogue_key=key)


def _write_events(change: Restructuring, made: dict[str, int]) -> list[str]:
    """Ids in the order of the events: those of one day are read by their ids."""
    uids, rows = [], []
    for number, event in enumerate(change.events, 1):
        uids.append(f"{change.name}-{number:05d}")
        rows += [
            UnitChange(
                uid=uids[-1],
                kind=event.kind,
                date=change.day,
                from_unit_id=origin,
                to_unit_id=None if target is None else _pk(target, made),
                document=clean(change.document),
            )
            for origin, target in event.rows
        ]
    for some in cut(rows):
        UnitChange.objects.bulk_create(some)
    return uids


def _pk(ref: Ref, made: dict[str, int]) -> int:
    return ref if isinstance(ref, int) else made[ref]
