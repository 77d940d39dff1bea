"""On random worlds the rules find what plain loops over the records find; outliers are those of the figures."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from random import Random
from statistics import median
from typing import Any

import pytest

from nhanlucso.indicators.quality.declared import RULES
from nhanlucso.indicators.quality.declared.figures import quarterly
from nhanlucso.indicators.quality.findings import search_all
from nhanlucso.indicators.quality.rule import Search
from nhanlucso.indicators.quality.rules import expected_range, quarter_name, quarter_of
from nhanlucso.indicators.queries import ask, figures, open_store, pick
from nhanlucso.kernel.clock import ZONE, today
from nhanlucso.kernel.scope import SYSTEM

pytestmark = pytest.mark.django_db

SEEDS = range(200 if os.environ.get("NHANLUCSO_CAMPAIGN") == "1" else 8)
NAMES = (
    "Nguyễn Văn An", "Trần Thị Bích", "Lê Hoàng Cường", "Phạm Quốc Dũng", "Vũ Thu Hà", "Đặng Minh Khôi", "Bùi Lan Liên",
    "Đỗ Xuân Mạnh", "Hồ Thúy Ngân", "Ngô Đức Oanh", "Dương Kim Phượng", "Lý Seo Quẩy", "Giàng A Say", "Tẩn Mùi Tả",
)  # fmt: skip
STAFF = (
    "Chảo Láo Ú", "Vàng Thị Vân", "Lồ Chẩn Xuân", "Phan Bảo Yến", "Mai Hữu Thắng", "Cao Ngọc Trâm", "Tạ Đình Sơn",
    "Quách Thế Rạng",
)  # fmt: skip


def make_random_world(seed: int) -> list[Any]:
    """Few people, days and rooms, so that sessions overlap, lists repeat and counts collide; returns its units."""
    from tests.factories import records as r
    from tests.factories import teams as t
    from tests.factories.quality import HELD

    random = Random(seed)
    top = r.make_unit("p", "Tỉnh P", "province")
    communes = [r.make_unit(f"c{n}", f"Xã {n}", parent=top) for n in range(3)]
    villages = [r.make_unit(f"v{n}", f"Thôn {n}", "village", parent=communes[n]) for n in range(3)]
    people = []
    for number in range(14):
        start = HELD + timedelta(days=random.randrange(-300, 3)) if random.random() < 0.5 else None
        fields = {"valid_from": start} if start else {}
        unit = random.choice(communes) if random.random() < 0.9 else None
        people.append(r.make_person(NAMES[number], unit, **(fields if unit else {})))
    for _ in range(12):
        make_random_class(random, communes, people)
    course = r.make_course("Học trên mạng", delivery="self_paced")
    for _ in range(10):
        made = r.make_result(
            random.choice(people), course, HELD + timedelta(days=random.randrange(200)), True
        )
        made.enrolled_at = HELD + timedelta(days=random.randrange(200)) if random.random() < 0.8 else None
        made.save()
    for unit in (*villages, *communes):
        team = t.make_team(unit)
        for person in random.sample(people, random.choice((0, 3, 6, 12))):
            t.seat(team, person, end=HELD + timedelta(days=random.choice((30, 400))))
        for _ in range(8):
            t.make_assist(team, HELD - timedelta(days=random.randrange(900)), random.randrange(60))
    make_crooked_units(random, top, communes, people)
    make_targets(random, top, [*communes, *villages])
    r.facts_changed()
    return [top, *communes]


def make_crooked_units(random: Random, top: Any, communes: list[Any], people: list[Any]) -> None:
    """A division that was split between two communes, a village split in two, a young unit; posts that do not fit,
    two main posts, one person with two records."""
    from tests.factories import records as r
    from tests.factories import teams as t
    from tests.factories.quality import HELD

    split = HELD - timedelta(days=30)
    old = r.make_unit("w", "Phòng W", "division", parent=top, end=split - timedelta(days=1))
    r.make_change("split", split, old, communes[0], communes[1])
    torn = r.make_unit("vw", "Thôn W", "village", parent=communes[2], end=split - timedelta(days=1))
    r.make_change("split", split, torn, *(
        r.make_unit(f"vw{n}", f"Thôn W{n}", "village", parent=communes[2], start=split) for n in range(2)
    ))  # fmt: skip
    t.make_team(torn)
    agency = r.make_unit("a", "Sở A", "agency", parent=top)
    young = r.make_unit("z", "Phòng Z", "division", parent=communes[0], start=split)
    homes = [*communes, agency, *random.choices((old, young, agency), k=4)]
    moved = [
        r.make_person(STAFF[number], unit, valid_from=split - timedelta(days=random.choice((500, 40, -5))))
        for number, unit in enumerate(homes)
    ]
    for person in random.sample([*people, *moved], 4):
        start = split + timedelta(days=random.randrange(-400, 100))
        for unit in random.choices([*communes, young], k=2):
            end = start + timedelta(days=random.choice((90, 900)))
            r.make_post(person, unit, is_main=random.random() < 0.8, valid_from=start, valid_to=end)
            start += timedelta(days=random.choice((30, 500)))
    make_random_class(random, [old], [*people[:6], *moved])
    r.make_class("Lớp trống", random.choice((old, communes[0], None)), HELD, 0)
    if random.random() < 0.8:
        r.make_head_count(old, 9, "exact", split - timedelta(days=50))
    for name, born in random.choice(((("Hảng A Sùng", "1985-03-04"),) * 2, (("Hảng A Sùng", ""),) * 1)):
        twin = r.make_person(name, random.choice((*communes, None)))
        twin.birth, twin.phone = born, "0912345678"
        twin.save()


def make_targets(random: Random, top: Any, units: list[Any]) -> None:
    """Targets of the year, and news items of three years, some of them none."""
    from tests.factories import records as r
    from tests.factories import teams as t
    from tests.factories.quality import HELD

    codes = ("outreach.items", "mooc.learners", "teams.village_coverage", "coverage.basic", "training.rounds",
             "staff.leaders", "teams.assists", "khong.co")  # fmt: skip
    for _ in range(5):
        r.make_target(random.choice([top, *units]), random.choice(codes), 2024, 5)
    for _ in range(25):
        day = HELD - timedelta(days=random.randrange(-120, 900))
        t.make_item(random.choice(units[:2]), day, random.choice((0, 3, 4, 4, 5, 60)))


def make_random_class(random: Random, communes: list[Any], people: list[Any]) -> None:
    from nhanlucso.training.models import Attendance, ClassSession
    from tests.factories import records as r
    from tests.factories.quality import HELD

    host = random.choice(communes)
    held = r.make_class("Lớp", host, HELD, 0, capacity=random.choice((None, 8, 30)))
    roster = people[: random.choice((6, 12))] if random.random() < 0.7 else random.sample(people, 6)
    missed = random.choice((0, 6)) if random.random() < 0.8 else random.randrange(6)
    first = HELD + timedelta(days=random.randrange(3))
    for place in range(random.choice((1, 3))):
        starts = datetime(first.year, first.month, first.day, random.choice((8, 9, 14, 23)), tzinfo=ZONE)
        starts += timedelta(days=place)
        ends = starts + timedelta(hours=random.choice((2, 3))) if random.random() < 0.9 else None
        made = ClassSession.objects.create(
            uid=f"{held.uid}-{place}", training_class=held, starts_at=starts, ends_at=ends
        )
        if random.random() < 0.1:
            continue
        for number, person in enumerate(roster):
            absent = number < missed and number % 3 == place
            Attendance.objects.create(session=made, person=person, status="absent" if absent else "present")
    for _ in range(random.choice((0, 0, 1, 2))):
        r.make_head_count(
            host, random.choice((6, 12, 50)), random.choice(("exact", "exact", "over")), first,
            training_class=random.choice((held, held, None)), audience=random.choice(("", "cán bộ")),
        )  # fmt: skip


@pytest.mark.hypothesis
@pytest.mark.parametrize("seed", SEEDS)
def test_rules_equal_the_reference_in_every_unit(seed: int) -> None:
    from tests.factories.quality import DAY
    from tests.reference.doubts import Doubts

    make_random_world(seed)
    found = {(f.rule.code, f.subject): f.unit for f in search_all(Search(open_store()[0], DAY), {})}
    expected, doubts = everything(DAY), Doubts(DAY)
    assert set(found) == expected
    assert found == {(code, subject): doubts.place(code, subject) for code, subject in expected}


def everything(day: date) -> set[tuple[str, str]]:
    """What all rules must find."""
    from tests.reference.doubts import Doubts
    from tests.reference.quality import reference

    return reference(day) | Doubts(day).told()


def test_the_worlds_plant_something_for_every_rule() -> None:
    from django.db import transaction

    from tests.factories.quality import DAY

    seen: set[str] = set()
    for seed in SEEDS[:8]:
        with transaction.atomic():
            make_random_world(seed)
            seen.update(code for code, _subject in everything(DAY))
            transaction.set_rollback(True)
    assert seen == set(RULES)


@pytest.mark.parametrize("seed", SEEDS[:3])
def test_quarters_are_those_of_the_figures_and_outliers_those_of_the_quarters(seed: int) -> None:
    from tests.factories.quality import HELD

    units = [unit.pk for unit in make_random_world(seed)]
    search = Search(open_store()[0], today())
    slots = range(quarter_of(HELD) - 11, quarter_of(HELD) + 2)
    for code in ("training.attendances", "teams.assists"):
        series: dict[int, dict[int, int]] = {}
        for slot in slots:
            asked = ask(quarter_name(slot), tree=today().isoformat())
            for unit, (figure,) in figures(SYSTEM, asked, pick([code]), units).items():
                if figure.value:
                    series.setdefault(unit, {})[slot] = int(figure.value)
        assert {u: held for u, held in quarterly(search, code).items() if u in units} == series
        told = {f.subject for f in search_all(search, {}) if f.rule.code == "unit.outlier"}
        expected = {
            f"unit:{unit} indicator:{code} period:{quarter_name(slot)}"
            for unit, held in series.items()
            for place, slot in enumerate(sorted(held))
            if place >= 4 and unusual(held[slot], [held[s] for s in sorted(held)[max(0, place - 8) : place]])
        }
        assert {one for one in told if code in one} == expected


def unusual(value: int, earlier: list[int]) -> bool:
    """By the words of the rule: five times the median distance, a tenth of the median or 1, whichever is most."""
    middle = median(earlier)
    step = max(1.4826 * median(abs(one - middle) for one in earlier), middle / 10, 1)
    return abs(value - middle) > 5 * step


def test_the_expected_range_never_goes_below_nought() -> None:
    assert expected_range([10, 10, 10, 10], 5) == (5, 15)
    assert expected_range([2, 2, 2, 2], 5) == (0, 7)
    assert expected_range([10, 20, 30, 40], 5) == (0, 99)
