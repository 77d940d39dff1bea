"""Saying of an account whether it is still needed, once in a half-year."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from nhanlucso.access.enums import OffWhy, Verdict
from nhanlucso.access.models import Account, AccountReview
from nhanlucso.access.rules import half_of
from nhanlucso.access.services import disable_account, require_charge
from nhanlucso.access.signing.attempts import written
from nhanlucso.kernel.clock import local_date
from nhanlucso.kernel.scope import Scope


def keep_account(*, account: Account, by: Scope, at: datetime) -> None:
    """It is still needed, with what it is entrusted with. Said again it stays as it was said.

    Raises as `access.services.require_charge`.
    """
    by = require_charge(account=account, by=by, at=at)
    with transaction.atomic():
        _mark(account, Verdict.KEPT, "account.review", by, at)


def end_account(*, account: Account, by: Scope, at: datetime) -> None:
    """It is not needed any more: nobody signs in with it. Raises as `access.services.disable_account`."""
    with transaction.atomic():
        disable_account(account=account, by=by, at=at, why=OffWhy.REVIEW)
        _mark(account, Verdict.ENDED, "account.review_end", by, at)


def _mark(account: Account, verdict: Verdict, verb: str, by: Scope, at: datetime) -> None:
    half = half_of(local_date(at))
    row, created = AccountReview.objects.get_or_create(
        account=account, half=half, defaults={"verdict": verdict, "at": at, "by_id": by.account_id}
    )
    if created or row.verdict != verdict:
        AccountReview.objects.filter(pk=row.pk).update(verdict=verdict, at=at, by_id=by.account_id)
        written(verb, account, by.account_id, at)
