"""Activities of a plan with who chairs and who joins."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused

KEY = "abcdefgh2345"


def test_an_activity_is_written_once(plans: Any) -> None:
    from nhanlucso.plans.documents.services.activities import ActivityData, add_activity

    data = ActivityData("Mở 5 lớp", plans.places.hoa, date(2026, 3, 1), date(2026, 9, 30))
    first, second = (
        add_activity(plan=plans.plan, activity=data, key=KEY, by=plans.officer, at=now()) for _ in range(2)
    )
    assert first == second
    assert first.lead_unit == plans.places.hoa


def test_a_chair_outside_the_reach_is_not_found_but_may_stay(plans: Any) -> None:
    from nhanlucso.orgs.models import Unit
    from nhanlucso.plans.documents.services.activities import ActivityData, add_activity, change_activity
    from nhanlucso.plans.models import Activity, Plan

    own = Plan.objects.create(uid="kh-loc", title="Kế hoạch xã", issuer_unit=plans.places.loc)
    with pytest.raises(Unit.DoesNotExist):
        add_activity(plan=own, activity=ActivityData("Lớp", plans.places.hoa), by=plans.commune, at=now())
    row = Activity.objects.create(uid="nv-2", plan=own, title="Lớp", lead_unit=plans.places.hoa)
    kept = ActivityData("Lớp khác", plans.places.hoa)
    assert change_activity(activity=row, data=kept, by=plans.commune, at=now()).title == "Lớp khác"


def test_an_activity_is_refused(plans: Any) -> None:
    from nhanlucso.plans.documents.services.activities import ActivityData, add_activity
    from nhanlucso.plans.models import Plan

    backwards = ActivityData("Lớp", None, date(2026, 2, 1), date(2026, 1, 1))
    for data, code in ((backwards, "bad_span"), (ActivityData(""), "title_missing")):
        with pytest.raises(Refused) as refusal:
            add_activity(plan=plans.plan, activity=data, by=plans.officer, at=now())
        assert refusal.value.code == code
    with pytest.raises(Plan.DoesNotExist):
        add_activity(plan=plans.plan, activity=ActivityData("Lớp"), by=plans.commune, at=now())


def test_partners_may_stand_outside_the_reach(plans: Any) -> None:
    from nhanlucso.audit.models import Event
    from nhanlucso.plans.documents.services.activities import add_partner, remove_partner
    from nhanlucso.plans.models import Activity, Plan

    own = Plan.objects.create(uid="kh-loc", title="Kế hoạch xã", issuer_unit=plans.places.loc)
    row = Activity.objects.create(uid="nv-2", plan=own, title="Lớp", lead_unit=plans.places.loc)
    for _ in range(2):
        add_partner(activity=row, unit=plans.places.hoa, by=plans.commune, at=now())
    assert list(row.partner_units.all()) == [plans.places.hoa]
    for unit, words in ((plans.places.an, "không còn hoạt động"), (plans.places.loc, "đang chủ trì")):
        with pytest.raises(Refused, match=words):
            add_partner(activity=row, unit=unit, by=plans.commune, at=now())
    for _ in range(2):
        remove_partner(activity=row, unit=plans.places.hoa, by=plans.commune, at=now())
    assert not row.partner_units.exists()
    assert Event.objects.filter(object_type="activity").count() == 2
    with pytest.raises(Activity.DoesNotExist):
        add_partner(activity=plans.activity, unit=plans.places.loc, by=plans.commune, at=now())


def test_an_activity_with_classes_stays(plans: Any) -> None:
    from nhanlucso.plans.documents.services.activities import remove_activity
    from nhanlucso.plans.models import Activity
    from tests.factories.records import make_class

    made = make_class("Lớp", plans.places.loc, date(2026, 3, 2), activity=plans.activity)
    with pytest.raises(Refused, match="Có lớp học"):
        remove_activity(activity=plans.activity, by=plans.officer, at=now())
    with pytest.raises(Activity.DoesNotExist):
        remove_activity(activity=plans.activity, by=plans.commune, at=now())
    made.delete()
    remove_activity(activity=plans.activity, by=plans.officer, at=now())
    assert not Activity.objects.exists()
