"""Accounts that nobody uses are shut; the half-yearly review."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from nhanlucso.access.rules import half_of
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM, Scope

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def accounts(db: None) -> dict[str, Any]:
    from nhanlucso.access.models import Account
    from tests.factories import records as r

    unit = r.make_unit("u", "Hòa")
    made = {
        "boss": r.make_account("boss", "administrator"),
        "officer": r.make_account("officer", "officer", unit),
        "learner": r.make_account("learner", "learner", unit),
        "leader": r.make_account("leader", "approver", unit),
    }
    Account.objects.update(date_joined=AT - timedelta(days=100), seen_at=AT - timedelta(days=46))
    return made


def shut() -> int:
    from nhanlucso.access.idle.services import shut_idle_accounts

    return shut_idle_accounts(by=SYSTEM, at=AT)


def active() -> set[str]:
    from nhanlucso.access.models import Account

    return set(Account.objects.filter(is_active=True).values_list("username", flat=True))


def scope_of(account: Any) -> Scope:
    from nhanlucso.access.queries import scope_of

    return scope_of(account)


def test_who_was_away_for_45_days_is_shut(accounts: dict[str, Any]) -> None:
    assert shut() == 2
    assert active() == {"boss", "learner"}  # somebody is left, and a learner comes once a year
    assert shut() == 0


def test_who_came_back_counts_anew(accounts: dict[str, Any]) -> None:
    from nhanlucso.access.models import Account
    from nhanlucso.access.services import enable_account

    shut()
    officer = Account.objects.get(username="officer")
    assert officer.off_why == "idle"
    enable_account(account=officer, by=SYSTEM, at=AT)
    officer.refresh_from_db()
    assert (officer.off_why, officer.seen_at) == ("", AT)
    assert shut() == 0


def test_an_account_that_is_used_stays(accounts: dict[str, Any]) -> None:
    from nhanlucso.access.models import Account

    Account.objects.filter(username="leader").update(seen_at=AT - timedelta(days=44))
    shut()
    assert "leader" in active()


def test_the_one_whose_account_was_shut_is_told_why(accounts: dict[str, Any]) -> None:
    from nhanlucso.access.queries import NOBODY
    from nhanlucso.access.signing.services import sign_in

    accounts["officer"].set_password("mat-khau-du-dai")
    accounts["officer"].save(update_fields=["password"])
    shut()
    with pytest.raises(Refused, match="45 ngày"):
        sign_in(username="officer", password="mat-khau-du-dai", by=NOBODY, at=AT)


def test_a_review_ends_with_every_account_said(accounts: dict[str, Any]) -> None:
    from nhanlucso.access.review.queries import accounts_to_review, past_reviews, review_progress
    from nhanlucso.access.review.services import end_account, keep_account

    half, boss = half_of(today()), scope_of(accounts["boss"])
    keep_account(account=accounts["officer"], by=boss, at=now())
    keep_account(account=accounts["officer"], by=boss, at=now())
    end_account(account=accounts["learner"], by=boss, at=now())
    progress = review_progress(boss, half)
    assert (progress.done, progress.total, progress.ended) == (2, 4, 1)
    assert [a.username for a in accounts_to_review(boss, half)][2:] == ["officer", "learner"]
    assert "learner" not in active()
    assert [(name, count) for name, count, _last in past_reviews(boss)] == [(half, 2)]


def test_an_officer_reviews_only_what_was_entrusted_here(accounts: dict[str, Any]) -> None:
    from nhanlucso.access.review.queries import accounts_to_review
    from nhanlucso.access.review.services import end_account, keep_account

    officer = scope_of(accounts["officer"])
    found = {a.username for a in accounts_to_review(officer, half_of(today()))}
    assert found == {"officer", "learner"}
    with pytest.raises(Refused, match="cấp khác"):
        keep_account(account=accounts["leader"], by=officer, at=now())
    with pytest.raises(Refused, match="của mình"):
        end_account(account=accounts["officer"], by=officer, at=now())


@pytest.mark.parametrize(("month", "half"), [(1, "2026-H1"), (6, "2026-H1"), (7, "2026-H2"), (12, "2026-H2")])
def test_halves_of_a_year(month: int, half: str) -> None:
    assert half_of(datetime(2026, month, 1, tzinfo=UTC).date()) == half
