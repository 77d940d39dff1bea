"""Where a figure stands against its target, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from nhanlucso.indicators.rules import Figure
from nhanlucso.orgs.queries import history
from nhanlucso.plans.queries import Aim
from nhanlucso.plans.rules import distance, reached
from nhanlucso.web.kit.wording import number, quantity

_LEAST = 0.05  # a distance that would be shown as 0


@dataclass(frozen=True, slots=True)
class Standing:
    """`words`: the target («trên 90 %»); `state` and `label`: the tag; `quote`: the sentence of the plan."""

    value: float
    words: str
    state: str
    label: str
    quote: str
    reached: bool | None


def standing(figure: Figure, aim: Aim | None) -> Standing | None:
    """The standing of a figure; None without a target."""
    if aim is None:
        return None
    unit = str(figure.indicator.measure.value)
    words = _target_words(aim, unit)
    if figure.value is None:
        return Standing(aim.value, words, "", _("Chưa có số liệu"), aim.quote, None)
    if reached(figure.value, aim.value, aim.comparator):
        return Standing(aim.value, words, "ok", _("Đạt chỉ tiêu"), aim.quote, True)
    label = _gap(distance(figure.value, aim.value, aim.comparator), unit, aim.comparator)
    return Standing(aim.value, words, "warn", label, aim.quote, False)


def _target_words(aim: Aim, unit: str) -> str:
    said = quantity(aim.value, unit)
    words = {
        "over": _("trên %(value)s"),
        "under": _("dưới %(value)s"),
        "at_most": _("tối đa %(value)s"),
    }
    return words[aim.comparator] % {"value": said} if aim.comparator in words else said


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
