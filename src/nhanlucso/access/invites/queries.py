"""Invites that somebody made or may withdraw; the invite that a link names."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from nhanlucso.access.models import Invite, ResetLink
from nhanlucso.access.secret import hash_of
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import reach


def visible_invites(scope: Scope) -> QuerySet[Invite]:
    """The invites to units inside the scope, and one's own, the newest first."""
    scope = scope.to(Permission.MANAGE_ACCOUNTS)
    inside = Q() if scope.everything else reach(scope).rows("unit") | Q(made_by=scope.account_id or 0)
    return Invite.objects.filter(inside).select_related("used_by", "made_by").order_by("-made_at", "-pk")


def invite_of(secret: str) -> Invite | None:
    """The invite of a link, in whatever state. Public: who holds the secret was given it."""
    return (
        Invite.objects.filter(secret_hash=hash_of(secret))
        .select_related("unit", "made_by", "used_by")
        .first()
    )


def reset_link_of(secret: str) -> ResetLink | None:
    """The link to a new password, in whatever state. Public: who holds the secret was given it."""
    return ResetLink.objects.filter(secret_hash=hash_of(secret)).select_related("account", "made_by").first()
