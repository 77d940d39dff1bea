"""Targets written, corrected, removed, and handed down to the units below."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused


def _target(plans: Any, **changed: Any) -> Any:
    from nhanlucso.plans.documents.services.targets import TargetData

    known = TargetData("coverage.basic", plans.places.province, 2026, 90, "at_least", " Đạt  90%. ")
    return replace(known, **changed)


def test_a_target_is_written(plans: Any) -> None:
    from nhanlucso.audit.models import Event
    from nhanlucso.plans.documents.services.targets import add_target

    made = add_target(plan=plans.plan, target=_target(plans), by=plans.officer, at=now())
    assert (made.value, made.comparator, made.quote) == (90, "at_least", "Đạt 90%.")
    assert Event.objects.get(verb="target.add").object_id == made.uid


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"year": 1999}, "bad_year"),
        ({"value": -1}, "bad_value"),
        ({"value": float("nan")}, "bad_value"),
        ({"comparator": "near"}, "bad_comparator"),
    ],
)
def test_a_target_that_cannot_be_is_refused(plans: Any, changed: dict[str, Any], code: str) -> None:
    from nhanlucso.plans.documents.services.targets import add_target

    with pytest.raises(Refused) as refusal:
        add_target(plan=plans.plan, target=_target(plans, **changed), by=plans.officer, at=now())
    assert refusal.value.code == code


def test_the_same_target_twice_is_refused(plans: Any) -> None:
    from nhanlucso.plans.documents.services.targets import add_target, change_target

    add_target(plan=plans.plan, target=_target(plans), by=plans.officer, at=now())
    with pytest.raises(Refused, match="đã có chỉ tiêu đó"):
        add_target(plan=plans.plan, target=_target(plans, value=80), by=plans.officer, at=now())
    other = add_target(plan=plans.plan, target=_target(plans, year=2027), by=plans.officer, at=now())
    with pytest.raises(Refused, match="đã có chỉ tiêu đó"):
        change_target(target=other, data=_target(plans), by=plans.officer, at=now())
    assert (
        change_target(
            target=other, data=_target(plans, year=2027, value=80), by=plans.officer, at=now()
        ).value
        == 80
    )


def test_plan_and_unit_must_both_lie_inside(plans: Any) -> None:
    from nhanlucso.orgs.models import Unit
    from nhanlucso.plans.documents.services.targets import add_target, remove_target
    from nhanlucso.plans.models import Plan, Target

    with pytest.raises(Plan.DoesNotExist):
        add_target(plan=plans.plan, target=_target(plans, unit=plans.places.loc), by=plans.commune, at=now())
    own = Plan.objects.create(uid="kh-loc", title="Kế hoạch xã", issuer_unit=plans.places.loc)
    with pytest.raises(Unit.DoesNotExist):
        add_target(plan=own, target=_target(plans, unit=plans.places.hoa), by=plans.commune, at=now())
    with pytest.raises(Refused, match="không được làm"):
        add_target(plan=plans.plan, target=_target(plans), by=plans.viewer, at=now())
    made = add_target(plan=plans.plan, target=_target(plans), by=plans.officer, at=now())
    with pytest.raises(Target.DoesNotExist):
        remove_target(target=made, by=plans.commune, at=now())
    remove_target(target=made, by=plans.officer, at=now())
    assert not Target.objects.filter(plan=plans.plan).exists()


def test_a_target_is_handed_down_once(plans: Any) -> None:
    from nhanlucso.audit.models import Event
    from nhanlucso.plans.documents.services.targets import add_target, hand_down

    target = add_target(plan=plans.plan, target=_target(plans), by=plans.officer, at=now())
    hoa, loc = plans.places.hoa.pk, plans.places.loc.pk
    first = hand_down(target=target, values={hoa: 90.0}, by=plans.officer, at=now())
    assert [(t.unit_id, t.value, t.comparator, t.quote) for t in first.made] == [
        (hoa, 90, "at_least", "Đạt 90%.")
    ]
    again = hand_down(target=target, values={hoa: 50.0, loc: 80.0}, by=plans.officer, at=now())
    assert ([t.unit_id for t in again.made], again.standing) == ([loc], [hoa])
    assert hand_down(target=target, values={hoa: 1.0, loc: 1.0}, by=plans.officer, at=now()).made == []
    assert sorted(plans.plan.targets.values_list("value", flat=True)) == [80, 90, 90]
    assert Event.objects.filter(verb="target.hand_down").count() == 2


def test_a_target_is_handed_down_only_below(plans: Any) -> None:
    from nhanlucso.plans.documents.services.targets import add_target, hand_down
    from nhanlucso.plans.models import Target

    target = add_target(plan=plans.plan, target=_target(plans), by=plans.officer, at=now())
    for unit in (plans.places.province.pk, plans.places.an.pk):  # itself, and one that has ended
        with pytest.raises(Refused, match="đơn vị trực thuộc"):
            hand_down(target=target, values={unit: 90.0}, by=plans.officer, at=now())
    with pytest.raises(Refused, match="một số"):
        hand_down(target=target, values={plans.places.hoa.pk: -1.0}, by=plans.officer, at=now())
    with pytest.raises(Target.DoesNotExist):
        hand_down(target=target, values={plans.places.loc.pk: 90.0}, by=plans.commune, at=now())
    assert plans.plan.targets.count() == 1
