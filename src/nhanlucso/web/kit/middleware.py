"""Puts the scope of whoever is signed in on the request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from nhanlucso.access.queries import scope_of


class ScopeMiddleware:
    """Sets `request.scope`, read once per request; empty for visitors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.scope = scope_of(request.user)  # type: ignore[attr-defined]
        return self.get_response(request)
