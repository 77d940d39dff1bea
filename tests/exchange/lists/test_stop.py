"""Work on a list stopped in the middle: it ends between two rows, nothing of it is kept, and it can be done again."""

from __future__ import annotations

import pytest

from nhanlucso.exchange.lists import services
from nhanlucso.exchange.lists.kept import folder_of, kept
from nhanlucso.kernel.clock import now
from nhanlucso.people.models import Person, Post
from tests.exchange.lists.desk import Desk, newcomer, stopped_at
from tests.factories import records as r

pytestmark = pytest.mark.django_db
MANY = [newcomer(number) for number in range(2_300)]


def test_reading(desk: Desk) -> None:
    desk.begin(MANY)
    with stopped_at('SELECT "people_'):
        desk.work()
    assert (desk.item.state, desk.item.reading) == ("read", "")
    assert not any(folder_of(desk.uid).glob("*"))
    services.read_again(uid=desk.uid, by=desk.by, at=now())
    desk.work()
    reading = kept(desk.uid, desk.item.reading)
    assert reading is not None
    assert reading.summary["rows"] == len(MANY)


def test_writing(desk: Desk) -> None:
    """While the first thousand of people are being written, or what was written is put on record."""
    before = desk.confirmed(MANY)
    for moment in ('INSERT INTO "people_person"', 'INSERT INTO "journal_act"'):
        services.write(uid=desk.uid, by=desk.by, at=now())
        with stopped_at(moment):
            desk.work()
        assert not Person.objects.exists()
        assert not Post.objects.exists()
        assert (desk.item.state, desk.item.acts, desk.item.reading) == ("asked", [], before.reading)
    services.write(uid=desk.uid, by=desk.by, at=now())
    desk.work()
    assert desk.item.state == "written"
    assert Person.objects.count() == len(MANY)


def test_undoing(desk: Desk) -> None:
    item = desk.written(MANY)
    services.undo(uid=desk.uid, by=desk.by, at=now())
    with stopped_at('DELETE FROM "people_post"'):
        desk.work()
    assert Person.objects.count() == Post.objects.count() == len(MANY)
    assert (desk.item.state, desk.item.acts) == ("written", item.acts)
    services.undo(uid=desk.uid, by=desk.by, at=now())
    desk.work()
    assert not Person.objects.exists()


def test_what_is_undone_stays_so_when_the_reading_after_it_is_stopped(desk: Desk) -> None:
    desk.written(MANY[:5])
    services.undo(uid=desk.uid, by=desk.by, at=now())
    job = desk.item.job
    assert job is not None
    desk.work_once()
    assert desk.item.job != job
    services.stop(uid=desk.uid, by=desk.by, at=now())
    assert (desk.item.state, desk.item.acts, desk.item.reading) == ("undone", [], "")
    assert not Person.objects.exists()
    services.read_again(uid=desk.uid, by=desk.by, at=now())
    desk.work()
    assert kept(desk.uid, desk.item.reading) is not None


def test_what_stands_in_the_way_of_undoing_a_long_list_is_told(desk: Desk) -> None:
    desk.written(MANY[:5])
    person = Person.objects.order_by("pk").first()
    assert person is not None
    Person.objects.filter(pk=person.pk).update(phone="0987654321")
    r.make_post(person, desk.unit)
    services.undo(uid=desk.uid, by=desk.by, at=now())
    desk.work()
    job = desk.item.job
    assert job is not None
    assert (job.state, job.result["error"]["code"]) == ("refused", "undo_conflict")
    assert desk.item.state == "written"
