"""Ending what was entrusted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from nhanlucso.access.models import Assignment
from nhanlucso.access.queries import scope_of
from nhanlucso.access.services import end_assignment
from nhanlucso.audit.models import Event
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.errors import Refused
from tests.factories import records as r

pytestmark = pytest.mark.django_db


def test_it_ends_at_once_and_stays_on_record(land: Any, officer: Any) -> None:
    helper = r.make_account("giup", "trainer", land.one)
    row = helper.assignments.get()
    for _ in range(2):
        end_assignment(assignment_id=row.pk, by=officer, at=now())
    row.refresh_from_db()
    assert row.valid_to == today() - timedelta(days=1)
    assert scope_of(helper).roles == frozenset()
    assert Event.objects.filter(verb="account.end").count() == 1


def test_one_of_today_goes(land: Any, officer: Any) -> None:
    helper = r.make_account("giup", "trainer", land.one)
    row = Assignment.objects.create(account=helper, role="viewer", unit=land.one, valid_from=today())
    end_assignment(assignment_id=row.pk, by=officer, at=now())
    assert not Assignment.objects.filter(pk=row.pk).exists()


def test_what_a_higher_place_entrusted_stays(land: Any, officer: Any) -> None:
    leader = r.make_account("lanh-dao", "approver", land.one)
    with pytest.raises(Refused) as refused:
        end_assignment(assignment_id=leader.assignments.get().pk, by=officer, at=now())
    assert refused.value.code == "not_entrustable"


def test_ones_own_stays(land: Any, officer: Any) -> None:
    own = Assignment.objects.get(account=officer.account_id)
    with pytest.raises(Refused) as refused:
        end_assignment(assignment_id=own.pk, by=officer, at=now())
    assert refused.value.code == "own_assignment"


def test_out_of_reach_it_is_not_found(land: Any, officer: Any) -> None:
    stranger = r.make_account("la", "trainer", land.two)
    with pytest.raises(Assignment.DoesNotExist):
        end_assignment(assignment_id=stranger.assignments.get().pk, by=officer, at=now())
