"""Pages of tokens and of systems that are told."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from nhanlucso.kernel.clock import today

NEW = "/quan-tri/ma-truy-cap/them/"


def text(response: Any) -> str:
    return response.content.decode()


def once(page: str) -> str:
    found = re.search(r'name="once" value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


def sent(client: Client, page: str, /, **given: Any) -> str:
    return text(client.post(page, {"once": once(text(client.get(page))), **given}))


TOKEN = {
    "name": "Hệ thống học",
    "purpose": "Gửi kết quả",
    "permissions": ["see_people", "record_results"],
    "ends_on": str(today() + timedelta(days=20)),
    "addresses": "",
}


def test_a_token_is_shown_once_and_works(administrator: Client, world: Any) -> None:
    assert "Tỉnh Mới" in text(administrator.get(NEW))  # the unit is chosen first
    page = sent(administrator, f"{NEW}?unit={world.hoa.pk}", **TOKEN)
    secret = re.search(r"nls_[\w-]+", page)
    assert secret is not None
    listed = text(administrator.get("/quan-tri/ma-truy-cap/"))
    assert "Hệ thống học" in listed
    assert secret.group() not in listed
    asked = Client(headers={"Authorization": f"Bearer {secret.group()}"})
    assert [unit["id"] for unit in asked.get("/api/v1/units").json()["items"]] == ["hoa"]
    revoke = re.search(r'action="([^"]+/thu-hoi/)"', listed)
    assert revoke is not None
    administrator.post(revoke.group(1))
    assert asked.get("/api/v1/units").status_code == 401
    assert "Đã thu hồi" in text(administrator.get("/quan-tri/ma-truy-cap/"))


def test_what_is_wrong_stands_on_the_form(administrator: Client, world: Any) -> None:
    page = sent(administrator, f"{NEW}?unit=all", **(TOKEN | {"addresses": "nhà tôi"}))
    assert "10.1.0.0/16, cách nhau" in page
    assert "nls_" not in page
    assert "approve_reports" not in page
    assert "operate" not in page.split("<form", 1)[1]


def test_only_who_runs_the_installation_comes_in(officer: Client, neighbour: Client) -> None:
    for client in (officer, neighbour):
        assert client.get("/quan-tri/ma-truy-cap/").status_code == 403
        assert client.get("/quan-tri/thong-bao/").status_code == 403


@pytest.fixture
def told(settings: Any) -> None:
    settings.OUTGOING_INSIDE = frozenset({"127.0.0.1"})


def test_a_system_is_told_and_the_log_shows_it(administrator: Client, told: None) -> None:
    from nhanlucso.hooks.models import Webhook

    given = {"name": "LMS", "url": "http://127.0.0.1:9/x", "happenings": ["class.held"]}
    assert "whsec_" in sent(administrator, "/quan-tri/thong-bao/them/", **given)
    one = Webhook.objects.get()
    url = f"/quan-tri/thong-bao/{one.pk}/"
    administrator.post(f"{url}thu/")
    page = text(administrator.get(url))
    assert "Gửi thử" in page
    assert "Chờ gửi" in page
    again = re.search(r'action="([^"]+/lai/)"', page)
    assert again is not None
    assert administrator.post(again.group(1)).status_code == 302
    administrator.post(f"{url}dung/")
    assert "Đã dừng" in text(administrator.get("/quan-tri/thong-bao/"))
    administrator.post(f"{url}tiep/")
    assert "Đang gửi" in text(administrator.get(url))


def test_an_address_inside_is_refused_on_the_form(administrator: Client) -> None:
    given = {"name": "LMS", "url": "https://10.0.0.1/", "happenings": ["class.held"]}
    assert "Không gửi được đến địa chỉ này" in sent(administrator, "/quan-tri/thong-bao/them/", **given)


def test_who_runs_a_part_makes_tokens_and_tells_nobody(world: Any, signed_in: Any) -> None:
    from tests.factories import records as r

    part = signed_in(r.make_account("qt-xa", "administrator", world.loc))
    page = text(part.get("/quan-tri/ma-truy-cap/"))
    assert "/quan-tri/thong-bao/" not in page
    assert part.get("/quan-tri/thong-bao/").status_code == 403


def test_the_page_of_the_interface(administrator: Client) -> None:
    page = text(administrator.get("/api/v1/"))
    assert "/api/v1/people/{person_id}" in page
    assert "Xem danh sách người" in page


def test_lists_are_files_too(administrator: Client) -> None:
    for url in ("/quan-tri/ma-truy-cap/tep/", "/quan-tri/thong-bao/tep/"):
        assert administrator.post(url)["Content-Type"].endswith("sheet")
