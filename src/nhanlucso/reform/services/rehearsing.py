"""Rehearsing a resolution, and keeping what came out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from nhanlucso.audit.services import record
from nhanlucso.jobs.services import Say
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.reform.models import Resolution, StoredRehearsal
from nhanlucso.reform.queries.rehearsal import rehearsal
from nhanlucso.reform.queries.resolutions import visible_resolution
from nhanlucso.reform.rules.rehearsal import as_json
from nhanlucso.reform.stored import draft_of, mark_of, newest_event, structure_token


def rehearse_resolution(
    *, resolution: Resolution, by: Scope, at: datetime, say: Say | None = None
) -> StoredRehearsal:
    """Keeps what the resolution would do, in place of what was kept before; nothing else is written. `say` is told
    how far it is.

    Raises Refused("not_allowed"); Resolution.DoesNotExist outside the scope.
    """
    by.require(Permission.EDIT_UNITS)
    held = visible_resolution(by, resolution.uid)
    marks = {
        "draft": mark_of(draft_of(held)), "structure": structure_token(), "last_event": newest_event(),
    }  # fmt: skip
    seen = rehearsal(by, held.uid, say)
    with transaction.atomic():
        kept, _made = StoredRehearsal.objects.update_or_create(
            resolution=held, defaults={"at": at, "by_id": by.account_id, "content": as_json(seen), **marks}
        )
        record(
            verb="resolution.rehearse",
            object_type="resolution",
            object_id=held.uid,
            by=by.account_id,
            at=at,
            count=len(seen.units),
        )
    return kept
