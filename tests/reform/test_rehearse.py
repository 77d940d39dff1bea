"""Looking at what a resolution would do: who sees more and who less, kept with its time, at once or as long work."""

from __future__ import annotations

from typing import Any

import pytest

from nhanlucso.access.models import Assignment
from nhanlucso.access.queries import scope_of
from nhanlucso.audit.services import record
from nhanlucso.jobs import progress
from nhanlucso.jobs.enums import JobState
from nhanlucso.jobs.models import Job
from nhanlucso.jobs.progress import Progress
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM, Scope
from nhanlucso.orgs.models import UnitVersion
from nhanlucso.orgs.queries import history
from nhanlucso.reform import work
from nhanlucso.reform.models import Resolution, StoredRehearsal
from nhanlucso.reform.queries.rehearsal import rehearsal
from nhanlucso.reform.queries.stored import Rehearsed, last_rehearsal
from nhanlucso.reform.queries.touched import touched_accounts
from nhanlucso.reform.rules.draft import NewUnit
from nhanlucso.reform.rules.reaching import Effect
from nhanlucso.reform.services.rehearsing import rehearse_resolution
from tests.factories import records as r
from tests.factories.scopes import officer_of, viewer_of
from tests.reform.resolutions import AT, DAY, draft, enact, moved, row

pytestmark = pytest.mark.django_db


def kept(made: Resolution, by: Scope = SYSTEM) -> Rehearsed:
    rehearse_resolution(resolution=made, by=by, at=AT)
    found = last_rehearsal(by, made.uid)
    assert found is not None
    return found


@pytest.fixture
def staffed(places: Any) -> Any:
    """An officer of each commune, of a village and of the province."""
    for place in ("an", "binh", "chi", "mot", "province"):
        r.make_account(f"can-bo-{place}", unit=getattr(places, place))
    return places


def test_who_sees_more_and_who_less_in_a_merge(staffed: Any) -> None:
    new = NewUnit("#x", "Xã An Bình", "commune", parent=staffed.province.pk)
    made = draft(row("merge", staffed.an, staffed.binh), row("merge", staffed.chi, "#x"), units=(new,))
    seen = kept(made).seen
    below = len([staffed.an, staffed.mot, staffed.hai, staffed.office])
    assert seen.effects == {
        staffed.an.pk: Effect(below, 0, less=(staffed.an.pk,)),
        staffed.binh.pk: Effect(1, 4, more=(staffed.an.pk,)),
        staffed.chi.pk: Effect(1, 0, less=(staffed.chi.pk,)),
    }
    assert (seen.totals["accounts"], seen.lost["accounts"]) == (4, 2)
    rows = touched_accounts(SYSTEM, made, seen)
    assert [(one.assignment.account.username, one.unit, one.heirs) for one in rows[0:9]] == [
        ("can-bo-an", "Xã An", ("Xã Bình",)),
        ("can-bo-mot", "Thôn Một", ()),
        ("can-bo-binh", "Xã Bình", ()),
        ("can-bo-chi", "Xã Chi", ("Xã An Bình",)),
    ]
    assert [
        one.assignment.account.username for one in touched_accounts(SYSTEM, made, seen, which="more")[0:9]
    ] == ["can-bo-binh"]


def test_what_a_split_gives_is_seen_in_part_until_assigned(staffed: Any) -> None:
    made = draft(
        row("split", staffed.an, staffed.binh),
        row("split", staffed.an, staffed.chi),
        moved(staffed.mot, staffed.chi),
    )
    effects = kept(made).seen.effects
    assert effects[staffed.binh.pk].partly == (staffed.an.pk,)
    assert effects[staffed.chi.pk] == Effect(1, 2, more=(staffed.mot.pk,), partly=(staffed.an.pk,))
    assert effects[staffed.an.pk].less == (staffed.an.pk,)
    assert staffed.mot.pk not in effects
    assert staffed.province.pk not in effects


def test_what_was_foreseen_comes_true(staffed: Any) -> None:
    """The reach of every officer afterwards is that which the rehearsal told."""
    made = draft(
        row("split", staffed.an, staffed.binh),
        row("split", staffed.an, staffed.chi),
        row("merge", staffed.chi, staffed.binh),
    )
    assert kept(made).seen.problems  # an heir that ends
    made = draft(
        row("split", staffed.an, staffed.binh),
        row("split", staffed.an, staffed.chi),
        moved(staffed.hai, staffed.binh),
    )
    effects = kept(made).seen.effects
    enact(made)
    past = history()
    for unit, effect in effects.items():
        assert len(past.subtree(unit, DAY)) == effect.after
        inside = past.inside_since(frozenset({unit}), DAY)
        assert not set(effect.less) & inside.keys()
        assert set(effect.more) <= inside.keys()
        assert not set(effect.partly) & inside.keys()


def test_it_says_of_when_it_is_and_what_changed_since(places: Any) -> None:
    made = draft(row("merge", places.an, places.binh))
    first = kept(made)
    assert (first.at, first.outdated, first.acts) == (AT, False, 0)
    person = r.make_person("Lù Bé", places.an)
    assert first.seen.totals["posts"] == 0
    record(verb="post.add", object_type="post", object_id=person.uid, by=None, at=AT)
    record(verb="list.export", object_type="list", object_id="", by=None, at=AT)
    told = last_rehearsal(SYSTEM, made.uid)
    assert told is not None
    assert (told.seen.totals["posts"], told.outdated, told.acts) == (0, False, 1)
    assert kept(made).seen.totals["posts"] == 1
    made.changes.update(kind="abolish", to_unit=None)
    told = last_rehearsal(SYSTEM, made.uid)
    assert told is not None
    assert told.outdated
    assert StoredRehearsal.objects.count() == 1


def test_what_was_carried_out_is_not_outdated(places: Any) -> None:
    made = draft(row("merge", places.an, places.binh))
    kept(made)
    enact(made)
    told = last_rehearsal(SYSTEM, made.uid)
    assert told is not None
    assert not told.outdated


def test_kept_as_it_was_told(places: Any) -> None:
    r.make_person("Lù Bé", places.office)
    made = draft(row("split", places.an, places.binh), row("split", places.an, places.chi))
    assert kept(made).seen == rehearsal(SYSTEM, made.uid)


def test_only_for_who_changes_these_units(places: Any) -> None:
    made = draft(row("merge", places.an, places.binh))
    with pytest.raises(Refused):
        rehearse_resolution(resolution=made, by=viewer_of(places.province), at=AT)
    with pytest.raises(Resolution.DoesNotExist):
        rehearse_resolution(resolution=made, by=officer_of(places.an), at=AT)


@pytest.fixture
def clerk(places: Any) -> Scope:
    """Runs the installation."""
    account = r.make_account("quan-tri", "administrator")
    return scope_of(account)


def begun(kind: str, made: Resolution, by: Scope) -> Job:
    job = work.begin(kind=kind, resolution=made, by=by, at=now())
    assert isinstance(job, Job)
    return job


def test_much_is_long_work(places: Any, clerk: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "AT_ONCE", 3)
    made = draft(row("merge", places.an, places.binh))
    job = begun(work.REHEARSE, made, clerk)
    assert begun(work.ENACT, made, clerk) == job  # one at a time
    work.run_resolution.call(str(job.pk))
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert last_rehearsal(clerk, made.uid) is not None
    for kind, state in ((work.ENACT, "enacted"), (work.REVERSE, "draft")):
        work.run_resolution.call(str(begun(kind, made, clerk).pk))
        made.refresh_from_db()
        assert made.state == state


def test_long_work_that_is_stopped_writes_nothing(
    places: Any, clerk: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "AT_ONCE", 3)
    made = draft(row("merge", places.an, places.binh))
    before = list(UnitVersion.objects.order_by("pk").values_list())
    job = begun(work.ENACT, made, clerk)
    progress.say(job.pk, Progress())
    progress.ask_to_stop(job.pk)  # as of one that runs
    work.run_resolution.call(str(job.pk))
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert list(UnitVersion.objects.order_by("pk").values_list()) == before


def test_few_units_are_done_at_once(places: Any, clerk: Scope) -> None:
    made = draft(row("rename", places.chi, name="Xã Chí"))
    work.begin(kind=work.ENACT, resolution=made, by=clerk, at=AT)
    made.refresh_from_db()
    assert made.state == "enacted"
    assert not Job.objects.exists()
    assert Assignment.objects.count() == 1
