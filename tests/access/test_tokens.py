"""Tokens of programs: never more than their maker, below a unit, until a day, from where they are bound to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from nhanlucso.access.tokens.rules import lets_in, networks
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission as P

SECRET = "nls_" + "a" * 43


@pytest.fixture
def world(db: None) -> Any:
    from tests.factories.district import make_district

    return make_district()


@pytest.fixture
def maker(world: Any) -> Any:
    from tests.factories import records as r

    return r.make_account("quan-tri", "administrator")


def scope(account: Any) -> Any:
    from nhanlucso.access.queries import scope_of

    return scope_of(account)


def make(account: Any, **given: Any) -> Any:
    from nhanlucso.access.tokens.services import make_token

    asked = {
        "name": "Hệ thống học trực tuyến",
        "purpose": "Gửi kết quả học tập",
        "permissions": {P.SEE_PEOPLE, P.RECORD_RESULTS},
        "unit": None,
        "ends_on": today() + timedelta(days=30),
        "addresses": "",
        "secret": SECRET,
        **given,
    }
    return make_token(**asked, by=scope(account), at=now())[0]


def taken(address: str = "10.0.0.1", secret: str = SECRET, at: Any = None) -> Any:
    from nhanlucso.access.queries import NOBODY
    from nhanlucso.access.tokens.services import take_token

    return take_token(secret=secret, address=address, by=NOBODY, at=at or now())[1]


def code(call: Any) -> str:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def test_it_reaches_what_it_was_made_for(world: Any, maker: Any) -> None:
    from nhanlucso.audit.models import Event

    token = make(maker, unit=world.loc)
    found = taken()
    assert found.permissions == {P.SEE_PEOPLE, P.RECORD_RESULTS}
    assert (found.unit_ids, found.everything, found.person_id) == ({world.loc.pk}, False, None)
    assert found.account_id == maker.pk
    assert SECRET not in token.secret_hash
    token.refresh_from_db()
    assert token.used_at is not None
    assert list(Event.objects.filter(object_type="token").values_list("verb", flat=True)) == ["token.make"]


def test_the_same_secret_makes_no_second_one(maker: Any) -> None:
    assert make(maker).pk == make(maker).pk


def test_never_more_than_its_maker_has_today(world: Any, maker: Any) -> None:
    from nhanlucso.access.models import Assignment

    make(maker)
    assert taken().everything
    Assignment.objects.filter(account=maker).update(unit=world.loc)
    assert (taken().everything, taken().unit_ids) == (False, {world.loc.pk})
    Assignment.objects.filter(account=maker).update(role="viewer")
    assert taken().permissions == {P.SEE_PEOPLE}
    maker.is_active = False
    maker.save()
    assert code(taken) == "wrong"


def test_who_runs_nothing_makes_none(world: Any) -> None:
    assert code(lambda: make(world.officer)) == "not_allowed"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"permissions": set()}, "nothing_allowed"),
        ({"permissions": {P.APPROVE_REPORTS}}, "more_than_own"),
        ({"permissions": {P.OPERATE}}, "more_than_own"),
        ({"ends_on": today() - timedelta(days=1)}, "bad_date"),
        ({"ends_on": today() + timedelta(days=400)}, "bad_date"),
        ({"addresses": "mạng nhà"}, "bad_address"),
        ({"name": " "}, "name_missing"),
    ],
)
def test_what_is_refused(maker: Any, given: dict[str, Any], why: str) -> None:
    assert code(lambda: make(maker, **given)) == why


def test_over_revoked_elsewhere_or_wrong_it_opens_nothing(world: Any, maker: Any) -> None:
    from nhanlucso.access.models import Token
    from nhanlucso.access.tokens.services import revoke_token

    token = make(maker, addresses="10.1.0.0/16, 192.0.2.7")
    assert taken("10.1.2.3").everything
    assert taken("::ffff:192.0.2.7").everything
    assert code(lambda: taken("10.2.0.1")) == "wrong"
    assert code(lambda: taken("10.1.2.3", SECRET + "b")) == "wrong"
    assert code(lambda: taken("10.1.2.3", at=now() + timedelta(days=32))) == "wrong"
    with pytest.raises(Token.DoesNotExist):
        from tests.factories import records as r

        elsewhere = r.make_account("xa-loc-qt", "administrator", world.loc)
        revoke_token(token_id=token.pk, by=scope(elsewhere), at=now())
    revoke_token(token_id=token.pk, by=scope(maker), at=now())
    assert code(lambda: taken("10.1.2.3")) == "wrong"


def test_networks_are_written_in_one_way() -> None:
    assert networks("10.1.2.3/16 ::1") == ["10.1.0.0/16", "::1/128"]
    assert lets_in("", "anything")
    assert not lets_in("10.0.0.0/8", "no address")
