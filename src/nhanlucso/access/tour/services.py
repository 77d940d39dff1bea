"""The first-run tour, once per account."""

from __future__ import annotations

from datetime import datetime

from nhanlucso.access.models import Account
from nhanlucso.kernel.scope import Scope


def finish_tour(*, by: Scope, at: datetime) -> None:
    """Whoever acts has seen the tour, or does not want it; it is not offered again."""
    Account.objects.filter(pk=by.account_id or 0, toured_at__isnull=True).update(toured_at=at)
