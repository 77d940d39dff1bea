"""Head counts of a class: added, corrected, taken away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.errors import Refused
from tests.factories.scopes import officer_of, viewer_of

pytestmark = pytest.mark.django_db
DAY = date(2025, 9, 1)


def data(unit: Any, **fields: Any) -> Any:
    from nhanlucso.training.services.head_counts import HeadCountData

    return replace(HeadCountData(unit, "người dân", 120, "over", DAY), **fields)


def add(made: Any, given: Any, by: Any) -> Any:
    from nhanlucso.training.services.head_counts import add_head_count

    return add_head_count(training_class=made, data=given, by=by, at=now())


def change(held: Any, given: Any, by: Any) -> Any:
    from nhanlucso.training.services.head_counts import change_head_count

    return change_head_count(head_count=held, data=given, by=by, at=now())


def remove(held: Any, by: Any) -> None:
    from nhanlucso.training.services.head_counts import remove_head_count

    remove_head_count(head_count=held, by=by, at=now())


@pytest.fixture
def by(world: Any) -> Any:
    return officer_of(world.hoa)


@pytest.fixture
def made(world: Any, by: Any, plan: Any) -> Any:
    return plan(by, host_unit=world.hoa)


def test_a_count_keeps_how_exact_it_is(world: Any, made: Any, by: Any) -> None:
    from nhanlucso.audit.models import Event, Touch

    Touch.objects.all().delete()
    held = add(made, data(world.hoa), by)
    assert (held.count, held.qualifier, held.audience, held.training_class) == (
        120,
        "over",
        "người dân",
        made,
    )
    assert Event.objects.filter(verb="head_count.add").count() == 1
    assert Touch.objects.exists()


def test_sent_twice_it_stands_once(world: Any, made: Any, by: Any) -> None:
    assert add(made, data(world.hoa), by) == add(made, data(world.hoa), by)


def test_figures_take_one_of_an_audience_so_a_second_is_refused(world: Any, made: Any, by: Any) -> None:
    add(made, data(world.hoa), by)
    with pytest.raises(Refused) as refusal:
        add(made, data(world.hoa, audience="Người  Dân", count=80), by)
    assert refusal.value.code == "counted_already"
    other = add(made, data(world.hoa, audience="học sinh"), by)
    with pytest.raises(Refused):
        change(other, data(world.hoa), by)


def test_a_correction_and_its_end(world: Any, made: Any, by: Any) -> None:
    from nhanlucso.training.models import HeadCount

    held = add(made, data(world.hoa), by)
    assert change(held, data(world.hoa, count=90, qualifier="exact"), by).count == 90
    remove(held, by)
    assert not HeadCount.objects.filter(training_class=made).exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"count": 0}, "bad_count"),
        ({"count": 2_000_000}, "bad_count"),
        ({"qualifier": ""}, "bad_value"),
        ({"date": date(2025, 6, 1)}, "unit_not_valid"),
    ],
)
def test_refusals(world: Any, made: Any, by: Any, fields: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        add(made, data(world.hoa, **fields), by)
    assert refusal.value.code == code


def test_others_may_not(world: Any, made: Any, by: Any) -> None:
    from nhanlucso.orgs.models import Unit
    from nhanlucso.training.models import HeadCount, TrainingClass

    held = add(made, data(world.hoa), by)
    stranger = officer_of(world.loc)
    for act in (
        lambda who: add(made, data(world.loc), who),
        lambda who: change(held, data(world.hoa), who),
        lambda who: remove(held, who),
    ):
        with pytest.raises(TrainingClass.DoesNotExist):
            act(stranger)
        with pytest.raises(Refused, match="không được làm việc này"):
            act(viewer_of(world.hoa))
    with pytest.raises(Unit.DoesNotExist):
        add(made, data(world.loc), by)
    with pytest.raises(HeadCount.DoesNotExist):
        remove(HeadCount(unit=world.hoa, date=DAY), by)


def test_nobody_is_counted_before_the_day(world: Any, made: Any, by: Any) -> None:
    with pytest.raises(Refused) as refused:
        add(made, data(world.hoa, date=today() + timedelta(days=1)), by)
    assert refused.value.code == "future_day"
    assert add(made, data(world.hoa, date=today()), by)
