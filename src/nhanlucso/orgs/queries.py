"""Reading units: the history in memory, units by id, what a scope reaches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from nhanlucso.kernel.batches import parts
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.steady import once
from nhanlucso.kernel.text import fold, natural_key
from nhanlucso.orgs.models import Sourced, StructureStamp, Unit, UnitChange, UnitVersion, named
from nhanlucso.orgs.rules import ChangeRow, History, Version

HISTORY = "history"
_held: dict[str, History] = {}


def history() -> History:
    """All versions and changes, read once after each change of units. Public: names of units are not secret."""
    return once(HISTORY, _history)


def _history() -> History:
    token = StructureStamp.objects.filter(pk=1).values_list("token", flat=True).first() or ""
    found = _held.get(token)
    if found is None:
        found = History(
            map(
                Version._make,
                UnitVersion.objects.values_list(
                    "unit_id", "valid_from", "valid_to", "parent_id", "kind", "name", "code"
                ),
            ),
            map(
                ChangeRow._make,
                UnitChange.objects.values_list("date", "uid", "origin", "from_unit_id", "to_unit_id"),
            ),
        )
        if token:
            _held.clear()
            _held[token] = found
    return found


def resolve_unit(reference: str) -> Unit:
    """The unit that `ID` or `source:ID` names. Public: used by the command line and after a scope check.

    Raises Refused("unknown_unit"), or Refused("ambiguous_unit") where several sources use the id.
    """
    found = list(Unit.objects.filter(named(reference))[:2])
    if not found:
        raise Refused("unknown_unit", gettext("Không có đơn vị «%(unit)s».") % {"unit": reference})
    if len(found) > 1:
        raise Refused(
            "ambiguous_unit",
            gettext("Có nhiều đơn vị mang mã «%(unit)s»; viết đủ nguồn: NGUỒN:%(unit)s.")
            % {"unit": reference},
        )
    return found[0]


def unit_reference(unit: Unit) -> str:
    """The shortest id that names the unit: plain where it is unique, else `source:ID`, ours `:ID`. Public: ids."""
    return references([unit.pk])[unit.pk]


def references(unit_ids: list[int]) -> dict[int, str]:
    """As `unit_reference`, for many units in two queries. Public: ids only."""
    return record_references(Unit, unit_ids)


def record_references(model: type[Sourced], ids: Sequence[int]) -> dict[int, str]:
    """The shortest ids that name records of any kind: plain where unique, else `source:ID`. Public: ids only."""
    rows = [row for part in parts(ids) for row in _keys(model, pk__in=part)]
    counts: dict[str, int] = {}
    for part in parts(sorted({uid for _, _, uid in rows})):
        for _, _, uid in _keys(model, uid__in=part):
            counts[uid] = counts.get(uid, 0) + 1
    return {pk: uid if counts[uid] == 1 else f"{origin}:{uid}" for pk, origin, uid in rows}


def _keys(model: type[Sourced], **condition: object) -> QuerySet[Sourced, tuple[int, str, str]]:
    return model._default_manager.filter(**condition).values_list("pk", "origin", "uid")


@dataclass(frozen=True, slots=True)
class Reach:
    """What a scope reaches: unit -> first day of the records that lie wholly inside. None: everything."""

    since: Mapping[int, date] | None

    def holds(self, unit_id: int) -> bool:
        """Whether the unit itself, as it is or last was, lies inside."""
        return self.since is None or unit_id in self.since

    def rows(self, unit_field: str, date_field: str | None = None) -> Q:
        """A filter for records by their unit and the day they hang on (None: the unit alone decides)."""
        if self.since is None:
            return Q()
        whole = [unit for unit, since in self.since.items() if date_field is None or since == date.min]
        condition = Q(**{f"{unit_field}__in": whole})
        if date_field:
            for unit, since in self.since.items():
                if since != date.min:
                    condition |= Q(**{unit_field: unit, f"{date_field}__gte": since})
        return condition


def reach(scope: Scope) -> Reach:
    """The reach of a scope today."""
    if scope.everything:
        return Reach(None)
    return Reach(history().inside_since(scope.unit_ids, today()))


def reach_below(scope: Scope, unit_id: int, on: date) -> Reach:
    """What lies wholly below a unit in the tree of a day, as far as the scope reaches it."""
    below, inside = history().inside_since(frozenset({unit_id}), on), reach(scope).since
    if inside is None:
        return Reach(below)
    return Reach({unit: max(since, inside[unit]) for unit, since in below.items() if unit in inside})


def visible_unit(scope: Scope, unit_id: int) -> Unit:
    """The unit, if the scope reaches it; raises Unit.DoesNotExist otherwise (outside the scope is 404)."""
    require_reach(scope, unit_id)
    return Unit.objects.get(pk=unit_id)


def require_reach(scope: Scope, unit_id: int) -> None:
    """Raises Unit.DoesNotExist where the scope does not reach the unit; asks no database."""
    if not reach(scope).holds(unit_id):
        raise Unit.DoesNotExist


def require_everything(scope: Scope) -> None:
    """Raises Refused("not_allowed") for who does not run the whole installation."""
    if not scope.require(Permission.OPERATE).everything:
        raise Refused("not_allowed", gettext("Chỉ người quản trị toàn hệ thống mới được làm việc này."))


def writable_unit(scope: Scope, permission: Permission, unit_id: int) -> Unit:
    """The unit, if this may be done there. Raises Refused("not_allowed"), Unit.DoesNotExist outside it."""
    return visible_unit(scope.require(permission), unit_id)


def changeable_unit(scope: Scope, unit_id: int) -> Unit:
    """The unit, if its name, parent and end may be changed: who is entrusted with a unit works below it and does not
    change that unit itself. Raises Refused("not_allowed"), Unit.DoesNotExist outside the scope."""
    allowed = scope.require(Permission.EDIT_UNITS)
    found = visible_unit(allowed, unit_id)
    if not may_change(scope, unit_id):
        raise Refused("not_allowed", gettext("Chỉ cấp trên mới được thay đổi đơn vị này."))
    return found


def may_change(scope: Scope, unit_id: int) -> bool:
    """Whether `changeable_unit` would give the unit."""
    allowed = scope.to(Permission.EDIT_UNITS)
    above = history().closure(today()).get(unit_id, ())[1:]
    own = unit_id in allowed.unit_ids and allowed.unit_ids.isdisjoint(above)
    return allowed.everything or (reach(allowed).holds(unit_id) and not own)


def require_changeable(scope: Scope, units: Iterable[int]) -> None:
    """As `changeable_unit` for many units, without reading them one by one."""
    allowed = scope.require(Permission.EDIT_UNITS)
    if allowed.everything:
        return
    inside, lines = reach(allowed), history().closure(today())
    for unit in units:
        if not inside.holds(unit):
            raise Unit.DoesNotExist
        if unit in allowed.unit_ids and allowed.unit_ids.isdisjoint(lines.get(unit, ())[1:]):
            raise Refused("not_allowed", gettext("Chỉ cấp trên mới được thay đổi đơn vị này."))


def may_add_below(scope: Scope, unit_id: int) -> bool:
    """Whether units may be added below this one."""
    return reach(scope.to(Permission.EDIT_UNITS)).holds(unit_id)


def find_units(scope: Scope, words: str) -> list[Version]:
    """Units in reach that ever bore a name with these words (marks or not) or that code: newest version each."""
    wanted, inside = fold(words), reach(scope)
    rows = UnitVersion.objects.filter(Q(name_folded__contains=wanted) | Q(code=words.strip()))
    past = history()
    named = sorted((natural_key(name), unit) for name, unit in rows.values_list("name", "unit_id"))
    found = dict.fromkeys(unit for _name, unit in named)
    return [v for unit in found if inside.holds(unit) and (v := past.last_version(unit))]


def today_tree(scope: Scope, without: tuple[str, ...] = ("village",)) -> list[tuple[Version, int]]:
    """The units of today that the scope reaches, in the order of the tree, each with its depth."""
    past, day, inside = history(), today(), reach(scope)
    found: list[tuple[Version, int]] = []

    def walk(parent: int | None, depth: int) -> None:
        for version in sorted(past.children(parent, day), key=_place):
            if version.kind in without:
                continue
            held = inside.holds(version.unit)
            if held:
                found.append((version, depth))
            walk(version.unit, depth + held)

    walk(None, 0)
    return found


def ended_units(scope: Scope, without: tuple[str, ...] = ("village",)) -> list[Version]:
    """The last versions of units in reach that have ended, the latest first."""
    past, inside, day = history(), reach(scope), today()
    last = [v for unit in past.versions if inside.holds(unit) and (v := past.last_version(unit))]
    gone = [v for v in last if v.valid_to < day and v.kind not in without]
    return sorted(gone, key=lambda v: (-v.valid_to.toordinal(), v.kind, natural_key(v.name), v.unit))


def _place(version: Version) -> tuple[str, str, str, int]:
    """The place of a unit among those beside it: by kind, code, then name."""
    return version.kind, version.code, natural_key(version.name), version.unit
