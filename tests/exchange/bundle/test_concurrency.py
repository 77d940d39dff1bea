"""What others write meanwhile: an import judges again, an export does not see it."""

from __future__ import annotations

import csv
from threading import Thread
from typing import Any

import pytest
from django.db import connection

from nhanlucso.kernel.clock import ALWAYS
from nhanlucso.kernel.errors import Refused
from nhanlucso.orgs.models import UnitVersion
from nhanlucso.people.models import Person
from tests.exchange.bundle.world import Bundle

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_stored_after_the_check_is_judged_again(take: Any) -> None:
    take(Bundle())

    def prolong(done: int, total: int, step: str) -> None:
        if step == "Ghi units.csv":
            UnitVersion.objects.filter(unit__uid="cu").update(valid_to=ALWAYS)

    line = "id,name,kind,valid_from,valid_to\ncu,Xã Cũ,commune,2026-01-01,\n"
    with pytest.raises(Refused) as caught:
        take(Bundle({"units": line}), progress=prolong)
    assert caught.value.code == "overlapping_versions"
    assert UnitVersion.objects.get(unit__uid="cu").valid_to != ALWAYS  # all undone


def test_what_the_database_refuses_is_refused(take: Any, counts: Any) -> None:
    before = counts()

    def remove(done: int, total: int, step: str) -> None:
        if step == "Ghi results.csv":
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM people_post")
                cursor.execute("DELETE FROM people_person WHERE uid = 'p2'")

    with pytest.raises(Refused) as caught:
        take(Bundle(), progress=remove)
    assert caught.value.code == "conflict"
    assert counts() == before


def test_an_export_shows_one_moment(take: Any, give: Any) -> None:
    take(Bundle())

    def write() -> None:
        Person.objects.filter(uid="p1").update(phone="later")
        connection.close()

    steps: list[tuple[int, int, str]] = []

    def meanwhile(done: int, total: int, step: str) -> None:
        if not steps:
            thread = Thread(target=write)
            thread.start()
            thread.join()
        steps.append((done, total, step))

    path = give(progress=meanwhile)
    assert Person.objects.get(uid="p1").phone == "later"
    with (path / "people.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["phone"] == "0912000001"
    assert steps[0][2] == "Xuất units.csv"
    assert all(done <= total for done, total, _ in steps)
