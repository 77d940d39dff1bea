"""Inviting somebody by a link, which is also a QR code; the invitations that were made."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.access.enums import Role
from nhanlucso.access.invites.queries import visible_invites
from nhanlucso.access.invites.services import invite, withdraw_invite
from nhanlucso.access.models import Invite
from nhanlucso.access.queries import entrustable
from nhanlucso.access.rules import LIGHT
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history
from nhanlucso.people.accounts.services import invite_person
from nhanlucso.people.models import Person
from nhanlucso.people.queries import PeopleAsked, people_list, visible_person
from nhanlucso.web.admin import once
from nhanlucso.web.admin.asking import chosen_unit
from nhanlucso.web.admin.choosing import EVERYTHING, choose_unit, unit_name
from nhanlucso.web.admin.forms import InviteForm
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import attempt
from nhanlucso.web.kit.lists import Listing, listing
from nhanlucso.web.kit.qr import qr
from nhanlucso.web.kit.wording import day

PAGE, FOUND = 50, 20


@needs(Permission.MANAGE_ACCOUNTS)
@require_GET
def invites(request: HttpRequest) -> HttpResponse:
    """The invitations in reach with what became of them, the newest first."""
    page = Paginator(visible_invites(scope_of(request)), PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Lời mời"),
        "page": page,
        "names": history().names(),
        "now": now(),
    }
    return render(request, "admin/invites.html", context)


@needs(Permission.MANAGE_ACCOUNTS)
@require_POST
def invites_file(request: HttpRequest) -> HttpResponse:
    """The list as a file."""
    head = [_("Người được mời"), _("Vai trò"), _("Đơn vị"), _("Người mời"), _("Ngày mời"), _("Tình trạng")]
    names, moment = history().names(), now()
    rows = [
        [
            made.used_by.get_full_name() if made.used_by else made.full_name,
            str(Role(made.role).label),
            names.get(made.unit_id, "") if made.unit_id else _("toàn hệ thống"),
            made.made_by.get_full_name() if made.made_by else "",
            day(made.made_at),
            _state(made, moment),
        ]
        for made in visible_invites(scope_of(request))
    ]
    return listing(request, Listing(_("Lời mời"), head, rows, subject=("invite", "")))


def _state(made: Invite, at: datetime) -> str:
    if made.used_at:
        return _("Đã nhận %(day)s") % {"day": day(made.used_at)}
    if made.withdrawn_at:
        return _("Đã rút")
    if made.expires_at <= at:
        return _("Hết hạn")
    return _("Chờ nhận, hạn %(day)s") % {"day": day(made.expires_at)}


@needs(Permission.MANAGE_ACCOUNTS)
def new(request: HttpRequest) -> HttpResponse:
    """Invites somebody, perhaps a person of the register, to a role over a unit that was chosen before."""
    scope, unit = scope_of(request), chosen_unit(request)
    title, back = _("Mời người dùng"), reverse("admin-invites")
    if unit is None and request.GET.get("unit") != EVERYTHING:
        return choose_unit(request, title, back)
    person = _person(request)
    roles = entrustable(scope, unit.pk if unit else None)
    form = InviteForm(request.POST or None, roles, unit, named=person is not None)
    if form.is_valid():
        secret, _pin = once.opened(request)
        if made := _made(request, form, person, unit, secret):
            return _shown(request, made, secret)
    words = request.GET.get("q", "").strip()
    asked = PeopleAsked(on=today(), words=words, unit=unit.pk if unit else None)
    context = {
        "title": title,
        "crumbs": [(_("Lời mời"), back)],
        "form": form,
        "unit": unit_name(unit),
        "unit_text": request.GET["unit"],
        "person": person,
        "q": words,
        "found": people_list(scope, asked)[:FOUND] if words else [],
        "once": request.POST.get(once.FIELD) or once.fresh(request),
        "once_field": once.FIELD,
    }
    return render(request, "admin/invite.html", context)


def _person(request: HttpRequest) -> Person | None:
    text = request.GET.get("person", "")
    return visible_person(scope_of(request), int(text)) if text.isdecimal() else None


def _made(
    request: HttpRequest, form: InviteForm, person: Person | None, unit: Unit | None, secret: str
) -> Invite | None:
    scope, role = scope_of(request), form.cleaned_data["role"]
    if person is not None:
        return attempt(
            form,
            lambda: invite_person(person=person, role=role, unit=unit, secret=secret, by=scope, at=now()),
        )
    name = form.cleaned_data["full_name"]
    made = attempt(
        form, lambda: invite(role=role, unit=unit, full_name=name, secret=secret, by=scope, at=now())
    )
    return made[0] if made else None


def _shown(request: HttpRequest, made: Invite, secret: str) -> HttpResponse:
    """The link, the code and the text to send: only now, for only a hash of the secret is kept."""
    url = request.build_absolute_uri(reverse("invited", args=[secret]))
    role, unit, light = str(Role(made.role).label), unit_name(made.unit), made.role in LIGHT
    how = _("chọn mã PIN 6 chữ số") if light else _("chọn tên đăng nhập và mật khẩu")
    greeting = _("Chào %(name)s.") % {"name": made.full_name} if made.full_name else _("Xin chào.")
    words = _(
        "%(greeting)s Mời bạn vào Nhân lực số: %(role)s, %(unit)s. Mở liên kết rồi %(how)s: %(url)s "
        "(dùng một lần, đến hết ngày %(day)s)"
    )
    context = {
        "title": _("Đã lập lời mời"),
        "crumbs": [(_("Lời mời"), reverse("admin-invites"))],
        "made": made,
        "role": role,
        "unit": unit,
        "light": light,
        "url": url,
        "text": words
        % {
            "greeting": greeting,
            "role": role,
            "unit": unit,
            "how": how,
            "url": url,
            "day": day(made.expires_at),
        },
        "code": qr(url, _("Mã QR của lời mời")),
    }
    return render(request, "admin/invited.html", context)


@needs(Permission.MANAGE_ACCOUNTS)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The link opens nothing any more."""
    withdraw_invite(invite_id=pk, by=scope_of(request), at=now())
    messages.success(request, _("Đã rút lời mời; liên kết không dùng được nữa."))
    return redirect("admin-invites")
