"""What a class is planned from."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.scope import SYSTEM
from tests.factories.records import make_class
from tests.factories.scopes import officer_of, viewer_of

pytestmark = pytest.mark.django_db


def test_the_latest_of_ones_own(world: Any) -> None:
    from nhanlucso.training.queries.planning import latest_class, latest_place

    by = officer_of(world.hoa)
    assert latest_class(by) is None
    assert latest_place(by) == ""
    make_class("Cũ", world.hoa, date(2025, 8, 1)).sessions.update(place="Nhà văn hóa")
    newest = make_class("Mới", world.hoa, date(2025, 9, 1))
    make_class("Của xã khác", world.loc, date(2025, 10, 1)).sessions.update(place="Nơi khác")
    assert latest_class(by) == newest
    assert latest_place(by) == "Nhà văn hóa"
    assert latest_class(viewer_of(world.hoa)) is None


def test_units_to_join_lie_anywhere_and_hold_today(world: Any) -> None:
    from nhanlucso.training.queries.planning import units_to_join

    by = officer_of(world.hoa)
    assert [v.name for v in units_to_join(by, "lộc", today(), 5)] == ["Xã Lộc"]
    assert units_to_join(by, "an", today(), 5) == []
    assert [v.name for v in units_to_join(by, "xa", date(2024, 1, 1), 5)] == ["Xã An", "Xã Bình"]
    assert units_to_join(by, " ", today(), 5) == []


def test_who_was_there_before(world: Any) -> None:
    from nhanlucso.training.queries.planning import people_of_before

    came = sorted(world.people[name].pk for name in ("Ánh", "Bình"))
    assert people_of_before(SYSTEM, world.training_class.pk) == came
    assert people_of_before(officer_of(world.hoa), world.training_class.pk) == []
