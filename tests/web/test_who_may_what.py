"""Every address, asked by every role inside and outside of what the role reaches, in the states of its record: the
answer is the one that the door and the permissions in `access/rules.py` declare.

Ordinarily each address is asked by some roles, drawn by its name; with NHANLUCSO_CAMPAIGN=1 by all of them, with both
methods and in all states. The declaration itself stands in docs/routes.md.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern

from nhanlucso.access.enums import Role
from nhanlucso.access.rules import ALLOWED
from nhanlucso.kernel.permissions import Permission
from nhanlucso.web.kit.doors import Door
from tests.architecture.test_audit import _takes_forms
from tests.architecture.test_doors import ROUTES
from tests.web.naming import address, meanings

pytestmark = pytest.mark.django_db
ALL = os.environ.get("NHANLUCSO_CAMPAIGN") == "1"
SHUT, FOUND, MISSING = {403}, {200, 302, 400, 405}, {404, 405}

# Asked without a session: by programs with tokens, and by machines of the operator. Their own tests walk them.
OTHERS = ("api/v1/", "api/oneroster/", "api/scim/", "scim/", "health/", "metrics")
# What is for the whole installation is done by who holds it everywhere.
WHOLE = frozenset({Permission.OPERATE})
# Addresses whose records are found, or not, by another rule than reach: how they begin, what they answer, why.
INSIDE_ANOTHER: tuple[tuple[str, set[int], str], ...] = (
    (r"tai-khoan/(moi|the|dat-lai)/", {404}, "no such secret"),
    (r"tai-khoan/(vao/tinh|thiet-bi|lam-thay)/", FOUND | {404}, "one's own, and no provider is set up"),
    (r"viec/<|nhap-lieu/(ghi/)?<", {302, 404, 405}, "of whoever sent the list, and who operates"),
    (r"don-vi/(danh-muc/<|them/)", FOUND | {404}, "an entry of the catalogue; below a unit that is chosen"),
    (r"don-vi/<int:pk>/$", FOUND | {404}, "for roles that look"),
    (r"cai-cach/phan-ve/<", {302, 404}, "of a unit that was split"),
    (r"cai-cach/<slug:uid>/(xem-truoc/<|xem-truoc/accounts|thuc-hien)", FOUND | {404}, "after a rehearsal"),
    (r"chi-so/tu-lap/ban/", FOUND | {404}, "what is published; here nothing is yet"),
    (r"to-cong-nghe/luot/", FOUND | {404}, "of the member who logged it"),
    (r"lop-hoc/<int:class_id>/xac-nhan/", FOUND | {404}, "of units that sent people to others' classes"),
    (r"lop-hoc/<int:class_id>/so-nguoi/<", FOUND | {404}, "a count of the class in the address"),
    (r"lop-hoc/<int:class_id>/diem-danh/", FOUND | {403}, "seen by who sees classes, sent by who records"),
    (r"api/figures", {200, 404}, "names a unit by its written id"),
    (r"ke-hoach/nhiem-vu/<int:pk>/don-vi/", FOUND | {404}, "sends the row of a proposal"),
    (r"bao-cao/(tai/|<int:report_id>/(<|sai-khac))", {200, 404}, "of what was submitted"),
    (r"bieu-mau/<int:form_id>/o/", FOUND | {404}, "names a blank of the form"),
    (r"lich-su/", FOUND | {404}, "for who may change such records"),
    (r"quan-tri/<int:pk>/nguoi/", FOUND | {404}, "sends whom to tie to the account"),
    (r"quan-tri/(su-co|thong-bao)/", FOUND | {404}, "sends a form of its own"),
)
OUTSIDE_ANOTHER: tuple[tuple[str, set[int], str], ...] = (
    (r"tai-khoan/", {302, 400, 404, 405}, "one's own; nothing of others is touched"),
    (r"don-vi/danh-muc/<|quan-tri/(su-co|thong-bao|ma-truy-cap)/", FOUND | {403, 404}, "of the installation"),
    (r"chi-so/tu-lap/", FOUND | {403, 404}, "of the installation"),
    (r"ket-qua/khoa-hoc/", FOUND, "courses are for all units"),
    (r"cai-cach/phan-ve/<", {302, 404, 405}, "says that nothing was chosen before it looks anything up"),
    (r"lop-hoc/<int:class_id>/danh-sach/(dan|lay)/", {400, 404, 405}, "says that nothing was sent"),
    (r"lop-hoc/<int:class_id>/y-kien/", {302, 404, 405}, "says that no answer was written"),
    (r"ket-qua/<int:pk>/xoa/", {302, 405}, "says that nothing of it is in reach"),
    (r"ke-hoach/de-an/", {200, 302, 403, 404, 405}, "programmes are for all units to look at"),
)


def another(table: tuple[tuple[str, set[int], str], ...], path: str, usual: set[int]) -> set[int]:
    return next((statuses for begin, statuses, _ in table if re.match(begin, path)), usual)


class Walk:
    """One world with a client for every account; nothing that a request writes is kept."""

    def __init__(self, made: Any) -> None:
        self.made = made
        self.clients = {
            (where, role): self._signed_in(accounts[role])
            for where, accounts in (("inside", made.inside), ("outside", made.outside))
            for role in Role
        }
        self.cookies = {key: deepcopy(client.cookies) for key, client in self.clients.items()}

    def ask(self, path: str, route: URLPattern, who: tuple[str, Role], method: str, state: str = "") -> int:
        records = self.made.named | self.made.states.get(state, {})
        url = f"{address(path, route, records)}?unit={self.made.unit.pk}&period=2025"
        client = self.clients[who]
        client.cookies = deepcopy(self.cookies[who])  # whoever left is in again
        with transaction.atomic():
            response = getattr(client, method)(url)
            if response.streaming:
                b"".join(response)  # so that the file behind it is closed
            transaction.set_rollback(True)
        return int(response.status_code)

    @staticmethod
    def _signed_in(account: Any) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(account)
        return client


@pytest.fixture
def walk(db: None) -> Walk:
    from tests.factories.everything import make_everything

    return Walk(make_everything())


def walked() -> Iterator[tuple[str, URLPattern, Door]]:
    for path, route in ROUTES:
        if not path.startswith(OTHERS):
            yield path, route, route.callback.door  # type: ignore[attr-defined]


def drawn(path: str, roles: list[Role]) -> list[Role]:
    return roles if ALL or len(roles) < 2 else random.Random(path).sample(roles, 1)


def methods(path: str, route: URLPattern) -> list[str]:
    return ["get", "post"] if ALL else ["post" if _takes_forms(route) else "get"]


def states(walk: Walk, path: str, route: URLPattern) -> list[str]:
    """The states of the records in an address besides the first; the first is called by no name."""
    others = [state for state in walk.made.states if state in meanings(path, route).values()]
    return ["", *others] if ALL else [random.Random(path).choice(["", *others])]


def answers(
    walk: Walk, path: str, route: URLPattern, where: str, roles: list[Role]
) -> Iterator[tuple[str, int]]:
    for role in drawn(path, roles):
        for method in methods(path, route):
            for state in states(walk, path, route):
                told = f"{method} {path} {where} {role.value} {state}"
                yield told, walk.ask(path, route, (where, role), method, state)


def roles_of(door: Door, let_in: bool) -> list[Role]:
    return [
        role
        for role in Role
        if (not door.permissions or any(one in ALLOWED[role] for one in door.permissions)) == let_in
    ]


def is_for_all(door: Door) -> bool:
    return bool(door.permissions) and WHOLE.issuperset(door.permissions)


def found_at(path: str) -> set[int]:
    return another(INSIDE_ANOTHER, path, FOUND)


def test_a_door_keeps_out_whoever_has_nothing_to_do_there(walk: Walk) -> None:
    wrong = {
        told: status
        for path, route, door in walked()
        for told, status in answers(walk, path, route, "inside", roles_of(door, False))
        if status not in SHUT
    }
    assert wrong == {}


def test_inside_its_reach_a_role_does_what_it_may(walk: Walk) -> None:
    wrong = {
        told: status
        for path, route, door in walked()
        for told, status in answers(walk, path, route, "inside", roles_of(door, True))
        if status not in (SHUT if is_for_all(door) and "administrator" not in told else found_at(path))
    }
    assert wrong == {}


def test_outside_its_reach_no_role_finds_a_record(walk: Walk) -> None:
    wrong = {
        told: status
        for path, route, door in walked()
        if meanings(path, route)
        for told, status in answers(walk, path, route, "outside", roles_of(door, True))
        if status not in another(OUTSIDE_ANOTHER, path, MISSING)
    }
    assert wrong == {}


def test_a_visitor_is_asked_to_sign_in(walk: Walk) -> None:
    client, wrong = Client(raise_request_exception=False), {}
    for path, route, _door in walked():
        asked = getattr(route.callback, "login_required", True)
        expected = {302} if asked else {200, 302, 401, 404, 405}
        status = client.get(address(path, route, walk.made.named)).status_code
        if status not in expected:
            wrong[path] = status
    assert wrong == {}


@pytest.mark.parametrize("begin", [begin for begin, _, _ in (*INSIDE_ANOTHER, *OUTSIDE_ANOTHER)])
def test_an_exception_is_of_an_address_that_is_there(begin: str) -> None:
    assert any(re.match(begin, path) for path, _, _ in walked())
