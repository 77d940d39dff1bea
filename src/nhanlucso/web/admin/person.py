"""Who of the register stands behind an account: it then shows that person's own records."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhanlucso.access.queries import visible_accounts
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.people.accounts.services import link_person
from nhanlucso.people.queries import PeopleAsked, people_list, visible_person
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs

FOUND = 20


@needs(Permission.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Looks for the person by name, and links the one that was chosen."""
    scope = scope_of(request)
    found = visible_accounts(scope).get(pk=pk)
    if request.method == "POST":
        text = request.POST.get("person", "")
        if not text.isdecimal():
            raise Http404
        link_person(account=found, person=visible_person(scope, int(text)), by=scope, at=now())
        messages.success(request, _("Đã gắn tài khoản với hồ sơ cán bộ."))
        return redirect("admin-account", pk)
    words = request.GET.get("q", found.get_full_name()).strip()
    context = {
        "title": _("Gắn với hồ sơ cán bộ"),
        "crumbs": [(found.get_full_name(), reverse("admin-account", args=[pk]))],
        "q": words,
        "found": people_list(scope, PeopleAsked(on=today(), words=words))[:FOUND] if words else [],
    }
    return render(request, "admin/person.html", context)
