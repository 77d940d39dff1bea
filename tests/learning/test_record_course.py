"""Results of several people in one course."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from nhanlucso.access.enums import Role
from nhanlucso.access.rules import ALLOWED
from nhanlucso.audit.models import Event, Touch
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import Grant, granted
from nhanlucso.learning.models import CourseResult
from nhanlucso.learning.services import Entry, Recorded, ResultData, record_course, record_results
from nhanlucso.people.models import Person
from tests.factories import records as r
from tests.factories.scopes import officer_of, viewer_of

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 6)


def write(places: Any, *entries: Entry, **more: Any) -> Recorded:
    given = {"by": officer_of(places.an), "at": now(), "platform": "MOOC", **more}
    return record_course(course=places.course, entries=entries, **given)


def test_several_people_are_written_at_once(places: Any) -> None:
    done = write(
        places,
        Entry(places.anh.pk, "passed", DAY, 8.5),
        Entry(places.binh.pk, "enrolled", DAY - timedelta(days=30)),
    )
    assert done == Recorded(2, 0, 0)
    anh, binh = places.anh.results.get(), places.binh.results.get()
    assert (anh.completed_at, anh.passed, anh.score, anh.platform) == (DAY, True, 8.5, "MOOC")
    assert (anh.enrolled_at, binh.completed_at, binh.passed) == (None, None, None)
    assert binh.enrolled_at == DAY - timedelta(days=30)
    event = Event.objects.get(verb="result.record")
    assert (event.object_type, event.object_id, event.count) == ("course", places.course.uid, 2)
    assert Touch.objects.exists()


def test_a_list_that_is_sent_twice_is_written_once(places: Any) -> None:
    entry = Entry(places.anh.pk, "passed", DAY, 8.5)
    write(places, entry)
    assert write(places, entry) == Recorded(0, 0, 1)
    assert CourseResult.objects.count() == 1
    assert Event.objects.filter(verb="result.record").count() == 1


def test_a_result_of_the_same_day_is_brought_up_to_date(places: Any) -> None:
    write(places, Entry(places.anh.pk, "completed", DAY))
    assert write(places, Entry(places.anh.pk, "failed", DAY, 4)) == Recorded(0, 1, 0)
    result = places.anh.results.get()
    assert (result.passed, result.score) == (False, 4)


def test_an_enrolment_becomes_a_completion_and_keeps_its_day(places: Any) -> None:
    write(places, Entry(places.anh.pk, "enrolled", DAY))
    assert write(places, Entry(places.anh.pk, "passed", DAY + timedelta(days=9))) == Recorded(0, 1, 0)
    result = places.anh.results.get()
    assert (result.enrolled_at, result.completed_at) == (DAY, DAY + timedelta(days=9))


def test_another_day_is_another_result(places: Any) -> None:
    write(places, Entry(places.anh.pk, "failed", DAY))
    assert write(places, Entry(places.anh.pk, "passed", DAY + timedelta(days=9))) == Recorded(1, 0, 0)
    assert places.anh.results.count() == 2


def test_who_completed_a_course_is_not_enrolled_again_on_that_day(places: Any) -> None:
    write(places, Entry(places.anh.pk, "enrolled", DAY))
    write(places, Entry(places.anh.pk, "passed", DAY))
    write(places, Entry(places.anh.pk, "enrolled", DAY))
    assert places.anh.results.get().passed is True


@pytest.mark.parametrize(
    ("state", "day", "score", "code"),
    [
        ("king", DAY, None, "bad_value"),
        ("passed", DAY, 10.5, "bad_score"),
        ("passed", today() + timedelta(days=1), None, "future_day"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    places: Any, state: str, day: date, score: float | None, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        write(places, Entry(places.binh.pk, "passed", DAY), Entry(places.anh.pk, state, day, score))
    assert refusal.value.code == code
    assert not CourseResult.objects.exists()


def test_nobody_is_no_list(places: Any) -> None:
    with pytest.raises(Refused) as refusal:
        write(places)
    assert refusal.value.code == "nobody_to_record"


def test_people_of_others_are_not_found(places: Any) -> None:
    with pytest.raises(Person.DoesNotExist):
        write(places, Entry(places.anh.pk, "passed", DAY), Entry(places.chi.pk, "passed", DAY))
    assert not CourseResult.objects.exists()


def test_looking_at_a_commune_is_no_writing_there(places: Any) -> None:
    with pytest.raises(Refused):
        write(places, Entry(places.anh.pk, "passed", DAY), by=viewer_of(places.an))
    both = granted(
        None,
        (
            Grant("viewer", ALLOWED[Role.VIEWER], places.province.pk),
            Grant("officer", ALLOWED[Role.OFFICER], places.loc.pk),
        ),
    )
    with pytest.raises(Person.DoesNotExist):
        write(places, Entry(places.anh.pk, "passed", DAY), by=both)


def test_a_trainer_writes_for_the_people_of_a_class_that_was_read_with_the_scope(places: Any) -> None:
    trainer = granted(None, [Grant("trainer", ALLOWED[Role.TRAINER], places.an.pk)])
    entry = Entry(places.chi.pk, "passed", DAY)
    with pytest.raises(Person.DoesNotExist):
        write(places, entry, by=trainer)
    assert write(places, entry, by=trainer, also=[places.chi.pk]) == Recorded(1, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_the_same_list_sent_twice_at_one_moment_is_written_once() -> None:
    unit = r.make_unit("an", "Xã An")
    person, course = r.make_person("Lý Thị Ánh", unit), r.make_course()
    start, at = Barrier(2), datetime.now().astimezone()

    def send() -> None:
        start.wait()
        record_course(course=course, entries=[Entry(person.pk, "passed", DAY)], by=officer_of(unit), at=at)
        connection.close()

    senders = [Thread(target=send) for _ in range(2)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert CourseResult.objects.count() == 1


def test_a_list_holds_people_in_reach_alone(places: Any) -> None:
    by, day, course = officer_of(places.loc), date(2025, 9, 1), places.course
    others = r.make_result(places.anh, course, day, passed=False)
    record_results(results=[ResultData(places.chi.pk, course.pk, completed_at=day)], by=by, at=now())
    held = CourseResult.objects.get(person=places.chi)
    with pytest.raises(Person.DoesNotExist):
        record_results(results=[ResultData(places.anh.pk, course.pk)], by=by, at=now())
    with pytest.raises(CourseResult.DoesNotExist):
        wrong = ResultData(places.chi.pk, course.pk, passed=True, result=others.pk)
        record_results(results=[wrong], by=by, at=now())
    record_results(
        results=[ResultData(places.chi.pk, course.pk, passed=True, result=held.pk)], by=by, at=now()
    )
    held.refresh_from_db()
    assert held.passed


@pytest.mark.parametrize("count", [3, 30])
def test_results_that_are_known_are_brought_up_to_date_together(
    places: Any, count: int, django_assert_max_num_queries: Any
) -> None:
    """As many statements for a long list as for a short one."""
    course, day = places.course, date(2025, 9, 1)
    stored = [
        r.make_result(places.chi, course, date(2025, 1, 1 + place % 28), passed=None)
        for place in range(count)
    ]
    told = [
        ResultData(places.chi.pk, course.pk, completed_at=day, score=7.5, passed=True, result=result.pk)
        for result in stored
    ]
    with django_assert_max_num_queries(16):
        record_results(results=told, by=officer_of(places.loc), at=now())
    kept = CourseResult.objects.filter(pk__in=[result.pk for result in stored])
    assert set(kept.values_list("completed_at", "score", "passed")) == {(day, 7.5, True)}
    with django_assert_max_num_queries(9):
        record_results(results=told, by=officer_of(places.loc), at=now())  # nothing differs
