"""Planning a class and inviting people to it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from nhanlucso.kernel.clock import ZONE, now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM, Scope
from tests.factories.scopes import officer_of, viewer_of

pytestmark = pytest.mark.django_db
STARTS = datetime(2025, 9, 1, 8, tzinfo=ZONE)


@pytest.fixture
def world(db: None) -> Any:
    from tests.factories.district import make_district

    return make_district()


def scope(unit: Any, can_write: bool = True) -> Scope:
    return officer_of(unit) if can_write else viewer_of(unit)


def plan(by: Scope, **fields: Any) -> Any:
    from nhanlucso.training.services.classes import NewClass, create_class

    return create_class(new=NewClass(**{"form": "class", "starts_at": STARTS, **fields}), by=by, at=now())


def test_a_class_with_its_first_session(world: Any) -> None:
    from nhanlucso.audit.models import Event, Touch

    Touch.objects.all().delete()
    made = plan(scope(world.hoa), title="  Lớp   mới ", host_unit=world.hoa, place="Hội trường")
    session = made.sessions.get()
    assert (made.title, session.starts_at, session.place) == ("Lớp mới", STARTS, "Hội trường")
    assert Event.objects.get(verb="class.create").object_id == made.uid
    assert Touch.objects.exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": " "}, "title_missing"),
        ({"ends_at": STARTS - timedelta(hours=1)}, "bad_times"),
        ({"starts_at": STARTS - timedelta(days=365)}, "host_not_valid"),
    ],
)
def test_refusals(world: Any, fields: dict[str, Any], code: str) -> None:
    from nhanlucso.training.models import TrainingClass

    before = TrainingClass.objects.count()
    with pytest.raises(Refused) as refusal:
        plan(SYSTEM, **{"title": "Lớp", "host_unit": world.hoa, **fields})
    assert refusal.value.code == code
    assert TrainingClass.objects.count() == before


def test_a_viewer_may_not(world: Any) -> None:
    from nhanlucso.training.services.invitations import invite

    looking = scope(world.hoa, can_write=False)
    with pytest.raises(Refused, match="không được làm việc này"):
        plan(looking, title="Lớp", host_unit=world.hoa)
    with pytest.raises(Refused, match="không được làm việc này"):
        invite(training_class=world.training_class, people=[1], by=looking, at=now())


def test_a_host_outside_the_scope_is_not_there(world: Any) -> None:
    from nhanlucso.orgs.models import Unit

    with pytest.raises(Unit.DoesNotExist):
        plan(scope(world.loc), title="Lớp", host_unit=world.hoa)


def test_inviting_twice_keeps_one_row(world: Any) -> None:
    from nhanlucso.audit.models import Event
    from nhanlucso.training.models import Invitation
    from nhanlucso.training.services.invitations import Invited, invite

    made = plan(scope(world.hoa), title="Lớp", host_unit=world.hoa)
    one, other = world.people["Ánh"].pk, world.people["Dung"].pk
    by = scope(world.hoa)
    assert invite(training_class=made, people=[one, one], by=by, at=now()) == Invited(1, 0)
    assert invite(training_class=made, people=[one, other], by=by, at=now()) == Invited(1, 1)
    assert invite(training_class=made, people=[one, other], by=by, at=now()) == Invited(0, 2)
    assert Invitation.objects.filter(training_class=made).count() == 2
    assert [event.count for event in Event.objects.filter(verb="class.invite")] == [1, 1]


def test_people_outside_the_scope_are_not_there(world: Any) -> None:
    from nhanlucso.people.models import Person
    from nhanlucso.training.services.invitations import invite

    made = plan(scope(world.hoa), title="Lớp", host_unit=world.hoa)
    with pytest.raises(Person.DoesNotExist):
        invite(training_class=made, people=[world.people["Em"].pk], by=scope(world.hoa), at=now())


def test_the_class_of_another_unit_is_not_there(world: Any) -> None:
    from nhanlucso.training.models import TrainingClass
    from nhanlucso.training.services.invitations import invite

    people = [world.people["Ánh"].pk]
    with pytest.raises(TrainingClass.DoesNotExist):
        invite(training_class=world.training_class, people=people, by=scope(world.hoa), at=now())


def test_nobody_is_no_list(world: Any) -> None:
    from nhanlucso.training.services.invitations import invite

    with pytest.raises(Refused) as refusal:
        invite(training_class=world.training_class, people=[], by=SYSTEM, at=now())
    assert refusal.value.code == "nobody_to_invite"
