"""Where an account is signed in."""

from __future__ import annotations

from django.db.models import QuerySet

from nhanlucso.access.models import SignIn
from nhanlucso.kernel.scope import Scope


def own_devices(scope: Scope) -> QuerySet[SignIn]:
    """The devices that the account of the scope is signed in on, the last used first."""
    return SignIn.objects.filter(account_id=scope.account_id or 0).order_by("-seen_at", "-pk")
