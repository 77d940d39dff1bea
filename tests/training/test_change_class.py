"""Correcting a class, and taking one away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db.models import ProtectedError

from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.errors import Refused
from tests.factories.records import attend, make_head_count
from tests.factories.scopes import officer_of, viewer_of

pytestmark = pytest.mark.django_db


def change(made: Any, by: Any, **fields: Any) -> Any:
    from nhanlucso.training.services.classes import ClassData, change_class

    data = ClassData(made.title, made.form, made.host_unit, co_hosts=tuple(made.co_host_units.all()))
    return change_class(training_class=made, data=replace(data, **fields), by=by, at=now())


def remove(made: Any, by: Any) -> None:
    from nhanlucso.training.services.classes import remove_class

    remove_class(training_class=made, by=by, at=now())


def test_what_changes_is_stored_and_put_on_record_once(world: Any, plan: Any) -> None:
    from nhanlucso.audit.models import Event

    by = officer_of(world.hoa)
    made = plan(by, host_unit=world.hoa)
    held = change(made, by, title="Tên khác", co_hosts=(world.loc,), capacity=20)
    assert (held.title, held.capacity, list(held.co_host_units.all())) == ("Tên khác", 20, [world.loc])
    change(held, by, capacity=20)
    assert Event.objects.filter(verb="class.change").count() == 1


def test_a_co_host_does_not_change_the_class(world: Any, plan: Any) -> None:
    from nhanlucso.training.models import TrainingClass

    made = plan(officer_of(world.hoa), host_unit=world.hoa, co_hosts=(world.loc,))
    with pytest.raises(TrainingClass.DoesNotExist):
        change(made, officer_of(world.loc), title="Của tôi")
    with pytest.raises(TrainingClass.DoesNotExist):
        remove(made, officer_of(world.loc))


def test_a_class_is_not_given_to_a_unit_out_of_reach(world: Any, plan: Any) -> None:
    from nhanlucso.orgs.models import Unit

    made = plan(officer_of(world.hoa), host_unit=world.hoa)
    with pytest.raises(Unit.DoesNotExist):
        change(made, officer_of(world.hoa), host_unit=world.loc)


def test_a_viewer_may_not(world: Any, plan: Any) -> None:
    made = plan(officer_of(world.hoa), host_unit=world.hoa)
    for act in (change, remove):
        with pytest.raises(Refused, match="không được làm việc này"):
            act(made, viewer_of(world.hoa))


def test_a_class_without_records_goes_with_its_invitations(world: Any, plan: Any) -> None:
    from nhanlucso.audit.models import Event
    from nhanlucso.training.models import Invitation, TrainingClass
    from nhanlucso.training.services.invitations import invite

    by = officer_of(world.hoa)
    made = plan(by, host_unit=world.hoa)
    uid = made.uid
    invite(training_class=made, people=[world.people["Ánh"].pk], by=by, at=now())
    remove(made, by)
    assert not TrainingClass.objects.filter(uid=uid).exists()
    assert not Invitation.objects.exists()
    assert Event.objects.get(verb="class.remove").object_id == uid


@pytest.mark.parametrize("what", ["marks", "head count"])
def test_a_class_with_records_stays(world: Any, plan: Any, what: str) -> None:
    by = officer_of(world.hoa)
    made = plan(by, host_unit=world.hoa)
    if what == "marks":
        attend(made, world.people["Ánh"], "present")
    else:
        make_head_count(world.hoa, 20, "exact", today(), training_class=made)
    with pytest.raises(Refused) as refusal:
        remove(made, by)
    assert refusal.value.code == "class_has_records"


def test_a_class_holds_its_activity(world: Any) -> None:
    from nhanlucso.plans.models import Activity, Plan
    from tests.factories.records import make_class

    plan = Plan.objects.create(uid="ke-hoach", title="Kế hoạch", issuer_unit=world.hoa)
    activity = Activity.objects.create(uid="nhiem-vu", plan=plan, title="Mở lớp")
    held = make_class("Lớp", world.hoa, date(2025, 9, 1), activity=activity)
    with pytest.raises(ProtectedError):
        activity.delete()
    held.refresh_from_db()
    assert held.activity == activity
