"""Who has seen masked values of a person whole."""

from __future__ import annotations

from datetime import datetime

from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.people.models import Person, Reveal
from nhanlucso.people.queries import own_person, visible_people
from nhanlucso.people.revealing.rules import SHOWN_FOR

_LISTED = 50


def shown_whole(scope: Scope, person: Person, at: datetime) -> bool:
    """Whether the account of the scope has asked to see them, a few minutes ago at most."""
    if scope.account_id is None or not scope.may(Permission.EDIT_PEOPLE):
        return False
    rows = Reveal.objects.filter(person=person, account_id=scope.account_id)
    return rows.filter(at__gt=at - SHOWN_FOR, at__lte=at).exists()


def may_reveal(scope: Scope, person: Person) -> bool:
    """Whether the account may ask for it: who keeps the record of this person."""
    if not scope.may(Permission.EDIT_PEOPLE):
        return False
    return visible_people(scope.to(Permission.EDIT_PEOPLE)).filter(pk=person.pk).exists()


def own_reveals(scope: Scope) -> list[Reveal]:
    """Who has seen one's own values whole, the newest first, with the account."""
    person = own_person(scope)
    if person is None:
        return []
    return list(
        Reveal.objects.filter(person=person).select_related("account").order_by("-at", "-pk")[:_LISTED]
    )
