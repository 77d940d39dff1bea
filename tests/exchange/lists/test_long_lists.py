"""What work on a list asks of the database does not grow row by row."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nhanlucso.exchange.lists import services
from nhanlucso.kernel.clock import now
from nhanlucso.people.models import Person
from tests.exchange.lists.desk import Desk, newcomer

pytestmark = pytest.mark.django_db


def costs(desk: Desk, first: int, rows: int) -> list[int]:
    """Queries of reading, writing and undoing a list of people nobody knows."""
    counts = []
    desk.confirmed([newcomer(first + number) for number in range(rows)])
    for step in (services.read_again, services.write, services.undo):
        step(uid=desk.uid, by=desk.by, at=now())
        with CaptureQueriesContext(connection) as queries:
            desk.work_once()
        counts.append(len(queries))
    assert not Person.objects.exists()
    return counts


def test_reading_writing_and_undoing(desk: Desk) -> None:
    few, many = costs(desk, 0, 20), costs(desk, 1_000, 620)
    for short, long in zip(few, many, strict=True):
        assert long - short < 600 / 8, (few, many)
