"""Who did what to one record, when, and what stood there before."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nhanlucso.kernel.permissions import Permission
from nhanlucso.web.kit.acting import told_verb
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.history import SUBJECTS, deeds, subject

PAGE = 50


@needs(
    Permission.READ_AUDIT,
    Permission.EDIT_PEOPLE,
    Permission.EDIT_CLASSES,
    Permission.EDIT_PLANS,
    Permission.EDIT_UNITS,
    Permission.MANAGE_ACCOUNTS,
)
@require_GET
def record_history(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One record's lines of the log, the newest first."""
    if kind not in SUBJECTS:
        raise Http404
    scope = scope_of(request)
    about, permission = subject(scope, kind, pk)
    page = Paginator(deeds(scope, about, permission), PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Ai đã sửa gì, khi nào"),
        "crumbs": [(about.name, about.url)],
        "about": about,
        "page": page,
        "lines": [(deed, told_verb(deed.verb)) for deed in page.object_list],
    }
    return render(request, "history/page.html", context)
