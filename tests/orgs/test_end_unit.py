"""The end of a unit, with an heir of its past and without."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nhanlucso.kernel.clock import ALWAYS, EVER, now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM, Scope
from nhanlucso.orgs.models import Unit, UnitChange
from nhanlucso.orgs.queries import history
from nhanlucso.orgs.services import NewUnit, add_unit, end_unit
from tests.factories.scopes import officer_of, viewer_of

pytestmark = pytest.mark.django_db
LAST, NEXT = date(2025, 6, 30), date(2025, 7, 1)


def end(unit: Unit, heir: Unit | None, by: Scope = SYSTEM, last_day: date = LAST) -> None:
    end_unit(unit=unit, last_day=last_day, heir=heir, document="1673/NQ", by=by, at=now())


def refusal(unit: Unit, heir: Unit | None, by: Scope = SYSTEM, last_day: date = LAST) -> str:
    with pytest.raises(Refused) as refused:
        end(unit, heir, by, last_day)
    assert not UnitChange.objects.exists()
    return refused.value.code


def test_an_heir_takes_the_past_and_what_stands_below(places: Any) -> None:
    end(places.an, places.binh)
    past = history()
    assert past.version(places.an.pk, LAST) is not None
    assert past.version(places.an.pk, NEXT) is None
    assert past.carry(places.an.pk, EVER, NEXT) == {places.binh.pk}
    village = past.version(places.village.pk, NEXT)
    assert village is not None
    assert village.parent == places.binh.pk
    assert past.carry(places.village.pk, EVER, NEXT) == {places.village.pk}


def test_without_an_heir_the_past_belongs_nowhere(places: Any) -> None:
    end(places.village, None)
    assert history().carry(places.village.pk, EVER, NEXT) == frozenset()


def test_children_are_not_left_behind(places: Any) -> None:
    assert refusal(places.an, None) == "has_children"


def test_an_heir_must_be_another_unit_that_is_valid(places: Any) -> None:
    assert refusal(places.an, places.an) == "bad_heir"
    assert refusal(places.an, places.village) == "bad_heir"
    later = add_unit(
        unit=NewUnit("Xã Sau", "commune", places.province, valid_from=date(2026, 1, 1)), by=SYSTEM, at=now()
    )
    assert refusal(places.an, later) == "bad_heir"


def test_days_outside_its_life_are_refused(places: Any) -> None:
    end(places.binh, places.an)
    UnitChange.objects.all().delete()
    assert refusal(places.binh, places.an, last_day=date(2026, 1, 1)) == "not_valid"
    assert refusal(places.an, places.province, last_day=ALWAYS) == "not_valid"


def test_only_a_level_above_ends_a_unit(places: Any) -> None:
    assert refusal(places.an, places.an, officer_of(places.an)) == "not_allowed"
    assert refusal(places.village, None, viewer_of(places.an)) == "not_allowed"
    for unit, heir in ((places.binh, None), (places.village, places.binh)):
        with pytest.raises(Unit.DoesNotExist):
            end(unit, heir, officer_of(places.an))
    end(places.village, None, officer_of(places.an))
    assert history().version(places.village.pk, NEXT) is None
