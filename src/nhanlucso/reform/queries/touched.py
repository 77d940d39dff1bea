"""The records behind the counts of a rehearsal, one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nhanlucso.access.enums import Role
from nhanlucso.access.models import Assignment
from nhanlucso.indicators.definitions import definitions
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history, reach
from nhanlucso.people.cuts import Cut
from nhanlucso.reform.models import Resolution
from nhanlucso.reform.queries.rehearsal import RECORDS, touched_units
from nhanlucso.reform.rules.draft import ONE_DAY
from nhanlucso.reform.rules.reaching import Effect
from nhanlucso.reform.rules.rehearsal import Rehearsal

_SEES = {
    "posts": Permission.SEE_PEOPLE,
    "teams": Permission.SEE_TEAMS,
    "classes": Permission.SEE_CLASSES,
    "targets": Permission.SEE_PLANS,
    "plans": Permission.SEE_PLANS,
    "accounts": Permission.MANAGE_ACCOUNTS,
    "reports": Permission.SEE_FIGURES,
    "imports": Permission.IMPORT_LISTS,
}


@dataclass(frozen=True, slots=True)
class TouchedRow:
    """One record: what it is called, more words, its unit, and the record that its page is of (primary key)."""

    name: str
    words: str
    unit: str
    leads_to: int | None


class TouchedRows(Cut[TouchedRow]):
    """Records in the order of their units and ids, read a page at a time."""

    def __init__(self, what: str, rows: QuerySet[Any], field: str, resolution: Resolution) -> None:
        self._what, self._rows, self._field, self._day = what, rows, field, resolution.date

    def __len__(self) -> int:
        return self._rows.count()

    def read(self, span: slice) -> list[TouchedRow]:
        past = history()
        found = []
        for row in self._rows[span]:
            version = past.version_near(getattr(row, f"{self._field}_id"), self._day)
            name, words, leads_to = _WORDS[self._what](row)
            found.append(TouchedRow(name, words, version.name if version else "", leads_to))
        return found


def touched_records(scope: Scope, resolution: Resolution, what: str, unit: int | None = None) -> TouchedRows:
    """The records of one kind that a resolution touches, as far as the scope sees such records; of all its units, or
    of one that it speaks of. Raises Resolution.DoesNotExist outside the scope."""
    make, field, with_them = RECORDS[what]
    units = touched_units(scope, resolution, unit)
    seen = reach(scope.to(_SEES[what])) if scope.may(_SEES[what]) else None
    inside = [u for u in units if seen is not None and seen.holds(u)]
    rows = make(resolution.date).filter(**{f"{field}__in": inside}).select_related(*with_them)
    return TouchedRows(what, rows.order_by(field, "pk"), field, resolution)


def _post(row: Any) -> tuple[str, str, int | None]:
    return row.person.full_name, row.title, row.person_id


def _team(row: Any) -> tuple[str, str, int | None]:
    return row.name or _("Tổ công nghệ số"), row.decision, row.pk


def _class(row: Any) -> tuple[str, str, int | None]:
    return row.title, row.get_form_display(), row.pk


def _target(row: Any) -> tuple[str, str, int | None]:
    known = definitions().get(row.indicator)
    return str(known.name) if known else row.indicator, _("năm %(year)s") % {"year": row.year}, row.plan_id


def _plan(row: Any) -> tuple[str, str, int | None]:
    return row.title, row.number, row.pk


@dataclass(frozen=True, slots=True)
class TouchedAccount:
    """What an account is entrusted with, and what becomes of it: `effect` None where nothing does; `heirs`: what its
    unit becomes, empty where it goes on; `waits`: the unit is not there until somebody says where it went."""

    assignment: Assignment
    unit: str
    heirs: tuple[str, ...]
    effect: Effect | None
    waits: bool = False


class TouchedAccounts(Cut[TouchedAccount]):
    """Assignments in the order of their units and ids, read a page at a time, beside one rehearsal."""

    def __init__(self, rows: QuerySet[Assignment], resolution: Resolution, seen: Rehearsal) -> None:
        self._rows, self._last, self._seen = rows, resolution.date - ONE_DAY, seen

    def __len__(self) -> int:
        return self._rows.count()

    def read(self, span: slice) -> list[TouchedAccount]:
        past = history()
        heirs = {unit.version.unit: unit.heirs for unit in self._seen.units}
        waiting = {version.unit for group in self._seen.waiting for version in group.units}
        return [
            TouchedAccount(
                row,
                past.name(row.unit_id or 0, self._last),
                heirs.get(row.unit_id or 0, ()),
                self._seen.effects.get(row.unit_id or 0),
                row.unit_id in waiting,
            )
            for row in self._rows[span]
        ]


LESS, MORE, ENDING, PARTLY = "less", "more", "ending", "partly"


def touched_accounts(
    scope: Scope, resolution: Resolution, seen: Rehearsal, unit: int | None = None, which: str = ""
) -> TouchedAccounts:
    """The assignments whose reach a rehearsal saw changing, and those at what the resolution speaks of, as far as the
    scope manages accounts; `which`: only those that see less, more, partly, or whose unit ends.

    Raises Resolution.DoesNotExist outside the scope.
    """
    units = set(touched_units(scope, resolution, unit))
    if unit is None:
        units |= seen.effects.keys()
    if which:
        units &= {u for u, effect in seen.effects.items() if _is_of(effect, which)}
    allowed = scope.to(Permission.MANAGE_ACCOUNTS)
    inside = reach(allowed) if scope.may(Permission.MANAGE_ACCOUNTS) else None
    held = [u for u in units if inside is not None and inside.holds(u)]
    make, _field, _with = RECORDS["accounts"]
    rows = make(resolution.date).filter(unit__in=held).select_related("account")
    return TouchedAccounts(rows.order_by("unit", "pk"), resolution, seen)


def _is_of(effect: Effect, which: str) -> bool:
    if which == ENDING:
        return not effect.after
    return bool({LESS: effect.less, MORE: effect.more, PARTLY: effect.partly}.get(which))


def _account(row: Any) -> tuple[str, str, int | None]:
    return row.account.get_full_name(), str(Role(row.role).label), None


def _report(row: Any) -> tuple[str, str, int | None]:
    return row.period, row.get_state_display(), row.pk


def _import(row: Any) -> tuple[str, str, int | None]:
    return row.upload.name, row.get_state_display(), None


_WORDS: dict[str, Callable[[Any], tuple[str, str, int | None]]] = {
    "posts": _post,
    "teams": _team,
    "classes": _class,
    "targets": _target,
    "plans": _plan,
    "accounts": _account,
    "reports": _report,
    "imports": _import,
}
