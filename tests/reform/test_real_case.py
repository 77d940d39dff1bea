"""1 July 2025 as it was: the rows of the catalogue, carried out as a resolution, give the tree of the catalogue."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from nhanlucso.exchange.bundle.importing import import_bundle
from nhanlucso.kernel.clock import ALWAYS, now
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs import catalogue
from nhanlucso.orgs.models import Unit, UnitChange, UnitVersion
from nhanlucso.orgs.queries import history
from nhanlucso.orgs.services import structure_changed
from nhanlucso.people.models import Post
from nhanlucso.reform.models import Resolution
from nhanlucso.reform.proposing import offered_changes, proposed_rows
from nhanlucso.reform.queries.assigning import open_splits
from nhanlucso.reform.queries.rehearsal import rehearsal
from nhanlucso.reform.services.drafting import Words, add_rows, draft_resolution
from nhanlucso.reform.services.enacting import enact_resolution, reverse_resolution
from tests.architecture.source import ROOT

pytestmark = pytest.mark.django_db
LAST, REFORM = date(2025, 6, 30), date(2025, 7, 1)
EXAMPLES = ROOT / "examples"


def tree_of_2024(folder: Path, example: str) -> None:
    """An example case as it stood on the eve: what came on 1 July 2025 is taken out again."""
    copytree(EXAMPLES / example, folder / example)
    import_bundle(folder / example, dry_run=False, by=None, at=now())
    Post.objects.filter(valid_from__gte=REFORM).delete()
    Post.objects.filter(valid_to=LAST).update(valid_to=ALWAYS)
    UnitChange.objects.filter(date__gte=REFORM).delete()
    UnitVersion.objects.filter(valid_from__gte=REFORM).delete()
    UnitVersion.objects.filter(valid_to=LAST).update(valid_to=ALWAYS)
    Unit.objects.filter(versions__isnull=True).update(catalogue_key="")
    structure_changed()


def proposed() -> Resolution:
    assert [day for day, _size, _documents in offered_changes(SYSTEM)] == [REFORM]
    words = Words("Sắp xếp các đơn vị hành chính cấp xã", REFORM, "1673/NQ-UBTVQH15")
    made = draft_resolution(words=words, by=SYSTEM, at=now())
    units, rows = proposed_rows(SYSTEM, made)
    add_rows(resolution=made, units=units, rows=rows, by=SYSTEM, at=now())
    return made


@pytest.mark.parametrize("example", ["bao-thang-2024", "tuyen-quang-2023"])
def test_the_change_of_2025_gives_the_tree_of_the_catalogue(tmp_path: Path, example: str) -> None:
    tree_of_2024(tmp_path, example)
    before = sorted(UnitVersion.objects.values_list())
    made = proposed()
    seen = rehearsal(SYSTEM, made.uid)
    assert seen.problems == ()
    assert seen.totals["posts"] > 0
    assert sorted(UnitVersion.objects.values_list()) == before  # nothing was written
    enact_resolution(resolution=made, by=SYSTEM, at=now())
    _check_against_catalogue()
    assert offered_changes(SYSTEM) == []
    posts = Post.objects.filter(valid_to__gte=REFORM).count()
    assert sum(one.posts for one in open_splits(SYSTEM)) <= posts
    assert reverse_resolution(resolution=made, by=SYSTEM, at=now())
    assert sorted(UnitVersion.objects.values_list()) == before


def _check_against_catalogue() -> None:
    """Every unit of the catalogue's kinds is that of the catalogue on the day, and no other."""
    past = history()
    keys = dict(Unit.objects.exclude(catalogue_key="").values_list("pk", "catalogue_key"))
    there = {unit: v for unit in keys if (v := past.version(unit, REFORM))}
    for unit, version in there.items():
        entry = catalogue.entry(keys[unit])
        assert (version.name, version.code, version.kind) == (entry.name, entry.code, entry.kind)
        assert entry.is_valid_on(REFORM)
        above = keys.get(version.parent or 0)
        assert above == (entry.parent_key or None)
    kinds = Counter(version.kind for version in there.values())
    assert kinds["district"] == 0
    assert kinds["province"] == 1
    for unit, key in keys.items():
        became = {s.key for s in catalogue.successors(key) if catalogue.entry(s.key).valid_from == REFORM}
        if became and unit not in there:
            assert {keys.get(heir) for heir in past.carry(unit, LAST, REFORM)} == became
