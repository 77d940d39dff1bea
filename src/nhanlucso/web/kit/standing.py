"""Where a figure stands against its target, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import overload

from django.utils.translation import gettext as _

from nhanlucso.indicators.enums import Measure
from nhanlucso.indicators.rules import Figure
from nhanlucso.orgs.queries import history
from nhanlucso.plans.queries import Aim
from nhanlucso.plans.rules import distance, judged, members_short
from nhanlucso.web.kit.wording import number, quantity

_LEAST = 0.05  # a distance that would be shown as 0


@dataclass(frozen=True, slots=True)
class Standing:
    """`words`: the target («trên 90 %»); `state` and `label`: the tag; `quote`: the sentence of the plan.

    `reached` None: nobody can say. `people`: the distance in people or things («còn thiếu 12 người»), "" where the
    target is met or not known to be missed, or the figure is no share.
    """

    value: float
    words: str
    state: str
    label: str
    quote: str
    reached: bool | None
    people: str = ""


@overload
def standing(figure: Figure, aim: Aim) -> Standing: ...
@overload
def standing(figure: Figure, aim: None) -> None: ...
@overload
def standing(figure: Figure, aim: Aim | None) -> Standing | None: ...
def standing(figure: Figure, aim: Aim | None) -> Standing | None:
    """The standing of a figure; None without a target."""
    if aim is None:
        return None
    unit = str(figure.indicator.measure.value)
    words = target_words(aim.value, aim.comparator, unit)
    if figure.value is None:
        return Standing(aim.value, words, "info", _("Chưa có số liệu"), aim.quote, None)
    met = judged((figure.value, figure.low, figure.high), figure.qualifier, aim.value, aim.comparator)
    if met is None:
        return Standing(aim.value, words, "info", _("Chưa rõ đã đạt hay chưa"), aim.quote, None)
    if met:
        return Standing(aim.value, words, "ok", _("Đạt chỉ tiêu"), aim.quote, True)
    label = _gap(distance(figure.value, aim.value, aim.comparator), unit, aim.comparator)
    return Standing(aim.value, words, "warn", label, aim.quote, False, _people(figure, aim))


def target_words(value: float, comparator: str, unit: str) -> str:
    """A target in words: «tối thiểu 90 %», «trên 1.000 lượt»; a plan that names no comparator: «90 %»."""
    said = quantity(value, unit)
    words = {
        "at_least": _("tối thiểu %(value)s"),
        "over": _("trên %(value)s"),
        "under": _("dưới %(value)s"),
        "at_most": _("tối đa %(value)s"),
    }
    return words[comparator] % {"value": said} if comparator in words else said


def _people(figure: Figure, aim: Aim) -> str:
    if figure.numerator is None or not figure.denominator:
        return ""
    count = members_short(figure.numerator, figure.denominator, aim.value, aim.comparator)
    if not count:
        return ""
    if figure.indicator.relation == "villages":
        said = _("%(count)s thôn") % {"count": number(count)}
    else:
        said = quantity(count, Measure.PERSONS.value)
    if aim.comparator in ("under", "at_most"):
        return _("thừa %(gap)s") % {"gap": said}
    return _("còn thiếu %(gap)s") % {"gap": said}


def _gap(gap: float, unit: str, comparator: str) -> str:
    if gap < _LEAST:
        return _("Chưa đạt, còn rất ít")
    said = _("%(points)s điểm %%") % {"points": number(gap)} if unit == "%" else quantity(gap, unit)
    if comparator in ("under", "at_most"):
        return _("Vượt mức %(gap)s") % {"gap": said}
    return _("Còn thiếu %(gap)s") % {"gap": said}


def source_of(aim: Aim) -> str:
    """Which plan of which unit sets the target."""
    version = history().last_version(aim.unit_id)
    plan = f"{aim.plan_title} ({aim.plan_number})" if aim.plan_number else aim.plan_title
    return _("%(plan)s, %(unit)s") % {"plan": plan, "unit": version.name if version else ""}
