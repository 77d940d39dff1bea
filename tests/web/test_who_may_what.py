"""Every page asked by every role: the door lets in or keeps out, and nothing breaks behind it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from nhanlucso.access.enums import Role
from nhanlucso.kernel.scope import Scope
from nhanlucso.people.queries import with_person
from nhanlucso.web.kit.doors import Door
from tests.architecture.test_doors import routes

ROUTES = [(path, route) for path, route in routes(get_resolver().url_patterns)]
ANSWERS = {200, 302, 400, 404, 405, 503}  # 503: readiness tells that no worker is there
SAMPLES: dict[str, Any] = {
    "day": date(2025, 7, 1),
    "uuid": UUID(int=1),
    "int": 1,
    "str": "khong-co",
    "slug": "khong-co",
    "path": "khong-co",
}
WORDS = {"code": "coverage.basic", "kind": "year", "period": "2024"}


def kind_of(converter: object) -> str:
    return type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")


def address(path: str, route: URLPattern, known: dict[str, int]) -> str:
    """The address with records that are there: numbers belong to the room of their first word."""
    given: dict[str, Any] = {}
    for name, converter in route.pattern.converters.items():
        kind = kind_of(converter)
        given[name] = WORDS.get(name, SAMPLES.get(kind, 1))
        if kind == "int":
            given[name] = known.get(path.split("/")[0], 1)
    return reverse(route.name, kwargs=given)


def is_known(path: str, route: URLPattern, known: dict[str, int]) -> bool:
    """Whether a page asks for no record of a room of which the world has none."""
    numbers = [c for c in route.pattern.converters.values() if kind_of(c) in ("int", "uuid")]
    return not numbers or path.split("/")[0] in known


@pytest.fixture
def known(world: Any) -> dict[str, int]:
    """A record for the number in the addresses of each room."""
    return {
        "can-bo": world.people["Ánh"].pk,
        "lop-hoc": world.training_class.pk,
        "don-vi": world.hoa.pk,
        "quan-tri": world.neighbour.pk,
    }


def account_of(role: str, world: Any) -> Any:
    """Who administers everything, or somebody with the role in the province and, as a person, in its class."""
    from nhanlucso.people.models import PersonAccount
    from tests.factories import records as r

    account = r.make_account(f"vai-{role}", role, None if role == Role.ADMINISTRATOR else world.province)
    PersonAccount.objects.create(account=account, person=world.people["Ánh"])
    return account


def scope_with_person(account: Any) -> Scope:
    from nhanlucso.access.queries import scope_of

    return with_person(scope_of(account))


@pytest.mark.parametrize("role", Role.values)
def test_every_page_by_role(role: str, world: Any, known: dict[str, int], signed_in: Any) -> None:
    account = account_of(role, world)
    client, scope = signed_in(account), scope_with_person(account)
    client.raise_request_exception = False
    wrong = {}
    for path, route in ROUTES:
        door: Door = route.callback.door  # type: ignore[attr-defined]
        expected = ANSWERS if door.lets_in(scope) else {403}
        status = client.get(address(path, route, known)).status_code
        if status not in expected:
            wrong[path] = status
    assert wrong == {}


def test_every_page_by_a_visitor(world: Any, known: dict[str, int]) -> None:
    client = Client()
    client.raise_request_exception = False
    wrong = {}
    for path, route in ROUTES:
        asked = getattr(route.callback, "login_required", True)
        expected = {302} if asked else {200, 302, 401, 404, 405, 503}
        status = client.get(address(path, route, known)).status_code
        if status not in expected:
            wrong[path] = status
    assert wrong == {}


def test_the_pages_of_the_records_are_there(world: Any, known: dict[str, int], signed_in: Any) -> None:
    """The walk is no walk through pages that are not found."""
    client = signed_in(account_of(Role.ADMINISTRATOR, world))
    there = [(path, route) for path, route in ROUTES if is_known(path, route, known)]
    statuses = [client.get(address(path, route, known)).status_code for path, route in there]
    shown = [status for status in statuses if status != 405]  # the others only take what is sent
    assert shown.count(200) > 0.6 * len(shown)
