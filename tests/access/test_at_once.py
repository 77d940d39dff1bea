"""Several at once: an invitation is taken once, a lock cannot be run past, a form that is sent twice writes once."""

from __future__ import annotations

import pytest

from nhanlucso.access.invites.services import accept_invite, invite
from nhanlucso.access.models import Account, Assignment, Invite
from nhanlucso.access.queries import NOBODY
from nhanlucso.access.secret import new_secret
from nhanlucso.access.services import entrust
from nhanlucso.access.signing import services as signing
from nhanlucso.kernel.clock import ALWAYS, now, today
from nhanlucso.kernel.scope import SYSTEM
from tests.factories import records as r
from tests.factories.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_invitation_is_taken_once() -> None:
    unit, secret = r.make_unit("xa", "Xã"), new_secret()
    invite(role="trainer", unit=unit, full_name="Vàng A Sùng", secret=secret, by=SYSTEM, at=now())

    def take(number: int) -> None:
        name = f"nguoi-{number}"
        accept_invite(
            secret=secret, full_name="", username=name, password="suối chảy qua bản", by=NOBODY, at=now()
        )

    assert sorted(at_once(4, take)) == ["done", "invite_over", "invite_over", "invite_over"]
    assert Account.objects.get() == Invite.objects.get().used_by
    assert Assignment.objects.count() == 1


def test_no_more_than_five_passwords_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    r.make_account("can-bo")
    looked: list[str] = []
    real = Account.check_password

    def counted(account: Account, password: str) -> bool:
        looked.append(password)
        return real(account, password)

    monkeypatch.setattr(Account, "check_password", counted)

    def attempt(number: int) -> None:
        signing.sign_in(username="can-bo", password=f"sai-{number}", by=NOBODY, at=now())

    outcomes = at_once(8, attempt)
    assert set(outcomes) <= {"wrong", "locked"}
    assert len(looked) == 5
    assert Account.objects.get().locked_until is not None


def test_a_role_given_twice_at_once_is_given_once() -> None:
    unit = r.make_unit("xa", "Xã")
    account = r.make_account("day", "viewer", unit)

    def give(_number: int) -> None:
        entrust(account=account, role="trainer", unit=unit, first=today(), last=ALWAYS, by=SYSTEM, at=now())

    assert at_once(4, give) == ["done"] * 4
    assert Assignment.objects.filter(role="trainer").count() == 1
