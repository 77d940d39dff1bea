"""The plan of the next year."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused

KEY = "abcdefgh2345"


@pytest.fixture
def target(plans: Any) -> Any:
    from nhanlucso.plans.models import Target

    return Target.objects.create(
        uid="ct-1", plan=plans.plan, indicator="coverage.basic", unit=plans.places.hoa, year=2026, value=90,
        comparator="over", quote="Đạt trên 90%.",
    )  # fmt: skip


def test_what_was_ticked_goes_over_a_year_later(plans: Any, target: Any) -> None:
    from nhanlucso.plans.documents.services.copying import CopyData, copy_plan
    from nhanlucso.plans.models import Plan

    plans.activity.starts_on = date(2026, 3, 1)
    plans.activity.save()
    plans.activity.partner_units.add(plans.places.loc, plans.places.an)
    data = CopyData("Kế hoạch năm 2027", [target.pk], [plans.activity.pk])
    made, again = (
        copy_plan(plan=plans.plan, data=data, key=KEY, by=plans.officer, at=now()) for _ in range(2)
    )
    assert made == again
    made = Plan.objects.get(pk=made.pk)
    assert (made.number, made.issued_on) == ("", None)
    assert (made.valid_from, made.valid_to) == (date(2027, 1, 1), date(2027, 12, 31))
    goal, work = made.targets.get(), made.activities.get()
    assert (goal.year, goal.value, goal.comparator, goal.quote, goal.unit) == (
        2027, 90, "over", "Đạt trên 90%.", plans.places.hoa,
    )  # fmt: skip
    assert (work.starts_on, work.ends_on, work.lead_unit) == (date(2027, 3, 1), None, plans.places.province)
    assert list(work.partner_units.all()) == [plans.places.loc]  # xã An has ended
    assert plans.plan.targets.count() == plans.plan.activities.count() == 1


def test_only_what_was_ticked(plans: Any, target: Any) -> None:
    from nhanlucso.plans.documents.services.copying import CopyData, copy_plan

    made = copy_plan(plan=plans.plan, data=CopyData("Kế hoạch", [], []), by=plans.officer, at=now())
    assert not made.targets.exists()
    assert not made.activities.exists()


def test_units_that_have_ended_are_refused(plans: Any, target: Any) -> None:
    from nhanlucso.plans.documents.services.copying import CopyData, copy_plan
    from nhanlucso.plans.models import Plan

    target.unit = plans.places.an
    target.save()
    with pytest.raises(Refused, match="không còn hoạt động"):
        copy_plan(plan=plans.plan, data=CopyData("Kế hoạch", [target.pk], []), by=plans.officer, at=now())
    old = Plan.objects.get(targets__indicator="training.attendances")
    with pytest.raises(Refused) as refusal:
        copy_plan(plan=old, data=CopyData("Kế hoạch", [], []), by=plans.officer, at=now())
    assert refusal.value.code == "issuer_ended"
    with pytest.raises(Plan.DoesNotExist):
        copy_plan(plan=plans.plan, data=CopyData("Kế hoạch", [], []), by=plans.commune, at=now())
