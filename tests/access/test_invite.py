"""Inviting by a link, and taking the invitation up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from nhanlucso.access.invites.queries import visible_invites
from nhanlucso.access.invites.services import accept_invite, accept_light_invite, invite, withdraw_invite
from nhanlucso.access.models import Account, Assignment, Invite
from nhanlucso.access.queries import NOBODY, scope_of
from nhanlucso.access.rules import INVITE_LASTS
from nhanlucso.access.secret import hash_of, new_secret
from nhanlucso.access.signing.services import sign_in_with_card
from nhanlucso.audit.models import Event
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from tests.factories import records as r

pytestmark = pytest.mark.django_db
PASSWORD, PIN = "suối chảy qua bản", "802517"


@pytest.fixture
def secret() -> str:
    return new_secret()


def invited(by: Any, role: str, unit: Any, secret: str, name: str = "Vàng A Sùng") -> Invite:
    return invite(role=role, unit=unit, full_name=name, secret=secret, by=by, at=now())[0]


def accepted(secret: str, **changed: Any) -> Account:
    given = {"full_name": "", "username": "vang.a.sung", "password": PASSWORD, "at": now(), **changed}
    return accept_invite(secret=secret, by=NOBODY, **given)


def accepted_light(secret: str, **changed: Any) -> Account:
    return accept_light_invite(
        secret=secret, by=NOBODY, **{"full_name": "", "pin": PIN, "at": now(), **changed}
    )


def test_a_link_becomes_an_account_with_the_role(land: Any, officer: Any, secret: str) -> None:
    made = invited(officer, "trainer", land.one, secret)
    assert Invite.objects.get().secret_hash == hash_of(secret)
    account = accepted(secret, username=" Vang.A.Sung ")
    assert (account.username, account.full_name) == ("vang.a.sung", "Vàng A Sùng")
    assert account.check_password(PASSWORD)
    assert scope_of(account).roles == {"trainer"}
    made.refresh_from_db()
    assert made.used_by == account
    assert Event.objects.get(verb="account.accept").account_id == account.pk


def test_the_same_secret_makes_one_invitation(land: Any, officer: Any, secret: str) -> None:
    assert invited(officer, "trainer", land.one, secret) == invited(officer, "trainer", land.one, secret)
    assert Event.objects.filter(verb="account.invite").count() == 1


def test_it_is_taken_once(land: Any, officer: Any, secret: str) -> None:
    invited(officer, "trainer", land.one, secret)
    accepted(secret)
    with pytest.raises(Refused) as refused:
        accepted(secret, username="nguoi.khac")
    assert refused.value.code == "invite_over"
    assert not Account.objects.filter(username="nguoi.khac").exists()


def test_a_light_role_gets_a_card_that_is_the_link(land: Any, officer: Any, secret: str) -> None:
    invited(officer, "team_member", land.village, secret)
    account = accepted_light(secret)
    assert not account.has_usable_password()
    assert sign_in_with_card(secret=secret, pin=PIN, by=NOBODY, at=now()).account == account


def test_who_is_not_named_gives_a_name(land: Any, officer: Any, secret: str) -> None:
    invited(officer, "learner", land.one, secret, name="")
    with pytest.raises(Refused) as refused:
        accepted_light(secret)
    assert refused.value.code == "name_missing"
    assert accepted_light(secret, full_name=" Lý  Thị Mỷ ").full_name == "Lý Thị Mỷ"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"username": "Có Dấu"}, "bad_username"),
        ({"username": "ab"}, "bad_username"),
        ({"username": "can-bo-mot"}, "username_taken"),
        ({"username": "CAN-BO-MOT"}, "username_taken"),
        ({"password": "ngan"}, "weak_password"),
        ({"password": "vang.a.sung"}, "weak_password"),
    ],
)
def test_refusals_leave_it_open(
    land: Any, officer: Any, secret: str, changed: dict[str, str], code: str
) -> None:
    invited(officer, "trainer", land.one, secret)
    with pytest.raises(Refused) as refused:
        accepted(secret, **changed)
    assert refused.value.code == code
    assert accepted(secret).pk


@pytest.mark.parametrize(
    ("pin", "code"),
    [
        ("12345", "bad_pin"),
        ("12345a", "bad_pin"),
        ("١٢٣٤٥٦", "bad_pin"),
        ("123456", "easy_pin"),
        ("654321", "easy_pin"),
        ("111222", "easy_pin"),
    ],
)
def test_pins_that_cannot_be(land: Any, officer: Any, secret: str, pin: str, code: str) -> None:
    invited(officer, "learner", land.one, secret)
    with pytest.raises(Refused) as refused:
        accepted_light(secret, pin=pin)
    assert refused.value.code == code


def test_each_kind_of_role_has_its_way(land: Any, officer: Any, secret: str) -> None:
    invited(officer, "learner", land.one, secret)
    with pytest.raises(Refused) as refused:
        accepted(secret)
    assert refused.value.code == "wants_pin"
    other = new_secret()
    invited(officer, "trainer", land.one, other)
    with pytest.raises(Refused) as refused:
        accepted_light(other)
    assert refused.value.code == "wants_password"


def test_it_runs_out(land: Any, officer: Any, secret: str) -> None:
    invited(officer, "trainer", land.one, secret)
    with pytest.raises(Refused) as refused:
        accepted(secret, at=now() + INVITE_LASTS + timedelta(minutes=1))
    assert refused.value.code == "invite_over"


def test_it_is_withdrawn(land: Any, officer: Any, secret: str) -> None:
    made = invited(officer, "trainer", land.one, secret)
    for _ in range(2):
        withdraw_invite(invite_id=made.pk, by=officer, at=now())
    assert Event.objects.filter(verb="account.withdraw").count() == 1
    with pytest.raises(Refused) as refused:
        accepted(secret)
    assert refused.value.code == "invite_over"


def test_a_taken_one_is_not_withdrawn(land: Any, officer: Any, secret: str) -> None:
    made = invited(officer, "trainer", land.one, secret)
    accepted(secret)
    with pytest.raises(Refused) as refused:
        withdraw_invite(invite_id=made.pk, by=officer, at=now())
    assert refused.value.code == "invite_used"


def test_it_falls_with_who_made_it(land: Any, officer: Any, secret: str) -> None:
    invited(officer, "trainer", land.one, secret)
    Account.objects.filter(pk=officer.account_id).update(is_active=False)
    with pytest.raises(Refused) as refused:
        accepted(secret)
    assert refused.value.code == "invite_over"


def test_a_link_that_nobody_made(land: Any) -> None:
    with pytest.raises(Refused) as refused:
        accepted("khong-co")
    assert refused.value.code == "invite_unknown"


def test_only_to_what_one_may_entrust(land: Any, officer: Any, secret: str) -> None:
    for role, unit in (("approver", land.one), ("trainer", land.two)):
        with pytest.raises(Refused) as refused:
            invited(officer, role, unit, secret)
        assert refused.value.code == "not_entrustable"


def test_an_invitation_lasts_no_longer_than_the_role_of_who_made_it(
    land: Any, officer: Any, secret: str
) -> None:
    invited(officer, "trainer", land.one, secret)
    Assignment.objects.filter(account=officer.account_id).update(role="planner")
    with pytest.raises(Refused) as refused:
        accepted(secret)
    assert refused.value.code == "invite_over"


def test_the_neighbour_sees_no_invitation(land: Any, officer: Any, secret: str) -> None:
    made = invited(officer, "trainer", land.village, secret)
    neighbour = scope_of(r.make_account("can-bo-hai", "officer", land.two))
    assert list(visible_invites(officer)) == [made]
    assert not visible_invites(neighbour).exists()
    with pytest.raises(Invite.DoesNotExist):
        withdraw_invite(invite_id=made.pk, by=neighbour, at=now())
