"""A disk that takes nothing: what cannot be written says so, what can be read is read on.

The page asks nothing of database, session or account. What reading writes by the way, when somebody was last seen, is
left out.
"""

from __future__ import annotations

import logging

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader

from nhanlucso.kernel import tracing
from nhanlucso.kernel.disk import Trouble, refused, trouble_of

log = logging.getLogger(__name__)
_LATER = "300"  # seconds


def stuck(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """503: what happened, that nothing was written, whom to tell."""
    page = request.resolver_match.view_name if request.resolver_match else "?"
    log.error("%s at %s", trouble.value, page)
    refusal = refused(trouble)
    response: HttpResponse
    if request.path.startswith("/api/"):
        response = JsonResponse(refusal.as_json(), status=503)
    else:
        words = {
            "refusal": refusal,
            "trace": tracing.current(),
            "sent": request.method not in ("GET", "HEAD"),
        }
        response = HttpResponse(loader.render_to_string("503.html", words), status=503)
    response.headers["Retry-After"] = _LATER
    return response


class KeptSessionMiddleware(SessionMiddleware):
    """Sessions of the framework. Where one cannot be saved after the page was made, the page is shown all the same:
    whoever signs in has theirs saved before."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except (DatabaseError, SessionInterrupted, OSError) as problem:
            trouble = trouble_of(problem)
            if trouble is None:
                raise
            log.error("%s: a session was not saved", trouble.value)
            return response
