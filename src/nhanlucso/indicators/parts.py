"""The parts that indicators of people are composed of: whom they look at, what these have done, by when.

Shipped and own indicators are made of the same parts; `engine` turns them into relations. Plain values.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from nhanlucso.people.enums import STAFF as STAFF_CATEGORIES


class Deed(StrEnum):
    """What somebody must have done. LEARNED: completed a class or passed a result."""

    ATTENDED = "attended"
    COMPLETED = "completed"
    PASSED = "passed"
    LEARNED = "learned"


class Within(StrEnum):
    """When it must have been done: in the period, ever up to its last day, in the months before its last day."""

    PERIOD = "period"
    EVER = "ever"
    MONTHS = "months"


CLASS_DEEDS = frozenset({Deed.ATTENDED, Deed.COMPLETED, Deed.LEARNED})
RESULT_DEEDS = frozenset({Deed.PASSED, Deed.LEARNED})
_STAFF: tuple[str, ...] = tuple(category.value for category in STAFF_CATEGORIES)


@dataclass(frozen=True, slots=True)
class Audience:
    """Conditions that one and the same post must meet on the last day; empty: any.

    categories, duties, kinds: any one of them; `kinds` are of the unit that the post is written with, on that day or
    the last before it. `without`: duties of a post in these categories that put somebody out. `members`: members of
    village teams instead of holders of posts. sex and age (year of the last day less year of birth, both ends
    included) are conditions of the person; who is not known there is undecided, neither in nor out.
    """

    categories: tuple[str, ...] = _STAFF
    leader: bool = False
    duties: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    members: bool = False
    sex: str = ""
    age_from: int | None = None
    age_to: int | None = None

    @property
    def is_personal(self) -> bool:
        """Whether it asks for what may be unknown of a person."""
        return bool(self.sex) or self.age_from is not None or self.age_to is not None


@dataclass(frozen=True, slots=True)
class Event:
    """Something done, once at least; every condition must be met by one and the same class or result.

    forms, modes: of classes; courses (primary keys), topics, skills: of the course, any one of each; `self_paced`:
    results of self-paced courses alone. `none`: who has not done it.
    """

    deed: Deed
    forms: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    courses: tuple[int, ...] = ()
    topics: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    self_paced: bool = False
    none: bool = False
    within: Within = Within.PERIOD
    months: int = 0

    def since(self, a: date, b: date) -> date | None:
        """The first day that counts for a window [a, b]; None: since ever. The last one is b."""
        if self.within == Within.PERIOD:
            return a
        return None if self.within == Within.EVER else months_before(b, self.months)


def months_before(day: date, months: int) -> date:
    """The first of the days of so many months that end with `day`: 12 months to 14/12/2024 begin on 15/12/2023."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last)) + timedelta(days=1)
