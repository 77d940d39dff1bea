"""The register of breaches, for who reads the log of everything or runs the installation."""

from __future__ import annotations

from django.db.models import F, QuerySet

from nhanlucso.audit.models import Breach
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope


def breaches(scope: Scope) -> QuerySet[Breach]:
    """Those that are not reported first, by when they were found; then the others, newest first."""
    if not (scope.to(Permission.READ_AUDIT).everything or scope.to(Permission.OPERATE).everything):
        return Breach.objects.none()
    return Breach.objects.order_by(F("reported_at").desc(nulls_first=True), "found_at", "pk")
