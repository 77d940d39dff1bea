"""Saying where a village or a post of a unit that was split went. Nothing here is guessed: people say it, and each
saying can be taken back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.journal.models import Act
from nhanlucso.journal.recorder import Recorder
from nhanlucso.journal.rows import cut
from nhanlucso.journal.services import Undone, recording, undo
from nhanlucso.kernel.clock import ALWAYS
from nhanlucso.kernel.errors import Detail, Refused
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.enums import ChangeKind
from nhanlucso.orgs.models import UnitChange, UnitVersion
from nhanlucso.orgs.queries import history, writable_unit
from nhanlucso.orgs.rules import Version, may_stand_below
from nhanlucso.orgs.services import structure_changed
from nhanlucso.people.models import Person, Post
from nhanlucso.reform.queries.assigning import ASSIGN, assignment, split_progress
from nhanlucso.reform.rules.draft import ONE_DAY
from nhanlucso.reform.rules.splits import Split, below, subject_of, way_of

_CONTENT = [
    field.attname
    for field in Post._meta.concrete_fields
    if field.attname not in ("id", "origin", "uid", "unit_id", "valid_from", "valid_to")
]


@dataclass(frozen=True, slots=True)
class Assigned:
    """How many were assigned; `act` is what takes it back, "" if all of them stood there already."""

    count: int
    act: str


def assign_units(*, split: int, units: Collection[int], heir: int, by: Scope, at: datetime) -> Assigned:
    """Puts units that stood below one that was split below one of its heirs, from the day of the split on.

    What stands there already stays. Where the heir has joined another since, they go with it.

    Raises Refused("not_allowed", "not_an_heir", "assigned_elsewhere", "bad_parent", "heir_gone");
    Unit.DoesNotExist for an heir outside the scope.
    """
    writable_unit(by, Permission.EDIT_UNITS, heir)
    with transaction.atomic():
        found, kind = _split(split, heir, by)
        homeless = {version.unit: version for version in found.homeless}
        for unit in sorted(units):
            _check_unit(found, unit, homeless, heir, kind)
        asked = [homeless[unit] for unit in sorted(units) if unit in homeless]
        way = _way(found, heir)
        with _recording(found, heir, len(asked), Permission.EDIT_UNITS, by, at) as recorder:
            for version in asked:
                _place(found, version, way, recorder)
            if asked:
                structure_changed()
                _written("unit.assign", "unit", found, len(asked), by, at)
    return Assigned(len(asked), recorder.uid)


def assign_posts(*, split: int, posts: Collection[int], heir: int, by: Scope, at: datetime) -> Assigned:
    """Ends posts of a unit that was split on its last day, and gives the same people posts of the same content in one
    of its heirs from the day of the split on.

    A post that has ended already is left alone; whoever has several keeps the main one. Where two are called main at
    once and the other one would come first from then on, nobody guesses which of them is meant.

    Raises Refused("not_allowed", "not_an_heir", "not_of_this_split", "two_main_posts");
    Unit.DoesNotExist for an heir outside the scope.
    """
    writable_unit(by, Permission.EDIT_PEOPLE, heir)
    with transaction.atomic():
        found, _kind = _split(split, heir, by)
        held = list(Post.objects.select_for_update().filter(pk__in=list(posts)).order_by("pk"))
        if any(post.unit_id not in found.family or post.valid_from >= found.day for post in held):
            raise Refused(
                "not_of_this_split", _("Có vị trí không thuộc đơn vị bị chia này. Mở lại trang rồi chọn lại.")
            )
        asked = sorted((post for post in held if post.valid_to >= found.day), key=_rank)
        with _recording(found, heir, len(asked), Permission.EDIT_PEOPLE, by, at) as recorder:
            recorder.watch_where(Post, "pk", [post.pk for post in asked])
            leading = _leading(asked, found)
            uids = sorted(
                new_uid() for _post in asked
            )  # of posts that begin on one day the smallest id comes first
            fresh = [
                _successor(post, uid, found, heir, post.pk in leading)
                for post, uid in zip(asked, uids, strict=True)
            ]
            _require_mains_stay(asked, fresh)
            for some in cut([post.pk for post in asked]):
                Post.objects.filter(pk__in=some).update(valid_to=found.last)
            for rows in cut(fresh):
                Post.objects.bulk_create(rows)
            recorder.made(Post, "uid", [post.uid for post in fresh])
            if asked:
                _written("post.assign", "unit", found, len(asked), by, at)
    return Assigned(len(asked), recorder.uid)


def undo_assignment(*, split: int, act: str, by: Scope, at: datetime) -> Undone:
    """Takes one assignment back. Raises Refused("not_allowed", "undo_conflict"); Act.DoesNotExist, Unit.DoesNotExist
    outside the scope."""
    found: Act = assignment(by, split_progress(by, split).split, act)
    with transaction.atomic():
        undone = undo(act=found, by=by, at=at)
        structure_changed()
    return undone


def _split(unit: int, heir: int, by: Scope) -> tuple[Split, str]:
    """The split with the kind of the heir on its day."""
    found = split_progress(by, unit).split
    version = history().version(heir, found.day)
    if heir not in found.heirs or version is None:
        raise Refused("not_an_heir", _("Đơn vị này không phải một nơi nhận của đơn vị bị chia."))
    return found, version.kind


def _way(split: Split, heir: int) -> Sequence[tuple[date, int]]:
    """Below what the units stand from the day on."""
    way = way_of(history(), heir, split.day)
    if way is None:
        words = _(
            "«%(name)s» sau đó đã chia hoặc giải thể. Hoàn tác nghị quyết ấy, phân về, rồi thực hiện lại."
        )
        raise Refused("heir_gone", words % {"name": history().name(heir, split.day)})
    return way


def _check_unit(split: Split, unit: int, homeless: Collection[int], heir: int, kind: str) -> None:
    version = history().version(unit, split.day)
    if unit in homeless:
        own = next(v for v in split.homeless if v.unit == unit)
        if not may_stand_below(own.kind, kind):
            raise Refused(
                "bad_parent", _("«%(name)s» không đặt dưới nơi nhận này được.") % {"name": own.name}
            )
    elif version is None or version.parent != heir:
        raise Refused("assigned_elsewhere", _("Có đơn vị vừa được phân về nơi khác. Mở lại trang để xem."))


def _recording(
    split: Split, heir: int, count: int, permission: Permission, by: Scope, at: datetime
) -> AbstractContextManager[Recorder]:
    version = history().version(heir, split.day)
    name = version.name if version else ""
    what = _("%(count)d đơn vị") if permission == Permission.EDIT_UNITS else _("%(count)d vị trí công tác")
    return recording(
        kind=ASSIGN,
        subject=subject_of(split.unit, heir),
        title=f"{what % {'count': count}}: {split.name} → {name}",
        permission=permission,
        by=by,
        at=at,
    )


def _place(split: Split, version: Version, way: Sequence[tuple[date, int]], recorder: Recorder) -> None:
    """A unit goes on from the day of the split below an heir, and below what that has become since, with all below it
    that waited with it."""
    waiting = version in split.waiting
    rows = [version, *below(history(), version.unit, split.last, split.family)] if waiting else [version]
    units = [row.unit for row in rows]
    recorder.watch(UnitVersion.objects.filter(unit__in=units))
    recorder.watch(UnitChange.objects.filter(from_unit__in=units, date__in=[day for day, _unit in way]))
    if waiting:
        UnitChange.objects.filter(from_unit__in=units, date=split.day, to_unit__in=split.heirs).delete()
    for row in rows:
        own: Sequence[tuple[date, int | None]] = [(split.day, row.parent)]
        _go_on(split, row, way if row is version else own)
    UnitChange.objects.bulk_create(
        UnitChange(
            uid=new_uid("assign"),
            kind=ChangeKind.MOVE,
            date=day,
            from_unit_id=version.unit,
            to_unit_id=version.unit,
        )
        for day, _unit in way
    )


def _go_on(split: Split, row: Version, way: Sequence[tuple[date, int | None]]) -> None:
    """A version for every unit that it stands below from a day on."""
    stored = UnitVersion.objects.get(unit=row.unit, valid_from=row.valid_from)
    last = ALWAYS if stored.valid_to == split.last else stored.valid_to
    if stored.valid_to != split.last:
        stored.valid_to = split.last
        stored.save(update_fields=["valid_to"])
    ends = [day - ONE_DAY for day, _unit in way[1:]] + [last]
    for (day, parent), end in zip(way, ends, strict=True):
        if day <= last:
            stored.pk = None
            stored.parent_id, stored.valid_from, stored.valid_to = parent, day, min(end, last)
            stored.save(force_insert=True)


def _leading(asked: Sequence[Post], split: Split) -> set[int]:
    """Those that are the main post of somebody with several of which none is called so: the main one is then the
    earliest, and what goes on from the day of the split would not be it any more."""
    held: dict[int, list[Post]] = {}
    for some in cut(sorted({post.person_id for post in asked})):
        for post in Post.objects.filter(person__in=some, valid_from__lte=split.day, valid_to__gte=split.day):
            held.setdefault(post.person_id, []).append(post)
    first = (
        min(posts, key=_rank).pk
        for posts in held.values()
        if len(posts) > 1 and not any(post.is_main for post in posts)
    )
    return {post.pk for post in asked}.intersection(first)


def _require_mains_stay(asked: Sequence[Post], fresh: Sequence[Post]) -> None:
    """Raises Refused("two_main_posts") where a post called main comes before another that is called so, too, and what
    it goes on as would not."""
    ours = {post.pk for post in asked}
    others: dict[int, list[Post]] = {}
    for some in cut(sorted({post.person_id for post in asked if post.is_main})):
        for post in Post.objects.filter(person__in=some, is_main=True).exclude(pk__in=ours):
            others.setdefault(post.person_id, []).append(post)
    passed = [
        old
        for old, new in zip(asked, fresh, strict=True)
        for other in others.get(old.person_id, ())
        if old.is_main
        and other.valid_from <= new.valid_to
        and new.valid_from <= other.valid_to
        and _rank(old) < _rank(other) < _rank(new)
    ]
    if passed:
        names = dict(
            Person.objects.filter(pk__in={post.person_id for post in passed}).values_list("pk", "full_name")
        )
        raise Refused(
            "two_main_posts",
            _("%(count)d người có hai vị trí cùng ghi là chính. Sửa còn một vị trí chính rồi phân về lại.")
            % {"count": len(names)},
            [Detail(message=name) for name in sorted(names.values())],
        )


def _rank(post: Post) -> tuple[bool, date, str]:
    """Of several valid posts of a person the smallest is the main one."""
    return not post.is_main, post.valid_from, post.uid


def _successor(post: Post, uid: str, split: Split, heir: int, leads: bool) -> Post:
    content = {name: getattr(post, name) for name in _CONTENT}
    content["is_main"] = content["is_main"] or leads
    return Post(uid=uid, unit_id=heir, valid_from=split.day, valid_to=post.valid_to, **content)


def _written(verb: str, kind: str, split: Split, count: int, by: Scope, at: datetime) -> None:
    record(
        verb=verb,
        object_type=kind,
        object_id=str(split.unit),
        by=by.account_id,
        at=at,
        count=count,
        facts=True,
    )
