"""Asking people to come to a class, and taking that back."""

from __future__ import annotations

from typing import Any

import pytest

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from tests.factories.scopes import officer_of, viewer_of

pytestmark = pytest.mark.django_db


def test_inviting_twice_keeps_one_row(world: Any, plan: Any) -> None:
    from nhanlucso.audit.models import Event
    from nhanlucso.training.models import Invitation
    from nhanlucso.training.services.invitations import Invited, invite

    made = plan(officer_of(world.hoa), host_unit=world.hoa)
    one, other = world.people["Ánh"].pk, world.people["Dung"].pk
    by = officer_of(world.hoa)
    assert invite(training_class=made, people=[one, one], by=by, at=now()) == Invited(1, 0)
    assert invite(training_class=made, people=[one, other], by=by, at=now()) == Invited(1, 1)
    assert invite(training_class=made, people=[one, other], by=by, at=now()) == Invited(0, 2)
    assert Invitation.objects.filter(training_class=made).count() == 2
    assert [event.count for event in Event.objects.filter(verb="class.invite")] == [1, 1]


def test_people_outside_the_scope_are_not_there(world: Any, plan: Any) -> None:
    from nhanlucso.people.models import Person
    from nhanlucso.training.services.invitations import invite

    made = plan(officer_of(world.hoa), host_unit=world.hoa)
    with pytest.raises(Person.DoesNotExist):
        invite(training_class=made, people=[world.people["Em"].pk], by=officer_of(world.hoa), at=now())


def test_the_class_of_another_unit_is_not_there(world: Any) -> None:
    from nhanlucso.training.models import TrainingClass
    from nhanlucso.training.services.invitations import invite

    people = [world.people["Ánh"].pk]
    with pytest.raises(TrainingClass.DoesNotExist):
        invite(training_class=world.training_class, people=people, by=officer_of(world.hoa), at=now())


def test_nobody_is_no_list(world: Any) -> None:
    from nhanlucso.training.services.invitations import invite

    with pytest.raises(Refused) as refusal:
        invite(training_class=world.training_class, people=[], by=SYSTEM, at=now())
    assert refusal.value.code == "nobody_to_invite"


def test_a_viewer_may_not(world: Any, plan: Any) -> None:
    from nhanlucso.training.services.invitations import invite, uninvite

    made = plan(officer_of(world.hoa), host_unit=world.hoa)
    for act in (invite, uninvite):
        with pytest.raises(Refused, match="không được làm việc này"):
            act(training_class=made, people=[1], by=viewer_of(world.hoa), at=now())


def test_taken_back_it_is_on_record_once(world: Any, plan: Any) -> None:
    from nhanlucso.audit.models import Event
    from nhanlucso.training.services.invitations import invite, uninvite

    by, person = officer_of(world.hoa), world.people["Ánh"].pk
    made = plan(by, host_unit=world.hoa)
    invite(training_class=made, people=[person], by=by, at=now())
    assert uninvite(training_class=made, people=[person], by=by, at=now()) == 1
    assert uninvite(training_class=made, people=[person], by=by, at=now()) == 0
    assert Event.objects.filter(verb="class.uninvite").count() == 1


def test_others_take_nothing_back(world: Any, plan: Any) -> None:
    from nhanlucso.training.models import TrainingClass
    from nhanlucso.training.services.invitations import uninvite

    made = plan(officer_of(world.hoa), host_unit=world.hoa)
    with pytest.raises(TrainingClass.DoesNotExist):
        uninvite(training_class=made, people=[1], by=officer_of(world.loc), at=now())


def test_those_of_last_time_once_more(world: Any, plan: Any) -> None:
    from nhanlucso.training.models import Invitation, TrainingClass
    from nhanlucso.training.services.invitations import Invited, invite, invite_again

    by, people = officer_of(world.hoa), [world.people["Ánh"].pk, world.people["Em"].pk]
    first, second = plan(by, host_unit=world.hoa), plan(by, host_unit=world.hoa)
    invite(training_class=first, people=people, by=SYSTEM, at=now())
    assert invite_again(training_class=second, like=first, by=by, at=now()) == Invited(1, 0)
    assert (
        list(Invitation.objects.filter(training_class=second).values_list("person", flat=True)) == people[:1]
    )
    with pytest.raises(TrainingClass.DoesNotExist):
        invite_again(training_class=second, like=world.training_class, by=by, at=now())


def test_where_nobody_was_invited_those_who_came(world: Any, plan: Any) -> None:
    from nhanlucso.training.services.invitations import Invited, invite_again

    made = plan(SYSTEM, host_unit=world.hoa)
    assert invite_again(training_class=made, like=world.training_class, by=SYSTEM, at=now()) == Invited(2, 0)
    empty = plan(SYSTEM, host_unit=world.hoa)
    assert (
        invite_again(training_class=empty, like=plan(SYSTEM, host_unit=world.hoa), by=SYSTEM, at=now()).added
        == 0
    )
