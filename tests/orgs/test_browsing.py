"""The tree of a day and the story of a unit."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.browsing.queries import Branch, choices, unit_lines, unit_rows, unit_tree, unit_view
from nhanlucso.orgs.browsing.rules import ordered
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history
from nhanlucso.orgs.services import end_unit, rename_unit
from tests.factories import records as r
from tests.factories.scopes import officer_of

pytestmark = pytest.mark.django_db
NEXT = date(2025, 7, 1)


def shape(branches: tuple[Branch, ...] | None) -> Any:
    return {b.version.name: shape(b.children) for b in branches} if branches is not None else None


def test_a_small_tree_is_read_whole(places: Any) -> None:
    tree = unit_tree(SYSTEM, today())
    assert tree.count == 4
    assert shape(tree.tops) == {"Tỉnh": {"Xã An": {"Thôn Một": {}}, "Xã Bình": {}}}


def test_a_large_tree_is_read_a_level_at_a_time(places: Any) -> None:
    for number in range(300):
        r.make_unit(f"thon-{number}", f"Thôn {number}", "village", parent=places.binh)
    assert shape(unit_tree(SYSTEM, today()).tops) == {"Tỉnh": None}
    assert shape(unit_tree(SYSTEM, today(), places.province.pk).tops) == {"Xã An": None, "Xã Bình": None}
    assert shape(unit_tree(SYSTEM, today(), places.an.pk).tops) == {"Thôn Một": {}}


def test_a_scope_sees_its_own_branch(places: Any) -> None:
    assert shape(unit_tree(officer_of(places.an), today()).tops) == {"Xã An": {"Thôn Một": {}}}
    with pytest.raises(Unit.DoesNotExist):
        unit_tree(officer_of(places.an), today(), places.binh.pk)
    with pytest.raises(Unit.DoesNotExist):
        unit_view(officer_of(places.an), places.binh.pk, today())


def test_an_old_day_shows_old_units(places: Any) -> None:
    end_unit(unit=places.an, last_day=date(2025, 6, 30), heir=places.binh, document="", by=SYSTEM, at=now())
    assert shape(unit_tree(SYSTEM, date(2025, 6, 30)).tops) == {
        "Tỉnh": {"Xã An": {"Thôn Một": {}}, "Xã Bình": {}}
    }
    assert shape(unit_tree(SYSTEM, NEXT).tops) == {"Tỉnh": {"Xã Bình": {"Thôn Một": {}}}}


def test_units_whose_parent_has_ended_are_named(places: Any) -> None:
    old = r.make_unit("cu", "Huyện Cũ", "district", end=date(2025, 6, 30))
    r.make_unit("phong", "Phòng Nội vụ", "division", parent=old)
    assert [version.name for version in unit_tree(SYSTEM, today()).adrift] == ["Phòng Nội vụ"]


def test_numbers_in_names_count(places: Any) -> None:
    for name in ("Thôn 10", "Thôn 2", "Thôn Ấ"):
        r.make_unit(name, name, "village", parent=places.binh)
    r.make_unit("phong", "Văn phòng", "division", parent=places.binh)
    found = ordered(history().children(places.binh.pk, today()))
    assert [version.name for version in found] == ["Văn phòng", "Thôn 2", "Thôn 10", "Thôn Ấ"]


def test_the_story_tells_what_it_was_and_became(places: Any) -> None:
    rename_unit(unit=places.an, name="Phường An", day=date(2024, 1, 1), document="1/NQ", by=SYSTEM, at=now())
    end_unit(
        unit=places.an, last_day=date(2025, 6, 30), heir=places.binh, document="2/NQ", by=SYSTEM, at=now()
    )
    view = unit_view(SYSTEM, places.an.pk, today())
    assert not view.valid
    assert [version.name for version in view.became] == ["Xã Bình"]
    told = [(m.day, [(f.kind, [v.name for v in f.units], f.document) for f in m.facts]) for m in view.moments]
    assert told == [
        (NEXT, [("became", ["Xã Bình"], "2/NQ")]),
        (date(2024, 1, 1), [("state", ["Phường An", "Tỉnh"], ""), ("renamed", [], "1/NQ")]),
        (None, [("state", ["Xã An", "Tỉnh"], "")]),
    ]
    heir = unit_view(SYSTEM, places.binh.pk, today())
    assert [f.kind for f in heir.moments[0].facts] == ["took"]
    assert [version.name for version in heir.line] == ["Tỉnh"]


def test_a_split_is_told_as_one(places: Any) -> None:
    old = r.make_unit("cu", "Xã Cũ", end=date(2025, 6, 30))
    r.make_change("split", NEXT, old, places.an, places.binh)
    [fact] = unit_view(SYSTEM, old.pk, today()).moments[0].facts
    assert (fact.kind, [version.name for version in fact.units]) == ("part", ["Xã An", "Xã Bình"])
    taken = unit_view(SYSTEM, places.an.pk, today()).moments[0].facts
    assert [fact.kind for fact in taken] == ["part_taken"]


def test_old_names_find_the_unit_and_what_it_became(places: Any) -> None:
    rename_unit(unit=places.an, name="Phường Yên", day=NEXT, document="", by=SYSTEM, at=now())
    end_unit(unit=places.binh, last_day=date(2025, 6, 30), heir=places.an, document="", by=SYSTEM, at=now())
    [an], _count = unit_lines(SYSTEM, "xa an", 9)
    assert (an.version.name, an.ended, an.formerly) == ("Phường Yên", False, "Xã An")
    [binh], _count = unit_lines(SYSTEM, "binh", 9)
    assert (binh.ended, [version.name for version in binh.became]) == (True, ["Phường Yên"])


def test_only_units_of_the_day_are_offered_to_choose(places: Any) -> None:
    end_unit(unit=places.binh, last_day=date(2025, 6, 30), heir=places.an, document="", by=SYSTEM, at=now())
    assert [b.version.name for b in choices(SYSTEM, "", places.province.pk, today())] == ["Xã An"]
    became = [b.version.name for b in choices(SYSTEM, "xã bình", None, today())]
    assert became == ["Xã An"], "a name of old finds what the unit became"
    assert [b.version.name for b in choices(SYSTEM, "00101", None, today())] == ["Xã An"]


def test_the_tree_as_rows(places: Any) -> None:
    rows = [(version.name, depth) for version, depth in unit_rows(SYSTEM, today())]
    assert rows == [("Tỉnh", 0), ("Xã An", 1), ("Thôn Một", 2), ("Xã Bình", 1)]
    assert [v.name for v, _ in unit_rows(SYSTEM, today(), places.an.pk)] == ["Xã An", "Thôn Một"]
    with pytest.raises(Unit.DoesNotExist):
        unit_rows(officer_of(places.an), today(), places.binh.pk)


def test_the_closest_names_come_first(places: Any) -> None:
    for name in ("Xã An Bình", "Xã Tân An", "Xã Ân"):
        r.make_unit(name, name, parent=places.province)
    r.make_unit("cu", "Xã An", end=date(2025, 6, 30))
    found = [(line.version.name, line.ended) for line in unit_lines(SYSTEM, "xã an", 9)[0]]
    assert found == [("Xã An", False), ("Xã Ân", False), ("Xã An", True), ("Xã An Bình", False)]
    assert unit_lines(SYSTEM, "an", 2)[1] == 5
    assert unit_lines(SYSTEM, " ", 9) == ([], 0)


def test_words_of_a_name_go_before_the_word_of_its_kind(places: Any) -> None:
    for name in ("Phường Lào Cai", "Xã Gia Phú", "Xã Phú Nhuận"):
        r.make_unit(name, name, parent=places.province)
    found = [line.version.name for line in unit_lines(SYSTEM, "phu", 9)[0]]
    assert found == ["Xã Phú Nhuận", "Xã Gia Phú", "Phường Lào Cai"]


def test_a_district_became_what_its_communes_became(places: Any) -> None:
    district = r.make_unit("huyen", "Huyện Cũ", "district", end=date(2025, 6, 30))
    old = r.make_unit("cu", "Xã Cũ", parent=district, end=date(2025, 6, 30))
    r.make_change("merge", NEXT, district, places.province)
    r.make_change("merge", NEXT, old, places.an)
    view = unit_view(SYSTEM, district.pk, today())
    assert [v.name for v in view.became] == ["Xã An"]
    assert [(t.version.name, [v.name for v in t.became]) for t in view.communes] == [("Xã Cũ", ["Xã An"])]
    assert [(f.kind, [v.name for v in f.units]) for f in view.moments[0].facts] == [("dissolved", ["Xã An"])]
