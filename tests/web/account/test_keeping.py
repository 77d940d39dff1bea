"""Two steps of signing in, the idle lock with what was sent, the end of a session, devices."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from nhanlucso.access.steps.codes import code_at, new_secret
from nhanlucso.kernel import clock

PASSWORD = "mat-khau-du-dai"


def sign_in(name: str = "can-bo", there: str = "") -> tuple[Client, Any]:
    client = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile"})
    return client, client.post("/tai-khoan/vao/", {"username": name, "password": PASSWORD, "next": there})


def away(client: Client, **time: int) -> None:
    """So long ago was the session used last; and begun, where the name of the unit says so."""
    session = client.session
    back = int(timedelta(**time).total_seconds())
    for mark in ("seen", "proved", "begun"):
        session[mark] -= back
    session.save()


def text(response: Any) -> str:
    return response.content.decode()


@pytest.fixture
def secret(world: Any) -> str:
    """Of the app of the officer."""
    from nhanlucso.access.models import CodeApp
    from nhanlucso.kernel.sealing import encrypt

    made = new_secret()
    CodeApp.objects.create(account=world.officer, secret_cipher=encrypt(made), made_at=clock.now())
    return made


def now_code(secret: str) -> str:
    return code_at(secret, int(clock.now().timestamp()) // 30)


def test_the_password_alone_is_half_the_way(world: Any, secret: str) -> None:
    client, response = sign_in(there="/can-bo/")
    assert response["Location"] == "/tai-khoan/vao/ma/"
    assert client.get("/can-bo/").status_code == 302
    assert "không đúng" in text(client.post("/tai-khoan/vao/ma/", {"code": "12"}))
    assert client.post("/tai-khoan/vao/ma/", {"code": now_code(secret)})["Location"] == "/can-bo/"
    assert client.get("/can-bo/").status_code == 200


def test_nobody_takes_the_second_step_first(world: Any, secret: str) -> None:
    assert Client().post("/tai-khoan/vao/ma/", {"code": now_code(secret)})["Location"] == "/tai-khoan/vao/"


def test_setting_up_an_app_ends_with_codes_on_paper(world: Any) -> None:
    client, _ = sign_in()
    page = text(client.get("/tai-khoan/hai-buoc/ung-dung/"))
    shown = re.search(r'<p class="num" id="secret">([A-Z2-7 ]+)</p>', page)
    assert shown is not None
    form = {"code": now_code(shown[1].replace(" ", ""))}
    assert client.post("/tai-khoan/hai-buoc/ung-dung/", form)["Location"] == "/tai-khoan/hai-buoc/ma/"
    codes = re.findall(r"<li>(\w{4}(?:-\w{4}){3})</li>", text(client.get("/tai-khoan/hai-buoc/ma/")))
    assert len(codes) == 10
    client.post("/tai-khoan/hai-buoc/ma/", {"kept": "1"})
    assert client.get("/tai-khoan/hai-buoc/ma/").status_code == 302
    assert "Còn 10 mã" in text(client.get("/tai-khoan/hai-buoc/"))
    again, response = sign_in()
    assert response["Location"] == "/tai-khoan/vao/ma/"
    assert again.post("/tai-khoan/vao/ma/", {"code": codes[3]})["Location"] == "/"


def test_ways_of_signing_in_are_changed_only_by_who_just_proved_it(world: Any) -> None:
    client, _ = sign_in()
    away(client, minutes=11)
    assert client.get("/tai-khoan/hai-buoc/")["Location"].startswith("/tai-khoan/nhap-lai/?next=")
    client.post("/tai-khoan/nhap-lai/?next=/tai-khoan/hai-buoc/", {"unlock-password": PASSWORD})
    assert client.get("/tai-khoan/hai-buoc/").status_code == 200


def test_who_must_have_a_second_step_reaches_nothing_else(world: Any, settings: Any) -> None:
    settings.SECOND_STEP = "accounts"
    client, _ = sign_in()
    assert client.get("/can-bo/")["Location"] == "/tai-khoan/hai-buoc/"
    assert "phải bật trước khi làm việc" in text(client.get("/tai-khoan/hai-buoc/"))
    assert client.get("/tai-khoan/hai-buoc/ung-dung/").status_code == 200
    settings.SECOND_STEP = "off"
    assert client.get("/can-bo/").status_code == 200


def test_whoever_was_away_comes_back_to_the_same_page(world: Any) -> None:
    client, _ = sign_in()
    client.get("/can-bo/")
    away(client, hours=9)
    assert client.get("/can-bo/?q=anh")["Location"] == "/tai-khoan/nhap-lai/?next=%2Fcan-bo%2F%3Fq%3Danh"
    by_htmx = client.get(
        "/can-bo/", headers={"hx-request": "true", "hx-current-url": "http://testserver/lop-hoc/"}
    )
    assert by_htmx["HX-Redirect"] == "/tai-khoan/nhap-lai/?next=%2Flop-hoc%2F"
    assert client.get("/api/v1/me").status_code in (401, 404)
    there = {"unlock-password": PASSWORD}
    assert client.post("/tai-khoan/nhap-lai/?next=/can-bo/?q=anh", there)["Location"] == "/can-bo/?q=anh"
    assert client.get("/can-bo/").status_code == 200
    assert client.post("/tai-khoan/nhap-lai/?next=https://example.com/", there)["Location"] == "/"


def test_what_was_sent_while_locked_goes_on_with_the_password(world: Any) -> None:
    from nhanlucso.access.models import Account

    client, _ = sign_in()
    away(client, hours=9)
    old = {"old": PASSWORD, "new": "mot-cau-dai-de-nho"}
    page = text(client.post("/tai-khoan/mat-khau/", old))
    assert 'name="new" value="mot-cau-dai-de-nho"' in page
    assert "không đúng" in text(client.post("/tai-khoan/mat-khau/", {**old, "unlock-password": "sai"}))
    part = client.post("/tai-khoan/mat-khau/", old, headers={"hx-request": "true"})
    assert (part["HX-Retarget"], part["HX-Reswap"]) == (
        "body",
        "innerHTML",
    )  # the whole page asks, not a part of it
    assert 'name="new" value="mot-cau-dai-de-nho"' in text(part)
    response = client.post("/tai-khoan/mat-khau/", {**old, "unlock-password": PASSWORD})
    assert response["Location"] == "/tai-khoan/"
    assert Account.objects.get(username="can-bo").check_password("mot-cau-dai-de-nho")


def test_nobody_elses_form_is_carried_on(world: Any) -> None:
    """The check of the token stands before the page that would carry the form on."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.officer)
    session = client.session
    session.update({"begun": 0, "seen": 0, "proved": 0})
    session.save()
    assert client.post("/tai-khoan/mat-khau/", {"new": "x"}).status_code == 403


def test_a_session_ends_after_its_hours(world: Any, settings: Any) -> None:
    settings.SESSION_HOURS, settings.IDLE_MINUTES_ACCOUNTS = 12, 10_000
    client, _ = sign_in()
    away(client, hours=13)
    assert client.get("/can-bo/")["Location"].startswith("/tai-khoan/vao/")
    assert "_auth_user_id" not in client.session


def test_a_sign_in_from_before_ends_in_earnest(world: Any, settings: Any, signed_in: Any) -> None:
    client = signed_in(world.officer)
    assert client.get("/tai-khoan/").status_code == 200
    settings.HTTPS = True
    assert client.get("/tai-khoan/")["Location"].startswith("/tai-khoan/vao/")


def test_devices_are_listed_and_signed_out(world: Any) -> None:
    here, _ = sign_in()
    there, _ = sign_in()
    page = text(here.get("/tai-khoan/thiet-bi/"))
    assert page.count("Chrome, Android</strong>") == 2
    other = re.search(r"/tai-khoan/thiet-bi/(\d+)/ra/", page)
    assert other is not None
    here.post(other[0])
    assert there.get("/tai-khoan/").status_code == 302
    third, _ = sign_in()
    here.post("/tai-khoan/thiet-bi/khac/ra/")
    assert third.get("/tai-khoan/").status_code == 302
    assert here.get("/tai-khoan/").status_code == 200
    fourth, _ = sign_in()
    fourth.post("/tai-khoan/ra/")
    assert text(here.get("/tai-khoan/thiet-bi/")).count("Chrome, Android</strong>") == 1


def test_nobody_signs_others_out(world: Any) -> None:
    from nhanlucso.access.models import SignIn

    sign_in()
    other, _ = sign_in("xa-loc")
    row = SignIn.objects.exclude(account__username="xa-loc").get()
    assert other.post(f"/tai-khoan/thiet-bi/{row.pk}/ra/").status_code == 404


def test_a_new_password_signs_out_everywhere_else(world: Any) -> None:
    here, _ = sign_in()
    there, _ = sign_in()
    before = here.session.session_key
    here.post("/tai-khoan/mat-khau/", {"old": PASSWORD, "new": "mot-cau-dai-de-nho"})
    assert here.session.session_key != before
    assert there.get("/tai-khoan/").status_code == 302
    page = text(here.get("/tai-khoan/thiet-bi/"))
    assert page.count("Chrome, Android</strong>") == 1


@pytest.mark.parametrize("password", ["ngan", "password123", "canbo-canbo", "nhi-nguyen-thi"])
def test_a_weak_password_is_refused_in_words(world: Any, password: str) -> None:
    world.officer.full_name = "Nguyễn Thị Nhị"
    world.officer.save()
    client, _ = sign_in()
    page = text(client.post("/tai-khoan/mat-khau/", {"old": PASSWORD, "new": password}))
    assert "Mật khẩu" in page and "password" not in re.sub(r"<[^>]*>", "", page).lower()
