"""Every figure of random own indicators on random worlds equals the naive reference: all units, every tree."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from nhanlucso.courses.models import Course
from nhanlucso.exchange.bundle.importing import import_bundle
from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.indicators.definitions import composed
from nhanlucso.indicators.engine.passport import COUNTED, MISSING, OPEN
from nhanlucso.indicators.enums import Measure
from nhanlucso.indicators.figures import as_json
from nhanlucso.indicators.own.rules import Parts, problems
from nhanlucso.indicators.parts import Audience, Deed, Event, Within
from nhanlucso.indicators.queries import Ask, ask, figures, passport
from nhanlucso.indicators.rules import Figure
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.queries import history, references
from tests.reference.own import own_figure
from tests.reference.question import Question
from tests.reference.random_world import CATEGORIES, DUTIES, write_world
from tests.reference.world import load

PERIODS = ("2024", "2024-9M", "2025", "2025-H1", "2025-Q3", "2025-M07", "2024-07-01..2025-07-01")
TREES = ("then", "2025-07-01", "2026-06-30")
FIELDS = ("value", "numerator", "denominator", "qualifier", "low", "high", "unallocated")
KINDS = ["province", "district", "commune", "village", "agency"]
COURSES = [f"k{n}" for n in range(6)]


@pytest.mark.django_db
@given(seed=st.integers(0, 10**9))
def test_own_figures_equal_the_reference(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = write_world(seed, tmp_path_factory.mktemp("world") / "bundle")
    with transaction.atomic():
        import_bundle(folder, dry_run=False, by=None, at=now())
        choice = Random(seed)
        compare(folder, choice, [random_definition(choice) for _ in range(6)])
        transaction.set_rollback(True)


def compare(folder: Path, choice: Random, definitions: list[dict[str, Any]]) -> None:
    """Compares the figures of all units valid on a tree, and the passport of one of them."""
    world, period, tree = load(folder), choice.choice(PERIODS), choice.choice(TREES)
    then = ask(period).tree
    if tree != "then" and date.fromisoformat(tree) < then:
        tree = "then"
    asked = ask(period, tree=tree)
    indicators = [as_indicator(each, number) for number, each in enumerate(definitions)]
    ours = figures(SYSTEM, asked, indicators, list(history().closure(asked.tree)))
    names = references(list(ours))
    for unit, found in ours.items():
        question = Question(world, names[unit], (asked.window.a, asked.window.b), asked.tree)
        for figure, definition in zip(found, definitions, strict=True):
            got, truth = as_json(figure, names[unit], period), own_figure(question, definition)
            assert {f: got[f] for f in FIELDS} == {f: truth[f] for f in FIELDS}, (
                definition,
                names[unit],
                asked,
            )
    unit = choice.choice(list(ours))
    for figure in ours[unit]:
        behind(asked, figure)


def behind(asked: Ask, figure: Figure) -> None:
    """The passport tells the same: as many who count, do not, or are undecided."""
    held = passport(SYSTEM, asked, figure.indicator, figure.unit_id)
    sizes = held.sizes()
    if figure.indicator.is_share:
        assert (sizes[COUNTED], sizes[MISSING], sizes[OPEN]) == (
            figure.numerator,
            (figure.denominator or 0) - (figure.numerator or 0),
            figure.unallocated,
        )
    else:
        assert sum(row.amount for row in held.rows(COUNTED)) == figure.value
        assert sum(row.amount for row in held.rows(OPEN)) == figure.unallocated
    people = [row.person for row in held.rows(COUNTED) if row.person is not None]
    assert len(people) == len(set(people)) == sizes[COUNTED]


def random_definition(choice: Random) -> dict[str, Any]:
    """A definition that may be composed."""
    while True:
        definition = {
            "measure": choice.choice(["%", "%", "người", "lượt"]),
            "audience": _audience(choice),
            "event": _event(choice) if choice.random() < 0.85 else None,
        }
        if not problems(as_parts(definition)):
            return definition


def _some(choice: Random, values: list[str], chance: float) -> list[str]:
    return choice.sample(values, choice.randint(1, len(values))) if choice.random() < chance else []


def _audience(choice: Random) -> dict[str, Any]:
    members = choice.random() < 0.2
    return {
        "categories": _some(choice, sorted({*CATEGORIES} - {""}), 0.6),
        "leader": not members and choice.random() < 0.2,
        "duties": [] if members else _some(choice, DUTIES, 0.25),
        "kinds": [] if members else _some(choice, KINDS, 0.25),
        "members": members,
        "sex": choice.choice(["", "", "m", "f"]),
        "age_from": choice.choice([None, None, 24, 35]),
        "age_to": choice.choice([None, None, 45, 60]),
    }


def _event(choice: Random) -> dict[str, Any]:
    deed = choice.choice(["attended", "completed", "passed", "learned"])
    of_classes = deed in ("attended", "completed")
    within = choice.choice(["period", "ever", "months"])
    return {
        "deed": deed,
        "forms": _some(choice, ["class", "conference", "mentoring", "contest"], 0.4) if of_classes else [],
        "modes": _some(choice, ["in_person", "online", "hybrid"], 0.3) if of_classes else [],
        "courses": _some(choice, COURSES, 0.25),
        "topics": _some(choice, ["An toàn", "dịch vụ CÔNG"], 0.25),
        "skills": _some(choice, ["basic_digital_skills", "ict_standard"], 0.4),
        "self_paced": deed == "passed" and choice.random() < 0.4,
        "none": choice.random() < 0.3,
        "within": within,
        "months": choice.choice([1, 2, 6, 12, 18]) if within == "months" else 0,
    }


def as_parts(definition: dict[str, Any]) -> Parts:
    """The definition in the words of the product; courses by their number."""
    numbers = dict(Course.objects.values_list("uid", "pk"))
    audience = {key: tuple(v) if isinstance(v, list) else v for key, v in definition["audience"].items()}
    event = definition["event"]
    if event is not None:
        event = {key: tuple(v) if isinstance(v, list) else v for key, v in event.items()}
        event |= {"deed": Deed(event["deed"]), "within": Within(event["within"])}
        event["courses"] = tuple(numbers[course] for course in event["courses"])
    return Parts(Measure(definition["measure"]), Audience(**audience), Event(**event) if event else None)


def as_indicator(definition: dict[str, Any], number: int) -> Indicator:
    return composed(f"own.x{number}", "", "", as_parts(definition))
