"""Numbers with the word of what they count, where a page counts one thing throughout."""

from __future__ import annotations

from django import template

from nhanlucso.indicators.enums import Measure
from nhanlucso.web.kit.wording import quantity

register = template.Library()


@register.filter
def attendances(value: object) -> str:
    """1.037 lượt."""
    return quantity(value, Measure.ATTENDANCES.value)


@register.filter
def teams(value: object) -> str:
    """25 tổ."""
    return quantity(value, Measure.TEAMS.value)


@register.filter
def items(value: object) -> str:
    """12 tin."""
    return quantity(value, Measure.ITEMS.value)
