"""Passwords, PINs, locks, and new ones."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from nhanlucso.access.models import Account, Assignment, SignInCard
from nhanlucso.access.queries import NOBODY, scope_of
from nhanlucso.access.rules import LOCK_FOR, RESET_LASTS
from nhanlucso.access.secret import new_secret
from nhanlucso.access.services import disable_account, enable_account
from nhanlucso.access.signing.services import (
    change_password,
    change_pin,
    make_card,
    make_reset_link,
    reset_password,
    sign_in,
    sign_in_with_card,
)
from nhanlucso.audit.models import Event
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from tests.factories import records as r

pytestmark = pytest.mark.django_db
RIGHT, NEW, PIN = "mat-khau-du-dai", "mot-cau-khac-han", "802517"


def entered(password: str = RIGHT, name: str = "can-bo-mot", at: Any = None) -> Account:
    return sign_in(username=name, password=password, by=NOBODY, at=at or now())


def code_of(act: Any) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


@pytest.fixture
def member(land: Any) -> Account:
    return r.make_account("to-vien", "team_member", land.village)


@pytest.fixture
def card(member: Account, officer: Any) -> str:
    secret = new_secret()
    make_card(account=member, secret=secret, pin=PIN, by=officer, at=now())
    return secret


def test_name_and_password(officer: Any) -> None:
    assert entered().pk == officer.account_id
    assert entered(name=" CAN-BO-MOT ").pk == officer.account_id
    assert Event.objects.filter(verb="account.sign_in", account_id=officer.account_id).count() == 2


def test_wrong_ones_are_not_told_apart(officer: Any) -> None:
    assert code_of(lambda: entered("sai")) == code_of(lambda: entered(name="khong-co")) == "wrong"


def test_five_failures_lock_for_a_quarter_of_an_hour(officer: Any) -> None:
    start = now()
    assert [code_of(lambda: entered("sai", at=start)) for _ in range(5)] == ["wrong"] * 4 + ["locked"]
    assert code_of(lambda: entered(at=start + LOCK_FOR - timedelta(seconds=1))) == "locked"
    assert Event.objects.filter(verb="account.lock").count() == 1
    assert entered(at=start + LOCK_FOR).pk == officer.account_id


def test_after_a_lock_there_are_five_again(officer: Any) -> None:
    start = now()
    for _ in range(5):
        code_of(lambda: entered("sai", at=start))
    later = start + LOCK_FOR
    assert [code_of(lambda: entered("sai", at=later)) for _ in range(5)] == ["wrong"] * 4 + ["locked"]


def test_the_fifth_attempt_may_be_right(officer: Any) -> None:
    for _ in range(4):
        code_of(lambda: entered("sai"))
    assert entered().pk == officer.account_id
    assert Account.objects.get(pk=officer.account_id).failures == 0


def test_a_disabled_account_is_told_so(member: Account, officer: Any) -> None:
    disable_account(account=member, by=officer, at=now())
    assert code_of(lambda: entered(name="to-vien")) == "disabled"
    enable_account(account=member, by=officer, at=now())
    assert entered(name="to-vien") == member


def test_nobody_disables_the_own_account(officer: Any) -> None:
    own = Account.objects.get(pk=officer.account_id)
    assert code_of(lambda: disable_account(account=own, by=officer, at=now())) == "own_account"


def test_card_and_pin(card: str, member: Account) -> None:
    assert sign_in_with_card(secret=card, pin=PIN, by=NOBODY, at=now()).account == member


def test_the_card_locks_like_a_password(card: str) -> None:
    start = now()

    def enter(pin: str, at: Any = start) -> Any:
        return sign_in_with_card(secret=card, pin=pin, by=NOBODY, at=at)

    with pytest.raises(Refused, match="Còn 4 lần thử"):
        enter("000000")
    assert [code_of(lambda: enter("000000")) for _ in range(4)] == ["wrong"] * 3 + ["locked"]
    assert code_of(lambda: enter(PIN)) == "locked"
    assert enter(PIN, start + LOCK_FOR)


def test_a_new_card_puts_the_old_one_out(card: str, member: Account, officer: Any) -> None:
    other = new_secret()
    for _ in range(2):  # sent twice
        make_card(account=member, secret=other, pin="915382", by=officer, at=now())
    assert SignInCard.objects.count() == 1
    assert Event.objects.filter(verb="account.card").count() == 2
    assert code_of(lambda: sign_in_with_card(secret=card, pin=PIN, by=NOBODY, at=now())) == "no_card"
    assert sign_in_with_card(secret=other, pin="915382", by=NOBODY, at=now())


def test_cards_are_for_light_roles(land: Any, officer: Any) -> None:
    trainer = r.make_account("day", "trainer", land.one)
    act = lambda: make_card(account=trainer, secret=new_secret(), pin=PIN, by=officer, at=now())  # noqa: E731
    assert code_of(act) == "no_light_role"


def test_a_pin_of_ones_own(card: str, member: Account) -> None:
    scope = scope_of(member)
    assert code_of(lambda: change_pin(old="000000", new="915382", by=scope, at=now())) == "wrong"
    assert code_of(lambda: change_pin(old=PIN, new="111111", by=scope, at=now())) == "easy_pin"
    change_pin(old=PIN, new="915382", by=scope, at=now())
    assert sign_in_with_card(secret=card, pin="915382", by=NOBODY, at=now())


def test_a_password_of_ones_own(officer: Any) -> None:
    own = Account.objects.get(pk=officer.account_id)

    def change(old: str, new: str, by: Any = officer) -> None:
        change_password(account=own, old=old, new=new, by=by, at=now())

    assert code_of(lambda: change("sai", NEW)) == "wrong"
    assert code_of(lambda: change(RIGHT, "ngan")) == "weak_password"
    assert code_of(lambda: change(RIGHT, NEW, NOBODY)) == "not_own"
    change(RIGHT, NEW)
    assert entered(NEW) == own


def test_a_link_to_a_new_password_opens_once(land: Any, officer: Any) -> None:
    trainer, secret = r.make_account("day", "trainer", land.one), new_secret()
    for _ in range(2):  # sent twice
        make_reset_link(account=trainer, secret=secret, by=officer, at=now())
    assert Event.objects.filter(verb="account.reset").count() == 1
    assert reset_password(secret=secret, password=NEW, by=NOBODY, at=now()) == trainer
    assert entered(NEW, "day") == trainer
    assert code_of(lambda: reset_password(secret=secret, password=RIGHT, by=NOBODY, at=now())) == "link_over"


def test_a_link_runs_out_or_gives_way_to_the_next(land: Any, officer: Any) -> None:
    trainer, first, second = r.make_account("day", "trainer", land.one), new_secret(), new_secret()
    for secret in (first, second):
        make_reset_link(account=trainer, secret=secret, by=officer, at=now())
    late = now() + RESET_LASTS + timedelta(minutes=1)
    assert code_of(lambda: reset_password(secret=first, password=NEW, by=NOBODY, at=now())) == "link_over"
    assert code_of(lambda: reset_password(secret=second, password=NEW, by=NOBODY, at=late)) == "link_over"


def test_a_new_link_takes_the_lock_off(land: Any, officer: Any) -> None:
    trainer = r.make_account("day", "trainer", land.one)
    for _ in range(5):
        code_of(lambda: entered("sai", "day"))
    make_reset_link(account=trainer, secret=new_secret(), by=officer, at=now())
    assert entered(RIGHT, "day") == trainer


@pytest.mark.parametrize("role", ["approver", "administrator"])
def test_a_new_password_is_no_way_to_more_than_one_has(land: Any, officer: Any, role: str) -> None:
    """Who holds something that the officer could not have entrusted is not in the officer's charge."""
    other = r.make_account("hai-vai", "viewer", land.one)
    Assignment.objects.create(account=other, role=role, unit=land.province)
    for act in (
        lambda: make_reset_link(account=other, secret=new_secret(), by=officer, at=now()),
        lambda: disable_account(account=other, by=officer, at=now()),
        lambda: make_card(account=other, secret=new_secret(), pin=PIN, by=officer, at=now()),
    ):
        assert code_of(act) == "not_in_charge"


def test_out_of_reach_there_is_no_account(land: Any, officer: Any) -> None:
    stranger = r.make_account("la", "viewer", land.two)
    with pytest.raises(Account.DoesNotExist):
        make_reset_link(account=stranger, secret=new_secret(), by=officer, at=now())


def test_a_link_to_a_new_password_opens_nothing_that_was_entrusted_from_above_since(
    land: Any, officer: Any
) -> None:
    trainer, secret = r.make_account("day", "trainer", land.one), new_secret()
    make_reset_link(account=trainer, secret=secret, by=officer, at=now())
    Assignment.objects.create(account=trainer, role="officer", unit=land.province)
    assert code_of(lambda: reset_password(secret=secret, password=NEW, by=NOBODY, at=now())) == "link_over"


def test_a_link_to_a_new_password_lasts_no_longer_than_the_role_of_who_made_it(
    land: Any, officer: Any
) -> None:
    trainer, secret = r.make_account("day", "trainer", land.one), new_secret()
    make_reset_link(account=trainer, secret=secret, by=officer, at=now())
    Assignment.objects.filter(account=officer.account_id).delete()
    assert code_of(lambda: reset_password(secret=secret, password=NEW, by=NOBODY, at=now())) == "link_over"
