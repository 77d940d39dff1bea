"""Making accounts and entrusting units to them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from nhanlucso.access.models import Account, Assignment
from nhanlucso.audit.services import record
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit


def ensure_account(
    *, username: str, full_name: str, password: str, role: str, unit: Unit | None, by: Scope, at: datetime
) -> Account:
    """The account of that name with this assignment; both are made if they are not there. An existing account
    keeps its password."""
    with transaction.atomic():
        account, created = Account.objects.get_or_create(username=username, defaults={"full_name": full_name})
        if created:
            account.set_password(password)
            account.save(update_fields=["password"])
            record(verb="account.add", object_type="account", object_id=username, by=by.account_id, at=at)
        _, entrusted = Assignment.objects.get_or_create(account=account, role=role, unit=unit)
        if entrusted:
            record(verb="account.entrust", object_type="account", object_id=username, by=by.account_id, at=at)
    return account
