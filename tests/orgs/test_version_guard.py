"""Versions of one unit never overlap, also when two write at once: the database itself refuses."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import pytest
from django.db import IntegrityError, connection, transaction

from nhanlucso.kernel.clock import ALWAYS
from nhanlucso.orgs.models import UnitVersion
from tests.factories import records as r

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_second_of_two_writers_waits_and_is_refused() -> None:
    unit = r.make_unit("xa", "Xã", end=date(2023, 12, 31))
    written, may_commit = Event(), Event()

    def write(first: date) -> None:
        UnitVersion.objects.create(
            unit=unit, name="Xã", name_folded="xa", kind="commune", valid_from=first, valid_to=ALWAYS
        )

    def slowly() -> None:
        with transaction.atomic():
            write(date(2024, 1, 1))
            written.set()
            may_commit.wait(10)
        connection.close()

    def meanwhile() -> None:
        written.wait(10)
        try:
            write(date(2025, 1, 1))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as writers:
        first, second = writers.submit(slowly), writers.submit(meanwhile)
        written.wait(10)
        may_commit.wait(0.5)  # time for the second to arrive; it must not be let through
        assert not second.done()
        may_commit.set()
        first.result()
        with pytest.raises(IntegrityError):
            second.result()
    assert UnitVersion.objects.filter(unit=unit).count() == 2
