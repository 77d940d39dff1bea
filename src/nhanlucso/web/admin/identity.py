"""How the sign-in service of the province knows an account."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhanlucso.access.queries import visible_accounts
from nhanlucso.access.sso.services import set_identity
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.web.admin.forms import IdentityForm
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import done


@needs(Permission.MANAGE_ACCOUNTS)
def identity(request: HttpRequest, pk: int) -> HttpResponse:
    """E-mail and code of the employee; changing them unties the account of the province."""
    scope = scope_of(request)
    found = visible_accounts(scope).get(pk=pk)
    known = {"email": found.email, "employee_code": found.employee_code}
    form = IdentityForm(request.POST or None, initial=known)
    if form.is_valid() and done(
        form, lambda: set_identity(account=found, by=scope, at=now(), **form.cleaned_data)
    ):
        messages.success(request, _("Đã ghi. Từ nay người này vào được bằng tài khoản tỉnh."))
        return redirect("admin-account", pk)
    back = reverse("admin-account", args=[pk])
    context = {
        "title": _("Tài khoản tỉnh của %(name)s") % {"name": found.get_full_name()},
        "crumbs": [(found.get_full_name(), back)],
        "form": form,
        "submit": _("Ghi"),
        "back": back,
    }
    return render(request, "admin/form.html", context)
