"""Devices that are signed in: noted when they come, seen now and then, signed out one by one or all."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from nhanlucso.access.devices.names import device_name
from nhanlucso.access.models import Account, SignIn
from nhanlucso.access.signing.attempts import written
from nhanlucso.kernel.scope import Scope


def note_device(
    *, account: Account, session_key: str, way: str, user_agent: str, by: Scope, at: datetime
) -> SignIn:
    """A device has signed in with the session of this key. Those whose session is over are forgotten."""
    with transaction.atomic():
        alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=at)
        account.sign_ins.filter(~Exists(alive)).delete()
        made, _created = SignIn.objects.update_or_create(
            session_key=session_key,
            defaults={
                "account": account,
                "way": way,
                "device": device_name(user_agent)[:100],
                "made_at": at,
                "seen_at": at,
            },
        )
        Account.objects.filter(pk=account.pk).update(seen_at=at)
    return made


def see_device(*, session_key: str, by: Scope, at: datetime) -> None:
    """The device was used; asked at most once a minute."""
    SignIn.objects.filter(session_key=session_key).update(seen_at=at)
    Account.objects.filter(pk=by.account_id or 0).update(seen_at=at)


def rekey_device(*, old: str, new: str, by: Scope, at: datetime) -> None:
    """The session of the device goes on under another key."""
    SignIn.objects.filter(session_key=old).update(session_key=new)


def forget_device(*, session_key: str, by: Scope, at: datetime) -> None:
    """The session of the device has ended by itself."""
    SignIn.objects.filter(session_key=session_key).delete()


def sign_out_device(*, sign_in_id: int, by: Scope, at: datetime) -> None:
    """Ends one of one's own devices. Raises SignIn.DoesNotExist for anybody else's."""
    found = SignIn.objects.select_related("account").get(pk=sign_in_id, account_id=by.account_id or 0)
    with transaction.atomic():
        _end(SignIn.objects.filter(pk=found.pk))
        written("account.sign_out", found.account, by.account_id, at)


def sign_out_others(*, account: Account, session_key: str, by: Scope, at: datetime) -> int:
    """Ends all devices of an account but the one of this key, and says how many those were."""
    with transaction.atomic():
        count = _end(account.sign_ins.exclude(session_key=session_key))
        if count:
            written("account.sign_out_all", account, by.account_id, at)
    return count


def _end(devices: QuerySet[SignIn]) -> int:
    keys = list(devices.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    SignIn.objects.filter(session_key__in=keys).delete()
    return len(keys)
