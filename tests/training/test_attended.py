"""What one person came to and is invited to: for whoever reaches them, and for themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from nhanlucso.access.enums import Role
from nhanlucso.access.rules import ALLOWED
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.scope import Grant, granted
from nhanlucso.training.models import Invitation
from nhanlucso.training.queries.attended import (
    classes_attended,
    classes_coming,
    classes_to_come,
    own_classes,
    own_classes_coming,
    recent_classes,
    roster_names,
)
from tests.factories import records as r
from tests.factories.scopes import VIEWER_OF_ALL, officer_of, viewer_of

pytestmark = pytest.mark.django_db


def invited(person: Any, training_class: Any) -> None:
    Invitation.objects.create(training_class=training_class, person=person, invited_at=now())


def test_one_sees_ones_own_classes_without_any_reach(world: Any) -> None:
    mine = granted(None, [Grant("learner", ALLOWED[Role.LEARNER], world.hoa.pk)], world.people["Bình"].pk)
    assert mine.is_empty
    [row] = own_classes(mine)
    assert (row.training_class, row.attended, row.sessions) == (world.training_class, 3, 5)
    assert classes_attended(mine, world.people["Ánh"].pk) == []


def test_who_is_nobody_here_has_no_classes_of_their_own(world: Any) -> None:
    assert own_classes(viewer_of(world.hoa)) == []
    assert own_classes_coming(viewer_of(world.hoa)) == []


def test_classes_to_come_are_told_to_whom_they_invite(world: Any) -> None:
    later = r.make_class("Sau", world.hoa, today() + timedelta(days=8))
    sooner = r.make_class("Trước", world.hoa, today() + timedelta(days=2), sessions=2)
    over = r.make_class("Đã xong", world.hoa, today() - timedelta(days=2))
    for one in (later, sooner, over):
        invited(world.people["Ánh"], one)
    mine = replace(viewer_of(world.loc), person_id=world.people["Ánh"].pk)
    coming = own_classes_coming(mine)
    assert [(one.training_class, len(one.sessions)) for one in coming] == [(sooner, 2), (later, 1)]
    assert coming == classes_coming(viewer_of(world.hoa), world.people["Ánh"].pk)
    assert classes_coming(viewer_of(world.loc), world.people["Ánh"].pk) == []


def test_a_class_of_today_stays_all_day(world: Any) -> None:
    invited(world.people["Ánh"], r.make_class("Hôm nay", world.hoa, today()))
    assert len(classes_coming(VIEWER_OF_ALL, world.people["Ánh"].pk)) == 1


def test_a_host_names_everyone_who_came_and_nobody_of_other_classes(world: Any) -> None:
    hosted = r.make_class("Của Lộc", world.loc, today() - timedelta(days=1))
    r.attend(hosted, world.people["Ánh"], "present")
    r.attend(hosted, world.people["Bình"], "absent")
    assert list(roster_names(officer_of(world.loc), hosted.pk)) == [world.people["Ánh"].pk]
    assert roster_names(officer_of(world.loc), world.training_class.pk) == {}


def test_classes_are_offered_by_their_days(world: Any) -> None:
    past = r.make_class("Đã qua", world.hoa, today() - timedelta(days=3))
    coming = r.make_class("Sắp tới", world.hoa, today() + timedelta(days=3))
    by = officer_of(world.hoa)
    assert [one.id for one in recent_classes(by)] == [past.pk]
    assert [one.id for one in classes_to_come(by)] == [coming.pk]
