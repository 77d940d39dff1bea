"""A build renewed after acts holds what a whole build holds."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from nhanlucso.audit.services import record
from nhanlucso.exchange.bundle.importing import import_bundle
from nhanlucso.indicators.builds import current_build, facts_folder
from nhanlucso.indicators.engine import build, by_person
from nhanlucso.indicators.engine.store import Store
from nhanlucso.indicators.facts import read_tables
from nhanlucso.indicators.models import FactsBuild
from nhanlucso.kernel.clock import ALWAYS, now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.learning.models import CourseResult
from nhanlucso.learning.services import remove_result
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history
from nhanlucso.people.models import Person, Post
from nhanlucso.people.services import PersonData, PostData, add_person, add_post, change_person, end_post
from nhanlucso.training.models import ClassSession, HeadCount, TrainingClass
from nhanlucso.training.services.classes import ClassData, create_class
from nhanlucso.training.services.head_counts import remove_head_count
from nhanlucso.training.services.marks import MarkData, record_marks
from nhanlucso.training.services.sessions import SessionData, change_session
from tests.reference.random_world import write_world

TABLES = sorted({*build.RAW, *build.DERIVED} - {"anchors"})


@pytest.mark.django_db
@settings(max_examples=8)
@given(seed=st.integers(0, 10**9))
def test_renewed_is_as_built_anew(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(build, "_PART", 20)  # several parts even of a small world
    folder = write_world(seed, tmp_path_factory.mktemp("world") / "bundle")
    with transaction.atomic():
        import_bundle(folder, dry_run=False, by=None, at=now())
        check(Random(seed))
        transaction.set_rollback(True)


def check(random: Random) -> None:
    current_build(now())
    for _ in range(3):
        for _ in range(random.randint(1, 4)):
            with suppress(Refused), transaction.atomic():  # what a world does not allow is not done
                random.choice(ACTS)(random)
        renewed = current_build(now())
        rows = contents(facts_folder() / renewed.name)
        assert renewed.checksum == build.checksum(facts_folder() / renewed.name)
        check_copies(facts_folder() / renewed.name)
        shown = contents(anew(renewed))
        assert set(rows) == set(shown)
        for table, found in rows.items():
            assert found == shown[table], table


def check_copies(folder: Path) -> None:
    """What lies in the order of persons is what lies in the table."""
    for name, left_out in by_person.TABLES.items():
        for path in build.files(folder, name):
            table = pq.read_table(path).drop_columns(left_out)
            with pa.memory_map(str(by_person.beside(path))) as file:
                copy = pa.ipc.open_file(file).read_all().cast(table.schema)

            assert copy == table.sort_by("person"), path.name


def anew(renewed: FactsBuild) -> Path:
    """The folder of a whole build of the same records."""
    folder = facts_folder() / f"{renewed.name}-anew"
    folder.mkdir()
    build.write(read_tables(history()), folder)
    return folder


def contents(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every table, with what an anchor stands for in its place."""
    past, store = history(), Store(folder, history())
    anchors = {
        anchor: (unit, past.first_exit(unit, since), person)
        for anchor, unit, since, person in store.rows("SELECT anchor, unit, since, person FROM anchors")
    }
    found = {}
    for table in TABLES:
        names = [row[0] for row in store.rows(f"DESCRIBE {table}")]
        rows = store.rows(f"SELECT * FROM {table}")
        place = names.index("anchor") if "anchor" in names else None
        known = [
            tuple(anchors.get(value) if at == place else value for at, value in enumerate(row))
            for row in rows
        ]
        found[table] = sorted(known, key=repr)
    return found


# --- acts ------------------------------------------------------------------------------------------------


def mark(random: Random) -> None:
    begun = list(ClassSession.objects.filter(starts_at__lt=now()))
    people = list(Person.objects.all())
    if begun:
        record_marks(
            marks=[
                MarkData(random.choice(begun).pk, person.pk, random.choice(["present", "absent", "late"]))
                for person in random.sample(people, 2)
            ],
            by=SYSTEM,
            at=now(),
        )


def move_session(random: Random) -> None:
    if sessions := list(ClassSession.objects.all()):
        held = random.choice(sessions)
        start = datetime(2024, 5, 1, 1, tzinfo=UTC) + timedelta(days=random.randrange(500))
        change_session(class_session=held, session=SessionData(start, None, ""), by=SYSTEM, at=now())


def hold_class(random: Random) -> None:
    start = datetime(2025, 8, 1, 1, tzinfo=UTC) + timedelta(days=random.randrange(100))
    unit = some_unit(random, start)
    made = create_class(
        data=ClassData("Lớp mới", "class", unit), sessions=[SessionData(start, None, "")], by=SYSTEM, at=now()
    )
    person = random.choice(list(Person.objects.all()))
    session = made.sessions.get()
    record_marks(marks=[MarkData(session.pk, person.pk, "present")], by=SYSTEM, at=now())


def change_form(random: Random) -> None:
    """A class of another round; one whose host ended cannot be changed so and is left alone."""
    classes = TrainingClass.objects.filter(host_unit__isnull=False)
    if found := list(classes):
        held = random.choice(found)
        TrainingClass.objects.filter(pk=held.pk).update(round=str(random.randrange(9)))
        record(
            verb="class.change",
            object_type="training_class",
            object_id=held.uid,
            by=None,
            at=now(),
            facts=True,
        )


def employ(random: Random) -> None:
    unit = some_unit(random, now())
    post = PostData(unit, category="civil_servant", is_main=True)
    add_person(person=PersonData(f"Lù Thị {random.randrange(99)}"), post=post, by=SYSTEM, at=now())


def further_post(random: Random) -> None:
    person = random.choice(list(Person.objects.all()))
    add_post(person=person, post=PostData(some_unit(random, now()), category="cadre"), by=SYSTEM, at=now())


def leave_post(random: Random) -> None:
    if posts := list(Post.objects.filter(valid_to=ALWAYS)):
        held = random.choice(posts)
        end_post(post=held, last_day=max(held.valid_from, now().date()), by=SYSTEM, at=now())


def rename(random: Random) -> None:
    person = random.choice(list(Person.objects.all()))
    change_person(person=person, data=PersonData(f"Vàng Seo {random.randrange(99)}"), by=SYSTEM, at=now())


def forget_result(random: Random) -> None:
    if results := list(CourseResult.objects.all()):
        remove_result(result_id=random.choice(results).pk, by=SYSTEM, at=now())


def forget_head_count(random: Random) -> None:
    if counts := list(HeadCount.objects.filter(training_class__isnull=False)):
        remove_head_count(head_count=random.choice(counts), by=SYSTEM, at=now())


def some_unit(random: Random, on: datetime) -> Unit:
    return Unit.objects.get(pk=random.choice(list(history().closure(on.date()))))


ACTS: list[Callable[[Random], None]] = [
    mark, mark, mark, move_session, hold_class, change_form, employ, further_post, leave_post, rename,
    forget_result, forget_head_count,
]  # fmt: skip
