"""Adding, moving and taking away sessions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from tests.factories.records import attend
from tests.factories.scopes import officer_of, viewer_of
from tests.training.conftest import STARTS

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def data(starts: Any = STARTS + DAY, place: str = "Nhà văn hóa") -> Any:
    from nhanlucso.training.sessions import SessionData

    return SessionData(starts, starts + timedelta(hours=3), place)


def add(made: Any, by: Any, session: Any = None) -> Any:
    from nhanlucso.training.services.sessions import add_session

    return add_session(training_class=made, session=session or data(), by=by, at=now())


def change(held: Any, by: Any, session: Any) -> Any:
    from nhanlucso.training.services.sessions import change_session

    return change_session(class_session=held, session=session, by=by, at=now())


def remove(held: Any, by: Any) -> None:
    from nhanlucso.training.services.sessions import remove_session

    remove_session(class_session=held, by=by, at=now())


@pytest.fixture
def by(world: Any) -> Any:
    return officer_of(world.hoa)


@pytest.fixture
def made(world: Any, by: Any, plan: Any) -> Any:
    return plan(by, host_unit=world.hoa)


def test_a_further_session_once(made: Any, by: Any) -> None:
    from nhanlucso.audit.models import Event

    assert add(made, by) == add(made, by)
    assert made.sessions.count() == 2
    assert Event.objects.filter(verb="session.add").count() == 1


def test_a_session_moves_with_what_is_recorded(world: Any, made: Any, by: Any) -> None:
    attend(made, world.people["Ánh"], "present")
    held = change(made.sessions.get(), by, data(STARTS + 3 * DAY))
    assert (held.starts_at, held.place, held.attendances.count()) == (STARTS + 3 * DAY, "Nhà văn hóa", 1)


def test_two_at_once_are_refused(made: Any, by: Any) -> None:
    with pytest.raises(Refused) as refusal:
        add(made, by, data(STARTS))
    assert refusal.value.code == "sessions_overlap"


def test_not_before_the_host_was_there(made: Any, by: Any) -> None:
    with pytest.raises(Refused) as refusal:
        change(made.sessions.get(), by, data(STARTS - 365 * DAY))
    assert refusal.value.code == "host_not_valid"


def test_an_empty_session_goes(made: Any, by: Any) -> None:
    remove(add(made, by), by)
    assert made.sessions.count() == 1


def test_the_only_session_stays(made: Any, by: Any) -> None:
    with pytest.raises(Refused) as refusal:
        remove(made.sessions.get(), by)
    assert refusal.value.code == "only_session"


def test_a_recorded_session_stays(world: Any, made: Any, by: Any) -> None:
    add(made, by)
    attend(made, world.people["Ánh"], "absent")
    with pytest.raises(Refused, match="đã ghi điểm danh 1 người"):
        remove(made.sessions.order_by("starts_at")[0], by)


def test_a_session_with_a_picture_of_the_list_stays(made: Any, by: Any) -> None:
    from nhanlucso.training.models import PaperList

    held = add(made, by)
    PaperList.objects.create(session=held, kind="photo", added_at=now(), removed_at=now(), reason="nhầm")
    with pytest.raises(Refused) as refusal:
        remove(held, by)
    assert refusal.value.code == "session_has_papers"


def test_others_may_not(world: Any, made: Any) -> None:
    from nhanlucso.training.models import TrainingClass

    held = made.sessions.get()
    for act in (
        lambda who: add(made, who),
        lambda who: change(held, who, data()),
        lambda who: remove(held, who),
    ):
        with pytest.raises(TrainingClass.DoesNotExist):
            act(officer_of(world.loc))
        with pytest.raises(Refused, match="không được làm việc này"):
            act(viewer_of(world.hoa))
