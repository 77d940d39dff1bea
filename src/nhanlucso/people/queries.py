"""Reading persons and their posts, as far as a scope reaches.

A person is reached through a post that lies wholly inside the scope; who reaches everything also sees people
without any post. Of a person reached, posts elsewhere are not shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from django.db.models import F, Q, QuerySet

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.sealing import match_hashes
from nhanlucso.kernel.text import fold
from nhanlucso.orgs.queries import history, reach, reach_below
from nhanlucso.orgs.rules import History, Version
from nhanlucso.people.cuts import Cut
from nhanlucso.people.enums import STAFF, Category, Duty
from nhanlucso.people.models import Person, PersonAccount, Post
from nhanlucso.people.rules import national_id_of, phone_of

ALL_STAFF = "staff"  # instead of one category: all that count as staff
_BATCH = 5_000  # ids in one query; databases bound the parameters of a query


@dataclass(frozen=True, slots=True)
class PeopleAsked:
    """Which people a list is asked for: with a post on a day, below a unit, of a category, with a duty.

    `words`: part of a name (marks or not), or a whole telephone number, e-mail address or identity number.
    `former`: also those whose posts have ended or not begun. `only`: of these people alone, wherever figures have
    placed them, so that `unit` is not asked again.
    """

    on: date
    unit: int | None = None
    category: str = ""
    duty: str = ""
    words: str = ""
    former: bool = False
    only: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post with the unit as it was called then and, where that differs, what it has become by today."""

    post: Post
    unit: Version | None
    became: tuple[Version, ...]
    current: bool

    @property
    def category(self) -> str:
        return str(Category(self.post.category).label) if self.post.category else ""

    @property
    def duties(self) -> list[str]:
        return [str(duty.label) for duty in Duty if getattr(self.post, duty.value)]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in a list, with the posts of the day asked for, the main one first."""

    person: Person
    posts: tuple[PostLine, ...]


class PeopleList(Cut[PersonLine]):
    """People in the order of their names; counted and cut like a list, a page of it read at a time."""

    def __init__(self, scope: Scope, asked: PeopleAsked, people: QuerySet[Person]) -> None:
        self._scope, self._asked, self._people = scope, asked, people
        self._ids: list[int] | None = None

    def __len__(self) -> int:
        only = self._only()
        return self._people.count() if only is None else len(only)

    def read(self, span: slice) -> list[PersonLine]:
        only = self._only()
        if only is None:
            return lines(self._scope, self._people[span], self._asked.on)
        found = Person.objects.filter(pk__in=only[span]).order_by("name_key", "pk")
        return lines(self._scope, found, self._asked.on)

    def __iter__(self) -> Iterator[PersonLine]:
        """All of them, for a file: the ids are found once, the rest is read in batches."""
        only = self._only()
        ids = list(self._people.values_list("pk", flat=True)) if only is None else only
        for batch in _batches(ids):
            yield from lines(
                self._scope,
                Person.objects.filter(pk__in=batch).order_by("name_key", "pk"),
                self._asked.on,
            )

    def _only(self) -> list[int] | None:
        """The ids in order where people were named beforehand: no database takes so many in one question."""
        wanted = self._asked.only
        if wanted is not None and self._ids is None:
            self._ids = [pk for pk in self._people.values_list("pk", flat=True) if pk in wanted]
        return self._ids


def people_list(scope: Scope, asked: PeopleAsked) -> PeopleList:
    """The people asked for whom the scope reaches."""
    scope = scope.to(Permission.SEE_PEOPLE)
    return PeopleList(scope, asked, people_asked(scope, asked).order_by("name_key", "pk"))


def people_asked(scope: Scope, asked: PeopleAsked) -> QuerySet[Person]:
    """As `people_list`, in no order."""
    scope = scope.to(Permission.SEE_PEOPLE)
    narrowed = asked.unit is not None or not asked.former or bool(asked.category or asked.duty)
    people = Person.objects.all()
    if narrowed or not scope.everything:
        people = people.filter(pk__in=_posts_asked(scope, asked).values("person"))
    return _named(people, asked.words)


def _posts_asked(scope: Scope, asked: PeopleAsked) -> QuerySet[Post]:
    inside = reach(scope)
    if asked.unit is not None and asked.only is None:
        inside = reach_below(scope, asked.unit, asked.on)
    posts = Post.objects.filter(inside.rows("unit", "valid_from"))
    if not asked.former:
        posts = posts.filter(valid_from__lte=asked.on, valid_to__gte=asked.on)
    if asked.category:
        posts = posts.filter(category__in=STAFF if asked.category == ALL_STAFF else (asked.category,))
    if asked.duty in Duty.values:
        posts = posts.filter(**{asked.duty: True})
    return posts


def _named(people: QuerySet[Person], words: str) -> QuerySet[Person]:
    if not words.strip():
        return people
    condition = Q(name_folded__contains=fold(words))
    if phone := phone_of(words):
        condition |= Q(phone=phone)
    if number := national_id_of(words):
        condition |= Q(national_id_hash__in=match_hashes(number))
    if "@" in words:
        condition |= Q(email__iexact=words.strip())
    return people.filter(condition)


def lines(scope: Scope, people: Iterable[Person], on: date) -> list[PersonLine]:
    """People with those of their posts on the day that the scope reaches."""
    found, past = list(people), history()
    posts: dict[int, list[PostLine]] = {person.pk: [] for person in found}
    rows = _visible_posts(scope).filter(person__in=list(posts), valid_from__lte=on, valid_to__gte=on)
    for post in rows.order_by(F("is_main").desc(nulls_last=True), "valid_from", "uid"):
        posts[post.person_id].append(_post_line(past, post))
    return [PersonLine(person, tuple(posts[person.pk])) for person in found]


def _post_line(past: History, post: Post) -> PostLine:
    """A post as shown. Names of units are not secret; the caller has checked the post."""
    day = today()
    then = past.version_near(post.unit_id, post.valid_from)
    now = [v for unit in past.carry(post.unit_id, post.valid_from, day) if (v := past.version(unit, day))]
    changed = [v for v in now if then is None or (v.unit, v.name) != (then.unit, then.name)]
    became = tuple(sorted(changed, key=lambda v: (v.name, v.unit)))
    return PostLine(post, then, became, post.valid_from <= day <= post.valid_to)


def visible_person(scope: Scope, pk: int) -> Person:
    """The person, if the scope reaches one of their posts; raises Person.DoesNotExist otherwise."""
    return visible_people(scope).get(pk=pk)


def visible_people(scope: Scope) -> QuerySet[Person]:
    """Everybody whom the scope reaches."""
    scope = scope.to(Permission.SEE_PEOPLE)
    if scope.everything:
        return Person.objects.all()
    # Found once, not asked anew of every person: a commune is a hundredth of all posts, and SQLite cannot know that.
    return Person.objects.filter(pk__in=_visible_posts(scope).values("person"))


def visible_post(scope: Scope, pk: int) -> PostLine:
    """The post, if the scope reaches it; raises Post.DoesNotExist otherwise."""
    return _post_line(history(), _visible_posts(scope).select_related("person", "unit").get(pk=pk))


def _visible_posts(scope: Scope) -> QuerySet[Post]:
    return Post.objects.filter(reach(scope.to(Permission.SEE_PEOPLE)).rows("unit", "valid_from"))


def posts_of(scope: Scope, person: Person) -> list[PostLine]:
    """The posts of a person that the scope reaches, newest first; those of today before all others."""
    return _post_lines(_visible_posts(scope).filter(person=person))


def own_person(scope: Scope) -> Person | None:
    """The person behind the account, never by reach; None if nobody is named."""
    return Person.objects.filter(pk=scope.person_id or 0).first()


def own_posts(scope: Scope) -> list[PostLine]:
    """All posts of the person behind the account, in the order of `posts_of`; never by reach."""
    return _post_lines(Post.objects.filter(person=scope.person_id or 0))


def _post_lines(posts: QuerySet[Post]) -> list[PostLine]:
    past = history()
    found = [_post_line(past, post) for post in posts.order_by("-valid_to", "-valid_from", "uid")]
    return sorted(found, key=lambda line: not line.current)


@dataclass(frozen=True, slots=True)
class PersonName:
    """How a person is named in a list: with the post that says who it is ("" where there is none), and the unit of
    that post (primary key) as it was written."""

    person_id: int
    name: str
    title: str
    unit: str
    unit_id: int | None = None


def people_by_ids(scope: Scope, ids: Collection[int], on: date | None = None) -> dict[int, PersonName]:
    """Names of those of the persons whom the scope reaches, by id; the others are absent.

    The post is the one of the day `on` (today), the main one first, else the latest that the scope reaches.
    """
    day = on or today()
    scope = scope.to(Permission.SEE_PEOPLE)
    inside = reach(scope).rows("unit", "valid_from")
    past = history()
    best: dict[int, tuple[tuple[bool, bool, date], PersonName]] = {}
    for batch in _batches(ids):
        rows = Post.objects.filter(inside, person__in=batch).values_list(
            "person_id", "person__full_name", "title", "unit_id", "is_main", "valid_from", "valid_to"
        )
        for person, name, title, unit, is_main, start, end in rows.order_by("pk"):
            rank = (start <= day <= end, is_main is True, start)
            if person not in best or rank > best[person][0]:
                version = past.version(unit, day) or past.last_version(unit)
                best[person] = (rank, PersonName(person, name, title, version.name if version else "", unit))
    found = {person: name for person, (_, name) in best.items()}
    if scope.everything:
        found |= _without_post([person for person in ids if person not in found])
    return found


def _without_post(ids: Collection[int]) -> dict[int, PersonName]:
    return {
        pk: PersonName(pk, name, "", "")
        for batch in _batches(ids)
        for pk, name in Person.objects.filter(pk__in=batch).values_list("pk", "full_name")
    }


def _batches(ids: Collection[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def find_people(scope: Scope, words: str, on: date, most: int) -> list[PersonLine]:
    """The first people in reach whose name contains the words, or with this phone or e-mail, past posts too."""
    found = people_list(scope, PeopleAsked(on=on, words=words, former=True))
    return found.read(slice(0, most))


def with_person(scope: Scope) -> Scope:
    """The scope with the person behind its account, if there is one. Public: it makes scopes."""
    if scope.account_id is None:
        return scope
    person = (
        PersonAccount.objects.filter(account=scope.account_id).values_list("person_id", flat=True).first()
    )
    return replace(scope, person_id=person)
