"""Pages that write: a new person, corrections, a further post, the end of a post."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.browsing.queries import choices, line_above, unit_tree
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history
from nhanlucso.people.identity import shown
from nhanlucso.people.queries import visible_person, visible_post
from nhanlucso.people.services import add_person, add_post, change_person, change_post, end_post
from nhanlucso.web.kit.asking import scope_of, unit_or_404
from nhanlucso.web.kit.crossing import changed, status_of, watching
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import attempt, done
from nhanlucso.web.people.forms import EndForm, NewPersonForm, PersonChangeForm, PostChangeForm, PostForm
from nhanlucso.web.people.revealing import hidden_values


@needs(Permission.EDIT_PEOPLE)
def add(request: HttpRequest) -> HttpResponse:
    """A new person with a first post in a unit that was chosen before."""
    scope = scope_of(request)
    unit = _chosen(request)
    if unit is None:
        return _choose(request, _("Thêm cán bộ: ở đơn vị nào?"), reverse("people"))
    form = NewPersonForm(request.POST or None, initial={"full_name": request.GET.get("name", "")})
    if form.is_valid():
        made = attempt(
            form,
            lambda: add_person(person=form.person(), post=form.post(unit), by=scope, at=now()),
        )
        if made:
            messages.success(request, _("Đã thêm %(name)s.") % {"name": made.full_name})
            return redirect("person", made.pk)
    return _form(request, form, _("Thêm cán bộ"), _("Thêm"), reverse("people"), unit)


@needs(Permission.EDIT_PEOPLE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrections to what is known of a person."""
    scope = scope_of(request)
    found = visible_person(scope, pk)
    names = ("full_name", "birth", "sex", "phone", "email")
    form = PersonChangeForm(
        request.POST or None,
        initial={name: getattr(found, name) for name in names},
        hidden=hidden_values(scope, found),
    )
    watching(form, found)
    if found.national_id_cipher:
        stored = _("Đang lưu %(number)s. Để trống thì giữ nguyên.") % {
            "number": shown(found.national_id_cipher)
        }
        form.fields["national_id"].help_text = stored
    if form.is_valid() and changed(
        form, found, lambda: change_person(person=found, data=form.person(), by=scope, at=now())
    ):
        messages.success(request, _("Đã sửa thông tin."))
        return redirect("person", pk)
    return _form(request, form, _("Sửa thông tin"), _("Lưu"), reverse("person", args=[pk]), None)


@needs(Permission.EDIT_PEOPLE)
def add_new_post(request: HttpRequest, pk: int) -> HttpResponse:
    """A further post of a person, in a unit that was chosen before."""
    scope = scope_of(request)
    found = visible_person(scope, pk)
    unit, back = _chosen(request), reverse("person", args=[pk])
    if unit is None:
        return _choose(request, _("Thêm vị trí công tác: ở đơn vị nào?"), back)
    form = PostForm(request.POST or None)
    if form.is_valid() and done(
        form, lambda: add_post(person=found, post=form.post(unit), by=scope, at=now())
    ):
        messages.success(request, _("Đã thêm vị trí công tác."))
        return redirect("person", pk)
    title = _("Thêm vị trí công tác cho %(name)s") % {"name": found.full_name}
    return _form(request, form, title, _("Thêm"), back, unit)


@needs(Permission.EDIT_PEOPLE)
def change_held(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrections to a post. `chon` in the address: which unit is it of; `unit`: that one."""
    scope = scope_of(request)
    post = visible_post(scope.to(Permission.EDIT_PEOPLE), pk).post
    back, unit = reverse("person", args=[post.person_id]), post.unit
    if request.GET.get("unit", ""):
        unit = _chosen(request) or unit
    elif not request.GET.keys().isdisjoint(("chon", "q", "below")):
        return _choose(request, _("Sửa vị trí: ở đơn vị nào?"), reverse("post-change", args=[pk]))
    form = watching(PostChangeForm(request.POST or None, post), post)
    if form.is_valid() and changed(
        form, post, lambda: change_post(post=post, data=form.post(unit), by=scope, at=now())
    ):
        messages.success(request, _("Đã sửa vị trí công tác."))
        return redirect(back)
    title = _("Sửa vị trí của %(name)s") % {"name": post.person.full_name}
    hint = _("Chỉ sửa khi ghi nhầm. Người đổi việc, chuyển đơn vị: kết thúc vị trí này, thêm vị trí mới.")
    return _form(request, form, title, _("Lưu"), back, unit, more={"other": "?chon=1", "hint": hint})


@needs(Permission.EDIT_PEOPLE)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The end of a post."""
    scope = scope_of(request)
    line = visible_post(scope, pk)
    post = line.post
    form = EndForm(request.POST or None, post.valid_from)
    back = reverse("person", args=[post.person_id])
    if form.is_valid() and done(
        form, lambda: end_post(post=post, last_day=form.cleaned_data["last_day"], by=scope, at=now())
    ):
        messages.success(request, _("Đã kết thúc vị trí công tác."))
        return redirect(back)
    title = _("Kết thúc vị trí của %(name)s") % {"name": post.person.full_name}
    return _form(request, form, title, _("Kết thúc vị trí"), back, None, lead=line)


def _form(
    request: HttpRequest,
    form: forms.Form,
    title: str,
    submit: str,
    back: str,
    unit: Unit | None,
    lead: object = None,
    more: Mapping[str, object] = MappingProxyType({}),
) -> HttpResponse:
    context = {
        "title": title,
        "crumbs": [(_("Quay lại"), back)],
        "form": form,
        "submit": submit,
        "back": back,
        "post": lead,
        "unit": history().version_near(unit.pk, today()) if unit else None,
        "line": line_above(scope_of(request), unit.pk, today()) if unit else (),
    }
    return render(request, "people/form.html", {**context, **more}, status=status_of(form))


def _chosen(request: HttpRequest) -> Unit | None:
    """The unit of the address, or the only one that there is."""
    scope, text = scope_of(request), request.GET.get("unit", "")
    if text.isdecimal():
        return unit_or_404(scope, int(text))
    tree = unit_tree(scope, today())
    return unit_or_404(scope, tree.tops[0].version.unit) if tree.count == 1 else None


def _choose(request: HttpRequest, title: str, back: str) -> HttpResponse:
    """Choosing a unit: by name, or going down the tree."""
    scope, words, text = scope_of(request), request.GET.get("q", ""), request.GET.get("below", "")
    below = unit_or_404(scope, int(text)).pk if text.isdecimal() else None
    context = {
        "title": title,
        "crumbs": [(_("Quay lại"), back)],
        "q": words,
        "back": back,
        "below": history().version_near(below, today()) if below else None,
        "choices": choices(scope, words, below, today()),
    }
    return render(request, "people/choose_unit.html", context)
