"""Who was made one with whom."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count

from nhanlucso.journal.models import Act
from nhanlucso.journal.queries import last_act
from nhanlucso.journal.rows import label_of
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.people.merging.relations import relations
from nhanlucso.people.models import FormerId, Person
from nhanlucso.people.queries import visible_people

MERGED = "person.merge"


def one_person_now(scope: Scope, pk: int) -> Person:
    """Whom the record with this key has become part of; raises Person.DoesNotExist where the scope does not reach
    them, or the record was never joined with another."""
    row = FormerId.objects.filter(table=label_of(Person), was=pk).values_list("row", flat=True).first()
    return visible_people(scope).get(pk=row or 0)


def last_merge(scope: Scope, person: Person) -> Act | None:
    """The newest merge into a person that the scope reaches, if it may take it back."""
    scope = scope.to(Permission.MERGE_PEOPLE)
    if not visible_people(scope).filter(pk=person.pk).exists():
        return None
    return last_act(scope, MERGED, str(person.pk))


def belongings(scope: Scope, *people: int) -> dict[int, Counter[str]]:
    """How many rows of which table («training.attendance») belong to each of the people whom the scope reaches."""
    reached = set(visible_people(scope).filter(pk__in=people).values_list("pk", flat=True))
    found: dict[int, Counter[str]] = {person: Counter() for person in reached}
    for relation in relations():
        rows = relation.rows(*reached).order_by().values_list(relation.column).annotate(rows=Count("pk"))
        for person, count in rows:
            found[person][label_of(relation.model)] += count
    return found
