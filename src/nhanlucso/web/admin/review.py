"""The half-yearly review of accounts: one by one, still needed or not, with who said so and when."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.access.enums import Role, Verdict
from nhanlucso.access.models import Account
from nhanlucso.access.queries import visible_accounts
from nhanlucso.access.review.queries import accounts_to_review, past_reviews, review_progress
from nhanlucso.access.review.services import end_account, keep_account
from nhanlucso.access.rules import half_of
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.queries import history
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.lists import Listing, listing
from nhanlucso.web.kit.wording import moment

PAGE = 25


@needs(Permission.MANAGE_ACCOUNTS)
@require_GET
def review(request: HttpRequest) -> HttpResponse:
    """The accounts of this half-year's review, those not yet looked at first."""
    scope, half = scope_of(request), half_of(today())
    context = {
        "title": _("Rà soát tài khoản"),
        "half": half_words(half),
        "page": Paginator(accounts_to_review(scope, half), PAGE).get_page(request.GET.get("page")),
        "progress": review_progress(scope, half),
        "past": [
            (half_words(name), count, last) for name, count, last in past_reviews(scope) if name != half
        ],
        "names": history().names(),
        "own": scope.account_id,
    }
    return render(request, "admin/review.html", context)


@needs(Permission.MANAGE_ACCOUNTS)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Still needed, or not; and back to the same place of the list."""
    scope = scope_of(request)
    found = visible_accounts(scope).get(pk=pk)
    act = end_account if request.POST.get("verdict") == Verdict.ENDED else keep_account
    act(account=found, by=scope, at=now())
    return redirect("admin-review")


@needs(Permission.MANAGE_ACCOUNTS)
@require_POST
def review_file(request: HttpRequest) -> HttpResponse:
    """The review as a file, to be signed and kept."""
    half = half_of(today())
    head = [_("Họ và tên"), _("Tên đăng nhập"), _("Được giao"), _("Dùng lần cuối"), _("Kết quả"), _("Người rà soát"),
            _("Lúc")]  # fmt: skip
    rows = [_row(account) for account in accounts_to_review(scope_of(request), half)]
    title = _("Rà soát tài khoản")
    return listing(request, Listing(title, head, rows, [half_words(half)], ("account", "")))


def half_words(half: str) -> str:
    """2026-H1 as it is said."""
    year, part = half.split("-H")
    return (_("6 tháng đầu năm %(year)s") if part == "1" else _("6 tháng cuối năm %(year)s")) % {"year": year}


def _row(account: Account) -> list[str]:
    names = history().names()
    held = "; ".join(
        f"{Role(row.role).label} · {names.get(row.unit_id, '') if row.unit_id else _('toàn hệ thống')}"
        for row in account.held  # type: ignore[attr-defined]
    )
    used = moment(account.used_at) if account.seen_at or account.last_login else ""  # type: ignore[attr-defined]
    said = [
        text
        for mark in account.reviewed[:1]  # type: ignore[attr-defined]
        for text in (str(Verdict(mark.verdict).label), str(mark.by or ""), moment(mark.at))
    ]
    return [account.get_full_name(), account.username, held, used, *(said or ["", "", ""])]
