"""The list of classes, their calendar, and one class with its people."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.queries import reach
from nhanlucso.training.queries.class_view import class_view
from nhanlucso.training.queries.listing import (
    ClassList,
    class_list,
    nearest_session_day,
    sessions_between,
)
from nhanlucso.training.queries.planning import latest_class
from nhanlucso.training.roster.queries.confirming import class_confirmations
from nhanlucso.web.classes.asking import SIDES, Chip, ClassQuestion, FilterForm, class_question
from nhanlucso.web.classes.month import bounds, month, month_of, written
from nhanlucso.web.classes.rows import GROUPS, class_page, class_rows, said_forms
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.lists import Listing, listing

CLASSES_ON_A_PAGE = 50
PEOPLE_ON_A_PAGE = 100


@needs(Permission.SEE_CLASSES)
@require_GET
def classes(request: HttpRequest) -> HttpResponse:
    """The classes in reach, the newest first; the filters narrow them."""
    scope, asked = scope_of(request), class_question(request)
    found = class_list(scope, asked.asked)
    page = Paginator(found, CLASSES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Lớp học"),
        "asked": asked,
        "page": page,
        "rows": class_rows(page.object_list),
        "said": _said(found, asked),
        "form": FilterForm(scope, asked),
        "latest": latest_class(scope) if scope.may(Permission.EDIT_CLASSES) else None,
    }
    fragment = getattr(request, "htmx", False)
    return render(request, "classes/_list.html" if fragment else "classes/page.html", context)


@needs(Permission.EXPORT_LISTS)
@require_POST
def classes_list(request: HttpRequest) -> HttpResponse:
    """The list of classes as a file."""
    scope, asked = scope_of(request), class_question(request)
    found = class_list(scope, asked.asked)
    head = [
        _("STT"), _("Lớp"), _("Hình thức"), _("Chủ trì"), _("Từ ngày"), _("Đến ngày"), _("Số buổi"), _("Mời"),
        _("Đã dự"),
    ]  # fmt: skip
    rows = [
        [
            place, row.title, row.form, row.host, row.first_day, row.last_day, row.held, row.invited, row.came,
        ]
        for place, row in enumerate(class_rows(found[:]), 1)
    ]  # fmt: skip
    notes = [_said(found, asked), *(str(chip.label) for chip in asked.chips)]
    return listing(request, Listing(_("Các lớp học"), head, rows, notes))


def _said(found: ClassList, asked: ClassQuestion) -> str:
    """How many classes there are, and of which days."""
    said = said_forms(found.forms) or _("Không có lớp nào")
    if not asked.asked.span:
        return said
    first, last = asked.asked.span
    words = {"said": said, "first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
    return _("%(said)s có buổi học từ %(first)s đến %(last)s") % words


@needs(Permission.SEE_CLASSES)
@require_GET
def class_calendar(request: HttpRequest) -> HttpResponse:
    """The sessions of a month."""
    scope, on = scope_of(request), today()
    first, last = bounds(month_of(request.GET.get("thang", ""), on))
    side = request.GET.get("side", "") if request.GET.get("side") in SIDES else ""
    sessions = sessions_between(scope, first, last, side)
    nearest = None if sessions else nearest_session_day(scope, first, last, side)
    context = {
        "title": _("Lịch lớp học"),
        "month": month(first, sessions, now()),
        "count": len(sessions),
        "nearest": nearest,
        "nearest_month": written(nearest) if nearest else "",
        "this_month": written(on),
        "is_now": (first.year, first.month) == (on.year, on.month),
        "side": side,
        "sides": [
            Chip(label, f"?thang={written(first)}" + (f"&side={key}" if key else ""), key == side)
            for key, label in SIDES.items()
        ],
        "weekdays": [_("Thứ hai"), _("Thứ ba"), _("Thứ tư"), _("Thứ năm"), _("Thứ sáu"), _("Thứ bảy"), _("Chủ nhật")],
    }  # fmt: skip
    return render(request, "classes/calendar.html", context)


@needs(Permission.SEE_CLASSES)
@require_GET
def training_class(request: HttpRequest, class_id: int) -> HttpResponse:
    """One class as the scope may see it."""
    held = class_view(scope_of(request), class_id)
    group = request.GET.get("nhom", "") if request.GET.get("nhom") in GROUPS else ""
    page, inside = class_page(held, group), reach(scope_of(request))
    hosts = [unit for unit in (page.host, *page.co_hosts) if unit]
    context = {
        "confirmations": class_confirmations(scope_of(request), class_id),
        "reached": {unit.pk for unit in hosts if inside.holds(unit.pk)},  # the page of another is not found
        "title": held.training_class.title or _("Lớp chưa có tên"),
        "held": held,
        "shown": page,
        "group": group,
        "page": Paginator(page.people, PEOPLE_ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "classes/class.html", context)
