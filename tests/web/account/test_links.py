"""Pages behind links with a secret."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client


@pytest.fixture
def made(world: Any) -> Any:
    """Makes an invitation and gives its address."""
    from nhanlucso.access.invites.services import invite
    from nhanlucso.access.secret import new_secret
    from nhanlucso.kernel.clock import now
    from nhanlucso.kernel.scope import SYSTEM

    def make(role: str, name: str = "Vàng A Sùng") -> str:
        secret = new_secret()
        invite(role=role, unit=world.hoa, full_name=name, secret=secret, by=SYSTEM, at=now())
        return f"/tai-khoan/moi/{secret}/"

    return make


def test_a_visitor_reads_who_is_invited_to_what(made: Any) -> None:
    page = Client().get(made("trainer")).content.decode()
    for words in ("Chào Vàng A Sùng", "Giảng viên", "Xã Hòa", "Tên đăng nhập", "Mật khẩu"):
        assert words in page
    assert "Họ và tên" not in page


def test_taking_it_up_signs_in(made: Any) -> None:
    client, url = Client(), made("trainer")
    response = client.post(url, {"username": "vang.sung", "password": "suối chảy qua bản"}, follow=True)
    assert response.redirect_chain == [("/", 302)]
    assert "Đã lập tài khoản" in response.content.decode()
    assert client.get("/lop-hoc/").status_code == 200


def test_the_link_of_a_light_role_is_the_card_afterwards(made: Any) -> None:
    client, url = Client(), made("team_member")
    assert "Chọn mã PIN" in client.get(url).content.decode()
    assert client.post(url, {"pin": "802517"})["Location"] == "/"
    other = Client()
    again = other.get(url)
    assert again["Location"] == url.replace("/moi/", "/the/")
    assert other.post(again["Location"], {"pin": "802517"})["Location"] == "/"


def test_who_is_not_named_writes_the_name(made: Any) -> None:
    url = made("learner", "")
    assert "Họ và tên" in Client().get(url).content.decode()
    assert "Hãy ghi họ và tên" in Client().post(url, {"pin": "802517"}).content.decode()


def test_refusals_stand_on_the_form(made: Any) -> None:
    page = Client().post(made("trainer"), {"username": "can-bo", "password": "suối chảy qua bản"})
    assert "đã có người dùng" in page.content.decode()


def test_a_used_link_says_so_and_leads_to_signing_in(made: Any) -> None:
    url = made("trainer")
    Client().post(url, {"username": "vang.sung", "password": "suối chảy qua bản"})
    response = Client().get(url)
    assert response.status_code == 404
    assert "đã được dùng" in response.content.decode()
    assert "/tai-khoan/vao/" in response.content.decode()


@pytest.mark.parametrize("kind", ["moi", "the", "dat-lai"])
def test_a_link_of_nobody_is_told_in_plain_words(db: None, kind: str) -> None:
    response = Client().get(f"/tai-khoan/{kind}/khong-co/")
    assert response.status_code == 404
    assert "Liên kết không dùng được" in response.content.decode()


def test_links_are_not_kept_by_browsers(made: Any) -> None:
    assert "no-store" in Client().get(made("trainer"))["Cache-Control"]


def test_who_is_signed_in_is_told_that_it_makes_another_account(made: Any, officer: Client) -> None:
    assert "đang đăng nhập tài khoản" in officer.get(made("trainer")).content.decode()


def test_a_new_password_behind_a_link(world: Any) -> None:
    from nhanlucso.access.secret import new_secret
    from nhanlucso.access.signing.services import make_reset_link
    from nhanlucso.kernel.clock import now
    from nhanlucso.kernel.scope import SYSTEM

    secret, client = new_secret(), Client()
    make_reset_link(account=world.officer, secret=secret, by=SYSTEM, at=now())
    url = f"/tai-khoan/dat-lai/{secret}/"
    assert "can-bo" in client.get(url).content.decode()
    assert "quá ngắn: cần ít nhất 10 ký tự" in client.post(url, {"password": "ngan"}).content.decode()
    assert client.post(url, {"password": "suối chảy qua bản"})["Location"] == "/"
    assert client.get("/can-bo/").status_code == 200
    assert Client().get(url).status_code == 404
