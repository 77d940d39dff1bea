"""The second step of an account: what it has, whether it must have one."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef

from nhanlucso.access.models import Account, CodeApp, Passkey, RecoveryCode
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope

NOBODY_MUST, ACCOUNTS_MUST, ALL_MUST = "off", "accounts", "all"


@dataclass(frozen=True, slots=True)
class SecondStep:
    """What an account has for the second step; `codes`: how many codes on paper are left."""

    app: CodeApp | None
    passkeys: tuple[Passkey, ...]
    codes: int

    @property
    def is_there(self) -> bool:
        return self.app is not None or bool(self.passkeys)


def has_second_step(account: Account) -> bool:
    """Whether a password alone does not sign in. Public: asked before anybody is signed in; says yes or no."""
    app = CodeApp.objects.filter(account=OuterRef("pk"))
    key = Passkey.objects.filter(account=OuterRef("pk"))
    return Account.objects.filter(Exists(app) | Exists(key), pk=account.pk).exists()


def own_second_step(scope: Scope) -> SecondStep:
    """What the account of the scope has."""
    held = scope.account_id or 0
    return SecondStep(
        app=CodeApp.objects.filter(account_id=held).first(),
        passkeys=tuple(Passkey.objects.filter(account_id=held).order_by("pk")),
        codes=RecoveryCode.objects.filter(account_id=held, used_at__isnull=True).count(),
    )


def passkeys_of(account: Account) -> list[Passkey]:
    """The keys of an account that is half signed in. Public: the browser is told their ids, nobody's name."""
    return list(Passkey.objects.filter(account=account).order_by("pk"))


def passkey_of(handle: str) -> Passkey | None:
    """The key that a browser answers with. Public: it proves nothing before its signature is checked."""
    found = Passkey.objects.filter(handle=handle, account__is_active=True)
    return found.select_related("account").first()


def must_have_second_step(scope: Scope) -> bool:
    """Whether the account of the scope may not go on without one (setting NHANLUCSO_SECOND_STEP)."""
    if settings.SECOND_STEP == ALL_MUST:
        return True
    return settings.SECOND_STEP == ACCOUNTS_MUST and scope.may(Permission.MANAGE_ACCOUNTS)
