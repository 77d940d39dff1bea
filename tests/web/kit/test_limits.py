"""So often and no more: by address, account and token; in the next minute again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from typing import Any

import pytest
from django.test import Client, RequestFactory

from nhanlucso.access.enums import Limited
from nhanlucso.access.limits import services
from nhanlucso.access.limits.services import TooMany, count_visit
from nhanlucso.access.queries import NOBODY

AT = datetime(2026, 3, 2, 8, 0, 20, tzinfo=UTC)


@pytest.fixture
def two(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of everything in a minute that does not end."""
    settings.LIMITS = dict.fromkeys(Limited.values, 2)
    monkeypatch.setattr("nhanlucso.web.kit.limits.now", lambda: AT)


def visit(who: str = "một", at: datetime = AT, limited: Limited = Limited.SEARCH) -> None:
    count_visit(limited=limited, who=who, by=NOBODY, at=at)


def test_the_third_is_refused_until_the_next_minute(db: None, two: None) -> None:
    visit()
    visit()
    with pytest.raises(TooMany) as refusal:
        visit(at=AT + timedelta(seconds=9))
    assert refusal.value.wait == 31
    visit("hai")  # somebody else
    visit(limited=Limited.EXPORT)  # something else
    visit(at=AT + timedelta(seconds=40))


def test_nobody_is_named_and_old_counts_are_forgotten(
    db: None, two: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nhanlucso.access.models import VisitCount

    visit("mot")
    assert "mot" not in VisitCount.objects.get().key
    monkeypatch.setattr(services.secrets, "randbelow", lambda of: 0)
    visit("hai", at=AT + timedelta(minutes=1))
    assert VisitCount.objects.count() == 1


def test_passwords_from_one_address(db: None, two: None) -> None:
    client, form = Client(), {"username": "ai-do", "password": "sai"}
    for _ in range(2):
        assert client.post("/tai-khoan/vao/", form).status_code == 200
    assert client.get("/tai-khoan/vao/").status_code == 200  # only what is sent counts
    answer = client.post("/tai-khoan/vao/", form)
    assert (answer.status_code, answer["Retry-After"]) == (429, "40")
    assert "Chờ 40 giây" in answer.content.decode()
    assert Client(REMOTE_ADDR="192.0.2.7").post("/tai-khoan/vao/", form).status_code == 200


def test_guesses_of_links(db: None, two: None) -> None:
    statuses = [
        Client().get(f"/tai-khoan/{link}/khong-co/").status_code for link in ("moi", "the", "dat-lai")
    ]
    assert statuses == [404, 404, 429]


def test_searches_of_one_account(world: Any, two: None, officer: Client, viewer: Client) -> None:
    answers = [officer.get("/tim/", {"q": "an"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["HX-Retarget"] == "body"
    assert viewer.get("/tim/", {"q": "an"}).status_code == 200  # the same address, another account


def test_files_that_are_taken_away(world: Any, two: None, officer: Client) -> None:
    statuses = [officer.post("/can-bo/tep/?format=xlsx").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_the_interface_for_programs_answers_in_its_own_way(world: Any, two: None, officer: Client) -> None:
    answers = [officer.get("/api/figures") for _ in range(3)]
    assert answers[2].status_code == 429
    assert answers[2].json()["error"]["code"] == "too_many"
    other = officer.get("/api/figures", headers={"Authorization": "Bearer x"})
    assert other.status_code != 429  # counted by its token


PROXIES = [ip_network("192.0.2.0/28"), ip_network("::1")]


@pytest.mark.parametrize(
    ("peer", "told", "address"),
    [
        ("203.0.113.9", "10.9.9.9", "203.0.113.9"),  # no proxy: what the header says was made up
        ("192.0.2.1", "203.0.113.9", "203.0.113.9"),
        ("192.0.2.1", "10.9.9.9, 203.0.113.9", "203.0.113.9"),  # the first was made up by who asks
        ("192.0.2.1", "10.9.9.9, 203.0.113.9, 192.0.2.2", "203.0.113.9"),  # two proxies
        ("192.0.2.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("192.0.2.1", "::ffff:203.0.113.9", "203.0.113.9"),
        ("192.0.2.1", "khong-phai", "192.0.2.1"),
        ("192.0.2.1", "", "192.0.2.1"),
        ("", "203.0.113.9", "203.0.113.9"),  # a proxy of this machine, by a socket in a file
        ("", "", ""),
    ],
)
def test_where_somebody_comes_from(settings: Any, peer: str, told: str, address: str) -> None:
    from nhanlucso.web.kit.limits import address_of

    settings.PROXY_ADDRESSES = PROXIES
    request = RequestFactory().get("/", headers={"X-Forwarded-For": told}, REMOTE_ADDR=peer)
    assert address_of(request) == address
