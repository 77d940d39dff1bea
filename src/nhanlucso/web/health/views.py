"""Live, ready, measures. Answered without session and scope: they must answer where these fail."""

from __future__ import annotations

import hmac
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from nhanlucso.kernel.clock import now
from nhanlucso.upkeep.health.readiness import failing
from nhanlucso.web.health.collecting import registry
from nhanlucso.web.kit.doors import everyone
from nhanlucso.web.kit.watching import from_proxy


@everyone("says that the process answers, and nothing else")
@login_not_required
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    return _fresh(JsonResponse({"live": True}))


@everyone("for machines of the operator: from this machine, from a proxy itself, or with a token")
@login_not_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """503 names what is wrong; what to do about it, `nhanlucso doctor` tells."""
    if not _is_operator(request):
        return _hidden()
    wrong = failing(now())
    return _fresh(JsonResponse({"ready": not wrong, "failing": wrong}, status=503 if wrong else 200))


@everyone("for machines of the operator: from this machine, from a proxy itself, or with a token")
@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    if not _is_operator(request):
        return _hidden()
    return _fresh(HttpResponse(generate_latest(registry()), content_type=CONTENT_TYPE_LATEST))


def _is_operator(request: HttpRequest) -> bool:
    """Whether the token is shown, or a machine of the operator asks for itself and not for a visitor."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if settings.METRICS_TOKEN and kind.lower() == "bearer":
        return hmac.compare_digest(token.encode(), settings.METRICS_TOKEN.encode())
    if request.headers.get("X-Forwarded-For") or request.headers.get("Forwarded"):
        return False
    peer = request.META.get("REMOTE_ADDR", "")
    return from_proxy(request) or ip_address(peer).is_loopback


def _hidden() -> HttpResponse:
    return _fresh(HttpResponse("404\n", status=404, content_type="text/plain"))


def _fresh(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
