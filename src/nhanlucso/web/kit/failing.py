"""The answer where the product itself failed: it asks nothing of database or session, which may have failed."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from nhanlucso.kernel import tracing
from nhanlucso.kernel.disk import trouble_of
from nhanlucso.web.kit.stuck import stuck


@requires_csrf_token
def failed(request: HttpRequest) -> HttpResponse:
    """500 with the id by which the log tells what happened; 503 where the disk takes nothing."""
    problem = sys.exc_info()[1]
    if problem is not None and (trouble := trouble_of(problem)):
        return stuck(request, trouble)
    trace = tracing.current()
    if request.path.startswith("/api/"):
        error = {"code": "fault", "message": _("Máy chủ gặp lỗi; chưa ghi gì."), "details": [trace]}
        return JsonResponse({"error": error}, status=500)
    return HttpResponse(loader.render_to_string("500.html", {"trace": trace}), status=500)
