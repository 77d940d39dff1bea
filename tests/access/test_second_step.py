"""The second step: codes of an app, codes on paper, what locks, who takes it off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from nhanlucso.access.steps.codes import code_at, new_secret, plain, step_of
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PASSWORD = "mat-khau-du-dai"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    """RFC 6238, appendix B, the last six digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert code_at(secret, seconds // 30) == code
    assert step_of(secret, code, datetime.fromtimestamp(seconds + 30, UTC)) == seconds // 30
    assert step_of(secret, code, datetime.fromtimestamp(seconds + 90, UTC)) is None


@pytest.fixture
def account(db: None) -> Any:
    from tests.factories import records as r

    return r.make_account("vang.a.sung", "officer", r.make_unit("u", "Hòa"))


@pytest.fixture
def with_app(account: Any) -> Any:
    """(account, secret of its app, codes on paper)"""
    from nhanlucso.access.queries import scope_of
    from nhanlucso.access.steps.services import set_up_app

    secret = new_secret()
    codes = set_up_app(account=account, secret=secret, code=code(secret, AT), by=scope_of(account), at=AT)
    return account, secret, codes


def code(secret: str, at: datetime) -> str:
    return code_at(secret, int(at.timestamp()) // 30)


def check(account: Any, typed: str, at: datetime) -> None:
    from nhanlucso.access.queries import NOBODY
    from nhanlucso.access.steps.services import check_code

    check_code(account=account, code=typed, by=NOBODY, at=at)


def refusal(account: Any, typed: str, at: datetime) -> str:
    with pytest.raises(Refused) as caught:
        check(account, typed, at)
    return caught.value.code


def test_a_code_is_taken_once(with_app: Any) -> None:
    account, secret, _codes = with_app
    later = AT + timedelta(minutes=5)
    check(account, code(secret, later), later)
    assert refusal(account, code(secret, later), later) == "wrong_code"


def test_the_secret_is_sealed(with_app: Any) -> None:
    account, secret, _codes = with_app
    account.code_app.refresh_from_db()
    assert secret not in account.code_app.secret_cipher


def test_setting_up_twice_ties_once(with_app: Any) -> None:
    from nhanlucso.access.queries import scope_of
    from nhanlucso.access.steps.services import set_up_app

    account, secret, codes = with_app
    assert len(set(codes)) == 10
    assert (
        set_up_app(account=account, secret=secret, code=code(secret, AT), by=scope_of(account), at=AT) == []
    )
    assert account.recovery_codes.count() == 10


def test_a_code_on_paper_opens_once_however_it_is_typed(with_app: Any) -> None:
    account, _secret, codes = with_app
    check(account, codes[0].upper().replace("-", " "), AT)
    assert refusal(account, codes[0], AT) == "wrong_code"
    assert account.recovery_codes.filter(used_at__isnull=False).count() == 1
    assert not account.recovery_codes.filter(secret_hash__contains=plain(codes[1])).exists()


def test_the_password_gives_no_new_tries_at_the_code(with_app: Any) -> None:
    from nhanlucso.access.queries import NOBODY
    from nhanlucso.access.signing.services import sign_in

    account, secret, _codes = with_app
    account.set_password(PASSWORD)
    account.save()
    for turn in range(5):
        sign_in(username=account.username, password=PASSWORD, by=NOBODY, at=AT)
        assert refusal(account, "000000", AT) == ("locked" if turn == 4 else "wrong_code")
    later = AT + timedelta(minutes=1)
    assert refusal(account, code(secret, later), later) == "locked"


def test_who_is_in_charge_takes_it_off(with_app: Any) -> None:
    from nhanlucso.access.steps.queries import has_second_step
    from nhanlucso.access.steps.services import take_off_second_step
    from nhanlucso.audit.models import Event

    account, _secret, _codes = with_app
    take_off_second_step(account=account, by=SYSTEM, at=AT)
    take_off_second_step(account=account, by=SYSTEM, at=AT)
    assert not has_second_step(account)
    assert account.recovery_codes.count() == 0
    assert Event.objects.filter(verb="account.step_off").count() == 1


def test_what_must_be_there_is_not_removed(with_app: Any, settings: Any) -> None:
    from nhanlucso.access.queries import scope_of
    from nhanlucso.access.steps.services import remove_app

    account, _secret, _codes = with_app
    settings.SECOND_STEP = "accounts"
    with pytest.raises(Refused, match="phải có"):
        remove_app(account=account, by=scope_of(account), at=AT)
    settings.SECOND_STEP = "off"
    remove_app(account=account, by=scope_of(account), at=AT)
    assert account.recovery_codes.count() == 0


def test_nobody_sets_up_for_others(account: Any) -> None:
    from nhanlucso.access.steps.services import set_up_app

    secret = new_secret()
    with pytest.raises(Refused, match="chính mình"):
        set_up_app(account=account, secret=secret, code=code(secret, AT), by=SYSTEM, at=AT)


def test_the_last_administrator_is_let_in_from_the_machine(
    with_app: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    from argparse import Namespace

    from nhanlucso.access.steps.queries import has_second_step
    from nhanlucso.cli.account_free import run

    account, _secret, _codes = with_app
    run(Namespace(username=account.username, json=True))
    assert not has_second_step(account)
    assert account.username in capsys.readouterr().out
    with pytest.raises(Refused, match="Không có tài khoản"):
        run(Namespace(username="khong-co", json=False))
