"""The frame of every page: rooms of the role, addresses that lead nowhere."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_viewer_is_not_led_to_a_room_that_is_closed(world: Any, officer: Client, viewer: Client) -> None:
    link = 'href="/nhap-lieu/"'
    assert link in officer.get("/can-bo/").content.decode()
    assert link not in viewer.get("/can-bo/").content.decode()


@pytest.mark.parametrize(
    "address",
    ["/can-bo/99999999999999999999/", "/lop-hoc/99999999999999999999/", "/chi-so/?unit=abc", "/?unit=abc"],
)
def test_an_address_that_means_nothing_is_not_found(world: Any, officer: Client, address: str) -> None:
    assert officer.get(address).status_code == 404
