"""Tokens of programs: which there are, a new one that is shown once, taking one back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.access.models import Token
from nhanlucso.access.tokens.queries import grantable, visible_tokens
from nhanlucso.access.tokens.rules import PREFIX, is_over, permissions_in
from nhanlucso.access.tokens.services import make_token, revoke_token
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.permissions import NAMES, Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history
from nhanlucso.web.admin import once
from nhanlucso.web.admin.asking import chosen_unit
from nhanlucso.web.admin.choosing import EVERYTHING, choose_unit, unit_name
from nhanlucso.web.admin.program_forms import TokenForm
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import attempt
from nhanlucso.web.kit.lists import Listing, listing
from nhanlucso.web.kit.wording import day, moment

PAGE = 50


@needs(Permission.OPERATE)
@require_GET
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens in reach, the newest first."""
    scope = scope_of(request)
    page = Paginator(visible_tokens(scope), PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Kết nối"),
        "page": page,
        "rows": [(token, _what(token), *_state(token)) for token in page],
        "names": history().names(),
        "tells": tells(scope),
    }
    return render(request, "admin/tokens.html", context)


def tells(scope: Scope) -> bool:
    """Whether the scope may have other systems told."""
    return scope.to(Permission.OPERATE).everything


def _what(token: Token) -> list[str]:
    return [_(NAMES[one]) for one in Permission if one in permissions_in(token.permissions)]


def _state(token: Token) -> tuple[str, str]:
    """The kind of tag and its words; open: "" and until when."""
    if token.revoked_at:
        return "quiet", _("Đã thu hồi %(day)s") % {"day": day(token.revoked_at)}
    if is_over(token.ends_on, today()):
        return "quiet", _("Hết hạn %(day)s") % {"day": day(token.ends_on)}
    return "ok", _("Dùng đến %(day)s") % {"day": day(token.ends_on)}


@needs(Permission.OPERATE)
@require_POST
def tokens_file(request: HttpRequest) -> HttpResponse:
    """The list as a file."""
    head = [
        _("Chương trình"), _("Mục đích"), _("Được làm"), _("Đơn vị"), _("Người lập"), _("Dùng lần cuối"),
        _("Tình trạng"),
    ]  # fmt: skip
    names = history().names()
    rows = [
        [
            token.name,
            token.purpose,
            ", ".join(_what(token)),
            names.get(token.unit_id, "") if token.unit_id else _("toàn hệ thống"),
            token.made_by.get_full_name(),
            moment(token.used_at) if token.used_at else "",
            _state(token)[1],
        ]
        for token in visible_tokens(scope_of(request))
    ]
    return listing(request, Listing(_("Mã truy cập"), head, rows, subject=("token", "")))


@needs(Permission.OPERATE)
def token_new(request: HttpRequest) -> HttpResponse:
    """A new token over a unit that was chosen before."""
    scope, unit = scope_of(request), chosen_unit(request)
    title, back = _("Lập mã truy cập"), reverse("admin-tokens")
    if unit is None and request.GET.get("unit") != EVERYTHING:
        return choose_unit(request, title, back)
    form = TokenForm(request.POST or None, grantable(scope, unit.pk if unit else None))
    if form.is_valid():
        secret = PREFIX + once.opened(request)[0]
        if _made(scope, form, unit, secret):
            return _shown(request, form, unit, secret)
    context = {
        "title": title,
        "crumbs": [(_("Kết nối"), back)],
        "form": form,
        "unit": unit_name(unit),
        "once": request.POST.get(once.FIELD) or once.fresh(request),
        "once_field": once.FIELD,
        "back": back,
        "action": _("Lập mã"),
    }
    return render(request, "admin/program_form.html", context)


def _made(scope: Scope, form: TokenForm, unit: Unit | None, secret: str) -> bool:
    said = form.cleaned_data
    made = attempt(
        form,
        lambda: make_token(
            name=said["name"],
            purpose=said["purpose"],
            permissions={Permission(word) for word in said["permissions"]},
            unit=unit,
            ends_on=said["ends_on"],
            addresses=said["addresses"],
            secret=secret,
            by=scope,
            at=now(),
        ),
    )
    return made is not None


def _shown(request: HttpRequest, form: TokenForm, unit: Unit | None, secret: str) -> HttpResponse:
    """The token itself: only now, for only a hash of it is kept."""
    context = {
        "title": _("Đã lập mã truy cập"),
        "crumbs": [(_("Kết nối"), reverse("admin-tokens"))],
        "lead": _("Mã chỉ hiện một lần. Chép ngay vào chương trình, không gửi qua thư hay tin nhắn."),
        "secret": secret,
        "facts": [
            (_("Chương trình"), form.cleaned_data["name"]),
            (_("Đơn vị"), unit_name(unit)),
            (_("Dùng đến hết"), day(form.cleaned_data["ends_on"])),
            (_("Gửi kèm mỗi yêu cầu"), "Authorization: Bearer …"),
        ],
        "back": reverse("admin-tokens"),
    }
    return render(request, "admin/secret_once.html", context)


@needs(Permission.OPERATE)
@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The token opens nothing any more."""
    revoke_token(token_id=pk, by=scope_of(request), at=now())
    messages.success(request, _("Đã thu hồi; mã này không dùng được nữa."))
    return redirect("admin-tokens")
