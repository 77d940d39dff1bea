"""Reading the marks of change."""

from __future__ import annotations

from nhanlucso.audit.models import Touch


def open_touches() -> list[int]:
    """Ids of the changes that no build of the facts has taken in yet. Public: counts nothing of anyone."""
    return list(Touch.objects.values_list("pk", flat=True))
