"""What a class is planned from."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.scope import SYSTEM
from tests.factories.records import make_class, make_unit
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
    assert [v.name for v in units_to_join(by, "xa an", today(), 5)] == ["Xã Hòa"]  # what it became
    assert [v.name for v in units_to_join(by, "binh", today(), 5)] == ["Xã Hòa", "Xã Lộc"]
    assert [v.name for v in units_to_join(by, "xa", date(2024, 1, 1), 5)] == ["Xã An", "Xã Bình"]
    assert units_to_join(by, " ", today(), 5) == []


def test_who_was_there_before(world: Any) -> None:
    from nhanlucso.training.queries.planning import people_of_before

    came = sorted(world.people[name].pk for name in ("Ánh", "Bình"))
    assert people_of_before(SYSTEM, world.training_class.pk) == came
    assert people_of_before(officer_of(world.hoa), world.training_class.pk) == []


def test_an_equal_class_begins_at_the_same_time(world: Any) -> None:
    from nhanlucso.training.queries.planning import equal_class

    by = officer_of(world.hoa)
    held = make_class("Kỹ năng số", world.hoa, date(2025, 9, 1), sessions=2)
    first, second = (session.starts_at for session in held.sessions.order_by("starts_at"))
    assert equal_class(by, "kỹ năng  số", world.hoa.pk, first) == held
    assert equal_class(by, "Kỹ năng số", world.hoa.pk, second) is None
    assert equal_class(by, "Kỹ năng số", world.loc.pk, first) is None
    assert equal_class(officer_of(world.loc), "Kỹ năng số", world.hoa.pk, first) is None


def test_a_place_called_by_a_unit_that_is_gone_is_no_default(world: Any) -> None:
    from nhanlucso.training.queries.planning import latest_place, vanished_name

    by = officer_of(world.hoa)
    make_class("Trước", world.hoa, date(2025, 8, 1)).sessions.update(place="UBND xã Hòa")
    make_class("Sau", world.hoa, date(2025, 9, 1)).sessions.update(place="UBND xã An")
    assert latest_place(by) == "UBND xã Hòa"
    assert vanished_name(by, "UBND xã An") == "Xã An"
    assert vanished_name(by, "Nhà văn hóa xã Antoàn") == ""
    make_unit("an-nay", "Xã An", start=date(2025, 10, 1))
    assert vanished_name(by, "UBND xã An") == ""
