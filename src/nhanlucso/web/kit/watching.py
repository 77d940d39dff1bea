"""What the operator learns of every request: one line of the log, the measures, an id that the answer carries.

Never who a person is: the line names the page, not the address, and the account by its number.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from nhanlucso.kernel import tracing
from nhanlucso.web.kit import measures

log = logging.getLogger("nhanlucso.requests")
slow = logging.getLogger("nhanlucso.slow")

HEADER = "X-Request-ID"
_BARE = ("/health/", "/metrics")
_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NO_ROUTE = "none"


class WatchingMiddleware:
    """Stands before all others. What proxies say of a visitor is forgotten where it comes from somebody else; the
    addresses of the operator are answered without session, scope and host name, so that they answer also where these
    do not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not from_proxy(request):
            for name in _FORWARDED:
                request.META.pop(name, None)
        asked = _Asked()
        with tracing.following(request.headers.get(HEADER, "")) as trace, connection.execute_wrapper(asked):
            begun = time.perf_counter()
            response = _bare(request) or self.get_response(request)
            seconds = time.perf_counter() - begun
            response.headers[HEADER] = trace
            _note(request, response, seconds, asked.queries)
        return response


class _Asked:
    """Counts the queries of a request and notes the slow ones: as they are written, without a value."""

    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.queries += 1
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            seconds = time.perf_counter() - begun
            if seconds * 1000 >= settings.SLOW_QUERY_MS:
                measures.SLOW.inc()
                slow.warning("slow query", extra={"told": {"seconds": round(seconds, 3), "sql": str(sql)}})


def from_proxy(request: HttpRequest) -> bool:
    """Whether a proxy of the operator hands the request over; only one of this machine reaches a socket in a file."""
    peer = request.META.get("REMOTE_ADDR", "")
    if not peer:
        return True
    try:
        address = ip_address(peer)
    except ValueError:
        return False
    return any(address in network for network in settings.PROXY_ADDRESSES)


def _bare(request: HttpRequest) -> HttpResponseBase | None:
    """The answer to an address of the operator."""
    if not request.path_info.startswith(_BARE):
        return None
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return None
    request.resolver_match = match
    answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    return answer


def _note(request: HttpRequest, response: HttpResponseBase, seconds: float, queries: int) -> None:
    match = request.resolver_match
    route = (match and match.view_name) or NO_ROUTE
    method = request.method if request.method in _METHODS else "other"
    with suppress(OSError):  # no room for measures is no reason to answer nothing
        measures.REQUESTS.labels(route, method, str(response.status_code)).inc()
        measures.SECONDS.labels(route).observe(seconds)
        measures.QUERIES.labels(route).observe(queries)
    scope = getattr(request, "scope", None)
    told = {
        "route": route,
        "method": method,
        "status": response.status_code,
        "ms": round(seconds * 1000),
        "queries": queries,
        "account": scope.account_id if scope else None,
    }
    log.info("request", extra={"told": told})
