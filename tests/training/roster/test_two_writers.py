"""Two who mark one session at once: the second waits, and is told what the first has written."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import connection, transaction

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.training.models import Attendance, Invitation, MarkChange
from nhanlucso.training.roster.services.marking import Marked, MarkSent, set_marks
from tests.factories import records as r

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def held() -> Any:
    unit = r.make_unit("tinh", "Tỉnh", "province")
    made = r.make_class("Lớp", unit, date(2025, 9, 1))
    person = r.make_person("Lý Thị Ánh", unit)
    Invitation.objects.create(training_class=made, person=person)
    return made.sessions.get(), person


def test_the_second_waits_and_crosses(held: Any) -> None:
    session, person = held
    written, may_commit = Event(), Event()

    def send(mark: str) -> Marked:
        sent = [MarkSent(person.pk, mark, "")]
        return set_marks(session_id=session.pk, sent=sent, by=SYSTEM, at=now())

    def slowly() -> Marked:
        with transaction.atomic():
            done = send("absent")
            written.set()
            may_commit.wait(10)
        connection.close()
        return done

    def meanwhile() -> Marked:
        written.wait(10)
        try:
            return send("present")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as writers:
        first, second = writers.submit(slowly), writers.submit(meanwhile)
        written.wait(10)
        may_commit.wait(0.5)  # time for the second to arrive; it must not be let through
        assert not second.done()
        may_commit.set()
        assert first.result().written == (person.pk,)
        assert second.result().crossed == (person.pk,)
    assert Attendance.objects.get().status == "absent"
    assert MarkChange.objects.count() == 1


def test_many_at_once_leave_one_mark(held: Any) -> None:
    session, person = held
    together = Barrier(4)

    def send(mark: str) -> Marked:
        together.wait(10)
        try:
            sent = [MarkSent(person.pk, mark, "")]
            return set_marks(session_id=session.pk, sent=sent, by=SYSTEM, at=now())
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as writers:
        done = list(writers.map(send, ["present", "late", "excused", "absent"]))
    assert sum(bool(one.written) for one in done) == 1
    assert sum(bool(one.crossed) for one in done) == 3
    assert Attendance.objects.count() == MarkChange.objects.count() == 1
