"""The twin report: conserved sums, no effect where nothing changed, intervals that hold whatever a split turns into."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from nhanlucso.exchange.bundle.importing import import_bundle
from nhanlucso.indicators.catalogue import INDICATORS
from nhanlucso.indicators.queries import ask, figures
from nhanlucso.indicators.twin import Gap, Twin, Twins, gap, together, twins
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.queries import history
from tests.reference.random_world import write_world

pytestmark = pytest.mark.django_db
BEFORE, AFTER, NOW = "2024", "2025", date(2026, 1, 31)
LAST, REFORM = date(2025, 6, 30), date(2025, 7, 1)
CODES = [
    "staff.headcount",
    "training.attendances",
    "training.person_days",
    "training.persons",
    "coverage.basic",
]
NOTHING = Gap(0, 0, 0)


@dataclass
class Reorganised:
    """A province whose communes merge, split or stay on 1 July 2025; `undecided`: who was in a split commune."""

    province: Any
    merged: list[tuple[Any, list[Any]]] = field(default_factory=list)
    split: list[tuple[Any, list[Any]]] = field(default_factory=list)
    same: list[Any] = field(default_factory=list)
    undecided: list[tuple[Any, list[Any]]] = field(default_factory=list)


def reorganised(seed: int) -> Reorganised:
    """People of eight communes who went to classes in 2024 and 2025, and what became of the communes."""
    from tests.factories import records as r

    chance = Random(seed)
    made = Reorganised(r.make_unit("tinh", "Tỉnh", "province"))
    kinds = chance.choices(["merge", "split", "stay"], k=8)
    ends = {"merge": LAST, "split": LAST, "stay": date.max}
    communes = [
        r.make_unit(f"x{n}", f"Xã {n}", parent=made.province, end=ends[kind]) for n, kind in enumerate(kinds)
    ]
    people = [[r.make_person(f"Lù A {n}", unit) for n in range(chance.randint(0, 4))] for unit in communes]
    course = r.make_course()
    for day in (date(2024, 3, 4), date(2024, 10, 7), date(2025, 3, 3), date(2025, 9, 1)):
        held = r.make_class("Lớp", made.province, day, 2, course)
        for person in (one for of_unit in people for one in of_unit if chance.random() < 0.6):
            r.attend(held, person, "present", chance.choice(["present", "absent"]))
    for n, kind in enumerate(kinds):
        if kind == "split":
            heirs = [
                r.make_unit(f"x{n}{i}", f"Xã {n}{i}", parent=made.province, start=REFORM) for i in range(2)
            ]
            r.make_change("split", REFORM, communes[n], *heirs)
            made.split.append((communes[n], heirs))
            made.undecided += [(person, heirs) for person in people[n]]
        elif kind == "stay":
            made.same.append(communes[n])
    going = [unit for unit, kind in zip(communes, kinds, strict=True) if kind == "merge"]
    for start in range(0, len(going), 3):
        heir = r.make_unit(f"g{start}", f"Xã mới {start}", parent=made.province, start=REFORM)
        for unit in going[start : start + 3]:
            r.make_change("merge", REFORM, unit, heir)
        made.merged.append((heir, going[start : start + 3]))
    r.facts_changed()
    return made


def report(code: str, unit: Any) -> Twins:
    return twins(SYSTEM, INDICATORS[code], unit.pk, (ask(BEFORE), ask(AFTER)), NOW)


def of_units(held: Twins) -> dict[int, Twin]:
    return {twin.version.unit: twin for twin in (held.own, *held.below)}


@given(seed=st.integers(0, 10**9))
@settings(max_examples=8)
def test_sums_are_conserved_and_unchanged_units_show_no_effect(seed: int) -> None:
    with transaction.atomic():
        made = reorganised(seed)
        for code in CODES:
            found = of_units(report(code, made.province))
            assert found[made.province.pk].boundary in (NOTHING, None)
            for unit in made.same:
                assert found[unit.pk].boundary in (NOTHING, None)
                assert not found[unit.pk].is_changed
            for heir, old in made.merged:
                merged(found[heir.pk], [unit.pk for unit in old])
            for old, heirs in made.split:
                parted(code, old, [found[heir.pk] for heir in heirs])
        transaction.set_rollback(True)


def merged(twin: Twin, old: list[int]) -> None:
    """All of a merged unit's predecessors went over wholly: together they are what is carried."""
    assert sorted(p.version.unit for p in twin.predecessors) == sorted(old)
    assert all(p.whole for p in twin.predecessors)
    total = together([p.figure for p in twin.predecessors if p.figure], len(old))
    assert total == twin.together
    if total is not None:
        assert total.value == twin.carried.value
        assert total.numerator in (None, twin.carried.numerator)


def parted(code: str, old: Any, heirs: list[Twin]) -> None:
    """Nobody said where anyone went: each heir may have all of them, and has none for sure."""
    before = figures(SYSTEM, ask(BEFORE), [INDICATORS[code]], [old.pk])[old.pk][0]
    for twin in heirs:
        assert [(p.version.unit, p.whole) for p in twin.predecessors] == [(old.pk, False)]
        if not before.indicator.is_share:
            assert (twin.carried.value, twin.carried.high) == (0, before.value)
        else:
            assert (twin.carried.denominator, twin.carried.unallocated) == (0, before.denominator)


@given(seed=st.integers(0, 10**9))
@settings(max_examples=8)
def test_intervals_hold_whatever_the_split_turns_into(seed: int) -> None:
    from tests.factories import records as r

    with transaction.atomic():
        made = reorganised(seed)
        before = {code: of_units(report(code, made.province)) for code in CODES}
        chance = Random(-seed)
        for person, heirs in made.undecided:  # no staff, so that nothing else changes
            day = (
                REFORM if chance.random() < 0.8 else REFORM + timedelta(days=30)
            )  # too late: decides nothing
            r.make_post(person, chance.choice(heirs), category="citizen", valid_from=day, valid_to=day)
        r.facts_changed()
        for code in CODES:
            for unit, twin in of_units(report(code, made.province)).items():
                within(before[code][unit].boundary, twin.boundary)
                within(before[code][unit].real, twin.real)
        transaction.set_rollback(True)


def within(open_: Gap | None, decided: Gap | None) -> None:
    """What turned out lies in what was held possible, to a rounding of shares."""
    if open_ is not None and decided is not None:
        assert open_.low - 1e-9 <= decided.value <= open_.high + 1e-9
        assert decided.low <= decided.value <= decided.high


@given(seed=st.integers(0, 10**9))
@settings(max_examples=8)
def test_crooked_worlds(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    """In any world: the numbers are those of the figures, predecessors never hold one another, and add up right."""
    folder = write_world(seed, tmp_path_factory.mktemp("world") / "bundle")
    with transaction.atomic():
        import_bundle(folder, dry_run=False, by=None, at=now())
        chance, past = Random(seed), history()
        first, second = ask("2024-9M"), ask("2025")
        code = chance.choice(list(INDICATORS))
        standing = sorted(past.closure(NOW))
        for unit in chance.sample(standing, min(3, len(standing))):
            held = twins(SYSTEM, INDICATORS[code], unit, (first, second), NOW)
            rows = (held.own, *held.below)
            alone = figures(SYSTEM, held.carried, [INDICATORS[code]], [twin.version.unit for twin in rows])
            for twin in rows:
                assert [twin.carried] == alone[twin.version.unit]
                crooked(twin, held)
        transaction.set_rollback(True)


def crooked(twin: Twin, held: Twins) -> None:
    unit, closure = twin.version.unit, history().closure(held.then.tree)
    assert twin.boundary == gap(twin.lead.figure if twin.lead else None, twin.carried)
    old = [p.version.unit for p in twin.predecessors]
    assert not any(one in closure[other][1:] for one in old for other in old)
    for predecessor in twin.predecessors:
        became = history().carry(predecessor.version.unit, held.then.tree, NOW)
        assert unit in became
        assert predecessor.whole == (len(became) == 1)


def test_refusals(db: None) -> None:
    from tests.factories.district import make_district

    world = make_district()
    with pytest.raises(Refused) as refused:
        report("coverage.basic", world.an)
    assert refused.value.code == "unit_not_valid"
