"""The log in words; the table of roles."""

from __future__ import annotations

import ast
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import nhanlucso
from nhanlucso.access.enums import Role
from nhanlucso.access.rules import ALLOWED
from nhanlucso.kernel.permissions import NAMES
from nhanlucso.web.kit.acting import verb_words

SOURCE = Path(nhanlucso.__file__).parent
RECORDING = re.compile(r"(^|_)(record|written|told|end|switch)$")  # functions that take a verb
COMPOSED = {
    "report.begin", "report.submit", "report.return", "report.approve",
    "roster.confirmed", "roster.disputed",
}  # fmt: skip


def verbs() -> set[str]:
    """Every verb that the source puts on record."""
    found = set(COMPOSED)
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and RECORDING.search(ast.unparse(node.func).split(".")[-1]):
                given = [*node.args, *(word.value for word in node.keywords)]
                found |= {
                    part.value
                    for argument in given
                    for part in ast.walk(argument)
                    if isinstance(part, ast.Constant)
                    and isinstance(part.value, str)
                    and re.fullmatch(r"[a-z_]+\.[a-z_]+", part.value)
                }
    return found


@pytest.mark.parametrize("verb", sorted(verbs()))
def test_every_verb_has_its_words(verb: str) -> None:
    assert verb_words(verb)


def written(by: Any, verb: str = "person.add", count: int = 1) -> None:
    from nhanlucso.audit.services import record
    from nhanlucso.kernel.clock import now

    record(verb=verb, object_type="person", object_id="p-1", by=by.pk, at=now(), count=count)


def text(response: Any) -> str:
    return response.content.decode()


def bare(page: str) -> str:
    """A page without the tokens of its forms, which differ every time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page).strip()


def test_the_log_says_who_did_what_and_nothing_of_whom(auditor: Client, world: Any) -> None:
    written(world.neighbour, count=3)
    page = text(auditor.get("/quan-tri/nhat-ky/"))
    assert "Thêm cán bộ" in page
    assert "xa-loc" in page
    assert "× 3" in page
    assert "p-1" not in page


def test_it_shows_the_accounts_inside_alone(auditor: Client, world: Any) -> None:
    written(world.viewer)  # of everything, so not of the province alone
    assert "Không có việc nào" in text(auditor.get("/quan-tri/nhat-ky/"))


def test_filters(auditor: Client, world: Any) -> None:
    from nhanlucso.kernel.clock import today

    written(world.neighbour)
    later = today() + timedelta(days=1)
    for words, found in [
        ({"q": "XA-LỘC"}, True),
        ({"q": "khac"}, False),
        ({"account": world.neighbour.pk}, True),
        ({"account": world.viewer.pk}, False),
        ({"account": "9" * 30}, True),
        ({"first": today(), "last": today()}, True),
        ({"first": later}, False),
        ({"first": "hom-qua"}, True),
        ({"last": "9999-12-31"}, True),
    ]:
        page = text(auditor.get("/quan-tri/nhat-ky/", words))
        assert ("Thêm cán bộ" in page) == found, words


def test_a_fragment_is_what_a_reload_shows(auditor: Client, world: Any) -> None:
    written(world.neighbour)
    part = text(auditor.get("/quan-tri/nhat-ky/", headers={"HX-Request": "true"}))
    assert bare(part) in bare(text(auditor.get("/quan-tri/nhat-ky/")))


def test_it_is_taken_as_a_file(auditor: Client, world: Any) -> None:
    written(world.neighbour)
    assert auditor.post("/quan-tri/nhat-ky/tep/?format=xlsx").content.startswith(b"PK")
    assert "Tải về danh sách" in text(auditor.get("/quan-tri/nhat-ky/"))


@pytest.mark.parametrize("size", [2, 90])
def test_it_costs_the_same_whatever_its_size(
    auditor: Client, world: Any, django_assert_max_num_queries: Any, size: int
) -> None:
    for _ in range(size):
        written(world.neighbour)
    auditor.get("/quan-tri/nhat-ky/")
    with django_assert_max_num_queries(9):
        auditor.get("/quan-tri/nhat-ky/")


def test_the_table_of_roles_is_what_the_code_declares(administrator: Client) -> None:
    page = text(administrator.get("/quan-tri/vai-tro/"))
    assert page.count("có</span>") == sum(len(rights) for rights in ALLOWED.values())
    assert all(str(role.label) in page for role in Role)
    assert all(name in page for name in NAMES.values())
    assert administrator.post("/quan-tri/vai-tro/tep/?format=pdf").content.startswith(b"%PDF")
