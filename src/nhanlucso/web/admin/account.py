"""One account: what is entrusted to it, and what can be done about it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.access.enums import Role
from nhanlucso.access.idle.queries import unused_since
from nhanlucso.access.models import Account, Assignment
from nhanlucso.access.queries import assignments_of, entrustable, in_charge, visible_accounts
from nhanlucso.access.rules import IDLE_OFF, IDLE_WARN, LIGHT
from nhanlucso.access.services import disable_account, enable_account, end_assignment, entrust
from nhanlucso.access.signing.services import make_card, make_reset_link
from nhanlucso.access.sso.provider import is_configured
from nhanlucso.access.steps.queries import has_second_step
from nhanlucso.access.steps.services import take_off_second_step
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history
from nhanlucso.people.accounts.queries import person_behind
from nhanlucso.web.admin import once
from nhanlucso.web.admin.asking import chosen_unit
from nhanlucso.web.admin.choosing import EVERYTHING, choose_unit, unit_name
from nhanlucso.web.admin.forms import EntrustForm
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import attempt
from nhanlucso.web.kit.qr import qr


@needs(Permission.MANAGE_ACCOUNTS)
@require_GET
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account with its roles, today's first."""
    scope = scope_of(request)
    found = visible_accounts(scope).select_related("card").get(pk=pk)
    rows, day = assignments_of(scope, found), today()
    current = [row for row in rows if row.valid_to >= day]
    charge = in_charge(scope, found)
    context = {
        "title": found.get_full_name(),
        "crumbs": [(_("Tài khoản"), reverse("admin"))],
        "found": found,
        "current": current,
        "past": [row for row in rows if row.valid_to < day],
        "endable": {row.pk for row in current if _endable(scope, row)},
        "names": history().names(),
        "person": person_behind(scope, found),
        "charge": charge,
        "own": found.pk == scope.account_id,
        "light": any(row.role in LIGHT for row in current),
        "full": any(row.role not in LIGHT for row in current) or found.has_usable_password(),
        "locked": _locked(found),
        "sso": is_configured(),
        "stepped": has_second_step(found),
        "shut_on": _shut_on(scope, found),
        "once": once.fresh(request) if charge else "",
        "once_field": once.FIELD,
    }
    return render(request, "admin/account.html", context)


def _endable(scope: Scope, row: Assignment) -> bool:
    own = row.account_id == scope.account_id and row.delegated_by_id is None
    return not own and Role(row.role) in entrustable(scope, row.unit_id)


def _locked(found: Account) -> Any:
    card = getattr(found, "card", None)
    until = [t for t in (found.locked_until, card.locked_until if card else None) if t and t > now()]
    return max(until, default=None)


def _shut_on(scope: Scope, found: Account) -> Any:
    """When the account will be shut because nobody uses it; None while that is far off, or is not done here."""
    rows = unused_since(scope, Account.objects.filter(pk=found.pk), now() - IDLE_WARN)
    used = getattr(rows.first(), "used_at", None)
    return used + IDLE_OFF if used and settings.HTTPS else None


@needs(Permission.MANAGE_ACCOUNTS)
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Entrusts a role over a unit that was chosen before."""
    scope = scope_of(request)
    found, unit = visible_accounts(scope).get(pk=pk), chosen_unit(request)
    title, back = (
        _("Giao vai trò cho %(name)s") % {"name": found.get_full_name()},
        reverse("admin-account", args=[pk]),
    )
    if unit is None and request.GET.get("unit") != EVERYTHING:
        return choose_unit(request, title, back)
    roles = entrustable(scope, unit.pk if unit else None)
    form = EntrustForm(request.POST or None, roles, unit)
    if form.is_valid() and _given(form, found, unit, scope):
        messages.success(request, _("Đã giao vai trò."))
        return redirect("admin-account", pk)
    context = {
        "title": title,
        "crumbs": [(found.get_full_name(), back)],
        "form": form,
        "unit": unit_name(unit),
        "submit": _("Giao vai trò"),
        "back": back,
    }
    return render(request, "admin/form.html", context)


def _given(form: EntrustForm, found: Account, unit: Unit | None, scope: Scope) -> Assignment | None:
    role = form.cleaned_data["role"]
    return attempt(
        form,
        lambda: entrust(account=found, role=role, unit=unit, by=scope, at=now(), **form.days()),
    )


@needs(Permission.MANAGE_ACCOUNTS)
@require_POST
def end(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    """Ends one role."""
    end_assignment(assignment_id=assignment, by=scope_of(request), at=now())
    messages.success(request, _("Đã kết thúc vai trò."))
    return redirect("admin-account", pk)


@needs(Permission.MANAGE_ACCOUNTS)
@require_POST
def disable(request: HttpRequest, pk: int) -> HttpResponse:
    """Shuts the account."""
    scope = scope_of(request)
    disable_account(account=visible_accounts(scope).get(pk=pk), by=scope, at=now())
    messages.success(request, _("Đã khóa tài khoản. Người dùng bị đưa ra ngay."))
    return redirect("admin-account", pk)


@needs(Permission.MANAGE_ACCOUNTS)
@require_POST
def enable(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens the account again."""
    scope = scope_of(request)
    enable_account(account=visible_accounts(scope).get(pk=pk), by=scope, at=now())
    messages.success(request, _("Đã mở khóa tài khoản."))
    return redirect("admin-account", pk)


@needs(Permission.MANAGE_ACCOUNTS)
@require_POST
def step_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the second step off, for an owner who lost phone and codes."""
    scope = scope_of(request)
    take_off_second_step(account=visible_accounts(scope).get(pk=pk), by=scope, at=now())
    messages.success(request, _("Đã gỡ. Người dùng vào bằng mật khẩu rồi đặt lại bước thứ hai."))
    return redirect("admin-account", pk)


@needs(Permission.MANAGE_ACCOUNTS)
@require_POST
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """A new card with its PIN, shown this once."""
    scope = scope_of(request)
    found = visible_accounts(scope).get(pk=pk)
    secret, pin = once.opened(request)
    make_card(account=found, secret=secret, pin=pin, by=scope, at=now())
    url = request.build_absolute_uri(reverse("card", args=[secret]))
    text = _("Thẻ đăng nhập Nhân lực số của %(name)s: mở %(url)s rồi nhập mã PIN. Giữ kín liên kết này.")
    context = _shown(found, url, text)
    return render(request, "admin/card.html", {**context, "title": _("Thẻ mới"), "pin": pin})


@needs(Permission.MANAGE_ACCOUNTS)
@require_POST
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """A link to a new password, shown this once."""
    scope = scope_of(request)
    found = visible_accounts(scope).get(pk=pk)
    secret, _pin = once.opened(request)
    made = make_reset_link(account=found, secret=secret, by=scope, at=now())
    url = request.build_absolute_uri(reverse("reset", args=[secret]))
    text = _("%(name)s mở liên kết này để đặt mật khẩu mới: %(url)s")
    context = _shown(found, url, text)
    return render(
        request, "admin/reset.html", {**context, "title": _("Liên kết đặt lại mật khẩu"), "made": made}
    )


def _shown(found: Account, url: str, text: str) -> dict[str, object]:
    name = found.get_full_name()
    return {
        "crumbs": [(name, reverse("admin-account", args=[found.pk]))],
        "found": found,
        "name": name,
        "url": url,
        "text": text % {"name": name, "url": url},
        "code": qr(url, _("Mã QR của liên kết")),
    }
