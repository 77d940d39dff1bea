"""Scopes as accounts have them, without accounts."""

from __future__ import annotations

from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit


def officer_of(*units: Unit) -> Scope:
    """Somebody who works on these units."""
    return Scope(None, frozenset({"officer"}), frozenset(unit.pk for unit in units), can_write=True)


def viewer_of(*units: Unit) -> Scope:
    """Somebody who may only look at these units."""
    return Scope(None, frozenset({"viewer"}), frozenset(unit.pk for unit in units))


VIEWER_OF_ALL = Scope(None, frozenset({"viewer"}), frozenset(), everything=True)
