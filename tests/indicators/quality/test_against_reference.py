"""On random worlds the rules find what plain loops over the records find; outliers are those of the figures."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from random import Random
from statistics import median
from typing import Any

import pytest

from nhanlucso.indicators.quality.declared.figures import quarterly
from nhanlucso.indicators.quality.findings import search_all
from nhanlucso.indicators.quality.rule import Search
from nhanlucso.indicators.quality.rules import expected_range, quarter_name, quarter_of
from nhanlucso.indicators.queries import ask, figures, open_store, pick
from nhanlucso.kernel.clock import ZONE, today
from nhanlucso.kernel.scope import SYSTEM

pytestmark = pytest.mark.django_db

SEEDS = range(8)


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
        people.append(r.make_person(f"Người {number}", unit, **(fields if unit else {})))
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
    r.facts_changed()
    return [top, *communes]


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


@pytest.mark.parametrize("seed", SEEDS)
def test_rules_equal_the_reference(seed: int) -> None:
    from tests.factories.quality import DAY
    from tests.reference.quality import COVERED, reference

    make_random_world(seed)
    told = {(f.rule.code, f.subject) for f in search_all(Search(open_store()[0], DAY), {})}
    assert {one for one in told if one[0] in COVERED} == reference(DAY)


def test_the_worlds_plant_something_for_every_rule_of_the_reference() -> None:
    from django.db import transaction

    from tests.factories.quality import DAY
    from tests.reference.quality import COVERED, reference

    seen: Counter[str] = Counter()
    for seed in SEEDS:
        with transaction.atomic():
            make_random_world(seed)
            seen.update({code for code, _subject in reference(DAY)})
            transaction.set_rollback(True)
    assert set(seen) == COVERED


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
