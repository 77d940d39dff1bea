"""Cards that sign in."""

from __future__ import annotations

from nhanlucso.access.models import SignInCard
from nhanlucso.access.secret import hash_of
from nhanlucso.kernel.scope import Scope


def card_of(secret: str) -> SignInCard | None:
    """The card of a link, if its account may sign in. Public: who holds the secret was given it."""
    rows = SignInCard.objects.filter(secret_hash=hash_of(secret), account__is_active=True)
    return rows.select_related("account").first()


def own_card(scope: Scope) -> SignInCard | None:
    """The card of the account itself."""
    return SignInCard.objects.filter(account_id=scope.account_id or 0).first()


def card_stands(account_id: int, mark: str) -> bool:
    """Whether the card that a sign-in was made with is still the card of the account. Public: tells yes or no."""
    return SignInCard.objects.filter(account_id=account_id, secret_hash=mark).exists()
