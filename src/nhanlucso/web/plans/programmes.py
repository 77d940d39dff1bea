"""Programmes: what plans carry out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.plans.documents.queries import programme_lines, writable_programme
from nhanlucso.plans.documents.services.plans import add_programme, change_programme, remove_programme
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.crossing import changed, watching
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import attempt, known_day
from nhanlucso.web.kit.lists import Listing, listing
from nhanlucso.web.plans.forming import FormPage, Removal, form_page, remove_page
from nhanlucso.web.plans.forms import ProgrammeForm


@needs(Permission.SEE_PLANS)
def programme_list(request: HttpRequest) -> HttpResponse:
    """All programmes, with how many plans carry each out."""
    scope = scope_of(request)
    context = {
        "title": _("Đề án, chương trình"),
        "crumbs": [(_("Kế hoạch"), reverse("plans"))],
        "programmes": programme_lines(scope),
    }
    return render(request, "plans/programmes.html", context)


@needs(Permission.SEE_PLANS)
@require_POST
def programmes_export(request: HttpRequest) -> HttpResponse:
    """The programmes as a file."""
    lines = programme_lines(scope_of(request))
    given = Listing(
        title=_("Đề án, chương trình"),
        head=[
            _("Số, ký hiệu"),
            _("Tên đề án, chương trình"),
            _("Cơ quan ban hành"),
            _("Ngày ban hành"),
            _("Số kế hoạch"),
        ],
        rows=[
            [p.number, p.title, p.issuer, p.issued_on, line.plans] for line in lines for p in [line.programme]
        ],
        subject=("programme", ""),
    )
    return listing(request, given)


@needs(Permission.EDIT_PLANS)
def programme_add(request: HttpRequest) -> HttpResponse:
    """A new programme."""
    scope = scope_of(request)
    form = ProgrammeForm(request.POST or None)
    if form.is_valid():
        given, key = form.programme(), form.cleaned_data["key"]
        if attempt(form, lambda: add_programme(programme=given, key=key, by=scope, at=now())):
            messages.success(request, _("Đã thêm đề án, chương trình."))
            return redirect("programmes")
    return form_page(request, form, _page(_("Thêm đề án, chương trình"), _("Thêm")))


@needs(Permission.EDIT_PLANS)
def programme_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrections to a programme."""
    scope = scope_of(request)
    found = writable_programme(scope, pk)
    initial = {name: getattr(found, name) for name in ("title", "number", "issuer", "issued_on")}
    days = {"valid_from": known_day(found.valid_from), "valid_to": known_day(found.valid_to)}
    form = watching(ProgrammeForm(request.POST or None, initial=initial | days), found)
    if form.is_valid() and changed(
        form, found, lambda: change_programme(programme=found, data=form.programme(), by=scope, at=now())
    ):
        messages.success(request, _("Đã sửa đề án, chương trình."))
        return redirect("programmes")
    return form_page(request, form, _page(_("Sửa đề án, chương trình"), _("Lưu")))


@needs(Permission.EDIT_PLANS)
def programme_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, and removes a programme that no plan carries out."""
    scope = scope_of(request)
    found = writable_programme(scope, pk)
    removal = Removal(
        title=_("Xóa đề án, chương trình?"),
        done=_("Đã xóa đề án, chương trình."),
        back=reverse("programmes"),
        after=reverse("programmes"),
        crumbs=_page("", "").crumbs,
        goes=[found.title],
    )
    return remove_page(request, removal, lambda: remove_programme(programme=found, by=scope, at=now()))


def _page(title: str, submit: str) -> FormPage:
    back = reverse("programmes")
    return FormPage(
        title, submit, back, [(_("Kế hoạch"), reverse("plans")), (_("Đề án, chương trình"), back)]
    )
