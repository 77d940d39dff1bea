"""Signing in with the account of the province, against a real OpenID provider on this machine."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

_PATIENCE = 60


class Provider:
    """The provider as its people use it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def knows(self, subject: str, **claims: Any) -> None:
        body = json.dumps(claims).encode()
        asked = urllib.request.Request(
            f"{self.url}/users/{subject}", body, {"Content-Type": "application/json"}, method="PUT"
        )
        urllib.request.urlopen(asked, timeout=_PATIENCE).close()

    def agree(self, address: str, subject: str) -> str:
        """Somebody signs in there; the path with which they are sent back."""

        class Stay(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *given: Any) -> None:
                return None

        form = urllib.parse.urlencode({"sub": subject}).encode()
        try:
            urllib.request.build_opener(Stay).open(address, form, timeout=_PATIENCE)
        except urllib.error.HTTPError as answer:
            answer.close()
            parts = urllib.parse.urlsplit(answer.headers["Location"])
            return f"{parts.path}?{parts.query}"
        raise AssertionError("the provider did not send back")


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://localhost:{port}"
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"{url}/.well-known/openid-configuration", timeout=_PATIENCE).close()
            break
        except OSError:
            assert time.monotonic() < until and process.poll() is None
            time.sleep(0.1)
    yield Provider(url)
    process.terminate()
    process.wait(timeout=_PATIENCE)


@pytest.fixture(autouse=True)
def configured(settings: Any, provider: Provider) -> None:
    settings.SSO_ISSUER, settings.SSO_CLIENT_ID, settings.SSO_CLIENT_SECRET = (
        provider.url,
        "nhanlucso",
        "bi-mat",
    )


def come_back(
    provider: Provider, subject: str, client: Client | None = None, there: str = ""
) -> tuple[Client, Any]:
    client = client or Client()
    away = client.post("/tai-khoan/vao/tinh/", {"next": there})["Location"]
    assert away.startswith(provider.url) and "code_challenge_method=S256" in away
    return client, client.get(provider.agree(away, subject))


def text(response: Any) -> str:
    return response.content.decode()


def test_a_verified_mail_leads_to_the_account(world: Any, provider: Provider) -> None:
    from nhanlucso.access.models import Account, SsoLink
    from nhanlucso.audit.models import Event

    Account.objects.filter(pk=world.officer.pk).update(email="nhi@example.gov.vn")
    provider.knows("a-1", email="Nhi@example.gov.vn", email_verified=True)
    client, response = come_back(provider, "a-1", there="/can-bo/")
    assert response["Location"] == "/can-bo/"
    assert client.get("/can-bo/").status_code == 200
    assert "Tài khoản tỉnh" in text(client.get("/tai-khoan/thiet-bi/"))
    assert SsoLink.objects.get().account_id == world.officer.pk
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"account.sso", "account.sign_in"} <= verbs
    provider.knows("a-1", email="another@example.gov.vn", email_verified=True)  # the tie stays
    assert come_back(provider, "a-1")[1]["Location"] == "/"


def test_signing_out_ends_the_session_at_the_provider(world: Any, provider: Provider) -> None:
    from nhanlucso.access.models import Account

    Account.objects.filter(pk=world.officer.pk).update(email="nhi@example.gov.vn")
    provider.knows("a-2", email="nhi@example.gov.vn", email_verified=True)
    client, _ = come_back(provider, "a-2")
    there = client.post("/tai-khoan/ra/")["Location"]
    assert there.startswith(f"{provider.url}/oauth2/end_session?")
    assert client.get("/can-bo/").status_code == 302
    with urllib.request.urlopen(there, timeout=_PATIENCE) as page:
        assert page.status == 200
    client.post("/tai-khoan/vao/", {"username": "can-bo", "password": "mat-khau-du-dai"})
    assert client.post("/tai-khoan/ra/")["Location"] == "/tai-khoan/vao/"  # came by a password


def test_a_code_of_the_employee_leads_to_the_account(world: Any, provider: Provider) -> None:
    from nhanlucso.access.models import Account

    Account.objects.filter(pk=world.officer.pk).update(employee_code="H38-0042")
    provider.knows("b-1", employee_code="H38-0042")
    assert come_back(provider, "b-1")[1].status_code == 302


def test_a_mail_that_nobody_verified_leads_nowhere(world: Any, provider: Provider) -> None:
    from nhanlucso.access.models import Account

    Account.objects.filter(pk=world.officer.pk).update(email="nhi@example.gov.vn")
    provider.knows("c-1", email="nhi@example.gov.vn", email_verified=False)
    client, response = come_back(provider, "c-1")
    assert response.status_code == 403 and "chưa gắn với tài khoản nào" in text(response)
    assert client.get("/can-bo/").status_code == 302


def test_nobody_takes_an_account_that_is_tied_to_another(world: Any, provider: Provider) -> None:
    from nhanlucso.access.models import Account

    Account.objects.filter(pk=world.officer.pk).update(email="nhi@example.gov.vn")
    for subject in ("d-1", "d-2"):
        provider.knows(subject, email="nhi@example.gov.vn", email_verified=True)
    assert come_back(provider, "d-1")[1].status_code == 302
    assert come_back(provider, "d-2")[1].status_code == 403


def test_accounts_are_made_only_where_the_operator_says_so(
    world: Any, provider: Provider, settings: Any
) -> None:
    from nhanlucso.access.models import Account

    provider.knows("e-1", name="Giàng Thị Mỷ")
    assert come_back(provider, "e-1")[1].status_code == 403
    settings.SSO_MAKES_ACCOUNTS = True
    client, _ = come_back(provider, "e-1")
    made = Account.objects.get(full_name="Giàng Thị Mỷ")
    assert not made.has_usable_password() and not made.assignments.exists()
    assert "Chưa được giao đơn vị nào" in text(client.get("/tai-khoan/"))


def test_a_shut_account_stays_shut(world: Any, provider: Provider) -> None:
    from nhanlucso.access.models import Account

    Account.objects.filter(pk=world.officer.pk).update(employee_code="x-1", is_active=False)
    provider.knows("f-1", employee_code="x-1")
    assert "đã bị khóa" in text(come_back(provider, "f-1")[1])


def test_a_password_there_is_no_second_step(world: Any, provider: Provider) -> None:
    from nhanlucso.access.models import Account, CodeApp
    from nhanlucso.kernel.clock import now

    Account.objects.filter(pk=world.officer.pk).update(employee_code="x-2")
    CodeApp.objects.create(account=world.officer, secret_cipher="x", made_at=now())
    provider.knows("g-1", employee_code="x-2")
    assert come_back(provider, "g-1")[1]["Location"] == "/tai-khoan/vao/ma/"
    provider.knows("g-1", employee_code="x-2", amr=["pwd", "otp"])
    assert come_back(provider, "g-1")[1]["Location"] == "/"


@pytest.mark.parametrize("change", ["state", "code", "again"])
def test_an_answer_to_another_question_is_refused(world: Any, provider: Provider, change: str) -> None:
    client = Client()
    back = provider.agree(client.post("/tai-khoan/vao/tinh/")["Location"], "h-1")
    if change == "again":
        client.get(back)
        assert client.get(back)["Location"] == "/tai-khoan/vao/"
        return
    told = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(back).query))
    told[change] = "khac"
    assert client.get("/tai-khoan/vao/tinh/ve/", told).status_code == 403


def test_a_token_for_another_question_is_refused(world: Any, provider: Provider) -> None:
    """The code of one sign-in brought into another one: PKCE and nonce hold it off."""
    first, second = Client(), Client()
    stolen = provider.agree(first.post("/tai-khoan/vao/tinh/")["Location"], "i-1")
    own = provider.agree(second.post("/tai-khoan/vao/tinh/")["Location"], "i-2")
    told = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(own).query))
    told["code"] = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(stolen).query))["code"]
    assert second.get("/tai-khoan/vao/tinh/ve/", told).status_code == 403


def test_without_a_provider_there_is_no_such_way(world: Any, settings: Any, provider: Provider) -> None:
    assert "Đăng nhập bằng tài khoản tỉnh" in text(Client().get("/tai-khoan/vao/"))
    settings.SSO_ISSUER = "http://192.0.2.1"  # not this machine, and not HTTPS
    assert Client().post("/tai-khoan/vao/tinh/").status_code == 403
    settings.SSO_ISSUER = ""
    assert "tài khoản tỉnh" not in text(Client().get("/tai-khoan/vao/"))
    assert Client().post("/tai-khoan/vao/tinh/").status_code == 404


def test_who_is_in_charge_writes_how_the_province_knows_somebody(world: Any, signed_in: Any) -> None:
    from tests.factories import records as r

    boss = signed_in(r.make_account("boss", "administrator"))
    form = {"email": "Nhi@Example.gov.vn", "employee_code": "H38-7"}
    address = f"/quan-tri/{world.officer.pk}/tai-khoan-tinh/"
    assert boss.post(address, form).status_code == 302
    world.officer.refresh_from_db()
    assert world.officer.email == "nhi@example.gov.vn"
    other = f"/quan-tri/{world.neighbour.pk}/tai-khoan-tinh/"
    assert "đã ghi cho tài khoản khác" in text(boss.post(other, form))
