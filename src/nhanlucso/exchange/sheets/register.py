"""The people of a subtree as an import meets them, in an index of what rows say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

from nhanlucso.exchange.sheets.linkage.frequencies import Frequencies
from nhanlucso.exchange.sheets.linkage.names import NearNames, NearWords, name_level, words_of
from nhanlucso.exchange.sheets.linkage.people import Known, KnownPost
from nhanlucso.journal.rows import label_of
from nhanlucso.kernel.clock import EVER
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import Reach, reach, reach_below
from nhanlucso.people.models import FormerId, Person, Post

_AT_ONCE = 5_000
_DAY = 10  # letters of an ISO date


class Register:
    """All persons whom the scope reaches, by identity number; those of the subtree also by what else rows say."""

    def __init__(self, scope: Scope, unit: Unit, on: date) -> None:
        below, all_of_scope = reach_below(scope, unit.pk, on), reach(scope)
        self.on = on
        self.inside: list[Known] = []  # those of the subtree, each at its number
        self._people: dict[int, Known] = {}
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        self._by_id: dict[str, list[Known]] = defaultdict(list)
        self._load_posts(below, all_of_scope)
        self._load_people(scope)

    def _load_posts(self, below: Reach, all_of_scope: Reach) -> None:
        rows = Post.objects.values_list(
            "person_id", "pk", "unit_id", "title", "category", "valid_from", "valid_to"
        )
        self._posts: dict[int, list[KnownPost]] = defaultdict(list)
        self._inside: set[int] = set()
        for person, pk, unit, title, category, first, last in rows.order_by("pk").iterator(
            chunk_size=_AT_ONCE
        ):
            if all_of_scope.since is None or _reaches(all_of_scope.since, unit, first):
                post = KnownPost(pk, unit, title, category, first, last)
                self._posts[person].append(post)
                if below.since is None or _reaches(below.since, unit, first):
                    self._inside.add(person)
        self.homes = {post.home for posts in self._posts.values() for post in posts}

    def _load_people(self, scope: Scope) -> None:
        rows = Person.objects.values_list(
            *("pk", "uid", "full_name", "name_folded", "birth", "sex", "national_id_hash", "phone", "email")
        )
        nowhere: list[KnownPost] = []
        for pk, uid, name, folded, birth, sex, id_hash, phone, email in rows.order_by("pk").iterator(
            chunk_size=_AT_ONCE
        ):
            posts = self._posts.get(pk, nowhere)
            if not posts and not scope.everything:
                continue
            number = len(self.inside) if pk in self._inside else None
            home = posts[0].home if len(posts) == 1 else None
            known = Known(pk, uid, name, folded, birth, sex, id_hash, phone, email, number, posts, home)
            self._people[pk] = known
            if number is not None:
                self.inside.append(known)
                self._by_name[folded].append(known)
            if id_hash:
                self._by_id[id_hash].append(known)

    # -- who is there ----------------------------------------------------------------------------------------

    @cached_property
    def frequencies(self) -> Frequencies:
        return Frequencies(self.inside)

    def person(self, uid: str) -> list[Known]:
        """Those in reach with this uid, or of whom the one with it has become part meanwhile; several only where
        several sources use it."""
        return self._by_uid.get(uid) or self._joined(uid)

    def _joined(self, uid: str) -> list[Known]:
        rows = FormerId.objects.filter(table=label_of(Person), uid=uid).order_by("pk")
        stays = dict.fromkeys(rows.values_list("row", flat=True))
        return [self._people[pk] for pk in stays if pk in self._people]

    def with_id(self, hashed: str) -> list[Known]:
        """All in reach with this identity number."""
        return self._by_id.get(hashed, [])

    def named(self, folded: str) -> list[Known]:
        """Those of the subtree with this name, marks or not."""
        return self._by_name.get(folded, [])

    def named_in(self, folded: str, year: str) -> list[Known]:
        """Those of the name born in a year, and those of whom it is not known."""
        if folded not in self._by_name:
            return []
        return [*self._by_year.get((folded, year), ()), *self._by_year.get((folded, ""), ())]

    def with_phone(self, phone: str) -> list[Known]:
        return self._by_phone.get(phone, []) if phone else []

    def with_email(self, email: str) -> list[Known]:
        return self._by_email.get(email.casefold(), []) if email else []

    def near(self, folded: str, birth: str) -> list[Known]:
        """Those of the subtree whose name may be this one written otherwise, in the year of the birth where both have
        one; of a whole birth date only those whose birth does not contradict it."""
        if not birth:
            return [known for name in self._names.near(folded) for known in self._by_name[name]]
        words, year = words_of(folded), birth[:4]
        found: list[Known] = []
        if words:
            found += self._by_given.get((words[-1], words[0][0], year), ())
            for name in self._slipped(words) if len(words) > 1 else ():
                found += self.named_in(name, year)
        found += [known for name in self._names_unborn.near(folded) for known in self._unborn[name]]
        if len(birth) == _DAY:
            found += self._by_birth.get(birth, ())
            agreeing = {"", year, birth, f"{year}-{birth[8:]}-{birth[5:7]}"}
            found = [known for known in found if known.birth in agreeing]
        return [
            known
            for known in found
            if known.name_folded != folded and name_level(folded, known.name_folded) != "other_name"
        ]

    def _slipped(self, words: Sequence[str]) -> list[str]:
        """Names that differ by a slip in the given name."""
        rest = " ".join(words[:-1])
        names = (f"{rest} {given}" for given in self._givens.near(words[-1]))
        return [name for name in names if name in self._by_name]

    # -- the index, made as it is asked for ------------------------------------------------------------------

    @cached_property
    def _by_uid(self) -> dict[str, list[Known]]:
        return _grouped(self._people.values(), lambda known: known.uid)

    @cached_property
    def _by_year(self) -> dict[tuple[str, str], list[Known]]:
        found: dict[tuple[str, str], list[Known]] = defaultdict(list)
        for known in self.inside:
            found[known.name_folded, known.birth[:4]].append(known)
        return found

    @cached_property
    def _by_phone(self) -> dict[str, list[Known]]:
        return _grouped(self.inside, lambda known: known.phone)

    @cached_property
    def _by_email(self) -> dict[str, list[Known]]:
        return _grouped(self.inside, lambda known: known.email.casefold())

    @cached_property
    def _by_birth(self) -> dict[str, list[Known]]:
        return _grouped(self.inside, lambda known: known.birth)

    @cached_property
    def _unborn(self) -> dict[str, list[Known]]:
        """Those whose birth is not known, by name."""
        return _grouped((known for known in self.inside if not known.birth), lambda known: known.name_folded)

    @cached_property
    def _names(self) -> NearNames:
        return NearNames(self._by_name)

    @cached_property
    def _names_unborn(self) -> NearNames:
        return NearNames(self._unborn)

    @cached_property
    def _by_given(self) -> dict[tuple[str, str, str], list[Known]]:
        found: dict[tuple[str, str, str], list[Known]] = defaultdict(list)
        for known in self.inside:
            if words := words_of(known.name_folded):
                found[words[-1], words[0][0], known.birth[:4]].append(known)
        return found

    @cached_property
    def _givens(self) -> NearWords:
        return NearWords(words[-1] for name in self._by_name if (words := words_of(name)))


def _grouped(people: Iterable[Known], key: Callable[[Known], str]) -> dict[str, list[Known]]:
    """By what is known of them."""
    found: dict[str, list[Known]] = defaultdict(list)
    for known in people:
        if value := key(known):
            found[value].append(known)
    return found


def _reaches(within: Mapping[int, date], unit: int, first: date) -> bool:
    """Whether a reach (`Reach.since`) holds a post of a unit from its first day on."""
    since = within.get(unit)
    return since is not None and (since == EVER or first >= since)
