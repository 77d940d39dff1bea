"""The door of every page: what an account must be allowed to do somewhere in order to open it.

What is on the page is then decided record by record, by the scope; the door only keeps out who has nothing to do
there. A test walks all addresses and asks for a door.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Door:
    """Any one of the permissions opens it; without any it stands open, and `why` says for what reason."""

    permissions: tuple[Permission, ...]
    why: str = ""

    def lets_in(self, scope: Scope) -> bool:
        return not self.permissions or any(scope.may(permission) for permission in self.permissions)


def needs(*permissions: Permission) -> Callable[[View], View]:
    """Only for accounts that may do one of these somewhere; others get 403 with the reason."""

    def shut(view: View) -> View:
        door = Door(permissions)

        @wraps(view)
        def opened(request: HttpRequest, *given: Any, **named: Any) -> HttpResponseBase:
            scope: Scope = request.scope  # type: ignore[attr-defined]
            if not door.lets_in(scope):
                scope.require(permissions[0])
            return view(request, *given, **named)

        opened.door = door  # type: ignore[attr-defined]
        return opened

    return shut


def everyone(why: str) -> Callable[[View], View]:
    """For whoever gets this far, for the reason given."""

    def mark(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *given: Any, **named: Any) -> HttpResponseBase:
            return view(request, *given, **named)

        opened.door = Door((), why)  # type: ignore[attr-defined]
        return opened

    return mark
