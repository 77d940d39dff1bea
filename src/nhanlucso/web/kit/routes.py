"""Which address lets whom in: the declaration of all doors as a document (docs/routes.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from nhanlucso.access.enums import Role
from nhanlucso.access.rules import ALLOWED
from nhanlucso.kernel.permissions import Permission
from nhanlucso.web.kit.doors import Door

_HEAD = """# Who may what

Written from the code by `scripts/routes.py`. Every address has a door: any one of the permissions beside it opens it,
and who holds none is answered 403. Behind the door everything is looked up in what the permission reaches: a record
elsewhere is answered 404. A role holds its permissions below the unit of its assignment, for its days.
`tests/web/test_who_may_what.py` asks every address as every role, inside and outside its reach, and compares; an
address without a door fails the tests.

"""


def routes_document() -> str:
    """Roles and permissions, then all addresses, as Markdown."""
    return _HEAD + "\n".join([*_roles(), "", *_addresses()]) + "\n"


def _roles() -> Iterator[str]:
    yield "## Roles"
    yield ""
    yield f"| permission | {' | '.join(Role.values)} |"
    yield f"|---|{'---|' * len(Role)}"
    for permission in Permission:
        held = ["•" if permission in ALLOWED[role] else "" for role in Role]
        yield f"| `{permission.value}` | {' | '.join(held)} |"


def _addresses() -> Iterator[str]:
    yield "## Addresses"
    yield ""
    yield "| address | opened by | roles |"
    yield "|---|---|---|"
    for path, route in routes(get_resolver().url_patterns):
        door: Door = route.callback.door  # type: ignore[attr-defined]
        opened = ", ".join(f"`{one.value}`" for one in door.permissions) or f"everyone: {door.why}"
        yield f"| `/{path}` | {opened} | {_who(door)} |"


def _who(door: Door) -> str:
    roles = [role.value for role in Role if any(one in ALLOWED[role] for one in door.permissions)]
    return "all" if not door.permissions or len(roles) == len(Role) else ", ".join(roles)


def routes(patterns: list[Any], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address below these patterns with its whole path."""
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, path)
        else:
            yield path, pattern
