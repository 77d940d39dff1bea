"""What a token of a program may hold, and whether it opens anything; plain values only."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Grant

PREFIX = "nls_"  # by which people and scanners of code tell it for what it is
LASTS_AT_MOST = timedelta(days=366)
LASTS_AT_FIRST = timedelta(days=90)

# What stays with people: signing official papers, and the running of the installation.
NEVER_A_PROGRAM = frozenset({Permission.APPROVE_REPORTS, Permission.OPERATE})


def networks(text: str) -> list[str]:
    """The addresses and networks of a text, written in one way. Raises ValueError for a word that is none."""
    return [str(ipaddress.ip_network(word, strict=False)) for word in text.replace(",", " ").split()]


def lets_in(addresses: str, address: str) -> bool:
    """Whether a token bound to these networks is taken from an address; bound to none, from everywhere."""
    if not addresses:
        return True
    try:
        asked = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(asked, "ipv4_mapped", None)
    return any((mapped or asked) in ipaddress.ip_network(network) for network in addresses.split())


def is_over(ends_on: date, on: date) -> bool:
    """Whether the last day of a token is behind us."""
    return ends_on < on


def narrowed(
    grants: Iterable[Grant],
    permissions: frozenset[Permission],
    unit_id: int | None,
    is_below: Callable[[int, int], bool],
) -> Iterator[Grant]:
    """The part of what somebody is entrusted with that a token of theirs opens: both must allow it, there.

    `is_below(unit, top)`: whether a unit lies in the subtree of another, or is it.
    """
    for grant in grants:
        allowed = grant.permissions & permissions
        if not allowed:
            continue
        if unit_id is None or (grant.unit_id is not None and is_below(grant.unit_id, unit_id)):
            yield Grant(grant.role, allowed, grant.unit_id)
        elif grant.unit_id is None or is_below(unit_id, grant.unit_id):
            yield Grant(grant.role, allowed, unit_id)


def permissions_in(text: str) -> frozenset[Permission]:
    """The permissions of a text; names that are none any more open nothing."""
    known = set(Permission)
    return frozenset(Permission(word) for word in text.split() if word in known)
