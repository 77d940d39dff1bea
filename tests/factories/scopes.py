"""Scopes as accounts have them, without accounts."""

from __future__ import annotations

from nhanlucso.access.enums import Role
from nhanlucso.access.rules import ALLOWED
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit


def officer_of(*units: Unit) -> Scope:
    """Somebody who works on these units."""
    return _of(Role.OFFICER, units)


def viewer_of(*units: Unit) -> Scope:
    """Somebody who may only look at these units."""
    return _of(Role.VIEWER, units)


def _of(role: Role, units: tuple[Unit, ...]) -> Scope:
    return Scope(None, frozenset({role.value}), frozenset(u.pk for u in units), permissions=ALLOWED[role])


VIEWER_OF_ALL = Scope(
    None, frozenset({"viewer"}), frozenset(), everything=True, permissions=ALLOWED[Role.VIEWER]
)
