"""People say where villages and posts of a split commune went; each saying can be taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nhanlucso.journal.models import Act
from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM, Scope
from nhanlucso.orgs.models import Unit, UnitChange, UnitVersion
from nhanlucso.orgs.queries import history
from nhanlucso.people.models import Post
from nhanlucso.reform.queries.assigning import (
    assignments,
    late_posts,
    open_posts,
    open_splits,
    split_progress,
    suggested,
)
from nhanlucso.reform.rules.draft import NewUnit
from nhanlucso.reform.services.assigning import assign_posts, assign_units, undo_assignment
from tests.factories import records as r
from tests.factories.scopes import officer_of, viewer_of
from tests.reform.resolutions import AT, DAY, LAST, draft, enact, moved, reverse, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def split(places: Any) -> Any:
    """Xã An went to Bình and Chi; Ánh works in the commune, Bé in its division, Cả in thôn Một too."""
    places.below = r.make_unit("to", "Tổ Một", "service_unit", parent=places.office)
    places.anh = r.make_person("Vàng Thị Ánh", places.an)
    places.be = r.make_person("Lù Bé", places.office)
    places.ca = r.make_person("Sùng Cả", places.an)
    r.make_post(places.ca, places.mot)
    places.gone = r.make_person("Hà Đã Nghỉ", places.an, valid_to=date(2024, 1, 31))
    places.made = draft(row("split", places.an, places.binh), row("split", places.an, places.chi))
    enact(places.made)
    return places


def units(split: Any, heir: Unit, *which: Unit, by: Scope = SYSTEM) -> int:
    return assign_units(split=split.an.pk, units=[u.pk for u in which], heir=heir.pk, by=by, at=AT).count


def posts(split: Any, heir: Unit, *people: Any, by: Scope = SYSTEM) -> int:
    ids = list(Post.objects.filter(person__in=people).exclude(unit=split.mot).values_list("pk", flat=True))
    return assign_posts(split=split.an.pk, posts=ids, heir=heir.pk, by=by, at=AT).count


def test_a_village_goes_on_below_an_heir(split: Any) -> None:
    assert units(split, split.chi, split.mot, split.office) == 2
    past = history()
    village = past.version(split.mot.pk, DAY)
    assert village is not None
    assert village.parent == split.chi.pk
    assert past.carry(split.mot.pk, EVER, DAY) == {split.mot.pk}
    below = past.version(split.below.pk, DAY)
    assert below is not None
    assert below.parent == split.office.pk
    [progress] = open_splits(SYSTEM)
    assert (progress.units_done, progress.units) == (2, 3)
    assert [v.name for v in progress.split.homeless] == ["Thôn Hai"]


def test_a_post_ends_and_goes_on_in_an_heir(split: Any) -> None:
    old = Post.objects.get(person=split.anh)
    assert posts(split, split.chi, split.anh) == 1
    old.refresh_from_db()
    new = Post.objects.exclude(pk=old.pk).get(person=split.anh)
    assert (old.unit_id, old.valid_to) == (split.an.pk, LAST)
    assert (new.unit_id, new.valid_from, new.valid_to) == (split.chi.pk, DAY, ALWAYS)
    assert (new.title, new.category, new.is_leader) == (old.title, old.category, old.is_leader)
    progress = split_progress(SYSTEM, split.an.pk)
    assert (progress.posts_done, progress.posts) == (1, 2)  # who had left before is nobody's to assign


def test_what_is_assigned_late_goes_with_its_heir(split: Any) -> None:
    """Bình joined Chi, and Chi was split, before anybody said where the villages of An went."""
    later = date(2025, 9, 1)
    enact(draft(row("merge", split.binh, split.chi), day=later))
    assert units(split, split.binh, split.mot) == 1
    past = history()
    assert past.closure(DAY)[split.mot.pk] == (split.mot.pk, split.binh.pk, split.province.pk)
    assert past.closure(later)[split.mot.pk] == (split.mot.pk, split.chi.pk, split.province.pk)
    new = NewUnit("#n", "Xã Mới", "commune", parent=split.province.pk)
    other = r.make_unit("khac", "Xã Khác", parent=split.province)
    rows = (row("split", split.chi, other), row("split", split.chi, "#n"), moved(split.mot, other))
    enact(draft(*rows, units=(new,), day=date(2025, 10, 1)))
    with pytest.raises(Refused) as refused:
        units(split, split.chi, split.hai)
    assert refused.value.code == "heir_gone"


def test_the_main_post_stays_the_main_one(split: Any) -> None:
    """Cả was of xã An first, since that post is the earlier one."""
    post = Post.objects.get(person=split.ca, unit=split.mot)
    post.valid_from, post.is_main = date(2024, 1, 1), False
    post.save()
    Post.objects.filter(person=split.ca, unit=split.an).update(is_main=False)
    Post.objects.filter(person=split.anh).update(is_main=False)
    posts(split, split.chi, split.ca, split.anh)
    assert Post.objects.get(person=split.ca, unit=split.chi).is_main
    assert not Post.objects.get(person=split.anh, unit=split.chi).is_main  # there is no other one


def test_two_posts_called_main_keep_their_order_or_are_refused(split: Any) -> None:
    """Ánh is main in xã An since ever and, by mistake, in thôn Một since January; Bé twice in xã An's division."""
    Post.objects.filter(person__in=[split.anh, split.be]).update(is_main=True)
    r.make_post(split.anh, split.mot, is_main=True, valid_from=date(2025, 1, 1))
    with pytest.raises(Refused) as refused:
        posts(split, split.chi, split.anh)
    assert refused.value.code == "two_main_posts"
    assert [detail.message for detail in refused.value.details] == ["Vàng Thị Ánh"]
    assert not Post.objects.filter(unit=split.chi).exists()
    later = r.make_post(split.be, split.an, is_main=True, valid_from=date(2025, 1, 1))
    Post.objects.filter(person=split.be).exclude(pk=later.pk).update(title="Công chức")
    assert posts(split, split.chi, split.be) == 2
    fresh = Post.objects.filter(person=split.be, unit=split.chi, is_main=True).order_by("uid")
    assert [post.title for post in fresh] == ["Công chức", later.title]


def test_only_what_is_sure_is_suggested(split: Any) -> None:
    units(split, split.chi, split.mot)
    found = split_progress(SYSTEM, split.an.pk).split
    told = suggested(SYSTEM, found, list(open_posts(SYSTEM, found, whole=True)))
    assert [(one.post.person.full_name, one.unit, one.suggested) for one in told] == [
        ("Vàng Thị Ánh", "Xã An", None),
        ("Lù Bé", "Phòng Văn hóa", None),
        ("Sùng Cả", "Xã An", split.chi.pk),
    ]
    assert Post.objects.filter(unit=split.chi).count() == 0  # nothing by itself


def test_said_twice_is_said_once(split: Any) -> None:
    assert units(split, split.chi, split.mot) == 1
    assert units(split, split.chi, split.mot) == 0
    assert posts(split, split.binh, split.anh) == 1
    rows = Post.objects.count()
    assert (
        assign_posts(
            split=split.an.pk,
            posts=list(Post.objects.filter(person=split.anh, unit=split.an).values_list("pk", flat=True)),
            heir=split.binh.pk,
            by=SYSTEM,
            at=AT,
        ).count
        == 0
    )
    assert (Post.objects.count(), Act.objects.filter(kind="reform.assign").count()) == (rows, 2)
    with pytest.raises(Refused) as refused:
        units(split, split.binh, split.mot)
    assert refused.value.code == "assigned_elsewhere"


def test_each_saying_is_taken_back(split: Any) -> None:
    def rows() -> list[Any]:
        return [list(m.objects.order_by("pk").values_list()) for m in (Unit, UnitVersion, UnitChange, Post)]

    before = rows()
    units(split, split.chi, split.mot, split.office)
    posts(split, split.chi, split.anh, split.ca)
    found = split_progress(SYSTEM, split.an.pk).split
    for act in assignments(SYSTEM, found):
        undo_assignment(split=split.an.pk, act=act.uid, by=SYSTEM, at=AT)
    assert rows() == before
    assert assignments(SYSTEM, found) == []
    assert reverse(split.made)
    assert open_splits(SYSTEM) == []


def test_a_resolution_is_not_reversed_under_what_was_assigned(split: Any) -> None:
    units(split, split.chi, split.mot)
    with pytest.raises(Refused) as refused:
        reverse(split.made)
    assert refused.value.code == "undo_conflict"


def test_officers_of_an_heir_claim_for_it_alone(split: Any) -> None:
    by = officer_of(split.chi)
    assert posts(split, split.chi, split.anh, by=by) == 1
    assert units(split, split.chi, split.mot, by=by) == 1
    with pytest.raises(Unit.DoesNotExist):
        units(split, split.binh, split.hai, by=by)
    with pytest.raises(Refused):
        posts(split, split.chi, split.be, by=viewer_of(split.chi))
    found = split_progress(by, split.an.pk).split
    assert len(assignments(by, found)) == 2
    assert assignments(officer_of(split.binh), found) == []
    with pytest.raises(Act.DoesNotExist):
        undo_assignment(
            split=split.an.pk, act=assignments(by, found)[0].uid, by=officer_of(split.binh), at=AT
        )
    with pytest.raises(Unit.DoesNotExist):
        split_progress(officer_of(split.mot), split.an.pk)
    assert not open_posts(viewer_of(split.chi), found).exists()


def test_who_began_after_the_day_is_shown_apart(split: Any) -> None:
    late = r.make_person("Vừ Muộn", split.an, valid_from=date(2025, 8, 1))
    found = split_progress(SYSTEM, split.an.pk).split
    assert [post.person for post in late_posts(SYSTEM, found)] == [late]
    with pytest.raises(Refused) as refused:
        posts(split, split.chi, late)
    assert refused.value.code == "not_of_this_split"


def test_villages_left_below_a_unit_that_ended_find_a_place(places: Any) -> None:
    UnitVersion.objects.filter(unit=places.an).update(valid_to=LAST)
    r.make_change("split", DAY, places.an, places.binh, places.chi)
    [progress] = open_splits(SYSTEM)
    assert (progress.units, len(progress.split.adrift)) == (3, 3)
    places.an.refresh_from_db()
    assert units(places, places.binh, places.mot) == 1
    village = history().version(places.mot.pk, DAY)
    assert village is not None
    assert village.parent == places.binh.pk
    assert history().version(places.mot.pk, LAST).parent == places.an.pk  # type: ignore[union-attr]


def test_heirs_are_those_of_the_split(split: Any) -> None:
    other = r.make_unit("khac", "Xã Khác", parent=split.province)
    with pytest.raises(Refused) as refused:
        units(split, other, split.mot)
    assert refused.value.code == "not_an_heir"
