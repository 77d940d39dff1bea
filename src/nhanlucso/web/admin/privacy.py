"""Personal data: the registers with what was taken away; the register of breaches with its clock."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.audit.breaches.queries import breaches
from nhanlucso.audit.breaches.rules import Clock, clock, due
from nhanlucso.audit.breaches.services import BreachData, change_breach, note_breach
from nhanlucso.audit.models import Breach
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.upkeep.retention.queries import last_swept
from nhanlucso.upkeep.retention.registers import REGISTERS
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import done, whole_field
from nhanlucso.web.kit.lists import Listing, listing
from nhanlucso.web.kit.wording import moment

_CLOCKS = {
    Clock.RUNNING: ("warn", gettext_lazy("Còn hạn báo cáo")),
    Clock.LATE: ("danger", gettext_lazy("Quá hạn báo cáo")),
    Clock.REPORTED: ("ok", gettext_lazy("Đã báo cáo")),
    Clock.REPORTED_LATE: ("warn", gettext_lazy("Đã báo cáo, quá hạn")),
}
_MOST_PEOPLE = 100_000_000


def _moment_field(label: Any, required: bool = False, help_text: Any = "") -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        required=required,
        help_text=help_text,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"],
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={
            "required": gettext_lazy("Hãy ghi ngày giờ."),
            "invalid": gettext_lazy("Ngày giờ này không có. Viết như 15/12/2026 08:30."),
        },
    )


class BreachForm(forms.Form):
    """One breach."""

    title = forms.CharField(label=gettext_lazy("Tên sự cố"), max_length=200)
    found_at = _moment_field(gettext_lazy("Phát hiện lúc"), required=True)
    happened = forms.CharField(
        label=gettext_lazy("Chuyện gì đã xảy ra"),
        help_text=gettext_lazy("Dữ liệu gì, lộ hay mất ở đâu. Không ghi tên người bị ảnh hưởng."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    people = whole_field(gettext_lazy("Số người bị ảnh hưởng"), 0, _MOST_PEOPLE, required=False)
    measures = forms.CharField(
        label=gettext_lazy("Đã làm gì"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    reported_at = _moment_field(gettext_lazy("Báo cáo lúc"))
    reported_to = forms.CharField(label=gettext_lazy("Báo cáo cho"), required=False, max_length=200)
    closed_at = _moment_field(gettext_lazy("Kết thúc lúc"))

    def data_given(self) -> BreachData:
        return BreachData(**self.cleaned_data)


@needs(Permission.READ_AUDIT, Permission.OPERATE)
@require_GET
def registers(request: HttpRequest) -> HttpResponse:
    """Which data are kept of whom, for what, how long; what was taken away last."""
    scope = scope_of(request)
    swept = last_swept(scope)
    context = {
        "title": _("Dữ liệu cá nhân"),
        "rows": [(one, swept.get(one.code)) for one in REGISTERS],
    }
    return render(request, "admin/registers.html", context)


@needs(Permission.READ_AUDIT, Permission.OPERATE)
@require_POST
def registers_file(request: HttpRequest) -> HttpResponse:
    """The record of processing as a file."""
    head = [_("Sổ"), _("Của ai"), _("Dữ liệu"), _("Để làm gì"), _("Căn cứ"), _("Giữ bao lâu")]
    rows = [[one.name, one.whose, one.data, one.purpose, one.basis, one.kept] for one in REGISTERS]
    return listing(request, Listing(_("Hồ sơ xử lý dữ liệu cá nhân"), head, rows))


@needs(Permission.READ_AUDIT, Permission.OPERATE)
@require_GET
def breach_list(request: HttpRequest) -> HttpResponse:
    """The register of breaches, those with a running clock first."""
    scope = scope_of(request)
    context = {
        "title": _("Sổ sự cố dữ liệu"),
        "crumbs": [(_("Dữ liệu cá nhân"), reverse("admin-data"))],
        "rows": [(one, *_clock(one), due(one.found_at)) for one in breaches(scope)],
        "writes": _writes(request),
    }
    return render(request, "admin/breaches.html", context)


@needs(Permission.READ_AUDIT, Permission.OPERATE)
@require_POST
def breach_file(request: HttpRequest) -> HttpResponse:
    """The register as a file."""
    found = breaches(scope_of(request))
    head = [_("Sự cố"), _("Phát hiện lúc"), _("Hạn báo cáo"), _("Tình trạng"), _("Số người"), _("Đã làm gì")]
    rows = [
        [
            one.title,
            moment(one.found_at),
            moment(due(one.found_at)),
            str(_clock(one)[1]),
            one.people,
            one.measures,
        ]
        for one in found
    ]
    return listing(request, Listing(_("Sổ sự cố dữ liệu"), head, rows))


@needs(Permission.OPERATE)
def breach_add(request: HttpRequest) -> HttpResponse:
    """A new line of the register."""
    form = BreachForm(request.POST or None, initial={"found_at": now()})
    if form.is_valid() and done(
        form, lambda: note_breach(data=form.data_given(), by=scope_of(request), at=now())
    ):
        messages.success(request, _("Đã ghi sự cố. Hạn báo cáo: 72 giờ từ lúc phát hiện."))
        return redirect("admin-breaches")
    return _form(request, form, _("Ghi sự cố"))


@needs(Permission.OPERATE)
def breach_change(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of a breach now."""
    found = get_object_or_404(breaches(scope_of(request)), pk=pk)
    held = {name: getattr(found, name) for name in BreachForm.base_fields}
    form = BreachForm(request.POST or None, initial=held)
    if form.is_valid() and done(
        form, lambda: change_breach(breach=found, data=form.data_given(), by=scope_of(request), at=now())
    ):
        messages.success(request, _("Đã lưu."))
        return redirect("admin-breaches")
    return _form(request, form, found.title)


def _form(request: HttpRequest, form: BreachForm, title: str) -> HttpResponse:
    crumbs = [
        (_("Dữ liệu cá nhân"), reverse("admin-data")),
        (_("Sổ sự cố dữ liệu"), reverse("admin-breaches")),
    ]
    return render(request, "admin/breach.html", {"title": title, "crumbs": crumbs, "form": form})


def _clock(one: Breach) -> tuple[str, Any]:
    return _CLOCKS[clock(one.found_at, one.reported_at, now())]


def _writes(request: HttpRequest) -> bool:
    return scope_of(request).to(Permission.OPERATE).everything
