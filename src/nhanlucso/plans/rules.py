"""When a target counts as reached and how far it is; how a plan is said again a year later. Plain values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import ceil, floor

from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.language import say as _
from nhanlucso.kernel.text import clean

LONGEST_TITLE, LONGEST_BOARD_NAME = 500, 300
FIRST_YEAR, LAST_YEAR = 2000, 2100  # of targets written here
_KEY = re.compile(r"[2-9a-z]{12}")
_THOUSANDS = re.compile(r"[0-9]{1,3}((\.[0-9]{3})+|( [0-9]{3})+)(,[0-9]+)?")
_PLAIN = re.compile(r"[0-9]+([.,][0-9]+)?")


def reached(value: float, target: float, comparator: str) -> bool:
    """Whether a value meets its target. A plan that names no comparator means «at least»."""
    if comparator == "over":
        return value > target
    if comparator == "under":
        return value < target
    if comparator == "at_most":
        return value <= target
    return value >= target


def judged(values: Sequence[float | None], qualifier: str, target: float, comparator: str) -> bool | None:
    """Whether a figure meets its target, given everything that it may be (value, low, high).

    None where nobody can say: there is no value, one bound meets the target and another does not, or an inexact
    figure («khoảng 1.000») is the target itself.
    """
    value = values[0]
    if value is None:
        return None
    if value == target and qualifier in ("about", "nearly", "under"):
        return None
    answers = {reached(each, target, comparator) for each in values if each is not None}
    return answers.pop() if len(answers) == 1 else None


def distance(value: float, target: float, comparator: str) -> float:
    """How far the value is from the target, never below 0; 0 is not yet «over» or «under»."""
    gap = value - target if comparator in ("under", "at_most") else target - value
    return max(0.0, gap)


def members_short(numerator: int, denominator: int, target: float, comparator: str) -> int:
    """How many more members of the denominator must come to the numerator of a share for its target (in percent)
    to be met; of an upper limit, how many are too many. 0 where it is met."""
    asked = Fraction(str(target)) * denominator / 100
    if comparator == "at_most":
        return max(0, numerator - floor(asked))
    if comparator == "under":
        return max(0, numerator - (ceil(asked) - 1))
    needed = floor(asked) + 1 if comparator == "over" else ceil(asked)
    return max(0, min(needed, denominator) - numerator)


def proportional(total: int, sizes: Sequence[int | None]) -> list[int | None]:
    """A number shared out by sizes so that the shares add up to it; no share where the size is not known."""
    known = sum(size for size in sizes if size)
    if not known:
        return [None] * len(sizes)
    exact = [None if size is None else Fraction(total * size, known) for size in sizes]
    shares = [None if share is None else floor(share) for share in exact]
    rest = total - sum(share for share in shares if share is not None)
    # What is left goes to the largest remainders, the first of equals first.
    order = [(floor(e) - e, place) for place, e in enumerate(exact) if e is not None]
    for _remainder, place in sorted(order)[:rest]:
        shares[place] = (shares[place] or 0) + 1
    return shares


def amount_of(text: str) -> float | None:
    """The number that somebody wrote: «90», «90,5 %», «1.200», «1 200»; None for anything else."""
    plain = clean(text).removesuffix("%").rstrip()
    if _THOUSANDS.fullmatch(plain):
        return float(plain.replace(".", "").replace(" ", "").replace(",", "."))
    return float(plain.replace(",", ".")) if _PLAIN.fullmatch(plain) else None


def decimals(value: float) -> int:
    """How many decimals a stored value has, so that a form gives back what was written."""
    return len(f"{value:.6f}".rstrip("0").partition(".")[2])


def is_key(text: str) -> bool:
    """Whether a text may be the id that a form was given beforehand, so that sending it twice makes one record."""
    return bool(_KEY.fullmatch(text))


def title_of(text: str, longest: int = LONGEST_TITLE) -> str:
    """A title as stored. Raises Refused("title_missing", "title_too_long")."""
    title = clean(text)
    if not title:
        raise Refused("title_missing", _("Chưa có tên."))
    if len(title) > longest:
        raise Refused("title_too_long", _("Tên dài quá %(most)s ký tự.") % {"most": longest})
    return title


def check_span(first: date | None, last: date | None) -> None:
    """Raises Refused("bad_span") if the last day comes before the first."""
    if first and last and first > last:
        raise Refused("bad_span", _("Ngày cuối không thể trước ngày đầu."))


def a_year_later(day: date | None) -> date | None:
    """The same day of the next year (29/2: 28/2); open ends stay open."""
    if day is None or day in (EVER, ALWAYS):
        return day
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def for_next_year(title: str, year: int) -> str:
    """A title that speaks of a year, speaking of the next one; other years in it stay."""
    return re.sub(rf"(?<!\d){year}(?!\d)", str(year + 1), title)
