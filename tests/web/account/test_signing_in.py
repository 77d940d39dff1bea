"""Signing in with a password or a card; what a card may not do."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

PASSWORD, PIN = "mat-khau-du-dai", "802517"


@pytest.fixture
def card(world: Any) -> Any:
    """An account with a light and a full role, and the secret of its card."""
    from nhanlucso.access.models import Assignment
    from nhanlucso.access.secret import new_secret
    from nhanlucso.access.signing.services import make_card
    from nhanlucso.kernel.clock import now
    from nhanlucso.kernel.scope import SYSTEM
    from tests.factories import records as r

    account, secret = r.make_account("hai-vai", "team_member", world.hoa), new_secret()
    Assignment.objects.create(account=account, role="officer", unit=world.hoa)
    make_card(account=account, secret=secret, pin=PIN, by=SYSTEM, at=now())
    return account, secret


def sign_in(client: Client, password: str = PASSWORD, name: str = "can-bo") -> Any:
    return client.post("/tai-khoan/vao/", {"username": name, "password": password})


def enter(client: Client, secret: str, pin: str = PIN) -> Any:
    return client.post(f"/tai-khoan/the/{secret}/", {"pin": pin})


def test_name_and_password_lead_home(world: Any) -> None:
    response = sign_in(Client())
    assert (response.status_code, response["Location"]) == (302, "/")


def test_the_page_says_how_cards_are_used(client: Client, db: None) -> None:
    assert "Có thẻ QR? Quét bằng máy ảnh điện thoại." in client.get("/tai-khoan/vao/").content.decode()


def test_after_five_failures_the_page_says_how_long_to_wait(world: Any) -> None:
    client = Client()
    pages = [sign_in(client, "sai").content.decode() for _ in range(5)]
    assert "không đúng" in pages[0]
    assert "Đã nhập sai 5 lần. Chờ đến" in pages[4]
    assert "Đã nhập sai 5 lần" in sign_in(client).content.decode()


def test_a_card_enters_with_its_light_roles_alone(card: Any) -> None:
    client = Client()
    assert enter(client, card[1])["Location"] == "/"
    assert client.get("/can-bo/").status_code == 403
    assert client.get("/quan-tri/").status_code == 403
    own = client.get("/tai-khoan/").content.decode()
    assert "Thành viên tổ công nghệ số" in own
    assert "Cán bộ phụ trách" not in own
    assert client.get("/tai-khoan/mat-khau/").status_code == 400


def test_the_password_brings_all_roles(card: Any) -> None:
    client = Client()
    enter(client, card[1])
    client.post("/tai-khoan/ra/")
    sign_in(client, name="hai-vai")
    assert client.get("/can-bo/").status_code == 200


def test_the_same_browser_changes_from_card_to_password(card: Any, signed_in: Any) -> None:
    """Signing in again as the same account keeps a session; the mark of the card must not stay."""
    client = signed_in(card[0])
    enter(client, card[1])
    assert client.get("/can-bo/").status_code == 403
    client.force_login(card[0])
    session = client.session
    assert "card" in session
    client.post("/tai-khoan/ra/")
    sign_in(client, name="hai-vai")
    assert "card" not in client.session


def test_a_wrong_pin_says_how_many_tries_are_left(card: Any) -> None:
    assert "Còn 4 lần thử" in enter(Client(), card[1], "000000").content.decode()


def test_the_pin_is_typed_on_a_number_pad(card: Any) -> None:
    page = Client().get(f"/tai-khoan/the/{card[1]}/").content.decode()
    assert 'inputmode="numeric"' in page
    assert "<script" not in page.split("<body", 1)[1]


def test_a_new_card_ends_what_the_old_one_opened(card: Any) -> None:
    from nhanlucso.access.secret import new_secret
    from nhanlucso.access.signing.services import make_card
    from nhanlucso.kernel.clock import now
    from nhanlucso.kernel.scope import SYSTEM

    client = Client()
    enter(client, card[1])
    assert client.get("/tai-khoan/").status_code == 200
    make_card(account=card[0], secret=new_secret(), pin="915382", by=SYSTEM, at=now())
    assert client.get("/tai-khoan/").status_code == 302
    assert client.get(f"/tai-khoan/the/{card[1]}/").status_code == 404


def test_a_disabled_account_is_out_at_once(card: Any) -> None:
    from nhanlucso.access.models import Account

    client = Client()
    enter(client, card[1])
    Account.objects.filter(pk=card[0].pk).update(is_active=False)
    assert client.get("/tai-khoan/").status_code == 302
    assert enter(Client(), card[1]).status_code == 404
