"""Scope on every request; refusals and records outside the scope as pages."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.views.defaults import page_not_found

from nhanlucso.access.queries import NOBODY, scope_of
from nhanlucso.access.rules import LIGHT
from nhanlucso.access.signing.queries import card_stands
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import Scope
from nhanlucso.people.queries import with_person

CARD = "card"  # in the session: the hash of the secret of the card that somebody signed in with


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
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, Refused):
            status = 403 if problem.code == "not_allowed" else 400
            if request.path.startswith("/api/"):
                return JsonResponse(problem.as_json(), status=status)
            return render(request, "kit/refused.html", {"refusal": problem}, status=status)
        if isinstance(problem, ObjectDoesNotExist | OverflowError):  # or a number too large to be a key
            return page_not_found(request, Http404())
        return None


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
