"""Signing in; one's own account: roles, password, PIN, what is lent to others."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhanlucso.access.devices.queries import own_devices
from nhanlucso.access.devices.services import rekey_device, sign_out_others
from nhanlucso.access.enums import Way
from nhanlucso.access.models import Account, Assignment
from nhanlucso.access.queries import assignments, lent
from nhanlucso.access.rules import LIGHT
from nhanlucso.access.services import delegate, end_delegation
from nhanlucso.access.signing.queries import own_card
from nhanlucso.access.signing.services import change_password, change_pin
from nhanlucso.access.sso.provider import is_configured
from nhanlucso.access.steps.queries import own_second_step
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history
from nhanlucso.people.accounts.queries import person_behind
from nhanlucso.web.account.entering import enter
from nhanlucso.web.account.forms import DelegateForm, PasswordForm, PinForm, SignInForm
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import everyone
from nhanlucso.web.kit.filling import attempt, done
from nhanlucso.web.kit.keeping import CARD


class SignIn(LoginView):
    """Django's own view with our form and page."""

    form_class = SignInForm
    template_name = "account/sign_in.html"
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        return enter(self.request, form.get_user(), Way.PASSWORD, self.get_success_url())

    def get_context_data(self, **extra: Any) -> dict[str, Any]:
        name = settings.SSO_NAME or _("tài khoản tỉnh")
        return super().get_context_data(title=_("Đăng nhập"), sso=is_configured() and name, **extra)


@everyone("one's own account")
def account(request: HttpRequest) -> HttpResponse:
    """Who is signed in, what is entrusted to them, what they lent, how they sign in."""
    scope, held = scope_of(request), _account(request)
    rows = [row for row in assignments(scope) if row.role in scope.roles]
    context = {
        "title": held.get_full_name(),
        "assignments": rows,
        "lendable": {row.pk for row in rows if row.delegated_by_id is None and row.role not in LIGHT},
        "lent": lent(scope),
        "names": history().names(),
        "person": person_behind(scope, held),
        "card": own_card(scope),
        "by_card": CARD in request.session,
        "second": own_second_step(scope),
        "devices": own_devices(scope).count(),
        "held": held,
    }
    return render(request, "account/page.html", context)


@everyone("one's own password")
def password(request: HttpRequest) -> HttpResponse:
    """A new password, for who signed in with the old one."""
    held = _account(request)
    if CARD in request.session or not held.has_usable_password():
        raise Refused("no_password", _("Tài khoản này vào bằng thẻ và mã PIN."))
    form = PasswordForm(request.POST or None)
    if form.is_valid() and done(
        form,
        lambda: change_password(account=held, by=scope_of(request), at=now(), **form.cleaned_data),
    ):
        _others_out(request, held)
        messages.success(request, _("Đã đổi mật khẩu. Các máy khác phải đăng nhập lại."))
        return redirect("account")
    return _form(request, form, _("Đổi mật khẩu"))


def _others_out(request: HttpRequest, held: Account) -> None:
    """This device goes on with the new password under a new key, all others are out."""
    old, scope = request.session.session_key or "", scope_of(request)
    update_session_auth_hash(request, held)
    new = request.session.session_key or ""
    rekey_device(old=old, new=new, by=scope, at=now())
    sign_out_others(account=held, session_key=new, by=scope, at=now())


@everyone("one's own card")
def pin(request: HttpRequest) -> HttpResponse:
    """A new PIN for one's own card."""
    form = PinForm(request.POST or None)
    if form.is_valid() and done(
        form, lambda: change_pin(by=scope_of(request), at=now(), **form.cleaned_data)
    ):
        messages.success(request, _("Đã đổi mã PIN."))
        return redirect("account")
    return _form(request, form, _("Đổi mã PIN"))


@everyone("one's own roles")
def lend(request: HttpRequest, pk: int) -> HttpResponse:
    """Lends one of one's own roles for some days."""
    scope = scope_of(request)
    row = next((row for row in assignments(scope) if row.pk == pk and row.role in scope.roles), None)
    if row is None:
        raise Refused("not_lendable", _("Vai trò này không phải của bạn hoặc đã hết hạn."))
    form = DelegateForm(request.POST or None, initial={"first": today()})
    made = _lent(form, pk, scope) if form.is_valid() else None
    if made:
        messages.success(request, _("Đã giao %(name)s làm thay.") % {"name": made.account.get_full_name()})
        return redirect("account")
    unit = history().names().get(row.unit_id, "") if row.unit_id else _("toàn hệ thống")
    title = _("Giao người khác làm thay")
    return _form(request, form, title, f"{row.get_role_display()} · {unit}", explain=True)


def _lent(form: DelegateForm, pk: int, scope: Scope) -> Assignment | None:
    return attempt(form, lambda: delegate(assignment_id=pk, by=scope, at=now(), **form.cleaned_data))


@everyone("what one lent or borrowed")
@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends what was lent, by either side."""
    end_delegation(assignment_id=pk, by=scope_of(request), at=now())
    messages.success(request, _("Đã kết thúc việc làm thay."))
    return redirect("account")


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user


def _form(request: HttpRequest, form: Any, title: str, lead: str = "", explain: bool = False) -> HttpResponse:
    context = {
        "title": title,
        "lead": lead,
        "crumbs": [(_("Tài khoản"), reverse("account"))],
        "form": form,
        "explain": explain,
    }
    return render(request, "account/form.html", context)
