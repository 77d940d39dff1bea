"""Another name, another parent."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nhanlucso.kernel.clock import EVER, now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM, Scope
from nhanlucso.orgs.models import Unit, UnitVersion
from nhanlucso.orgs.queries import history
from nhanlucso.orgs.services import move_unit, rename_unit
from tests.factories.scopes import officer_of, viewer_of

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 1)


def rename(unit: Unit, name: str, by: Scope = SYSTEM, day: date = DAY) -> None:
    rename_unit(unit=unit, name=name, day=day, document="12/NQ-HĐND", by=by, at=now())


def move(unit: Unit, parent: Unit, by: Scope = SYSTEM, day: date = DAY) -> None:
    move_unit(unit=unit, parent=parent, day=day, document="", by=by, at=now())


def code_of(act: Any, *arguments: Any) -> str:
    count = UnitVersion.objects.count()
    with pytest.raises(Refused) as refused:
        act(*arguments)
    assert UnitVersion.objects.count() == count
    return refused.value.code


def test_both_names_hold_in_their_time(places: Any) -> None:
    rename(places.an, "Phường An")
    past = history()
    assert [(v.name, v.code) for v in past.versions[places.an.pk]] == [
        ("Xã An", "00101"),
        ("Phường An", "00101"),
    ]
    assert past.version(places.an.pk, date(2025, 6, 30)) == past.versions[places.an.pk][0]
    assert past.carry(places.an.pk, EVER, DAY) == {places.an.pk}
    assert past.version(places.village.pk, DAY).parent == places.an.pk  # type: ignore[union-attr]


def test_a_rename_that_cannot_be(places: Any) -> None:
    assert code_of(rename, places.an, " ") == "name_missing"
    assert code_of(rename, places.an, "Xã An") == "same_name"
    assert code_of(rename, places.an, "xã bình") == "name_taken"
    assert code_of(rename, places.an, "Phường An", SYSTEM, EVER) == "overlapping_versions"
    rename(places.an, "Phường An")
    assert code_of(rename, places.an, "Phường Yên", SYSTEM, DAY) == "overlapping_versions"


def test_an_earlier_rename_lasts_until_the_later_one(places: Any) -> None:
    rename(places.an, "Phường An")
    rename(places.an, "Xã Yên", day=date(2024, 1, 1))
    assert [(v.name, v.valid_from) for v in history().versions[places.an.pk]] == [
        ("Xã An", EVER),
        ("Xã Yên", date(2024, 1, 1)),
        ("Phường An", DAY),
    ]


def test_a_unit_moves_with_what_stands_below(places: Any) -> None:
    move(places.village, places.binh)
    line = history().closure(DAY)[places.village.pk]
    assert line == (places.village.pk, places.binh.pk, places.province.pk)


def test_a_move_that_cannot_be(places: Any) -> None:
    assert code_of(move, places.an, places.an) == "bad_parent"
    assert code_of(move, places.an, places.village) == "bad_parent"
    assert code_of(move, places.an, places.province) == "bad_parent"
    assert code_of(move, places.village, places.binh, SYSTEM, EVER) == "overlapping_versions"


def test_only_a_level_above_changes_a_unit(places: Any) -> None:
    by = officer_of(places.an)
    assert code_of(rename, places.an, "Phường An", by) == "not_allowed"
    assert code_of(rename, places.village, "Thôn Hai", viewer_of(places.an)) == "not_allowed"
    for act, arguments in ((rename, (places.binh, "X")), (move, (places.village, places.binh))):
        with pytest.raises(Unit.DoesNotExist):
            act(*arguments, by)
    rename(places.village, "Thôn Hai", by)
    assert history().version(places.village.pk, DAY).name == "Thôn Hai"  # type: ignore[union-attr]
