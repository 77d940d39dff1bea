"""The last rehearsal of a resolution, and what has changed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nhanlucso.access.models import Account
from nhanlucso.audit.models import Event
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history
from nhanlucso.reform.models import Resolution, StoredRehearsal
from nhanlucso.reform.queries.resolutions import visible_resolution
from nhanlucso.reform.rules.draft import Draft
from nhanlucso.reform.rules.rehearsal import Rehearsal, from_json
from nhanlucso.reform.stored import draft_of, mark_of, structure_token

_COUNTED = frozenset(
    {
        "person", "post", "unit", "team", "training_class", "class_session", "account", "invite", "report", "plan",
        "target", "bundle", "upload", "act",
    }
)  # fmt: skip
"""What an act was done to, where a rehearsal may count otherwise after it."""
_READING = ("export", "download", "print", "reveal")


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A rehearsal as it was at a time, by whom. `outdated`: the resolution or units have changed since, so that it
    speaks of something else; `acts`: how many acts on records there have been since."""

    seen: Rehearsal
    at: datetime
    by: Account | None
    outdated: bool
    acts: int


def last_rehearsal(scope: Scope, uid: str) -> Rehearsed | None:
    """The last rehearsal of a resolution; None before the first. Raises Resolution.DoesNotExist outside the scope."""
    resolution = visible_resolution(scope, uid)
    kept = StoredRehearsal.objects.filter(resolution=resolution).select_related("by").first()
    if kept is None:
        return None
    draft = draft_of(resolution)
    return Rehearsed(
        seen=from_json(kept.content, history(), draft),
        at=kept.at,
        by=kept.by,
        outdated=_outdated(resolution, kept, draft),
        acts=_acts_since(kept.last_event),
    )


def _outdated(resolution: Resolution, kept: StoredRehearsal, draft: Draft) -> bool:
    """What was carried out is not rehearsed any more: units are as it foresaw."""
    return resolution.enacted_at is None and (
        kept.draft != mark_of(draft) or kept.structure != structure_token()
    )


def _acts_since(event: int) -> int:
    rows = Event.objects.filter(pk__gt=event, object_type__in=_COUNTED)
    for word in _READING:
        rows = rows.exclude(verb__endswith=f".{word}")
    return rows.count()
