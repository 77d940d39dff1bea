"""Whether the first-run tour is still to be offered."""

from __future__ import annotations

from nhanlucso.access.models import Account
from nhanlucso.kernel.scope import Scope


def tour_is_due(scope: Scope) -> bool:
    """Whether the account of the scope has neither seen the tour nor sent it away."""
    return Account.objects.filter(pk=scope.account_id or 0, toured_at__isnull=True).exists()
