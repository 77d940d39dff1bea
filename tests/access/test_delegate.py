"""Lending a role for some days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from nhanlucso.access.models import Assignment
from nhanlucso.access.queries import in_charge, lent, scope_of
from nhanlucso.access.rules import LIGHT
from nhanlucso.access.services import delegate, disable_account, end_assignment, end_delegation
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from tests.factories import records as r

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=6)


@pytest.fixture
def leader(land: Any) -> Any:
    return r.make_account("lanh-dao", "approver", land.one)


@pytest.fixture
def deputy(land: Any) -> Any:
    return r.make_account("cap-pho", "viewer", land.one)


def lend(leader: Any, to: str, first: date | None = None, last: date | None = None) -> Assignment:
    row = leader.assignments.get(delegated_by__isnull=True)
    return delegate(
        assignment_id=row.pk,
        username=to,
        first=first or today(),
        last=last or today() + WEEK,
        by=scope_of(leader),
        at=now(),
    )


def refused_with(code: str, leader: Any, to: str, **days: date) -> None:
    with pytest.raises(Refused) as refused:
        lend(leader, to, **days)
    assert refused.value.code == code


def test_the_deputy_does_it_meanwhile(leader: Any, deputy: Any) -> None:
    made = lend(leader, "cap-pho")
    assert lend(leader, "cap-pho") == made  # sent twice
    assert scope_of(deputy).may(Permission.APPROVE_REPORTS)
    assert scope_of(leader).may(Permission.APPROVE_REPORTS)
    assert [row.account for row in lent(scope_of(leader))] == [deputy]


def test_it_begins_and_ends_by_itself(leader: Any, deputy: Any) -> None:
    lend(leader, "cap-pho", first=today() + WEEK, last=today() + 2 * WEEK)
    assert not scope_of(deputy).may(Permission.APPROVE_REPORTS)
    Assignment.objects.filter(account=deputy, role="approver").update(
        valid_from=today() - 2 * WEEK, valid_to=today() - WEEK
    )
    assert not scope_of(deputy).may(Permission.APPROVE_REPORTS)


def test_it_ends_with_the_role_of_the_lender(leader: Any, deputy: Any, administrator: Any) -> None:
    lend(leader, "cap-pho")
    end_assignment(assignment_id=leader.assignments.get().pk, by=administrator, at=now())
    assert not scope_of(deputy).may(Permission.APPROVE_REPORTS)


def test_it_ends_with_the_account_of_the_lender(leader: Any, deputy: Any, administrator: Any) -> None:
    lend(leader, "cap-pho")
    disable_account(account=leader, by=administrator, at=now())
    assert not scope_of(deputy).may(Permission.APPROVE_REPORTS)


@pytest.mark.parametrize("who", ["lanh-dao", "cap-pho"])
def test_either_side_ends_it(leader: Any, deputy: Any, who: str) -> None:
    made = lend(leader, "cap-pho")
    end_delegation(assignment_id=made.pk, by=scope_of({"lanh-dao": leader, "cap-pho": deputy}[who]), at=now())
    assert not scope_of(deputy).may(Permission.APPROVE_REPORTS)


def test_nobody_else_ends_it(leader: Any, deputy: Any, officer: Any) -> None:
    made = lend(leader, "cap-pho")
    with pytest.raises(Assignment.DoesNotExist):
        end_delegation(assignment_id=made.pk, by=officer, at=now())


def test_with_a_card_nothing_is_ended(leader: Any, deputy: Any, land: Any) -> None:
    made = lend(leader, "cap-pho")
    Assignment.objects.create(account=deputy, role="learner", unit=land.one)
    with pytest.raises(Assignment.DoesNotExist):
        end_delegation(assignment_id=made.pk, by=scope_of(deputy, LIGHT), at=now())


def test_it_is_not_lent_on(leader: Any, deputy: Any) -> None:
    made = lend(leader, "cap-pho")
    r.make_account("thu-ba", "viewer")
    with pytest.raises(Refused) as refused:
        delegate(
            assignment_id=made.pk,
            username="thu-ba",
            first=today(),
            last=today(),
            by=scope_of(deputy),
            at=now(),
        )
    assert refused.value.code == "not_lendable"


def test_accounts_are_not_managed_with_what_is_lent(land: Any, deputy: Any) -> None:
    account = r.make_account("can-bo", "officer", land.one)
    lend(account, "cap-pho")
    scope = scope_of(deputy)
    assert scope.may(Permission.EDIT_PEOPLE)
    assert not scope.may(Permission.MANAGE_ACCOUNTS)


def test_it_takes_a_role_of_ones_own(leader: Any, deputy: Any) -> None:
    with pytest.raises(Assignment.DoesNotExist):
        delegate(
            assignment_id=leader.assignments.get().pk,
            username="lanh-dao",
            first=today(),
            last=today(),
            by=scope_of(deputy),
            at=now(),
        )


def test_refusals(land: Any, leader: Any, deputy: Any) -> None:
    refused_with("unknown_account", leader, "khong-co")
    refused_with("unknown_account", leader, "lanh-dao")
    refused_with("bad_span", leader, "cap-pho", first=today() - WEEK)
    refused_with("bad_span", leader, "cap-pho", first=today() + WEEK, last=today())
    refused_with("too_long", leader, "cap-pho", last=today() + timedelta(days=92))
    refused_with("not_lendable", r.make_account("hoc", "learner", land.one), "cap-pho")
    Assignment.objects.create(account=deputy, role="approver", unit=land.one)
    refused_with("already_entrusted", leader, "cap-pho")


def test_not_beyond_the_own_time(leader: Any, deputy: Any) -> None:
    leader.assignments.update(valid_to=today() + WEEK)
    refused_with("bad_span", leader, "cap-pho", last=today() + 2 * WEEK)


def test_who_is_elsewhere_is_as_unknown_as_nobody(leader: Any, land: Any) -> None:
    r.make_account("xa-khac", "officer", land.two)
    r.make_account("cap-tren", "officer", land.province)
    below = r.make_account("to-vien", "viewer", land.village)
    words = set()
    for name in ("xa-khac", "cap-tren", "khong-co", "lanh-dao"):
        with pytest.raises(Refused) as refused:
            lend(leader, name)
        words.add((refused.value.code, refused.value.message))
    assert len(words) == 1
    assert lend(leader, "to-vien").account == below


def test_an_account_without_a_role_is_in_charge_of_who_gave_them_all(
    land: Any, officer: Any, administrator: Any
) -> None:
    former = r.make_account("da-nghi", "officer", land.province)
    Assignment.objects.create(account=former, role="viewer", unit=land.one)
    former.assignments.update(valid_from=today() - 2 * WEEK, valid_to=today() - WEEK)
    assert not in_charge(officer, former)
    assert in_charge(administrator, former)
    former.assignments.filter(unit=land.province).delete()
    assert in_charge(officer, former)
