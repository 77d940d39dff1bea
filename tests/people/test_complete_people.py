"""Completing many people at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.people.models import Person, Post
from nhanlucso.people.services import complete_people
from tests.factories import records as r

pytestmark = pytest.mark.django_db
AT = datetime(2024, 9, 20, 3, 0, tzinfo=UTC)
MANY = 40_000
SMALLEST = 32_766  # variables of one statement, as SQLite comes from its makers


@pytest.fixture
def small_statements() -> Iterator[None]:
    """Some builds of SQLite take many more; not here."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    held: Any = connection.connection
    before = held.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, SMALLEST)
    yield
    held.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, before)


def test_tens_of_thousands(small_statements: None) -> None:
    person = r.make_person("Lê Thị Lan", r.make_unit("xa-an", "Xã An", "commune"))
    post = Post.objects.get(person=person)
    changes = {pk: {"birth": "1980"} for pk in range(person.pk, person.pk + MANY)}
    posts = {pk: {"title": "Kế toán"} for pk in range(post.pk, post.pk + MANY)}
    complete_people(changes=changes, posts=posts, by=SYSTEM, at=AT)
    person.refresh_from_db()
    post.refresh_from_db()
    assert (person.birth, post.title) == ("1980", "Kế toán")
    assert Person.objects.count() == 1
