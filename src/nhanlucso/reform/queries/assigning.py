"""What is still to be assigned after a split, and how far that is.

Whoever may edit people or units in one of the heirs sees what stood in the unit that was split: records that are only
partly inside a scope may be read there, and claimed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from nhanlucso.journal.models import Act
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import natural_key
from nhanlucso.orgs.browsing.rules import ordered
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history, reach
from nhanlucso.orgs.rules import History, Version
from nhanlucso.people.models import Post
from nhanlucso.reform.rules.splits import Split, split_of, splits, subject_of

ASSIGN = "reform.assign"


@dataclass(frozen=True, slots=True)
class Heir:
    """One of those that a unit became, as it was called on the day; what the scope may claim for it."""

    version: Version
    units: bool
    people: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the assigning after a split is: of the units that stood directly below, and of the posts in the unit
    itself, how many have a place."""

    split: Split
    heirs: tuple[Heir, ...]
    units_done: int
    units: int
    posts_done: int
    posts: int

    @property
    def left(self) -> int:
        return self.units - self.units_done + self.posts - self.posts_done

    @property
    def done(self) -> int:
        return self.units_done + self.posts_done

    @property
    def total(self) -> int:
        return self.units + self.posts


@dataclass(frozen=True, slots=True)
class OpenPost:
    """A post of a unit that was split, and the heir that another post of the person speaks for."""

    post: Post
    unit: str
    suggested: int | None


def open_splits(scope: Scope) -> list[Progress]:
    """The splits that the scope has an heir of, those with most left first."""
    past = history()
    found = [one for one in splits(past) if any(_heirs(scope, past, one))]
    told = [
        _progress(scope, past, one, counts) for one, counts in zip(found, _counts(past, found), strict=True)
    ]
    return sorted(
        told, key=lambda one: (-one.left, one.split.day, natural_key(one.split.name), one.split.unit)
    )


def split_progress(scope: Scope, unit: int) -> Progress:
    """One split. Raises Unit.DoesNotExist where the scope has no heir of it."""
    past = history()
    found = split_of(past, unit)
    if found is None or not any(_heirs(scope, past, found)):
        raise Unit.DoesNotExist
    return _progress(scope, past, found, _counts(past, [found])[0])


def open_posts(scope: Scope, split: Split, *, whole: bool = False, unit: int | None = None) -> QuerySet[Post]:
    """Posts that go on past the day in the unit that does not, by name; `whole`: also in what waits below it, whose
    posts follow their unit once it has a place; `unit`: in that one of them alone. For who may edit people in an
    heir."""
    if not any(heir.people for heir in _heirs(scope, history(), split)):
        return Post.objects.none()
    found = _open(split, whole or unit is not None)
    if unit is not None:
        found = found.filter(unit=unit)
    return found.select_related("person").order_by("person__name_key", "pk")


def open_by_unit(scope: Scope, split: Split) -> list[tuple[Version, int]]:
    """How many posts are open in the unit and in each that waits below it, itself first; those without any aside."""
    past = history()
    counts = _by_unit(open_posts(scope, split, whole=True))
    held = [v for unit in counts if (v := past.version_near(unit, split.last))]
    return [(v, counts[v.unit]) for v in sorted(ordered(held), key=lambda v: v.unit != split.unit)]


def late_posts(scope: Scope, split: Split) -> QuerySet[Post]:
    """Posts that began after the day in a unit that was no longer there: to be corrected one by one."""
    if not any(heir.people for heir in _heirs(scope, history(), split)):
        return Post.objects.none()
    late = Post.objects.filter(unit__in=split.family, valid_from__gte=split.day)
    return late.select_related("person").order_by("person__name_key", "pk")


def suggested(scope: Scope, split: Split, posts: Sequence[Post]) -> list[OpenPost]:
    """The posts, each with the heir in which alone the person has another post on the day; None where that is not
    sure. For posts that `open_posts` gave."""
    past = history()
    inside = _places(past, split)
    spoken: dict[int, set[int]] = {}
    others = Post.objects.filter(
        person__in={post.person_id for post in posts}, unit__in=inside, valid_from__lte=split.day,
        valid_to__gte=split.day,
    )  # fmt: skip
    for person, unit in others.values_list("person_id", "unit_id"):
        spoken.setdefault(person, set()).add(inside[unit])
    return [
        OpenPost(post, _name(past, post.unit_id, split.last), _only(spoken.get(post.person_id)))
        for post in posts
    ]


def assignments(scope: Scope, split: Split, most: int = 20) -> list[Act]:
    """What was assigned after a split and not taken back, as far as the scope may take it back; the latest first."""
    mine = {subject_of(split.unit, heir.version.unit): heir for heir in _heirs(scope, history(), split)}
    acts = Act.objects.filter(kind=ASSIGN, subject__in=mine, undone_at__isnull=True).order_by("-at", "-pk")
    return [act for act in acts[:most] if _may_claim(mine[act.subject], act.permission)]


def assignment(scope: Scope, split: Split, uid: str) -> Act:
    """One of them. Raises Act.DoesNotExist."""
    mine = {subject_of(split.unit, heir.version.unit): heir for heir in _heirs(scope, history(), split)}
    act = Act.objects.get(kind=ASSIGN, uid=uid, subject__in=mine)
    if not _may_claim(mine[act.subject], act.permission):
        raise Act.DoesNotExist
    return act


def _may_claim(heir: Heir, permission: str) -> bool:
    return heir.units if permission == Permission.EDIT_UNITS else heir.people


def _heirs(scope: Scope, past: History, split: Split) -> list[Heir]:
    """The heirs that the scope may claim something for."""
    units, people = (reach(scope.to(p)) for p in (Permission.EDIT_UNITS, Permission.EDIT_PEOPLE))
    found = []
    for unit in split.heirs:
        version = past.version_near(unit, split.day)
        heir = Heir(version, units.holds(unit), people.holds(unit)) if version else None
        if heir and (heir.units or heir.people):
            found.append(heir)
    return found


def _progress(scope: Scope, past: History, split: Split, posts: tuple[int, int]) -> Progress:
    left, done = posts
    return Progress(
        split=split,
        heirs=tuple(_heirs(scope, past, split)),
        units_done=len(split.placed),
        units=len(split.placed) + len(split.homeless),
        posts_done=done,
        posts=left + done,
    )


def _counts(past: History, found: Sequence[Split]) -> list[tuple[int, int]]:
    """Posts left and posts assigned of each split; two questions for each day, however many splits."""
    left, done = Counter[int](), Counter[int]()
    for day in {split.day for split in found}:
        same = [split for split in found if split.day == day]
        heirs = {unit for split in same for unit in _places(past, split)}
        posts = Post.objects.filter(unit__in={split.unit for split in same}, valid_from__lt=day)
        went = Post.objects.filter(person=OuterRef("person"), unit__in=heirs, valid_from=day)
        ended = posts.filter(valid_to=same[0].last).filter(Exists(went))
        left.update(_by_unit(posts.filter(valid_to__gte=day)))
        done.update(_by_unit(ended))
    return [(left[split.unit], done[split.unit]) for split in found]


def _by_unit(posts: QuerySet[Post]) -> Mapping[int, int]:
    return dict(posts.select_related(None).values_list("unit").annotate(count=Count("pk")).order_by())


def _open(split: Split, whole: bool) -> QuerySet[Post]:
    goes_on = Q(valid_from__lt=split.day, valid_to__gte=split.day)
    return Post.objects.filter(goes_on, unit__in=split.family if whole else [split.unit])


def _places(past: History, split: Split) -> dict[int, int]:
    """Every unit below an heir on the day, with that heir."""
    lines = past.closure(split.day)
    return {unit: heir for unit, line in lines.items() for heir in split.heirs if heir in line}


def _only(heirs: Iterable[int] | None) -> int | None:
    found = list(heirs or ())
    return found[0] if len(found) == 1 else None


def _name(past: History, unit: int, on: date) -> str:
    version = past.version_near(unit, on)
    return version.name if version else ""
