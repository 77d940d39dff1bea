"""The person behind an account, as far as a scope reaches."""

from __future__ import annotations

from nhanlucso.access.models import Account
from nhanlucso.kernel.scope import Scope
from nhanlucso.people.models import Person, PersonAccount
from nhanlucso.people.queries import visible_people


def person_behind(scope: Scope, account: Account) -> Person | None:
    """The person behind an account: one's own, or one whom the scope reaches."""
    rows = Person.objects.filter(account_link__account=account)
    if account.pk != scope.account_id:
        rows = rows.filter(pk__in=visible_people(scope).values("pk"))
    return rows.first()


def has_account(scope: Scope, person: Person) -> bool:
    """Whether somebody whom the scope reaches can sign in already."""
    return PersonAccount.objects.filter(person=visible_people(scope).filter(pk=person.pk).first()).exists()
