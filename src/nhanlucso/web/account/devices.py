"""Where one is signed in, and signing out there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.access.devices.queries import own_devices
from nhanlucso.access.devices.services import sign_out_device, sign_out_others
from nhanlucso.access.models import Account
from nhanlucso.kernel.clock import now
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import everyone


@everyone("one's own devices")
@require_GET
def devices(request: HttpRequest) -> HttpResponse:
    """The devices that are signed in, this one first."""
    key = request.session.session_key
    rows = sorted(own_devices(scope_of(request)), key=lambda row: row.session_key != key)
    context = {
        "title": _("Thiết bị đang đăng nhập"),
        "crumbs": [(_("Tài khoản"), reverse("account"))],
        "rows": rows,
        "key": key,
        "others": any(row.session_key != key for row in rows),
    }
    return render(request, "account/devices.html", context)


@everyone("one's own devices")
@require_POST
def device_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Signs one device out."""
    sign_out_device(sign_in_id=pk, by=scope_of(request), at=now())
    messages.success(request, _("Đã đăng xuất thiết bị đó."))
    return redirect("devices")


@everyone("one's own devices")
@require_POST
def others_out(request: HttpRequest) -> HttpResponse:
    """Signs all other devices out."""
    assert isinstance(request.user, Account)
    key = request.session.session_key or ""
    sign_out_others(account=request.user, session_key=key, by=scope_of(request), at=now())
    messages.success(request, _("Chỉ còn máy này đang đăng nhập."))
    return redirect("devices")
