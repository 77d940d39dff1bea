"""Two records that may be one person, side by side in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhanlucso.exchange.sheets.reasons import in_words
from nhanlucso.kernel.scope import Scope
from nhanlucso.papers.lists import Value
from nhanlucso.people.duplicates.queries import Proposed, ProposedPairs
from nhanlucso.people.enums import Sex
from nhanlucso.people.identity import shown
from nhanlucso.people.linkage import Likelihood
from nhanlucso.people.merging.queries import belongings
from nhanlucso.people.merging.rules import FIELDS
from nhanlucso.people.models import Person
from nhanlucso.people.queries import PersonLine, PostLine, posts_of
from nhanlucso.web.kit.acts import table_words
from nhanlucso.web.kit.wording import day, number

ONE, OTHER = "one", "other"
_LABELS = {
    "full_name": gettext_lazy("Họ và tên"),
    "birth": gettext_lazy("Ngày sinh"),
    "sex": gettext_lazy("Giới tính"),
    "national_id": gettext_lazy("Số định danh"),
    "phone": gettext_lazy("Điện thoại"),
    "email": gettext_lazy("Thư điện tử"),
}
_SHOWN: Mapping[str, Callable[[Person], str]] = {
    "full_name": lambda person: person.full_name,
    "birth": lambda person: day(person.birth) if person.birth else "",
    "sex": lambda person: str(Sex(person.sex).label) if person.sex else "",
    "national_id": lambda person: shown(person.national_id_cipher) if person.national_id_cipher else "",
    "phone": lambda person: person.phone,
    "email": lambda person: person.email,
}
_ACCOUNT = "people.personaccount"


@dataclass(frozen=True, slots=True)
class Aside:
    """The other person of a proposed pair, on the page of one of them."""

    one: int
    other: int
    line: PersonLine
    words: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field of both people. `open`: both are known and differ, so that one is chosen; `chosen`: «one» or «other»."""

    name: str
    label: str
    one: str
    other: str
    open: bool
    chosen: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: posts in reach, and how much belongs to the record, in words."""

    person: Person
    posts: list[PostLine]
    belongs: list[str]
    has_account: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """Both people with what is to be chosen."""

    one: Side
    other: Side
    fields: list[FieldRow]

    @property
    def keeps_other(self) -> bool:
        """Whether the record of the other stays: its account does not move then."""
        return self.other.has_account and not self.one.has_account

    @property
    def two_accounts(self) -> bool:
        return self.one.has_account and self.other.has_account


def share(likelihood: Likelihood) -> str:
    """«98 %»; never a certainty."""
    return f"{number(min(99, max(1, round(100 * likelihood.probability))))} %"


def why(likelihood: Likelihood) -> str:
    """The reasons for and against, the weightiest first."""
    reasons, against = (", ".join(in_words(codes)) for codes in (likelihood.reasons, likelihood.against))
    if not against:
        return reasons
    return (
        _("%(reasons)s; nhưng %(against)s") % {"reasons": reasons, "against": against} if reasons else against
    )


def aside(pair: Proposed, person: int) -> Aside:
    """The pair as the page of one of the two tells it."""
    line = pair.other if pair.one.person.pk == person else pair.one
    return Aside(pair.one.person.pk, pair.other.person.pk, line, why(pair.likelihood))


def compared(scope: Scope, pair: Proposed) -> Compared:
    """Both people side by side."""
    one, other = pair.one.person, pair.other.person
    theirs = belongings(scope, one.pk, other.pk)
    sides = [
        Side(person, posts_of(scope, person), _belongs(theirs[person.pk]), bool(theirs[person.pk][_ACCOUNT]))
        for person in (one, other)
    ]
    return Compared(
        sides[0], sides[1], [row for name in FIELDS if (row := _field(name, one, other)).one or row.other]
    )


def _field(name: str, one: Person, other: Person) -> FieldRow:
    column = FIELDS[name][0]
    mine, theirs = getattr(one, column), getattr(other, column)
    show = _SHOWN[name]
    return FieldRow(
        name,
        str(_LABELS[name]),
        show(one),
        show(other),
        bool(mine and theirs and mine != theirs),
        OTHER if _better(name, mine, theirs) else ONE,
    )


def _better(name: str, mine: str, theirs: str) -> bool:
    """Whether what the other says is likelier the right one: a day rather than a year, a name not all in capitals."""
    if name == "birth":
        return len(theirs) > len(mine)
    return name == "full_name" and mine.isupper() and not theirs.isupper()


def _belongs(counts: Counter[str]) -> list[str]:
    return [
        f"{number(count)} {table_words(table)}"
        for table, count in sorted(counts.items(), key=lambda item: -item[1])
    ]


def file_head() -> list[str]:
    return [
        _("STT"), _("Họ và tên, hồ sơ 1"), _("Ngày sinh, hồ sơ 1"), _("Đơn vị, hồ sơ 1"), _("Họ và tên, hồ sơ 2"),
        _("Ngày sinh, hồ sơ 2"), _("Đơn vị, hồ sơ 2"), _("Khả năng"), _("Vì sao"),
    ]  # fmt: skip


def file_rows(pairs: ProposedPairs) -> list[list[Value]]:
    """All pairs, not one page."""
    return [
        [place, *_cells(pair.one), *_cells(pair.other), share(pair.likelihood), why(pair.likelihood)]
        for place, pair in enumerate(pairs, 1)
    ]


def _cells(line: PersonLine) -> list[Value]:
    birth = line.person.birth
    unit = line.posts[0].unit if line.posts else None
    return [
        line.person.full_name,
        date.fromisoformat(birth) if len(birth) == 10 else birth,
        unit.name if unit else "",
    ]
