"""So often and no more: the pages that are asked only so many times in a minute, and by whom that is counted."""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from nhanlucso.access.enums import Limited
from nhanlucso.access.limits.services import TooMany, count_visit
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.scope import Scope

# What is sent to these addresses tries a secret; opening one of the last four does so already.
_SECRETS = frozenset({"sign-in", "second-step", "by-passkey", "unlock", "sso", "second-app"})
_LINKS = frozenset({"invited", "card", "reset", "sso-back"})
_SEARCH = frozenset({"search"})
_NETWORK = 64  # bits of an IPv6 address that one customer has at the least


class LimitsMiddleware:
    """Stands after the scope, so that a refusal is a page like others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, arguments: Any, named: Any
    ) -> HttpResponse | None:
        """Counts the visit of an address that is limited."""
        try:
            limit(request)
        except TooMany as refusal:
            return too_many(request, refusal)
        return None


def limit(request: HttpRequest) -> None:
    """Counts a visit by what it asks for. Raises TooMany."""
    name = request.resolver_match.url_name if request.resolver_match else ""
    if name in _LINKS or (name in _SECRETS and request.method == "POST"):
        count(request, Limited.SIGN_IN, address_of(request))
    elif name in _SEARCH:
        count(request, Limited.SEARCH, _account_of(request))
    elif request.path.startswith("/api/"):
        count(request, Limited.API, _token_of(request) or _account_of(request))


def limit_export(request: HttpRequest) -> None:
    """Counts a file that somebody takes away. Raises TooMany."""
    count(request, Limited.EXPORT, _account_of(request))


def count(request: HttpRequest, limited: Limited, who: str) -> None:
    """Counts a visit of whoever is told apart by `who`. Raises TooMany."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    count_visit(limited=limited, who=who, by=scope, at=now())


def too_many(request: HttpRequest, refusal: TooMany) -> HttpResponse:
    """429: how long to wait, for people and for programs."""
    response: HttpResponse
    if request.path.startswith("/api/"):
        response = JsonResponse(refusal.as_json(), status=429)
    else:
        response = render(request, "kit/limited.html", {"refusal": refusal}, status=429)
        response["HX-Retarget"], response["HX-Reswap"] = "body", "innerHTML"
    response["Retry-After"] = str(refusal.wait)
    return response


def address_of(request: HttpRequest) -> str:
    """Where a request comes from; of IPv6 the network."""
    found = host_of(request)
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, _NETWORK), strict=False))
    return str(found or "")


def host_of(request: HttpRequest) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Where a request comes from, as the operator's own proxies tell: the last address that is none of theirs. What
    stands further left in the header was written by whoever asks."""
    way = [*request.headers.get("X-Forwarded-For", "").split(","), request.META.get("REMOTE_ADDR", "")]
    found: ipaddress.IPv4Address | ipaddress.IPv6Address | None = None
    for address in reversed([part.strip() for part in way]):
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            if address:
                break
            continue  # a socket in a file has no address
        if not any(found in network for network in settings.PROXY_ADDRESSES):
            break
    return getattr(found, "ipv4_mapped", None) or found


def _account_of(request: HttpRequest) -> str:
    return f"account {request.user.pk}" if request.user.is_authenticated else address_of(request)


def _token_of(request: HttpRequest) -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        return ""
    return "token " + hashlib.sha256(token.encode()).hexdigest()
