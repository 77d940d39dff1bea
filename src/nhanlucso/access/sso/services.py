"""Signing in with the account of the province: only into an account that is there, unless the operator says so."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nhanlucso.access.models import Account, SsoLink
from nhanlucso.access.services import require_charge
from nhanlucso.access.signing.attempts import written
from nhanlucso.access.signing.services import check_open
from nhanlucso.access.sso.provider import Claims
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean


def sign_in_with_sso(*, claims: Claims, by: Scope, at: datetime) -> Account:
    """The account that the provider's claims mean: the one tied to this subject, else the only one with this code
    of an employee or this verified e-mail, which is tied from then on. `by` is a visitor.

    Raises Refused("sso_unknown", "disabled").
    """
    with transaction.atomic():
        link = (
            SsoLink.objects.filter(issuer=claims.issuer, subject=claims.subject)
            .select_related("account")
            .first()
        )
        account = link.account if link else _tied(claims, at)
        check_open(account=account, by=by, at=at)
        written("account.sign_in", account, account.pk, at)
    return account


def set_identity(*, account: Account, email: str, employee_code: str, by: Scope, at: datetime) -> None:
    """How the provider of the province knows an account: e-mail, code of the employee. Other values untie it.

    Raises as `access.services.require_charge`; Refused("code_taken").
    """
    by = require_charge(account=account, by=by, at=at)
    new = {"email": email.strip().lower(), "employee_code": employee_code.strip()}
    try:
        with transaction.atomic():
            if not Account.objects.filter(pk=account.pk).exclude(**new).update(**new):
                return
            account.sso_links.all().delete()
            written("account.identity", account, by.account_id, at)
    except IntegrityError:
        raise Refused("code_taken", _("Mã nhân viên này đã ghi cho tài khoản khác.")) from None


def _tied(claims: Claims, at: datetime) -> Account:
    account = _meant(claims) or _made(claims, at)
    if account is None:
        raise Refused(
            "sso_unknown",
            _(
                "Tài khoản tỉnh của bạn chưa gắn với tài khoản nào ở đây. Nhờ người quản trị ghi thư hoặc mã nhân viên."
            ),
        )
    SsoLink.objects.create(account=account, issuer=claims.issuer, subject=claims.subject, made_at=at)
    written("account.sso", account, account.pk, at)
    return account


def _meant(claims: Claims) -> Account | None:
    """The one account of this code, else of this e-mail; nobody's where two have it, or where the account is tied
    to somebody else already."""
    free = Account.objects.exclude(sso_links__issuer=claims.issuer)
    by_code = free.filter(employee_code=claims.code) if claims.code else free.none()
    by_mail = free.filter(email__iexact=claims.email) if claims.email else free.none()
    return _only(by_code) or _only(by_mail)


def _only(rows: QuerySet[Account]) -> Account | None:
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


def _made(claims: Claims, at: datetime) -> Account | None:
    """A new account without a role, where the operator wants that."""
    if not settings.SSO_MAKES_ACCOUNTS:
        return None
    account = Account(username=f"tinh-{uuid4().hex[:12]}", full_name=clean(claims.name), email=claims.email)
    account.set_unusable_password()
    account.save()
    written("account.add", account, account.pk, at)
    return account
