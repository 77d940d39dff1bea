"""Scope on every request; refusals and records outside the scope as pages."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import ObjectDoesNotExist
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext
from django.views.defaults import page_not_found

from nhanlucso.access.limits.services import TooMany
from nhanlucso.access.queries import NOBODY, scope_of
from nhanlucso.access.rules import LIGHT
from nhanlucso.access.signing.queries import card_stands
from nhanlucso.kernel.disk import trouble_of
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.steady import steady
from nhanlucso.people.queries import with_person
from nhanlucso.web.kit.keeping import CARD
from nhanlucso.web.kit.limits import too_many
from nhanlucso.web.kit.stuck import stuck

log = logging.getLogger(__name__)
_MINUTE = "60"


class LanguageMiddleware:
    """Vietnamese unless somebody chose otherwise. What a browser was shipped with is no choice."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = {code for code, _ in settings.LANGUAGES}
        with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response


class ScopeMiddleware:
    """Sets `request.scope`, read once per request; empty for visitors. Turns refused input into a clear answer
    and a record that the scope does not reach into 404."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.scope = with_person(_scope(request))  # type: ignore[attr-defined]
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with steady():  # all parts of a page tell of the same moment
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, TooMany):
            return too_many(request, problem)
        if isinstance(problem, Refused):
            status = 403 if problem.code == "not_allowed" else 400
            if request.path.startswith("/api/"):
                return JsonResponse(problem.as_json(), status=status)
            return render(request, "kit/refused.html", {"refusal": problem}, status=status)
        if isinstance(problem, ObjectDoesNotExist | OverflowError):  # or a number too large to be a key
            return page_not_found(request, Http404())
        if trouble := trouble_of(problem):
            return stuck(request, trouble)
        if isinstance(problem, OperationalError):
            return _busy(request, problem)
        return None


def _busy(request: HttpRequest, problem: OperationalError) -> HttpResponse:
    """The answer where the database took no write in time: on SQLite somebody writes a large list. Reading asks again
    by itself; what was sent was not written, and is sent again by who sent it."""
    # The page, not the address: links of invitations and cards hold secrets.
    page = request.resolver_match.view_name if request.resolver_match else "?"
    log.warning("database busy at %s: %s", page, problem)
    again = request.method in ("GET", "HEAD")
    response: HttpResponse
    if request.path.startswith("/api/"):
        busy = Refused("busy", gettext("Máy chủ đang ghi một danh sách lớn; thử lại sau một phút."))
        response = JsonResponse(busy.as_json(), status=503)
    else:
        response = render(request, "kit/busy.html", {"again": again}, status=503)
        if again:
            response.headers["Refresh"] = _MINUTE
    response.headers["Retry-After"] = _MINUTE
    return response


def _scope(request: HttpRequest) -> Scope:
    """The scope of who is signed in. With a card one has one's light roles alone, as long as the card stands."""
    user = request.user
    mark = request.session.get(CARD) if user.is_authenticated else None
    if mark is None:
        return scope_of(user)
    if user.pk is None or not card_stands(user.pk, mark):
        logout(request)
        return NOBODY
    return scope_of(user, LIGHT)
