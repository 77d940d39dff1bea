"""The document of the interface, for programs and for people; and what is said where there is no address."""

from __future__ import annotations

from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from nhanlucso import __version__
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import NAMES
from nhanlucso.web.api.answers import refused, said
from nhanlucso.web.api.v1.addresses import urlpatterns
from nhanlucso.web.api.v1.document import document, operations
from nhanlucso.web.kit.doors import everyone

ROOMS = {
    "lists": gettext_lazy("Gửi danh sách"),
    "units": gettext_lazy("Đơn vị"),
    "people": gettext_lazy("Người"),
    "classes": gettext_lazy("Lớp học, điểm danh"),
    "results": gettext_lazy("Kết quả học tập"),
    "plans": gettext_lazy("Kế hoạch, chỉ tiêu"),
    "teams": gettext_lazy("Tổ công nghệ số"),
    "figures": gettext_lazy("Số liệu"),
    "reports": gettext_lazy("Báo cáo"),
}


@everyone("what can be asked; no records")
@login_not_required
@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return said(document(urlpatterns, __version__))


@everyone("what can be asked; no records")
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The same for people to read."""
    told = [
        {
            "method": method,
            "path": template,
            "operation": declared,
            "permissions": [_(NAMES[permission]) for permission in declared.permissions],
        }
        for template, method, declared in operations(urlpatterns)
    ]
    rooms = [(ROOMS[tag], list(rows)) for tag, rows in groupby(told, key=lambda row: row["operation"].tag)]  # type: ignore[attr-defined]
    return render(request, "api/page.html", {"title": _("Giao tiếp với chương trình khác"), "rooms": rooms})


@everyone("there is nothing")
@login_not_required
@csrf_exempt
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """An address that version 1 does not have."""
    return refused(Refused("not_found", _("Không có địa chỉ này; xem /api/v1/openapi.json.")))
