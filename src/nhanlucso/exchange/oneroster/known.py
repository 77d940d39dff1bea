"""Which records of ours the orgs and people of another system are. What is not certain is never guessed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from nhanlucso.exchange.bundle.index import chunked
from nhanlucso.exchange.models import RosterLink
from nhanlucso.exchange.oneroster.leaving import full_name
from nhanlucso.exchange.oneroster.naming import Key
from nhanlucso.exchange.oneroster.package import Line
from nhanlucso.journal.rows import label_of
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.sealing import match_hashes
from nhanlucso.kernel.text import clean, fold
from nhanlucso.orgs.models import Unit, named
from nhanlucso.orgs.rules import History
from nhanlucso.people.linkage import Rarity, Traits, likelihood
from nhanlucso.people.models import FormerId, Person, Post

NEW, SKIP = "new", "skip"
_CERTAIN, _POSSIBLE = 0.99, 0.2
_IDENTITY = re.compile(
    r"\{(?:cccd|nationalid|national_id|identitynumber)\s*:\s*([0-9]{12}|[0-9]{9})\s*\}", re.I
)
_SEXES = {"male": "m", "female": "f"}
Decisions = Mapping[
    tuple[str, str], str
]  # (orgs | users | courses, sourcedId) -> id of ours, "new" or "skip"


def decided(decisions: Decisions, table: str, uid: str, model: type[Any]) -> Key | str | None:
    """What people said of a row: the record of ours, NEW or SKIP; None if nothing. Raises Refused("bad_decision")."""
    said = decisions.get((table, uid))
    if said is None or said == NEW or (said == SKIP and table == "users"):
        return said
    found = list(model._default_manager.filter(named(said)).values_list("origin", "uid")[:2])
    if len(found) != 1:
        words = _("«%(said)s» không phải mã của đúng một bản ghi ở đây (nói về %(table)s %(id)s).")
        raise Refused("bad_decision", words % {"said": said, "table": table, "id": uid})
    origin, uid = found[0]
    return origin, uid


def stored_keys(model: type[Model], keys: Iterable[Key]) -> set[Key]:
    """Those of the keys that records bear, or bore before they were joined with others."""
    wanted = set(keys)
    objects: Any = model._default_manager
    found: set[Key] = set()
    for chunk in chunked(sorted({uid for _origin, uid in wanted})):
        found.update(objects.filter(uid__in=chunk).values_list("origin", "uid"))
        found.update(
            FormerId.objects.filter(table=label_of(model), uid__in=chunk).values_list("origin", "uid")
        )
    return found & wanted


def links_of(system: str, table: str) -> dict[str, Key]:
    rows = RosterLink.objects.filter(system=system, table=table)
    return {uid: (origin, own) for uid, origin, own in rows.values_list("sourced_id", "origin", "uid")}


# -- orgs ----------------------------------------------------------------------------------------------------------


class OrgFound(NamedTuple):
    """The unit that an org is (None: it is new here), or why nobody can tell (`doubt`: words)."""

    unit: int | None
    doubt: str = ""


def find_org(past: History, on: date, line: Line, parent: int | None) -> OrgFound:
    """The unit of the day with the name of the org: below the unit that its parent is, and with its code if that tells.

    A name that only units bear which have ended is a doubt: what became of them is for people to say."""
    wanted, code = fold(clean(line["name"])), line["identifier"]
    today = [v for unit in past.versions if (v := past.version(unit, on)) and fold(clean(v.name)) == wanted]
    for narrowed in (
        [v for v in today if parent is not None and v.parent == parent],
        [v for v in today if code and v.code == code],
        today if parent is None else [],
    ):
        if len(narrowed) == 1:
            return OrgFound(narrowed[0].unit)
        if narrowed:
            return OrgFound(None, _("có %(count)d đơn vị cùng tên này") % {"count": len(narrowed)})
    if today:
        return OrgFound(None, _("có đơn vị cùng tên ở nơi khác trong cây đơn vị"))
    ended = [unit for unit in past.versions if _last_bore(past, unit, on, wanted)]
    if ended:
        return OrgFound(None, _("đơn vị mang tên này đã kết thúc, có thể đã chia về nhiều nơi"))
    return OrgFound(None)


def _last_bore(past: History, unit: int, on: date, wanted: str) -> bool:
    last = past.last_version(unit)
    return last is not None and last.valid_to < on and fold(clean(last.name)) == wanted


# -- people --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class UserFound:
    """The person that a user is (None: new here); `doubts`: ids of those whom it may be, likeliest first."""

    person: Key | None = None
    doubts: tuple[str, ...] = ()


@dataclass
class PeopleFinder:
    """Finds whom users mean among all people, by what both say."""

    users: list[Line]
    births: Mapping[str, Line]
    units: Mapping[str, frozenset[int]]  # by user: the units of its roles
    _people: dict[int, tuple[Key, Traits]] = field(default_factory=dict)
    _by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _by_id: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _by_email: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        asked = [self._traits(line) for line in self.users]
        hashes = {one for line in self.users if (number := identity_of(line)) for one in match_hashes(number)}
        wanted = {"name_folded": {t.folded for t in asked}, "national_id_hash": hashes}
        wanted["email"] = {t.email for t in asked if t.email}
        for column, values in wanted.items():
            for chunk in chunked(sorted(values)):
                self._load(Q(**{f"{column}__in": chunk}))
        self._rarity = Rarity(
            Person.objects.count(), {name: len(people) for name, people in self._by_name.items()}
        )

    def _load(self, condition: Q) -> None:
        columns = ("pk", "origin", "uid", "full_name", "name_folded", "birth", "sex", "national_id_hash")
        rows = list(Person.objects.filter(condition).values_list(*columns, "phone", "email"))
        held: dict[int, set[int]] = defaultdict(set)
        for chunk in chunked(row[0] for row in rows):
            for person, unit in Post.objects.filter(person__in=chunk).values_list("person_id", "unit_id"):
                held[person].add(unit)
        for pk, origin, uid, name, folded, birth, sex, hashed, phone, email in rows:
            if pk in self._people:
                continue
            traits = Traits(name, folded, birth, sex, hashed, phone, email.casefold(), frozenset(held[pk]))
            self._people[pk] = ((origin, uid), traits)
            self._by_name[folded].append(pk)
            if hashed:
                self._by_id[hashed].append(pk)
            if email:
                self._by_email[email].append(pk)

    def _traits(self, line: Line) -> Traits:
        name = name_of(line)
        more = self.births.get(line["sourcedId"])
        birth, sex = (more["birthDate"], _SEXES.get(more["sex"], "")) if more else ("", "")
        units = self.units.get(line["sourcedId"], frozenset())
        return Traits(name, fold(name), birth, sex, "", line["phone"], line["email"], units)

    def find(self, line: Line) -> UserFound:
        """Certain: an equal identity number; or an equal name with so much else that it is no namesake. All else that
        is likely is a doubt."""
        traits, number = self._traits(line), identity_of(line)
        same = {pk for one in (match_hashes(number) if number else ()) for pk in self._by_id[one]}
        if len(same) == 1:
            return UserFound(self._people[same.pop()][0])
        met = [*self._by_name[traits.folded], *self._by_email[traits.email]] if traits.folded else []
        mine = traits._replace(email=traits.email.casefold())
        weighed = sorted(
            ((likelihood(mine, self._people[pk][1], self._rarity).probability, pk) for pk in {*met, *same}),
            key=lambda one: (-one[0], one[1]),
        )
        if weighed and weighed[0][0] >= _CERTAIN and all(share < _POSSIBLE for share, _pk in weighed[1:]):
            return UserFound(self._people[weighed[0][1]][0])
        likely = [pk for share, pk in weighed if share >= _POSSIBLE]
        return UserFound(doubts=tuple(self._people[pk][0][1] for pk in likely))


def name_of(line: Line) -> str:
    return clean(full_name(line["familyName"], line["middleName"], line["givenName"]))


def identity_of(line: Line) -> str:
    """The identity number among the ids of a user: «{CCCD:010085000001}»."""
    found = _IDENTITY.search(line["userIds"])
    return found[1] if found else ""


def units_by_key(keys: Iterable[Key]) -> dict[Key, int]:
    wanted = set(keys)
    found: dict[Key, int] = {}
    for chunk in chunked(sorted({uid for _origin, uid in wanted})):
        for pk, origin, uid in Unit.objects.filter(uid__in=chunk).values_list("pk", "origin", "uid"):
            if (origin, uid) in wanted:
                found[origin, uid] = pk
    return found
