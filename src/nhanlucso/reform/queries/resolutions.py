"""Resolutions as far as a scope works on units."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from nhanlucso.journal.models import Act
from nhanlucso.journal.queries import last_act
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import reach
from nhanlucso.reform.models import Resolution

ENACT = "reform.enact"


def visible_resolutions(scope: Scope) -> QuerySet[Resolution]:
    """Those of units that the scope may change, drafts first, then by day, the latest first."""
    allowed = scope.to(Permission.EDIT_UNITS)
    inside = Q() if allowed.everything else reach(allowed).rows("unit")
    found = Resolution.objects.filter(inside).select_related("job").annotate(rows=Count("changes"))
    return found.order_by("state", "-date", "-pk")


def visible_resolution(scope: Scope, uid: str) -> Resolution:
    """Raises Resolution.DoesNotExist outside the scope."""
    return visible_resolutions(scope).get(uid=uid)


def enacting_act(scope: Scope, resolution: Resolution) -> Act | None:
    """What carrying it out did, if it stands."""
    return last_act(scope, ENACT, str(resolution.pk))
