"""Attempts at a secret: counted before they are judged, five failures in a row lock for a while."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Case, DateTimeField, F, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from nhanlucso.access.models import Account, SignInCard
from nhanlucso.access.rules import LOCK_AFTER, LOCK_FOR
from nhanlucso.audit.services import record
from nhanlucso.kernel.clock import ZONE
from nhanlucso.kernel.errors import Refused

Attempts = QuerySet[Account] | QuerySet[SignInCard]


def attempts_at(account: Account) -> QuerySet[Account]:
    """The row that counts the attempts at an account."""
    return Account.objects.filter(pk=account.pk)


def claim(attempts: Attempts, holder: Account | SignInCard, at: datetime) -> None:
    """Counts an attempt before it is judged, in one statement: those who try at the same time cannot have more
    of them. The fifth locks at once, and opens again if it proves right. Raises Refused("locked")."""
    free = Q(locked_until__isnull=True) | Q(locked_until__lte=at)
    taken = attempts.filter(free).update(
        failures=Case(When(locked_until__isnull=False, then=Value(1)), default=F("failures") + 1),
        locked_until=Case(
            When(locked_until__isnull=True, failures__gte=LOCK_AFTER - 1, then=Value(at + LOCK_FOR)),
            default=Value(None),
            output_field=DateTimeField(),
        ),
    )
    if not taken:
        holder.refresh_from_db(fields=["locked_until"])
        raise _locked(holder.locked_until or at + LOCK_FOR)


def locked_now(attempts: Attempts, holder: Account | SignInCard, at: datetime) -> Refused | None:
    """The refusal of the failure that locked, put on record; None while there are tries left."""
    until = attempts.values_list("locked_until", flat=True).get()
    if until is None:
        return None
    account = holder if isinstance(holder, Account) else holder.account
    with transaction.atomic():
        written("account.lock", account, None, at)
    return _locked(until)


def proved(attempts: Attempts) -> None:
    """The attempt was right: nothing is counted any more."""
    attempts.update(failures=0, locked_until=None)


def half_proved(attempts: Attempts) -> None:
    """The attempt was right, but another step is to come: only this attempt is taken back, or whoever knows the
    password could try codes without end."""
    attempts.update(
        failures=Case(When(failures__gt=0, then=F("failures") - 1), default=Value(0)), locked_until=None
    )


def signed_in(attempts: Attempts, account: Account, at: datetime) -> None:
    """The last step was right."""
    with transaction.atomic():
        proved(attempts)
        written("account.sign_in", account, account.pk, at)


def written(verb: str, account: Account, by: int | None, at: datetime) -> None:
    record(verb=verb, object_type="account", object_id=str(account.pk), by=by, at=at)


def _locked(until: datetime) -> Refused:
    words = _("Đã nhập sai %(times)s lần. Chờ đến %(time)s rồi thử lại, hoặc nhờ người quản trị đặt lại.")
    return Refused("locked", words % {"times": LOCK_AFTER, "time": f"{until.astimezone(ZONE):%H:%M}"})
