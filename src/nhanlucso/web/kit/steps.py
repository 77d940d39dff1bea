"""Which units a list can be narrowed to from where it stands: everything, up, here, down."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.browsing.rules import ordered
from nhanlucso.orgs.queries import history, reach
from nhanlucso.orgs.rules import Version


def unit_steps(scope: Scope, here: Version | None, on: date) -> list[tuple[Any, Any]]:
    """Choices of a form field: ids of units with their names in the tree of a day."""
    past, inside = history(), reach(scope)
    everywhere: tuple[Any, Any] = ("", _("Mọi đơn vị trong phạm vi của tôi"))
    if here is None:
        tops = [v for u in past.closure(on) if inside.holds(u) and (v := past.version(u, on))]
        above = {v.unit for v in tops}
        return [everywhere, *((v.unit, v.name) for v in ordered(tops) if v.parent not in above)]
    line = [u for u in reversed(past.closure(on).get(here.unit, (here.unit,))[1:]) if inside.holds(u)]
    up = [(v.unit, v.name) for u in line if (v := past.version_near(u, on))]
    down = [(v.unit, f"– {v.name}") for v in ordered(past.children(here.unit, on)) if inside.holds(v.unit)]
    return [everywhere, *up, (here.unit, here.name), *down]
