"""What a person may ask for: a copy of all that is stored, erasure of name and identifiers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.papers.lists import Value, print_list, render_list
from nhanlucso.people.queries import own_person, visible_person
from nhanlucso.people.rights.queries import Stored, standing
from nhanlucso.people.rights.services import copy_data, erase_person, hold_person, release_person
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import everyone, needs
from nhanlucso.web.kit.lists import TYPES, Listing, list_paper


class HoldForm(forms.Form):
    """Why the data must stay."""

    reason = forms.CharField(
        label=gettext_lazy("Vì sao phải giữ"),
        help_text=gettext_lazy("Như số văn bản của thanh tra, tòa án."),
        max_length=300,
    )


@needs(Permission.EDIT_PEOPLE)
@require_GET
def rights(request: HttpRequest, pk: int) -> HttpResponse:
    """The copy, the hold, the erasure, and what stands against it."""
    scope = scope_of(request).to(Permission.EDIT_PEOPLE)
    found = visible_person(scope, pk)
    context = {
        "title": _("Quyền của người có dữ liệu"),
        "crumbs": [(found.full_name, reverse("person", args=[pk]))],
        "person": found,
        "standing": standing(scope, found),
        "hold_form": HoldForm(),
        "formats": [("pdf", "PDF"), ("xlsx", "Excel"), ("json", "JSON")],
    }
    return render(request, "people/rights.html", context)


@needs(Permission.EDIT_PEOPLE)
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Holds, releases or erases."""
    scope = scope_of(request)
    found = visible_person(scope.to(Permission.EDIT_PEOPLE), pk)
    what = request.POST.get("act", "")
    try:
        if what == "hold":
            hold_person(person=found, reason=request.POST.get("reason", ""), by=scope, at=now())
        elif what == "release":
            release_person(person=found, by=scope, at=now())
        elif what == "erase" and request.POST.get("sure") == "1":
            erase_person(person=found, by=scope, at=now())
            messages.success(request, _("Đã xóa tên và thông tin định danh. Số liệu giữ nguyên."))
            return redirect("person", pk)
    except Refused as refusal:
        if refusal.code == "not_allowed":
            raise
        messages.error(request, refusal.message)
    return redirect("person-rights", pk)


@needs(Permission.EDIT_PEOPLE)
@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The copy for somebody who asked for it."""
    return _copied(request, scope_of(request), pk)


@everyone("one's own data")
@require_POST
def own_copy(request: HttpRequest) -> HttpResponse:
    """One's own copy."""
    scope = scope_of(request)
    person = own_person(scope)
    if person is None:
        raise Refused("nobody", _("Tài khoản này chưa gắn với hồ sơ nào."))
    return _copied(request, scope, person.pk)


def _copied(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    suffix = request.GET.get("format", "json")
    if suffix not in (*TYPES, "json"):
        raise Refused("bad_format", _("Chỉ có tệp JSON, Excel và PDF."))
    found = copy_data(pk=pk, by=scope, at=now())
    if suffix == "json":
        document = {part.table: list(part.rows) for part in found}
        content, kind = json.dumps(document, ensure_ascii=False, indent=1).encode(), "application/json"
    else:
        make = render_list if suffix == "xlsx" else print_list
        head = [_("Sổ"), _("Dòng"), _("Cột"), _("Giá trị")]
        given = Listing(_("Bản sao dữ liệu cá nhân"), head, list(_lines(found)))
        content, kind = make(list_paper(scope, given)), TYPES[suffix]
    return HttpResponse(
        content, kind, headers={"Content-Disposition": f'attachment; filename="ban-sao-du-lieu.{suffix}"'}
    )


def _lines(found: Sequence[Stored]) -> Iterator[list[Value]]:
    for part in found:
        for number, row in enumerate(part.rows, 1):
            for name, value in row.items():
                if value not in (None, ""):
                    yield [part.table, number, name, str(value)]
