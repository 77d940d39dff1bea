"""Saying that two records alike are two people."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from nhanlucso.audit.services import record
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.people.duplicates.queries import traits_of
from nhanlucso.people.duplicates.rules import fingerprint
from nhanlucso.people.models import DistinctPair


def say_distinct(*, one: int, other: int, by: Scope, at: datetime) -> DistinctPair:
    """Two people (primary keys) whom `by` reaches are two; they are proposed again once one of them changes. Said
    twice it stands once. Raises Refused("not_allowed"), Person.DoesNotExist."""
    by = by.require(Permission.MERGE_PEOPLE)
    mark = fingerprint(*traits_of(by, one, other))
    first, second = sorted((one, other))
    with transaction.atomic():
        known = DistinctPair.objects.filter(one=first, other=second).first()
        if known is not None and known.fingerprint == mark:
            return known
        said, _created = DistinctPair.objects.update_or_create(
            one_id=first,
            other_id=second,
            defaults={"fingerprint": mark, "account_id": by.account_id, "at": at},
        )
        record(
            verb="person.distinct",
            object_type="person",
            object_id=said.one.uid,
            by=by.account_id,
            at=at,
        )
    return said


def take_back_distinct(*, one: int, other: int, by: Scope, at: datetime) -> bool:
    """Proposes two people again of whom it was said that they are two; False if nobody said so. Raises as
    `say_distinct`."""
    by = by.require(Permission.MERGE_PEOPLE)
    traits_of(by, one, other)
    first, second = sorted((one, other))
    with transaction.atomic():
        said = DistinctPair.objects.filter(one=first, other=second).select_related("one").first()
        if said is None:
            return False
        said.delete()
        record(
            verb="person.maybe_same",
            object_type="person",
            object_id=said.one.uid,
            by=by.account_id,
            at=at,
        )
    return True
