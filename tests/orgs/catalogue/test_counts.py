"""How many units there are, by level and day, and that the tree holds together at every date."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from nhanlucso.orgs import catalogue
from nhanlucso.orgs.catalogue.tables import tables

EVE, REFORM = date(2025, 6, 30), date(2025, 7, 1)


def kinds(day: date) -> Counter[str]:
    return Counter(entry.kind for entry in catalogue.entries() if entry.is_valid_on(day))


def test_units_before_and_after_the_reform() -> None:
    assert kinds(EVE) == {"province": 63, "district": 696, "commune": 10_035}
    assert kinds(REFORM) == {"province": 34, "commune": 3_321}
    assert kinds(date(2026, 11, 1)) == {"province": 34, "commune": 3_321}


def test_kind_words_of_the_new_communes() -> None:
    new = [entry for entry in catalogue.entries() if entry.kind == "commune" and entry.is_valid_on(REFORM)]
    assert Counter(entry.name.split()[0] for entry in new) == {"Xã": 2_621, "Phường": 687, "Đặc": 13}


@pytest.mark.parametrize(
    ("key", "day", "communes"),
    [
        ("08@", date(2023, 9, 14), 138),
        ("08@", date(2024, 9, 14), 137),
        ("10@", date(2024, 9, 14), 152),
        ("10@", date(2024, 11, 1), 151),
        ("15@", date(2024, 11, 30), 173),
        ("15@", date(2024, 12, 1), 168),
        ("086@", date(2024, 9, 14), 14),
        ("15@2025-07-01", REFORM, 99),
        ("08@2025-07-01", REFORM, 124),
    ],
)
def test_communes_of_a_subtree_on_a_day(key: str, day: date, communes: int) -> None:
    found = catalogue.subtree(key, day)
    assert found[0].key == key
    assert sum(entry.kind == "commune" for entry in found) == communes


def test_a_subtree_lists_parents_before_children() -> None:
    seen: set[str] = {""}
    for entry in catalogue.subtree("08@", date(2023, 9, 14)):
        assert entry.parent_key in seen
        seen.add(entry.key)


def test_a_subtree_of_a_unit_that_was_not_there_is_empty() -> None:
    assert catalogue.subtree("086@", REFORM) == []
    assert catalogue.subtree("02908@2025-07-01", EVE) == []


def test_links_of_the_reform() -> None:
    links = [link for group in tables().links_from.values() for link in group if link.day == REFORM]
    below = [link for link in links if link.origin.kind != "province"]
    assert Counter(link.relation for link in below) == {"whole": 9_599, "part": 972}
    assert len({link.origin.key for link in below if link.relation == "part"}) == 441
    assert {link.relation for link in links if link.origin.kind == "province"} == {"whole"}
    assert len(links) - len(below) == 52


def test_versions_of_a_code_never_overlap() -> None:
    for versions in tables().versions.values():
        for before, after in pairwise(versions):
            assert before.valid_to is not None and after.valid_from is not None
            assert before.valid_to < after.valid_from


def test_every_entry_has_a_parent_on_each_of_its_days() -> None:
    first, last = date(2021, 1, 1), date(2026, 12, 31)
    for entry in catalogue.entries():
        if entry.kind == "province":
            assert entry.parent_key == ""
            continue
        day, end = max(entry.valid_from or first, first), min(entry.valid_to or last, last)
        code = catalogue.entry(entry.parent_key).code
        while day <= end:
            parent = tables().version_on(code, day)
            day = (parent.valid_to or last) + timedelta(days=1)


def test_every_end_says_what_came_and_every_beginning_what_was() -> None:
    made = {link.target.key for group in tables().links_from.values() for link in group}
    for entry in catalogue.entries():
        followers = catalogue.successors(entry.key)
        assert bool(followers) == (entry.valid_to is not None)
        for follower in followers:
            target = catalogue.entry(follower.key)
            assert entry.valid_to is not None
            assert target.is_valid_on(entry.valid_to + timedelta(days=1))
            assert (target.code, target.name) == (follower.code, follower.name)
        assert {follower.relation for follower in followers} <= (
            {"whole"} if len(followers) == 1 else {"part"}
        )
        assert (entry.key in made) or entry.valid_from is None


def test_every_commune_since_the_reform_has_a_point_in_the_country() -> None:
    for entry in catalogue.entries():
        if entry.kind == "commune" and entry.valid_from is not None and entry.valid_from >= REFORM:
            assert entry.lon is not None and 102 < entry.lon < 117
            assert entry.lat is not None and 6 < entry.lat < 24
            assert entry.document
