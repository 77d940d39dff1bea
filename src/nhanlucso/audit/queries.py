"""Reading what was done, and the marks of change."""

from __future__ import annotations

from collections.abc import Collection

from nhanlucso.audit.models import Event, Touch
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope


def open_touches() -> list[Touch]:
    """The changes that no build of the facts has taken in yet. Public: counts nothing of anyone."""
    return list(Touch.objects.order_by("pk"))


def events_about(
    scope: Scope,
    kinds: Collection[str],
    ids: Collection[str],
    most: int,
    permission: Permission = Permission.READ_AUDIT,
) -> list[Event]:
    """What was done to records of these kinds with these ids, newest first; nothing for who lacks the permission: to
    read the log, or to change such records.

    Whether the records lie in the reach of the scope is for the caller to ask. Acts on many records at once name
    none of them and are not found here.
    """
    if not scope.may(permission):
        return []
    rows = Event.objects.filter(object_type__in=kinds, object_id__in=[one for one in ids if one])
    return list(rows.order_by("-at", "-pk")[:most])
