"""Carrying a resolution out, and taking that back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.jobs.services import Say
from nhanlucso.journal.services import recording, undo
from nhanlucso.kernel.errors import Detail, Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history
from nhanlucso.orgs.restructuring.rules import Ref, Restructuring
from nhanlucso.orgs.restructuring.services import restructure
from nhanlucso.orgs.services import structure_changed
from nhanlucso.reform.enums import ResolutionState
from nhanlucso.reform.models import PlannedUnit, Resolution
from nhanlucso.reform.problems import said
from nhanlucso.reform.queries.resolutions import ENACT, enacting_act, visible_resolution
from nhanlucso.reform.rules.draft import Draft, Plan
from nhanlucso.reform.rules.planning import plan
from nhanlucso.reform.stored import draft_of, key_of

_TOLD = 50
_STEPS = 3


@dataclass(frozen=True, slots=True)
class Enacted:
    """What carrying out did: units that ended, new ones, those that await a place. `already`: it had been done."""

    ended: int
    made: int
    waiting: int
    already: bool = False


def enact_resolution(*, resolution: Resolution, by: Scope, at: datetime, say: Say | None = None) -> Enacted:
    """Writes versions and events of a resolution, before or after its day; no record is re-pointed. `say` is told how
    far it is.

    Carried out already, nothing happens. Raises Refused("not_allowed", "cannot_enact") with every problem,
    Refused("nothing_to_enact"); Resolution.DoesNotExist, Unit.DoesNotExist outside the scope.
    """
    by.require(Permission.EDIT_UNITS)
    visible_resolution(by, resolution.uid)
    with transaction.atomic():
        held = Resolution.objects.select_for_update().get(pk=resolution.pk)
        if held.state == ResolutionState.ENACTED:
            return Enacted(0, 0, 0, already=True)
        _tell(say, 0, _("Kiểm tra nghị quyết"))
        draft = draft_of(held)
        planned = _planned(draft)
        _tell(say, 1, _("Ghi đơn vị"))
        with recording(
            kind=ENACT,
            subject=str(held.pk),
            title=f"{held.document}, {held.date:%d/%m/%Y}",
            permission=Permission.EDIT_UNITS,
            by=by,
            at=at,
        ) as recorder:
            recorder.watch(PlannedUnit.objects.filter(resolution=held))
            change = _restructuring(held, draft, planned)
            made = restructure(change=change, recorder=recorder, by=by, at=at)
            _tell(say, 2, _("Ghi sổ để hoàn tác được"))
            units = list(held.units.order_by("pk"))
            for unit in units:
                unit.unit_id = made[key_of(unit.pk)]
            PlannedUnit.objects.bulk_update(units, ["unit"])
        held.state, held.enacted_at, held.enacted_by_id = ResolutionState.ENACTED, at, by.account_id
        held.save(update_fields=["state", "enacted_at", "enacted_by"])
        _written("resolution.enact", held, by, at, len(draft.rows))
    return Enacted(len(planned.ended), len(made), len(planned.waiting))


def reverse_resolution(*, resolution: Resolution, by: Scope, at: datetime, say: Say | None = None) -> bool:
    """Units are as they were before, row by row; the resolution is a draft again. False: it was one already. `say` is
    told how far it is.

    Raises Refused("not_allowed", "undo_conflict") with what has changed since; Resolution.DoesNotExist.
    """
    by.require(Permission.EDIT_UNITS)
    visible_resolution(by, resolution.uid)
    with transaction.atomic():
        held = Resolution.objects.select_for_update().get(pk=resolution.pk)
        act = enacting_act(by, held)
        if held.state != ResolutionState.ENACTED or act is None:
            return False
        _tell(say, 1, _("Trả các đơn vị lại như trước"))
        undo(act=act, by=by, at=at)
        _tell(say, 2, _("Ghi sổ"))
        structure_changed()
        held.state, held.enacted_at, held.enacted_by = ResolutionState.DRAFT, None, None
        held.save(update_fields=["state", "enacted_at", "enacted_by"])
        _written("resolution.reverse", held, by, at, 1)
    return True


def _tell(say: Say | None, done: int, step: str) -> None:
    """Between two steps; here long work may be stopped, and nothing of it stays."""
    if say is not None:
        say(done, _STEPS, step)


def _planned(draft: Draft) -> Plan:
    if not draft.rows:
        raise Refused("nothing_to_enact", _("Nghị quyết chưa có dòng nào."))
    planned = plan(history(), draft)
    if planned.problems:
        message = _("Chưa thực hiện được: còn %(count)d chỗ cần sửa.") % {"count": len(planned.problems)}
        raise Refused("cannot_enact", message, [Detail(said(one)) for one in planned.problems[:_TOLD]])
    return planned


def _restructuring(held: Resolution, draft: Draft, planned: Plan) -> Restructuring:
    keys: list[tuple[Ref, str]] = [(unit.key, unit.catalogue_key) for unit in draft.units]
    keys += [(row.origin, row.catalogue_key) for row in draft.rows if row.origin is not None]
    return Restructuring(
        day=draft.day,
        document=held.document,
        name=held.uid,
        ending=planned.ended | planned.waiting.keys(),
        opening=planned.opening,
        events=planned.events,
        keys=tuple((ref, key) for ref, key in keys if key),
    )


def _written(verb: str, resolution: Resolution, by: Scope, at: datetime, count: int) -> None:
    record(
        verb=verb,
        object_type="resolution",
        object_id=resolution.uid,
        by=by.account_id,
        at=at,
        count=count,
        facts=True,
    )
