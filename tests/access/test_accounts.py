"""The list of accounts and the log, as far as somebody administers or reads them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from nhanlucso.access.accounts.queries import IDLE, LOCKED, OFF, AccountsAsked, account_list
from nhanlucso.access.models import Account, Assignment
from nhanlucso.access.queries import scope_of
from nhanlucso.access.trail.queries import EventsAsked, events
from nhanlucso.audit.services import record
from nhanlucso.kernel.clock import now, today
from tests.factories import records as r
from tests.factories.scopes import viewer_of

pytestmark = pytest.mark.django_db


def listed(scope: Any, **asked: Any) -> list[str]:
    return [account.username for account in account_list(scope, AccountsAsked(**asked), now())]


def named(username: str, full_name: str) -> None:
    account = Account.objects.get(username=username)
    account.full_name = full_name
    account.save()


@pytest.fixture
def people(land: Any, officer: Any) -> None:
    r.make_account("to-vien", "team_member", land.village)
    r.make_account("day", "trainer", land.one)
    r.make_account("la", "viewer", land.two)
    r.make_account("toan-bo", "viewer")
    named("to-vien", "Đặng Thị Ánh")
    named("day", "Lý Văn Đức")


@pytest.mark.usefixtures("people")
def test_an_officer_sees_the_accounts_of_the_own_units(officer: Any) -> None:
    assert sorted(listed(officer)) == ["can-bo-mot", "day", "to-vien"]


@pytest.mark.usefixtures("people")
def test_they_stand_in_the_order_of_given_names(officer: Any) -> None:
    assert listed(officer, role="team_member") + listed(officer, role="trainer") == ["to-vien", "day"]
    assert [name for name in listed(officer) if name != "can-bo-mot"] == ["to-vien", "day"]


@pytest.mark.usefixtures("people")
def test_filters(land: Any, officer: Any, administrator: Any) -> None:
    assert listed(officer, words="dang thi anh") == ["to-vien"]
    assert listed(officer, words="đức") == ["day"]
    assert listed(administrator, unit=land.two.pk) == ["la"]
    assert sorted(listed(administrator, unit=land.one.pk, role="team_member")) == ["to-vien"]
    Account.objects.filter(username="day").update(is_active=False)
    assert listed(officer, state=OFF) == ["day"]
    Account.objects.filter(username="to-vien").update(locked_until=now() + timedelta(minutes=5))
    assert listed(officer, state=LOCKED) == ["to-vien"]
    Assignment.objects.filter(account__username="to-vien").update(valid_to=today() - timedelta(days=1))
    assert listed(officer, state=IDLE) == ["to-vien"]


@pytest.mark.usefixtures("people")
def test_who_administers_nothing_sees_no_account(land: Any) -> None:
    assert listed(viewer_of(land.province)) == []


@pytest.mark.usefixtures("people")
def test_the_list_costs_the_same_whatever_its_size(
    land: Any, administrator: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        r.make_account(f"them-{number}", "learner", land.one)
    with django_assert_max_num_queries(3):
        for account in account_list(administrator, AccountsAsked(), now()):
            assert account.held is not None  # type: ignore[attr-defined]


def test_an_auditor_reads_what_the_accounts_inside_did(land: Any) -> None:
    auditor = scope_of(r.make_account("kiem-tra", "auditor", land.one))
    inside, outside = (
        r.make_account("trong", "officer", land.one),
        r.make_account("ngoai", "officer", land.two),
    )
    both = r.make_account("ca-hai", "officer", land.one)
    Assignment.objects.create(account=both, role="viewer", unit=land.two)
    for account in (inside, outside, both):
        record(verb="person.add", object_type="person", object_id="1", by=account.pk, at=now())
    record(verb="bundle.import", object_type="bundle", object_id="1", by=None, at=now())
    assert [event.account_id for event in events(auditor, EventsAsked())] == [inside.pk]
    all_of_it = scope_of(r.make_account("kiem-tra-tinh", "auditor"))
    assert events(all_of_it, EventsAsked()).count() == 4
    assert events(all_of_it, EventsAsked(account=outside.pk)).count() == 1
    assert events(all_of_it, EventsAsked(words="NGOÀI")).count() == 1
    assert events(all_of_it, EventsAsked(first=today() + timedelta(days=1))).count() == 0
    assert events(all_of_it, EventsAsked(first=today(), last=today())).count() == 4


def test_who_may_not_read_the_log_reads_nothing(land: Any, officer: Any) -> None:
    record(verb="person.add", object_type="person", object_id="1", by=officer.account_id, at=now())
    assert not events(officer, EventsAsked()).exists()
