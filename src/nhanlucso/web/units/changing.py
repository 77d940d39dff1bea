"""Pages that write: a new unit, another name, another parent, an end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.browsing.queries import UnitView, choices, unit_view
from nhanlucso.orgs.enums import UnitKind
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import changeable_unit, history, reach, writable_unit
from nhanlucso.orgs.rules import Version, may_stand_below, may_take_over
from nhanlucso.orgs.services import add_unit, end_unit, move_unit, rename_unit
from nhanlucso.web.kit.asking import scope_of, unit_or_404
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import done
from nhanlucso.web.units.forms import AddForm, EndForm, MoveForm, RenameForm

NOBODY = "none"  # in the address: no heir


@needs(Permission.EDIT_UNITS)
def add(request: HttpRequest) -> HttpResponse:
    """A unit below another one."""
    scope, text = scope_of(request), request.GET.get("below", "")
    if not text.isdecimal():
        raise Http404
    view = unit_view(scope, writable_unit(scope, Permission.EDIT_UNITS, int(text)).pk, today())
    if view.version.kind == UnitKind.VILLAGE or view.became:
        raise Http404
    kind = UnitKind.VILLAGE if view.version.kind == UnitKind.COMMUNE else UnitKind.DIVISION
    form = AddForm(request.POST or None, above=view.version.kind, initial={"kind": kind})
    made: list[Unit] = []
    if form.is_valid() and done(
        form, lambda: made.append(add_unit(unit=form.unit(view.unit), by=scope, at=now()))
    ):
        link = format_html(
            '<a href="{}">{}</a>', reverse("unit", args=[made[0].pk]), form.cleaned_data["name"]
        )
        messages.success(request, format_html(_("Đã thêm {}."), link))
        return redirect("unit", view.unit.pk)
    title = _("Thêm đơn vị thuộc %(name)s") % {"name": view.version.name}
    return _form(request, form, view, title, _("Thêm"))


@needs(Permission.EDIT_UNITS)
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name from a day on."""
    view = _changeable(request, pk)
    form = RenameForm(request.POST or None, initial={"name": view.version.name, "day": today()})
    if form.is_valid() and done(
        form, lambda: rename_unit(unit=view.unit, by=scope_of(request), at=now(), **form.cleaned_data)
    ):
        messages.success(request, _("Đã ghi tên mới; tên cũ vẫn tìm thấy được."))
        return redirect("unit", pk)
    return _form(request, form, view, _("Đổi tên %(name)s") % {"name": view.version.name}, _("Đổi tên"))


@needs(Permission.EDIT_UNITS)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another parent from a day on; the parent is chosen first."""
    view, parent = _changeable(request, pk), _other(request, "parent")
    title = _("Chuyển %(name)s về cấp trên khác") % {"name": view.version.name}
    if parent is None:
        suits = partial(_may_be_parent, view.version)
        return _choose(request, view, title, "parent", suits, nobody="")
    form = MoveForm(request.POST or None, initial={"day": today()})
    if form.is_valid() and done(
        form,
        lambda: move_unit(unit=view.unit, parent=parent, by=scope_of(request), at=now(), **form.cleaned_data),
    ):
        messages.success(request, _("Đã chuyển đơn vị."))
        return redirect("unit", pk)
    return _form(request, form, view, title, _("Chuyển"), _("Cấp trên mới"), parent)


@needs(Permission.EDIT_UNITS)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The end of a unit; its heir is chosen first."""
    view, heir = _changeable(request, pk), _other(request, "heir")
    title = _("Kết thúc %(name)s") % {"name": view.version.name}
    if heir is None and request.GET.get("heir") != NOBODY:
        suits = partial(_may_be_heir, view.version)
        return _choose(request, view, title, "heir", suits, nobody=_("Không có đơn vị nào tiếp nhận"))
    form = EndForm(request.POST or None, initial={"last_day": today()})
    if form.is_valid() and done(
        form, lambda: end_unit(unit=view.unit, heir=heir, by=scope_of(request), at=now(), **form.cleaned_data)
    ):
        messages.success(request, _("Đã kết thúc đơn vị."))
        return redirect("unit", pk)
    return _form(request, form, view, title, _("Kết thúc đơn vị"), _("Đơn vị tiếp nhận"), heir, danger=True)


def _changeable(request: HttpRequest, pk: int) -> UnitView:
    scope = scope_of(request)
    return unit_view(scope, changeable_unit(scope, pk).pk, today())


def _may_be_parent(own: Version, other: Version) -> bool:
    return other.unit not in (own.unit, own.parent) and may_stand_below(own.kind, other.kind)


def _may_be_heir(own: Version, other: Version) -> bool:
    return other.unit != own.unit and may_take_over(other.kind, own.kind)


def _other(request: HttpRequest, name: str) -> Unit | None:
    """Another unit that the address names, one that may be worked on."""
    text = request.GET.get(name, "")
    return unit_or_404(_editing(request), int(text)) if text.isdecimal() else None


def _editing(request: HttpRequest) -> Scope:
    return scope_of(request).to(Permission.EDIT_UNITS)


def _choose(
    request: HttpRequest,
    view: UnitView,
    title: str,
    name: str,
    suits: Callable[[Version], bool],
    nobody: str,
) -> HttpResponse:
    """Choosing another unit: by name, or going down the tree."""
    scope, words = _editing(request), request.GET.get("q", "")
    below = _below(request, view)
    found = choices(scope, words, below.pk if below else None, today(), suits)
    context = {
        "title": title,
        "crumbs": [(view.version.name, reverse("unit", args=[view.unit.pk]))],
        "view": view,
        "name": name,
        "nobody": nobody,
        "q": words,
        "below": history().version_near(below.pk, today()) if below else None,
        "choices": [choice for choice in found if choice.version.unit != view.unit.pk],
    }
    return render(request, "units/choose.html", context)


def _below(request: HttpRequest, view: UnitView) -> Unit | None:
    """Where choosing begins: beside the unit itself, unless the address names a place or the top."""
    beside = view.line[-1].unit if view.line else None
    if "below" in request.GET or beside is None or not reach(_editing(request)).holds(beside):
        return _other(request, "below")
    return unit_or_404(_editing(request), beside)


def _form(
    request: HttpRequest,
    form: forms.Form,
    view: UnitView,
    title: str,
    submit: str,
    label: str = "",
    other: Unit | None = None,
    danger: bool = False,
) -> HttpResponse:
    context = {
        "title": title,
        "crumbs": [(view.version.name, reverse("unit", args=[view.unit.pk]))],
        "form": form,
        "submit": submit,
        "danger": danger,
        "label": label,
        "other": history().version_near(other.pk, today()) if other else None,
        "view": view,
    }
    return render(request, "units/form.html", context)
