"""The list of accounts; which role may do what."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.access.accounts.queries import account_list
from nhanlucso.access.enums import Role
from nhanlucso.access.models import Account
from nhanlucso.access.rules import ALLOWED, ENTRUSTS
from nhanlucso.kernel.clock import ALWAYS, EVER, now
from nhanlucso.kernel.permissions import NAMES, Permission
from nhanlucso.orgs.queries import history
from nhanlucso.web.admin.asking import accounts_question
from nhanlucso.web.admin.forms import FilterForm
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.lists import Listing, listing
from nhanlucso.web.kit.wording import day

PAGE = 50


@needs(Permission.MANAGE_ACCOUNTS, Permission.READ_AUDIT)
@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """The accounts in reach; for who may only read the log, the log."""
    scope = scope_of(request)
    if not scope.may(Permission.MANAGE_ACCOUNTS):
        return redirect("admin-trail")
    asked = accounts_question(request)
    page = Paginator(account_list(scope, asked.asked, now()), PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Tài khoản"),
        "page": page,
        "count": page.paginator.count,
        "asked": asked,
        "form": FilterForm(scope, asked),
        "names": history().names(),
        "now": now(),
    }
    return render(request, "admin/_accounts.html" if request.htmx else "admin/page.html", context)  # type: ignore[attr-defined]


@needs(Permission.MANAGE_ACCOUNTS)
@require_POST
def accounts_file(request: HttpRequest) -> HttpResponse:
    """The list as a file, a line for every role: for the half-yearly review of who may what."""
    asked = accounts_question(request)
    head = [_("Họ và tên"), _("Tên đăng nhập"), _("Vai trò"), _("Đơn vị"), _("Từ ngày"), _("Đến ngày"),
            _("Làm thay"), _("Tình trạng")]  # fmt: skip
    rows = _rows(account_list(scope_of(request), asked.asked, now()))
    return listing(
        request,
        Listing(_("Tài khoản và vai trò"), head, rows, [c.label for c in asked.chips], ("account", "")),
    )


def _rows(found: Iterable[Account]) -> list[list[str]]:
    names, rows = history().names(), []
    for account in found:
        who = [account.get_full_name(), account.username]
        state = _("Đang dùng") if account.is_active else _("Đã khóa")
        held = account.held  # type: ignore[attr-defined]
        for row in held:
            unit = names.get(row.unit_id, "") if row.unit_id else _("toàn hệ thống")
            first = "" if row.valid_from == EVER else day(row.valid_from)
            last = "" if row.valid_to == ALWAYS else day(row.valid_to)
            lent = _("Có") if row.delegated_by_id else ""
            rows.append([*who, str(Role(row.role).label), unit, first, last, lent, state])
        if not held:
            rows.append([*who, "", "", "", "", "", state])
    return rows


@needs(Permission.MANAGE_ACCOUNTS, Permission.READ_AUDIT)
@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    """Which role may do what, as declared in the code."""
    context = {
        "title": _("Vai trò và quyền"),
        "roles": list(Role),
        "rows": [
            (_(name), [(role, right in ALLOWED[role]) for role in Role]) for right, name in NAMES.items()
        ],
        "entrusts": [
            (role, [given for given in Role if given in ENTRUSTS[role]]) for role in Role if role in ENTRUSTS
        ],
    }
    return render(request, "admin/roles.html", context)


@needs(Permission.MANAGE_ACCOUNTS, Permission.READ_AUDIT)
@require_POST
def roles_file(request: HttpRequest) -> HttpResponse:
    """The table of roles as a file."""
    head = [_("Quyền"), *(str(role.label) for role in Role)]
    rows = [
        [_(name), *(_("có") if right in ALLOWED[role] else "" for role in Role)]
        for right, name in NAMES.items()
    ]
    return listing(request, Listing(_("Vai trò và quyền"), head, rows))
