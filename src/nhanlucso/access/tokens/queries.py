"""Tokens that somebody administers; the one that a program shows, and how far it reaches."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from nhanlucso.access.models import Token
from nhanlucso.access.queries import NOBODY, scope_of
from nhanlucso.access.tokens.rules import NEVER_A_PROGRAM, is_over, narrowed, permissions_in
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Grant, Scope, granted
from nhanlucso.orgs.queries import reach


def token_hash(scope: Scope, secret: str) -> str:
    """What is kept of a secret: keyed by the secret of the installation, so that a copy of the database alone opens
    nothing."""
    return salted_hmac("nhanlucso.access.token", secret, algorithm="sha256").hexdigest()


def visible_tokens(scope: Scope) -> QuerySet[Token]:
    """The tokens below the units that the scope runs, and one's own, the newest first."""
    scope = scope.to(Permission.OPERATE)
    inside = Q() if scope.everything else reach(scope).rows("unit") | Q(made_by=scope.account_id or 0)
    return Token.objects.filter(inside).select_related("made_by", "unit").order_by("-made_at", "-pk")


def token_of(secret: str) -> Token | None:
    """The token with this secret, in whatever state. Public: who holds the secret was given it."""
    return Token.objects.filter(secret_hash=token_hash(NOBODY, secret)).select_related("made_by").first()


def scope_of_token(token: Token) -> Scope:
    """How far a token reaches today: what it was made for, as far as its maker still may; nothing once it is over.
    It is nobody in person. Public: it makes scopes."""
    if token.revoked_at is not None or is_over(token.ends_on, today()):
        return NOBODY
    held = scope_of(token.made_by).grants
    return granted(
        token.made_by_id,
        narrowed(held, permissions_in(token.permissions), token.unit_id, _lies_below),
        person_id=None,
    )


def grantable(scope: Scope, unit_id: int | None) -> frozenset[Permission]:
    """The permissions that a token of the account of the scope can have over a unit (None: over everything)."""
    grants = scope.grants or tuple(
        Grant(role, scope.permissions, unit)
        for role in sorted(scope.roles)
        for unit in ((None,) if scope.everything else sorted(scope.unit_ids))
    )
    found: frozenset[Permission] = frozenset()
    for grant in grants:
        if grant.unit_id is None or (unit_id is not None and _lies_below(unit_id, grant.unit_id)):
            found |= grant.permissions
    return found - NEVER_A_PROGRAM


def _lies_below(unit_id: int, top: int) -> bool:
    """Whether a unit lies in the subtree of another today, or is it."""
    return reach(Scope(None, frozenset(), frozenset({top}))).holds(unit_id)
