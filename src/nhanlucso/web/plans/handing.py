"""What is proposed to the units below a target, and what somebody made of the proposal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from nhanlucso.indicators.catalogue import INDICATORS, Indicator
from nhanlucso.indicators.definitions import definition
from nhanlucso.indicators.queries import ask, figures
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.numbers import vi_number
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.rules import Version
from nhanlucso.plans.documents.queries import targets_beside, unit_choices
from nhanlucso.plans.models import Target
from nhanlucso.plans.rules import decimals, proportional
from nhanlucso.web.kit.standing import target_words
from nhanlucso.web.kit.wording import quantity
from nhanlucso.web.plans.forms import amount


@dataclass(frozen=True, slots=True)
class Row:
    """A unit below: whether it is chosen, the value as written, as a number where it is one, what is wrong with it.

    `standing`: the target that it has already («tối thiểu 90 %»), with its value; such a unit is left as it is.
    `staff`: headcount of today, None where unknown or not asked for.
    """

    version: Version
    chosen: bool
    text: str
    value: float | None = None
    problem: str = ""
    standing: str = ""
    stands_at: float = 0.0
    staff: int | None = None

    @property
    def picked(self) -> str:
        """The name of the tick box."""
        return f"pick-{self.version.unit}"

    @property
    def field(self) -> str:
        """The name of the field of the value."""
        return f"value-{self.version.unit}"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A target with the rows of the units below it; `share`: the same value binds everyone, nothing is shared out."""

    target: Target
    indicator: Indicator
    share: bool
    words: str
    rows: list[Row]

    @property
    def problems(self) -> list[Row]:
        return [row for row in self.rows if row.problem]

    @property
    def values(self) -> dict[int, float]:
        """The value for each unit that is to get a target."""
        return {
            r.version.unit: r.value for r in self.rows if r.chosen and not r.standing and r.value is not None
        }

    @property
    def chosen(self) -> list[Row]:
        return [row for row in self.rows if row.version.unit in self.values]

    @property
    def total(self) -> str:
        """The sum of the values below beside the value above; a share has no sum."""
        if self.share or self.target.value is None:
            return ""
        measure = str(self.indicator.measure.value)
        total = sum(self.values.values()) + sum(row.stands_at for row in self.rows if row.standing)
        words = {"total": quantity(total, measure), "above": quantity(self.target.value, measure)}
        gap = self.target.value - total
        if gap > 0:
            words["gap"] = quantity(gap, measure)
            return _("Tổng các đơn vị: %(total)s; chỉ tiêu chung %(above)s, còn %(gap)s chưa giao.") % words
        if gap < 0:
            words["gap"] = quantity(-gap, measure)
            return _("Tổng các đơn vị: %(total)s; nhiều hơn chỉ tiêu chung %(above)s là %(gap)s.") % words
        return _("Tổng các đơn vị: %(total)s, bằng chỉ tiêu chung.") % words


def proposal(scope: Scope, target: Target) -> Proposal:
    """All units below chosen; a share with the same value, a number with none: how to share it out is not guessed."""
    indicator = definition(target.indicator)
    measure = str(indicator.measure.value)
    below = [v for v in unit_choices(scope, target.unit_id) if v.unit != target.unit_id]
    held = targets_beside(scope, target)
    text = written(target.value) if indicator.is_share else ""
    rows = []
    for version in below:
        own = held.get(version.unit)
        if own is None:
            rows.append(Row(version, True, text, target.value if text else None))
        else:
            words = target_words(own.value, own.comparator, measure) if own.value is not None else "–"
            rows.append(Row(version, False, "", standing=words, stands_at=own.value or 0.0))
    words = target_words(target.value or 0.0, target.comparator, measure)
    return Proposal(target, indicator, indicator.is_share, words, rows)


def shared_out(scope: Scope, given: Proposal) -> Proposal:
    """The number shared out to the chosen units by their headcount of today, what others have taken off first."""
    free = [row for row in given.rows if row.chosen and not row.standing]
    if given.share or given.target.value is None or not free:
        return given
    staff = _staff(scope, [row.version.unit for row in free])
    rest = given.target.value - sum(row.stands_at for row in given.rows if row.standing)
    sizes = [staff.get(row.version.unit) for row in free]
    shares = dict(
        zip((row.version.unit for row in free), proportional(max(0, int(rest)), sizes), strict=True)
    )
    return replace(given, rows=[_with_share(row, shares, staff) for row in given.rows])


def edited(given: Proposal, words: QueryDict) -> Proposal:
    """The proposal as somebody sent it back, each value checked."""
    return replace(given, rows=[_edited(row, words, given.share) for row in given.rows])


def written(value: float | None) -> str:
    """A stored value as somebody would write it: «90,5», «1.200»."""
    return "" if value is None else vi_number(value, decimals(value))


def _edited(row: Row, words: QueryDict, share: bool) -> Row:
    if row.standing:
        return row
    text, chosen = words.get(row.field, "").strip(), row.picked in words
    if not chosen:
        return replace(row, chosen=False, text=text, value=None)
    if not text:
        return replace(row, chosen=True, text="", value=None, problem=_("Ghi mức, hoặc bỏ chọn đơn vị này."))
    try:
        return replace(row, chosen=True, text=text, value=amount(text, share))
    except forms.ValidationError as problem:
        return replace(row, chosen=True, text=text, value=None, problem=" ".join(problem.messages))


def _with_share(row: Row, shares: dict[int, int | None], staff: dict[int, int]) -> Row:
    unit = row.version.unit
    if unit not in shares:
        return row
    share = shares[unit]
    value = None if share is None else float(share)
    return replace(row, text=written(value), value=value, staff=staff.get(unit), problem="")


def _staff(scope: Scope, units: Sequence[int]) -> dict[int, int]:
    """Headcounts of today; units without one are absent."""
    day = today().isoformat()
    found = figures(scope, ask(f"{day}..{day}"), [INDICATORS["staff.headcount"]], units)
    return {unit: int(row.value) for unit, (row,) in found.items() if row.value}
