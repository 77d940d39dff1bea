"""People of the register as matching sees them, and whom a row was found to mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from nhanlucso.exchange.sheets.rows import SheetRow

Home = tuple[int, date]  # a unit, and since when


class KnownPost(NamedTuple):
    pk: int
    unit: int
    title: str
    category: str
    valid_from: date
    valid_to: date

    @property
    def home(self) -> Home:
        return self.unit, self.valid_from

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_to


@dataclass(frozen=True, slots=True)
class There:
    """Where the people of attendance and results are looked for by name alone: units, and the day of their posts."""

    units: frozenset[int]
    on: date | None


class Asked(NamedTuple):
    """What a row says, ready to be compared: the folded name, the hash of the identity number, the casefolded mail,
    the unit that the row itself names (None where it names none)."""

    row: SheetRow
    folded: str
    hashed: str
    birth: str
    sex: str
    phone: str
    email: str
    unit: int | None
    there: There | None


@dataclass(slots=True)
class Known:
    """A person of the register, as far as matching needs; `number` counts those of the subtree."""

    pk: int
    uid: str
    full_name: str
    name_folded: str
    birth: str
    sex: str
    id_hash: str
    phone: str
    email: str
    number: int | None = None  # who holds or held a post in the subtree of the import has one
    posts: list[KnownPost] = field(default_factory=list)
    home: Home | None = None  # of the only post

    @property
    def inside(self) -> bool:
        """Whether the person holds or held a post in the subtree of the import."""
        return self.number is not None

    @property
    def email_folded(self) -> str:
        return self.email.casefold()

    def stands(self, there: There) -> bool:
        return any(
            post.unit in there.units and (there.on is None or post.valid_on(there.on)) for post in self.posts
        )

    def posts_on(self, day: date) -> list[KnownPost]:
        return [post for post in self.posts if post.valid_from <= day <= post.valid_to]

    def post_on(self, day: date) -> KnownPost | None:
        """The first post of the day, else the last one of all."""
        if len(self.posts) == 1:
            return self.posts[0]
        standing = self.posts_on(day)
        return standing[0] if standing else max(self.posts, key=lambda post: post.valid_to, default=None)


class Candidate(NamedTuple):
    """A person whom a row may mean: how probably (0–1), and why (codes of `reasons.WORDS`)."""

    known: Known
    probability: float
    reasons: tuple[str, ...]


class Found(NamedTuple):
    """Whom a row means: `certain`, or the `possible` ones among whom it does not decide, the likeliest first. Both
    empty: nobody known.

    alike: people like the one of a row that means nobody known, for who looks twice. strength: what a certain match
    rests on, the higher the surer (`weights.Strength`).
    """

    certain: Known | None = None
    possible: tuple[Candidate, ...] = ()
    by_id: bool = False
    alike: tuple[Candidate, ...] = ()
    strength: int = 0
    reasons: tuple[str, ...] = ()
    probability: float = 1.0
