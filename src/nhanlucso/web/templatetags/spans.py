"""Days of a validity, whose far ends stand for «since ever» and «still»."""

from __future__ import annotations

from datetime import date

from django import template

from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.orgs.enums import UnitKind
from nhanlucso.orgs.rules import Version
from nhanlucso.web.kit.wording import day

register = template.Library()


@register.filter
def known_day(value: date | None) -> str:
    """15/12/2023; nothing for an end that is open."""
    return "" if value in (None, EVER, ALWAYS) else day(value)


@register.filter
def unit_kind(version: Version) -> str:
    """The word for the kind of a unit."""
    return str(UnitKind(version.kind).label)
