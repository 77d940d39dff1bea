"""The list of classes; one class with its sessions, invitation list and roster."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.audit.services import record
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.papers.lists import Value, render_list
from nhanlucso.training.queries.classes import class_view, visible_classes
from nhanlucso.web.classes.rows import class_page, class_rows
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs

CLASSES_ON_A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(Permission.SEE_CLASSES)
@require_GET
def classes(request: HttpRequest) -> HttpResponse:
    """The classes in reach, the newest first."""
    found = visible_classes(scope_of(request)).order_by(F("first_day").desc(nulls_last=True), "-pk")
    page = Paginator(found, CLASSES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"title": _("Lớp học"), "page": page, "rows": class_rows(page.object_list)}
    return render(request, "classes/page.html", context)


@needs(Permission.SEE_CLASSES)
@require_GET
def training_class(request: HttpRequest, class_id: int) -> HttpResponse:
    """One class as the scope may see it."""
    held = class_view(scope_of(request), class_id)
    context = {"title": held.training_class.title, "held": held, "page": class_page(held)}
    return render(request, "classes/class.html", context)


@needs(Permission.EXPORT_LISTS)
@require_POST
def invitations_xlsx(request: HttpRequest, class_id: int) -> HttpResponse:
    """The invitation list as a spreadsheet; who took it is put on record."""
    scope = scope_of(request)
    held = class_view(scope, class_id)
    if not held.invited:
        raise Refused("nobody_invited", _("Lớp này chưa mời ai trong phạm vi của tài khoản."))
    page = class_page(held)
    head = [_("STT"), _("Họ và tên"), _("Chức danh"), _("Đơn vị"), _("Ký tên")]
    rows: list[list[Value]] = [
        [place, person.name, person.title, person.unit, ""] for place, person in enumerate(held.invited, 1)
    ]
    content = render_list(_("Danh sách mời: %(title)s") % {"title": page.title}, [page.when], head, rows)
    with transaction.atomic():
        record(
            verb="invitations.export",
            object_type="training_class",
            object_id=held.training_class.uid,
            by=scope.account_id,
            at=now(),
            count=len(rows),
        )
    name = f"danh-sach-moi-{class_id}.xlsx"
    return HttpResponse(content, XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
