"""Entrusting a role over a unit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from nhanlucso.access.models import Account, Assignment
from nhanlucso.access.queries import entrustable, scope_of
from nhanlucso.access.rules import ENTRUSTS
from nhanlucso.access.services import entrust
from nhanlucso.audit.models import Event
from nhanlucso.kernel.clock import ALWAYS, now, today
from nhanlucso.kernel.errors import Refused
from tests.factories import records as r
from tests.factories.scopes import viewer_of

pytestmark = pytest.mark.django_db


def given(
    account: Account, role: str, unit: Any, by: Any, first: date | None = None, last: date = ALWAYS
) -> Any:
    return entrust(account=account, role=role, unit=unit, first=first or today(), last=last, by=by, at=now())


def test_an_officer_entrusts_below_the_own_unit(land: Any, officer: Any) -> None:
    helper = r.make_account("giup", "viewer", land.one)
    given(helper, "trainer", land.village, officer)
    assert scope_of(helper).roles == {"viewer", "trainer"}
    event = Event.objects.get(verb="account.entrust")
    assert (event.account_id, event.object_id) == (officer.account_id, str(helper.pk))


def test_sent_twice_it_is_entrusted_once(land: Any, officer: Any) -> None:
    helper = r.make_account("giup", "viewer", land.one)
    first = given(helper, "trainer", land.one, officer)
    assert given(helper, "trainer", land.one, officer) == first
    assert Event.objects.filter(verb="account.entrust").count() == 1


@pytest.mark.parametrize("role", ["administrator", "approver", "planner", "auditor"])
def test_an_officer_entrusts_no_more_than_declared(land: Any, officer: Any, role: str) -> None:
    assert role not in ENTRUSTS["officer"]  # type: ignore[index]
    helper = r.make_account("giup", "viewer", land.one)
    with pytest.raises(Refused) as refused:
        given(helper, role, land.one, officer)
    assert refused.value.code == "not_entrustable"


def test_not_beside_the_own_unit_nor_above_it(land: Any, officer: Any) -> None:
    helper = r.make_account("giup", "viewer", land.one)
    for unit in (land.two, land.province, None):
        with pytest.raises(Refused) as refused:
            given(helper, "viewer", unit, officer)
        assert refused.value.code == "not_entrustable"


def test_an_account_out_of_reach_is_not_found(land: Any, officer: Any) -> None:
    stranger = r.make_account("la", "viewer", land.two)
    with pytest.raises(Account.DoesNotExist):
        given(stranger, "viewer", land.one, officer)


@pytest.mark.parametrize("role", ["team_member", "learner", "enterprise"])
def test_some_roles_need_a_unit(land: Any, administrator: Any, role: str) -> None:
    helper = r.make_account("giup", "viewer", land.one)
    with pytest.raises(Refused) as refused:
        given(helper, role, None, administrator)
    assert refused.value.code == "unit_needed"


def test_not_over_a_unit_that_has_ended(land: Any, administrator: Any) -> None:
    ended = r.make_unit("cu", "Xã Cũ", parent=land.province, end=date(2025, 6, 30))
    helper = r.make_account("giup", "viewer", land.one)
    with pytest.raises(Refused) as refused:
        given(helper, "viewer", ended, administrator)
    assert refused.value.code == "unit_ended"


def test_days_that_meet_what_is_entrusted_already_are_refused(land: Any, officer: Any) -> None:
    helper = r.make_account("giup", "viewer", land.two)
    Assignment.objects.create(account=helper, role="learner", unit=land.one)
    given(helper, "trainer", land.one, officer, today() + timedelta(days=9))
    with pytest.raises(Refused) as refused:
        given(helper, "trainer", land.one, officer)
    assert refused.value.code == "already_entrusted"


def test_a_span_that_ends_before_it_begins_is_refused(land: Any, officer: Any) -> None:
    helper = r.make_account("giup", "viewer", land.one)
    with pytest.raises(Refused) as refused:
        given(helper, "trainer", land.one, officer, last=today() - timedelta(days=1))
    assert refused.value.code == "bad_span"


def test_who_may_only_look_entrusts_nothing(land: Any) -> None:
    helper = r.make_account("giup", "viewer", land.one)
    with pytest.raises(Refused) as refused:
        given(helper, "viewer", land.one, viewer_of(land.one))
    assert refused.value.code == "not_allowed"


def test_roles_of_two_units_do_not_mix(land: Any) -> None:
    """An officer of one commune who looks at another entrusts nothing there."""
    account = r.make_account("hai-vai", "officer", land.one)
    Assignment.objects.create(account=account, role="viewer", unit=land.two)
    scope = scope_of(account)
    assert "viewer" in entrustable(scope, land.village.pk)
    assert entrustable(scope, land.two.pk) == frozenset()
