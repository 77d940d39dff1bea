"""Over random worlds and random resolutions: sums of the whole stay, the past stays, taking back gives all back."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from nhanlucso.exchange.bundle.exporting import export_bundle
from nhanlucso.exchange.bundle.importing import import_bundle
from nhanlucso.indicators.figures import Figure
from nhanlucso.indicators.queries import ask, figures, pick
from nhanlucso.kernel.clock import ALWAYS, EVER, now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.models import Unit, UnitChange, UnitVersion
from nhanlucso.orgs.queries import history
from nhanlucso.people.models import Person, Post
from nhanlucso.reform.models import Resolution
from nhanlucso.reform.queries.assigning import assignments, open_posts, split_progress
from nhanlucso.reform.rules.draft import NewUnit, Row
from nhanlucso.reform.rules.splits import Split
from nhanlucso.reform.services.assigning import assign_posts, assign_units, undo_assignment
from nhanlucso.reform.services.drafting import Words, add_rows, draft_resolution, drop_resolution
from nhanlucso.reform.services.enacting import enact_resolution, reverse_resolution
from tests.reference.random_world import write_world
from tests.reform.resolutions import AT

SUMS = (
    "training.attendances",
    "training.person_days",
    "mooc.completions",
    "teams.assists",
    "teams.count",
    "outreach.items",
)
PERSONS = (
    "training.persons",
    "mooc.learners",
    "staff.headcount",
    "staff.leaders",
    "it.dedicated",
    "teams.members",
)
AFTER = "2026-12-31"
PERIOD = "2024-01-01..2026-04-30"
OURS = "Sắp xếp"

CAMPAIGN = os.environ.get("NHANLUCSO_CAMPAIGN") == "1"
BATCH = 20 if CAMPAIGN else 8  # worlds in one installation: they are changed one by one, and counted together


@pytest.mark.django_db
@settings(max_examples=50 if CAMPAIGN else 1)
@given(seeds=st.lists(st.integers(0, 10**9), min_size=BATCH, max_size=BATCH, unique=True))
def test_nothing_is_lost_and_all_can_be_taken_back(
    tmp_path_factory: pytest.TempPathFactory, seeds: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("worlds")
    with transaction.atomic():
        for seed in seeds:
            import_bundle(write_world(seed, folder / str(seed)), dry_run=False, by=None, at=now())
        _call_two_main(Random(seeds[-1]))
        roots = {seed: Unit.objects.get(origin=f"world-{seed}", uid="p").pk for seed in seeds}
        before = _state(folder / "before.zip")
        whole, then = _figures(roots.values()), _all_then()
        done = list[Resolution]()
        for seed, root in roots.items():
            own = list(_reform(Random(seed), seed, root))
            _check_tree(root, {resolution.date for resolution in own})
            done += own
        _check_whole(whole, _figures(roots.values()))
        assert _all_then() == then
        claimed = _assign(Random(seeds[0]))
        _check_whole(whole, _figures(roots.values()))
        for split, act in reversed(claimed):
            undo_assignment(split=split, act=act, by=SYSTEM, at=now())
        for resolution in reversed(done):
            assert reverse_resolution(resolution=resolution, by=SYSTEM, at=now())
            # A later draft may speak of units that an earlier one made.
            drop_resolution(resolution=resolution, by=SYSTEM, at=now())
        assert _state(folder / "after.zip") == before
        transaction.set_rollback(True)


def _call_two_main(choice: Random) -> None:
    """Some people hold two posts at once of which both are called main, in any two units of their world."""
    posts = list(Post.objects.order_by("pk"))
    by_world: dict[str, list[Post]] = {}
    for post in posts:
        by_world.setdefault(post.origin, []).append(post)
    for post in choice.sample(posts, len(posts) // 3):
        other = choice.choice(by_world[post.origin])
        first = post.valid_from if choice.random() < 0.3 else other.valid_from
        Post.objects.filter(pk=post.pk).update(is_main=True)
        values = {field.attname: getattr(other, field.attname) for field in Post._meta.concrete_fields}
        values |= {"id": None, "uid": f"two-{post.uid}", "person_id": post.person_id, "is_main": True}
        if first <= other.valid_to:
            Post.objects.create(**values | {"valid_from": first})


def _reform(choice: Random, seed: int, root: int) -> Iterator[Resolution]:
    """Up to three resolutions on units below the root, on days after all that its world knows: of the same day, or
    of one before another that is there already, too."""
    changes = UnitChange.objects.filter(origin=f"world-{seed}")
    told = [date(2024, 6, 1), *changes.values_list("date", flat=True)]
    versions = UnitVersion.objects.filter(unit__origin=f"world-{seed}")
    for first, last in versions.values_list("valid_from", "valid_to"):
        told += [day for day in (first, last) if EVER < day < ALWAYS]
    for _ in range(choice.randint(1, 3)):
        day = max(told) + timedelta(days=choice.choice((2, 30, 30, choice.randint(2, 60))))
        rows, units = _rows(choice, root, day)
        made = draft_resolution(words=Words(OURS, day), by=SYSTEM, at=now())
        add_rows(resolution=made, units=units, rows=rows, by=SYSTEM, at=now())
        try:
            enact_resolution(resolution=made, by=SYSTEM, at=now())
        except Refused:
            made.delete()  # crooked worlds; nothing was written
        else:
            yield made


def _rows(choice: Random, root: int, day: date) -> tuple[list[Row], list[NewUnit]]:
    past = history()
    below = sorted(past.subtree(root, day) - {root})
    choice.shuffle(below)
    rows, units = list[Row](), list[NewUnit]()
    for number in range(choice.randint(1, 4)):
        if not below:
            break
        unit = below.pop()
        version = past.version(unit, day)
        assert version is not None
        same = [u for u in below if (v := past.version(u, day)) and v.kind == version.kind]
        new = NewUnit(f"#n{number}", f"Mới {number}", version.kind, parent=version.parent)
        what = choice.choice(("merge", "merge", "split", "split", "rename", "move", "stay"))
        heirs: list[Any] = [choice.choice(same) if same and choice.random() < 0.6 else new.key]
        if what in ("split", "stay"):
            heirs += [f"{new.key}b"] if what == "split" else [unit]
            units += (
                [NewUnit(f"{new.key}b", f"Mới {number} B", new.kind, parent=new.parent)]
                if what == "split"
                else []
            )
        if what == "rename":
            rows.append(Row(0, "rename", unit, unit, name=f"Tên mới {number}"))
        elif what == "move":
            rows.append(Row(0, "move", unit, unit, parent=choice.choice([root, *below])))
        else:
            rows += [Row(0, "merge" if what == "merge" else "split", unit, heir) for heir in heirs]
            units += [new] if new.key in heirs else []
    return rows, units


def _assign(choice: Random) -> list[tuple[int, str]]:
    """Some of what our splits left open is given a place; others may lead out of the whole."""
    claimed = []
    ours = UnitChange.objects.filter(kind="split", document=OURS).values_list("from_unit", flat=True)
    for unit in sorted({unit for unit in ours if unit}):
        try:
            split = split_progress(SYSTEM, unit).split
        except Unit.DoesNotExist:
            continue
        heir = choice.choice(split.heirs)
        try:
            if split.waiting and (
                held := assign_units(
                    split=unit, units=[split.waiting[0].unit], heir=heir, by=SYSTEM, at=now()
                ).act
            ):
                claimed.append((unit, held))
        except Refused:
            continue  # an heir of another kind, or one that has ended on the very day
        claimed += [(unit, act) for act in _assign_people(split, heir)]
        assert len(assignments(SYSTEM, split)) <= len(claimed)
    return claimed


def _assign_people(split: Split, heir: int) -> Iterator[str]:
    """Some people, each with all their posts of the split unit; refused where two are called main and would change
    places."""
    posts: dict[int, list[int]] = {}
    for post in open_posts(SYSTEM, split):
        if _keeps_its_rank(post, split.day):
            posts.setdefault(post.person_id, []).append(post.pk)
    for held in list(posts.values())[:4]:
        try:
            act = assign_posts(split=split.unit, posts=held, heir=heir, by=SYSTEM, at=now()).act
        except Refused as refusal:
            assert refusal.code in ("two_main_posts", "not_an_heir")
        else:
            yield from [act] if act else []


def _keeps_its_rank(post: Post, day: date) -> bool:
    """Whether a post that begins on the day can come before and after the same ones of the person's as the one that it
    goes on from; of those called main the service sees to it."""
    if post.is_main:
        return True
    others = Post.objects.filter(person=post.person_id, valid_to__gte=day, valid_from__lte=post.valid_to)
    after = [other for other in others.exclude(pk=post.pk) if _rank(other) > _rank(post)]
    as_it_is = all(other.valid_from > day for other in after if bool(other.is_main) == bool(post.is_main))
    return as_it_is or (len(after) == len(others) - 1 and not post.is_main)


def _rank(post: Post) -> tuple[bool, date, str]:
    """The main post is the first of those that are valid."""
    return not post.is_main, post.valid_from, post.uid


def _check_tree(root: int, days: set[date]) -> None:
    """What led to the root the day before does so still, if it is there."""
    for day in days:
        lines = history().closure(day)
        for unit in history().subtree(root, day - timedelta(days=1)):
            assert lines.get(unit, (root,))[-1] == root


def _figures(units: Collection[int]) -> list[dict[str, Figure]]:
    asked = ask(PERIOD, "civil", AFTER)
    found = figures(SYSTEM, asked, pick((*SUMS, *PERSONS)), units)
    return [{f.indicator.code: f for f in found[unit]} for unit in units]


def _check_whole(before: list[dict[str, Figure]], after: list[dict[str, Figure]]) -> None:
    for was, now_ in zip(before, after, strict=True):
        for code in (*SUMS, *PERSONS):
            one, other = was[code], now_[code]
            assert (one.value or 0) + one.unallocated == (other.value or 0) + other.unallocated, code
            if code in PERSONS:
                assert one.value == other.value, code


def _all_then() -> dict[int, list[tuple[Any, ...]]]:
    """All figures of all units on the tree of a day before every resolution."""
    asked = ask("2024-01-01..2024-05-31", "civil", "then")
    found = figures(SYSTEM, asked, pick(None), list(history().closure(asked.tree)))
    return {
        unit: [(f.value, f.numerator, f.denominator, f.low, f.high, f.unallocated) for f in own]
        for unit, own in found.items()
    }


def _state(path: Path) -> tuple[bytes, list[Any]]:
    """The bundle as exported, and every row of units, people and posts."""
    export_bundle(path, scope=SYSTEM, at=AT)
    tables = (Unit, UnitVersion, UnitChange, Person, Post)
    return path.read_bytes(), [list(model._default_manager.order_by("pk").values_list()) for model in tables]
