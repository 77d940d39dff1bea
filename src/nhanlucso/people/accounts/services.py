"""Accounts of persons of the register: inviting somebody in particular, saying who stands behind an account."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nhanlucso.access.invites import services as invites
from nhanlucso.access.models import Account, Invite
from nhanlucso.access.services import require_charge
from nhanlucso.audit.services import record
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.people.models import Person, PersonAccount, PersonInvite
from nhanlucso.people.queries import visible_person


def invite_person(
    *, person: Person, role: str, unit: Unit | None, secret: str, by: Scope, at: datetime
) -> Invite:
    """An invitation for a person of the register: who takes it up becomes the account of that person.

    Raises as `access.invites.services.invite`; Refused("has_account"), Person.DoesNotExist outside the scope.
    """
    by = by.require(Permission.MANAGE_ACCOUNTS)
    person = visible_person(by, person.pk)
    _check_free(person)
    with transaction.atomic():
        made, created = invites.invite(
            role=role, unit=unit, full_name=person.full_name, secret=secret, by=by, at=at
        )
        if created:
            PersonInvite.objects.create(invite=made, person=person)
    return made


def accept_invite(
    *, secret: str, full_name: str, username: str, password: str, by: Scope, at: datetime
) -> Account:
    """As `access.invites.services.accept_invite`, and puts the person behind the account."""
    with transaction.atomic():
        account = invites.accept_invite(
            secret=secret, full_name=full_name, username=username, password=password, by=by, at=at
        )
        _link_invited(account)
    return account


def accept_light_invite(*, secret: str, full_name: str, pin: str, by: Scope, at: datetime) -> Account:
    """As `access.invites.services.accept_light_invite`, and puts the person behind the account."""
    with transaction.atomic():
        account = invites.accept_light_invite(secret=secret, full_name=full_name, pin=pin, by=by, at=at)
        _link_invited(account)
    return account


def link_person(*, account: Account, person: Person, by: Scope, at: datetime) -> None:
    """Says who stands behind an account; saying it again changes nothing.

    Raises as `access.services.require_charge`; Refused("has_account", "has_person"), Person.DoesNotExist.
    """
    by = require_charge(account=account, by=by, at=at)
    person = visible_person(by, person.pk)
    link = PersonAccount.objects.filter(account=account).first()
    if link is not None and link.person_id == person.pk:
        return
    if link is not None:
        raise Refused("has_person", _("Tài khoản này đã gắn với một người khác."))
    with transaction.atomic():
        _link(account, person)
        record(
            verb="account.person", object_type="account", object_id=str(account.pk), by=by.account_id, at=at
        )


def _link_invited(account: Account) -> None:
    meant = PersonInvite.objects.filter(invite__used_by=account).select_related("person").first()
    if meant is not None:
        _link(account, meant.person)


def _link(account: Account, person: Person) -> None:
    _check_free(person)
    try:
        with transaction.atomic():
            PersonAccount.objects.create(account=account, person=person)
    except IntegrityError:
        raise _taken(person) from None


def _check_free(person: Person) -> None:
    if PersonAccount.objects.filter(person=person).exists():
        raise _taken(person)


def _taken(person: Person) -> Refused:
    return Refused("has_account", _("%(name)s đã có tài khoản.") % {"name": person.full_name})
