"""Where an account is signed in."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet

from nhanlucso.access.models import SignIn
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.scope import Scope


def own_devices(scope: Scope) -> QuerySet[SignIn]:
    """The devices that the account of the scope is signed in on, the last used first."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now())
    rows = SignIn.objects.filter(Exists(alive), account_id=scope.account_id or 0)
    return rows.order_by("-seen_at", "-pk")
