"""All that is stored about one person, whichever room it belongs to, and whether it may be erased."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from nhanlucso.journal.rows import Row, label_of, stored, values_of
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.language import mark as _
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.sealing import Undecipherable, decrypt
from nhanlucso.people.merging.relations import relations
from nhanlucso.people.models import Hold, Person, PersonAccount
from nhanlucso.people.queries import visible_person

_SEALED, _WITHOUT = "national_id_cipher", {"national_id_hash", "name_folded", "name_key"}
_LOST = _("(khóa hiện tại không mở được)")


@dataclass(frozen=True, slots=True)
class Stored:
    """The rows of one table about a person: «people.post», columns → values as JSON holds them."""

    table: str
    label: str
    rows: tuple[Row, ...]


def stored_about(scope: Scope, pk: int) -> list[Stored]:
    """Everything, for the person behind the account or for who keeps the record. Raises Person.DoesNotExist."""
    if pk != scope.person_id:
        visible_person(scope.to(Permission.EDIT_PEOPLE), pk)
    found = [_stored(Person, [Person.objects.get(pk=pk)])]
    for relation in relations():
        if rows := list(relation.rows(pk)):
            found.append(_stored(relation.model, rows))
    return found


def _stored(model: type[Model], rows: Iterable[Model]) -> Stored:
    return Stored(label_of(model), str(model._meta.verbose_name), tuple(_row(row) for row in rows))


def _row(row: Model) -> Row:
    values: dict[str, Any] = {name: value for name, value in values_of(row).items() if name not in _WITHOUT}
    if _SEALED in values:
        try:
            values["national_id"] = decrypt(values.pop(_SEALED))
        except Undecipherable:
            values["national_id"] = _LOST
    return stored(values)


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands against erasing somebody: a hold, a post of today, an account that can sign in."""

    hold: Hold | None
    post: bool
    account: bool

    @property
    def free(self) -> bool:
        return self.hold is None and not self.post and not self.account


def standing(scope: Scope, person: Person) -> Standing:
    """Of a person whom the scope may edit."""
    visible_person(scope.to(Permission.EDIT_PEOPLE), person.pk)
    return Standing(
        hold=Hold.objects.filter(person=person).first(),
        post=person.posts.filter(valid_to__gte=today()).exists(),
        account=PersonAccount.objects.filter(person=person, account__is_active=True).exists(),
    )
