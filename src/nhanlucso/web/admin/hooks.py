"""Other systems that are told: which there are, what they were told, a new one."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.hooks.enums import DeliveryState, Happening
from nhanlucso.hooks.models import Webhook, WebhookDelivery
from nhanlucso.hooks.queries import deliveries_of, visible_webhooks
from nhanlucso.hooks.rules import PING, SECRET_PREFIX
from nhanlucso.hooks.services import (
    add_webhook,
    resume_webhook,
    send_again,
    stop_webhook,
    try_webhook,
)
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.queries import require_everything
from nhanlucso.web.admin import once
from nhanlucso.web.admin.program_forms import WebhookForm
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import attempt
from nhanlucso.web.kit.lists import Listing, listing
from nhanlucso.web.kit.wording import number

PAGE = 50
_KINDS = {DeliveryState.DONE: "ok", DeliveryState.GIVEN_UP: "danger", DeliveryState.WAITING: "warn"}


@needs(Permission.OPERATE)
@require_GET
def webhooks(request: HttpRequest) -> HttpResponse:
    """The systems that are told."""
    require_everything(scope_of(request))
    context = {
        "title": _("Nơi nhận thông báo"),
        "crumbs": [(_("Kết nối"), reverse("admin-tokens"))],
        "rows": [(one, _happenings(one)) for one in visible_webhooks(scope_of(request))],
    }
    return render(request, "admin/webhooks.html", context)


def _happenings(of: Webhook) -> list[str]:
    known = set(of.happenings.split())
    return [str(one.label) for one in Happening if one in known]


@needs(Permission.OPERATE)
@require_POST
def webhooks_file(request: HttpRequest) -> HttpResponse:
    """The list as a file."""
    require_everything(scope_of(request))
    head = [_("Hệ thống"), _("Địa chỉ"), _("Báo khi"), _("Chờ gửi"), _("Không gửi được"), _("Tình trạng")]
    rows = [
        [
            one.name,
            one.url,
            ", ".join(_happenings(one)),
            number(one.waiting),  # type: ignore[attr-defined]
            number(one.given_up),  # type: ignore[attr-defined]
            _("Đã dừng") if one.stopped_at else _("Đang gửi"),
        ]
        for one in visible_webhooks(scope_of(request))
    ]
    return listing(request, Listing(_("Nơi nhận thông báo"), head, rows, subject=("webhook", "")))


@needs(Permission.OPERATE)
def webhook_new(request: HttpRequest) -> HttpResponse:
    """A new one; the secret that notices are signed with is shown once."""
    scope, back = scope_of(request), reverse("admin-webhooks")
    require_everything(scope)
    form = WebhookForm(request.POST or None)
    crumbs = [(_("Kết nối"), reverse("admin-tokens")), (_("Nơi nhận thông báo"), back)]
    if form.is_valid():
        secret, said = SECRET_PREFIX + once.opened(request)[0], form.cleaned_data
        made = attempt(
            form,
            lambda: add_webhook(
                name=said["name"],
                url=said["url"],
                happenings=said["happenings"],
                secret=secret,
                by=scope,
                at=now(),
            ),
        )
        if made:
            return _shown(request, made[0], secret, crumbs)
    context = {
        "title": _("Khai báo nơi nhận thông báo"),
        "crumbs": crumbs,
        "form": form,
        "once": request.POST.get(once.FIELD) or once.fresh(request),
        "once_field": once.FIELD,
        "back": back,
        "action": _("Khai báo"),
    }
    return render(request, "admin/program_form.html", context)


def _shown(request: HttpRequest, made: Webhook, secret: str, crumbs: list[tuple[str, str]]) -> HttpResponse:
    """The secret that notices are signed with: only now."""
    context = {
        "title": _("Đã khai báo nơi nhận thông báo"),
        "crumbs": crumbs,
        "lead": _("Khóa ký chỉ hiện một lần. Bên nhận dùng khóa này để kiểm tra chữ ký."),
        "secret": secret,
        "facts": [(_("Hệ thống"), made.name), (_("Địa chỉ"), made.url)],
        "back": reverse("admin-webhook", args=[made.pk]),
    }
    return render(request, "admin/secret_once.html", context)


@needs(Permission.OPERATE)
@require_GET
def webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """What one system was told."""
    scope = scope_of(request)
    found = visible_webhooks(scope).get(pk=pk)
    page = Paginator(deliveries_of(scope, found), PAGE).get_page(request.GET.get("page"))
    context = {
        "title": found.name,
        "crumbs": [
            (_("Kết nối"), reverse("admin-tokens")),
            (_("Nơi nhận thông báo"), reverse("admin-webhooks")),
        ],
        "webhook": found,
        "happenings": _happenings(found),
        "page": page,
        "rows": [(one, _told(one), _KINDS.get(DeliveryState(one.state), "quiet")) for one in page],
    }
    return render(request, "admin/webhook.html", context)


def _told(one: WebhookDelivery) -> str:
    return _("Gửi thử") if one.happening == PING else str(Happening(one.happening).label)


@needs(Permission.OPERATE)
@require_POST
def webhook_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing more is sent."""
    stop_webhook(webhook_id=pk, by=scope_of(request), at=now())
    messages.success(request, _("Đã dừng gửi."))
    return redirect("admin-webhook", pk)


@needs(Permission.OPERATE)
@require_POST
def webhook_resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Goes on with what happens from now on."""
    resume_webhook(webhook_id=pk, by=scope_of(request), at=now())
    messages.success(request, _("Gửi trở lại những việc từ lúc này."))
    return redirect("admin-webhook", pk)


@needs(Permission.OPERATE)
@require_POST
def webhook_try(request: HttpRequest, pk: int) -> HttpResponse:
    """A notice that says nothing."""
    try_webhook(webhook_id=pk, by=scope_of(request), at=now())
    messages.success(request, _("Đang gửi thử; tải lại trang sau vài giây."))
    return redirect("admin-webhook", pk)


@needs(Permission.OPERATE)
@require_POST
def webhook_again(request: HttpRequest, pk: int, delivery: int) -> HttpResponse:
    """The same notice once more."""
    send_again(delivery_id=delivery, by=scope_of(request), at=now())
    messages.success(request, _("Đang gửi lại; tải lại trang sau vài giây."))
    return redirect("admin-webhook", pk)
