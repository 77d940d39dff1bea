"""A unit added by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nhanlucso.audit.models import Event
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM, Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history
from nhanlucso.orgs.services import NewUnit, add_unit, end_unit
from tests.factories.scopes import officer_of, viewer_of

pytestmark = pytest.mark.django_db


def test_it_stands_below_its_parent_at_once(places: Any) -> None:
    made = add_unit(unit=NewUnit(" Thôn  Hai ", "village", places.an), by=officer_of(places.an), at=now())
    version = history().version(made.pk, today())
    assert version is not None
    assert (version.name, version.kind, version.parent) == ("Thôn Hai", "village", places.an.pk)
    assert Event.objects.filter(verb="unit.add", object_id=made.uid).exists()


def refusal(unit: NewUnit, by: Scope = SYSTEM) -> str:
    count = Unit.objects.count()
    with pytest.raises(Refused) as refused:
        add_unit(unit=unit, by=by, at=now())
    assert Unit.objects.count() == count
    return refused.value.code


def test_what_cannot_be_is_refused(places: Any) -> None:
    assert refusal(NewUnit(" ", "village", places.an)) == "name_missing"
    assert refusal(NewUnit("Thôn Hai", "planet", places.an)) == "bad_kind"
    assert refusal(NewUnit("thôn  một", "village", places.an)) == "name_taken"
    end_unit(unit=places.binh, last_day=date(2025, 6, 30), heir=places.an, document="", by=SYSTEM, at=now())
    late = NewUnit("Thôn Ba", "village", places.binh, valid_from=date(2025, 7, 1))
    assert refusal(late) == "parent_not_valid"


def test_only_who_may_adds(places: Any) -> None:
    assert refusal(NewUnit("Thôn Hai", "village", places.an), viewer_of(places.an)) == "not_allowed"
    assert refusal(NewUnit("Tỉnh Hai", "province", None), officer_of(places.province)) == "not_allowed"
    with pytest.raises(Unit.DoesNotExist):
        add_unit(unit=NewUnit("Thôn Hai", "village", places.binh), by=officer_of(places.an), at=now())
