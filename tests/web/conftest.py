"""The district of tests/factories/district.py, and signed-in clients."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

Ask = Callable[..., Any]


@pytest.fixture
def world(db: None) -> Any:
    from tests.factories.district import make_district

    return make_district()


@pytest.fixture
def signed_in() -> Callable[[Any], Client]:
    def sign_in(account: Any) -> Client:
        client = Client()
        client.force_login(account)
        return client

    return sign_in


@pytest.fixture
def officer(world: Any, signed_in: Callable[[Any], Client]) -> Client:
    return signed_in(world.officer)


@pytest.fixture
def viewer(world: Any, signed_in: Callable[[Any], Client]) -> Client:
    return signed_in(world.viewer)


@pytest.fixture
def neighbour(world: Any, signed_in: Callable[[Any], Client]) -> Client:
    """An officer of xã Lộc alone."""
    return signed_in(world.neighbour)
