"""Figures in words: qualifiers, shares, and how a plan speaks of them."""

from __future__ import annotations

from math import ceil

from nhanlucso.indicators.rules import Figure
from nhanlucso.kernel.numbers import Number, rounded, vi_number
from nhanlucso.papers.paper import Amount, Cell
from nhanlucso.plans.rules import reached
from nhanlucso.reports.rules.content import TargetLine

UNKNOWN = "chưa có số liệu"
QUALIFIERS = {"exact": "", "about": "khoảng", "over": "hơn", "nearly": "gần", "under": "dưới"}
COMPARATORS = {"": "", "at_least": "tối thiểu", "over": "trên", "at_most": "tối đa", "under": "dưới"}
_DOWNWARD = ("at_most", "under")

FAR = 0.2  # share of a goal beyond which nobody doubts a number that is only roughly known
REACHED, MISSED, UNDECIDED, OPEN = "Đạt", "Chưa đạt", "Chưa khẳng định được", "Chưa có số liệu"


def amount(value: Number, qualifier: str, measure: str) -> str:
    """«hơn 1.000 lượt»."""
    return " ".join(filter(None, (QUALIFIERS[qualifier], vi_number(value), measure)))


def count(figure: Figure) -> str:
    """A figure that is not a share, with its unit: «khoảng 11.320 lượt»."""
    return amount(figure.value or 0, figure.qualifier, str(figure.indicator.measure.value))


def places(value: float, *against: float) -> int:
    """How many decimals (1 to 4) show that a share is not one of the numbers it is near to."""
    for digits in (1, 2, 3):
        if all(
            rounded(value, digits) != rounded(mark, digits) or value == mark for mark in (0, 100, *against)
        ):
            return digits
    return 4


def percent(value: float, *against: float) -> str:
    """«93,4 %», «100 %»; with more decimals where it would else read as 0, 100 or a number it is compared with."""
    if rounded(value, 1) == int(rounded(value, 1)) and value == int(value):
        return f"{vi_number(int(value))} %"
    return f"{vi_number(value, places(value, *against))} %"


def share(figure: Figure) -> str:
    """«93,4 % (171/183 người)»; says when it is unknown."""
    if figure.value is None:
        return UNKNOWN
    return f"{percent(figure.value)} ({fraction(figure)} {members(figure)})"


def members(figure: Figure) -> str:
    """What the denominator of a share consists of."""
    return "thôn" if figure.indicator.relation == "villages" else "người"


def fraction(figure: Figure) -> str:
    return f"{vi_number(figure.numerator or 0)}/{vi_number(figure.denominator or 0)}"


def left(figure: Figure) -> int:
    """Members of a share's denominator that are not in the numerator."""
    return (figure.denominator or 0) - (figure.numerator or 0)


def aim(target: TargetLine) -> str:
    """«tối thiểu 90 %»."""
    unit = _unit(target)
    value = "…" if target.value is None else vi_number(target.value)
    return " ".join(filter(None, (comparator(target), value, unit)))


def comparator(target: TargetLine) -> str:
    """The word before the number; none before 100 %, which nothing exceeds."""
    whole = target.figure is not None and target.figure.indicator.is_share and target.value == 100
    return "" if whole and target.comparator == "at_least" else COMPARATORS[target.comparator]


def _unit(target: TargetLine) -> str:
    return str(target.figure.indicator.measure.value) if target.figure else ""


def meets(value: float, target: TargetLine) -> bool:
    """Whether a number is what the target asks for."""
    return reached(value, target.value or 0, target.comparator)


def verdict(target: TargetLine) -> str:
    """REACHED, MISSED, UNDECIDED (what is unallocated or only roughly known decides it), or OPEN."""
    figure = target.figure
    if figure is None or figure.value is None or target.value is None:
        return OPEN
    outcomes = {meets(bound, target) for bound in (figure.low, figure.high) if bound is not None}
    if len(outcomes) > 1:
        return UNDECIDED
    if figure.qualifier != "exact" and not _sure(figure, target):
        return UNDECIDED
    return REACHED if meets(figure.value, target) else MISSED


def _sure(figure: Figure, target: TargetLine) -> bool:
    """Whether a qualified number decides: «over» is no upper bound, «nearly» and «under» no lower, «about» none,
    unless the goal is far off.
    """
    if figure.indicator.relation == "trained":
        return True  # its bounds say it already
    value, goal = float(figure.value or 0), float(target.value or 0)
    if figure.qualifier == "over" and target.comparator not in _DOWNWARD and value >= goal:
        return True
    if figure.qualifier in ("nearly", "under") and target.comparator not in _DOWNWARD and value <= goal:
        return True
    return abs(value - goal) > FAR * goal


def spoken(target: TargetLine, *, estimated: bool) -> str:
    """How the narrative says a result: as the plan speaks where it is reached, exactly where it is not.

    «đạt trên 90 %»; «đạt 87,3 %, chưa đạt chỉ tiêu tối thiểu 90 %»; «chưa có số liệu».
    """
    figure = target.figure
    if figure is None or figure.value is None:
        return UNKNOWN
    verb = "ước đạt" if estimated else "đạt"
    said = verdict(target)
    if said == REACHED:
        return f"{verb} {_as_planned(figure, target)}"
    exact = percent(figure.value, target.value or 0) if figure.indicator.is_share else count(figure)
    if said == OPEN:
        return f"{verb} {exact}"
    tail = "chưa đạt chỉ tiêu" if said == MISSED else "chưa khẳng định được so với chỉ tiêu"
    return f"{verb} {exact}, {tail} {aim(target)}"


def _as_planned(figure: Figure, target: TargetLine) -> str:
    goal, value = target.value or 0, float(figure.value or 0)
    if target.comparator in _DOWNWARD or not figure.indicator.is_share:
        exact = percent(value, goal) if figure.indicator.is_share else count(figure)
        return f"{exact}, đạt chỉ tiêu {aim(target)}"
    return f"{vi_number(value)} %" if value in (goal, 100) else f"trên {vi_number(goal)} %"


def count_as_planned(figure: Figure, target: TargetLine) -> str:
    """A number as the plan speaks: «hơn 1.000 lượt» for 1.037 where the plan asks for over 1.000.

    A number that is far beyond the plan is said as it is.
    """
    goal, value = target.value or 0, figure.value or 0
    sure = target.comparator == "over" and figure.qualifier in ("exact", "over")
    if sure and goal < value <= (1 + FAR) * goal:
        return amount(goal, "over", str(figure.indicator.measure.value))
    return count(figure)


def still_needed(target: TargetLine) -> int:
    """How many more members of a share's denominator must qualify for the target; 0 if none or unknown."""
    figure = target.figure
    if figure is None or not figure.indicator.is_share or not figure.denominator or target.value is None:
        return 0
    if target.comparator in _DOWNWARD or meets(figure.value or 0, target):
        return 0
    needed = ceil(round(target.value * figure.denominator / 100, 9))
    if not meets(100 * needed / figure.denominator, target):
        needed += 1
    return max(0, min(needed, figure.denominator) - (figure.numerator or 0))


def uncertainty(figure: Figure) -> str:
    """What is not settled about a figure, in words; empty if nothing is."""
    if figure.indicator.relation == "trained" and figure.high != figure.value:
        return f"từ {vi_number(figure.low or 0)} đến {vi_number(figure.high or 0)} người"
    if not figure.unallocated:
        return ""
    measure = members(figure) if figure.indicator.is_share else str(figure.indicator.measure.value)
    text = f"còn {vi_number(figure.unallocated)} {measure} chưa phân bổ"
    if figure.low is None or figure.high is None:
        return text
    if figure.indicator.is_share:
        return f"{text}: {vi_number(figure.low, 1)}–{vi_number(figure.high, 1)} %"
    return f"{text}: {vi_number(figure.low)}–{vi_number(figure.high)}"


def cell(figure: Figure | None, *against: float) -> Cell:
    """A figure in a table: a real number with its words. None where it is unknown, never 0 for that."""
    if figure is None or figure.value is None:
        return None
    if figure.indicator.is_share:
        value = figure.value
        return Amount(value, decimals=0 if value == int(value) else places(value, *against), after="%")
    if figure.indicator.relation == "trained":
        # Without a list nobody knows how many persons they were: a 0 would say that none was trained.
        return None if figure.qualifier == "over" and not figure.value else Amount(figure.value)
    return Amount(figure.value, before=QUALIFIERS[figure.qualifier])
