"""The records behind the counts of a rehearsal, and as files."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhanlucso.access.enums import Role
from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.queries import history
from nhanlucso.reform.models import Resolution
from nhanlucso.reform.queries.resolutions import visible_resolution
from nhanlucso.reform.queries.stored import last_rehearsal
from nhanlucso.reform.queries.touched import (
    TouchedAccount,
    TouchedAccounts,
    TouchedRows,
    touched_accounts,
    touched_records,
)
from nhanlucso.reform.rules.draft import ONE_DAY
from nhanlucso.reform.rules.rehearsal import ACCOUNTS, TOUCHED
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.lists import Listing, listing
from nhanlucso.web.kit.wording import number
from nhanlucso.web.reform.crumbs import Crumbs, crumbs
from nhanlucso.web.reform.rehearsing import SIGHTS, WORDS

LISTED = 50
NAMED = 4  # units of one cell
PAGES = {
    "posts": "person",
    "teams": "team",
    "classes": "class",
    "plans": "plan",
    "targets": "plan",
    "reports": "report",
}


@needs(Permission.EDIT_UNITS)
def touched(request: HttpRequest, uid: str, what: str) -> HttpResponse:
    """The records of one kind that a resolution touches; `unit`: of one unit of it."""
    scope = scope_of(request)
    held = visible_resolution(scope, uid)
    if what not in TOUCHED or what == ACCOUNTS:
        raise Http404
    unit = _unit(request)
    page = Paginator(touched_records(scope, held, what, unit), LISTED).get_page(request.GET.get("page"))
    context = {
        **_place(held, unit),
        "title": WORDS[what],
        "what": what,
        "query": f"unit={unit}" if unit is not None else "",
        "page": page,
        "rows": [
            (row, reverse(PAGES[what], args=[row.leads_to]) if what in PAGES and row.leads_to else "")
            for row in page
        ],
    }
    return render(request, "reform/touched.html", context)


@needs(Permission.EXPORT_LISTS)
@require_POST
def touched_file(request: HttpRequest, uid: str, what: str) -> HttpResponse:
    """These records as a file."""
    scope = scope_of(request)
    held = visible_resolution(scope, uid)
    if what not in TOUCHED or what == ACCOUNTS:
        raise Http404
    found: TouchedRows = touched_records(scope, held, what, _unit(request))
    rows = [[row.name, row.words, row.unit] for row in found[0 : len(found)]]
    head = [str(WORDS[what]), _("Chi tiết"), _("Đơn vị")]
    given = Listing(str(WORDS[what]), head, rows, [held.document], ("resolution", held.uid))
    return listing(request, given)


@needs(Permission.EDIT_UNITS)
def accounts(request: HttpRequest, uid: str) -> HttpResponse:
    """The accounts that a resolution touches, with what each sees then and after."""
    held = visible_resolution(scope_of(request), uid)
    found = _accounts(request, held)
    if found is None:
        return redirect("resolution-rehearsal", uid)
    unit, which = _unit(request), _which(request)
    page = Paginator(found, LISTED).get_page(request.GET.get("page"))
    context = {
        **_place(held, unit),
        "title": WORDS[ACCOUNTS],
        "which": which,
        "sights": SIGHTS.items(),
        "query": f"which={which}" + (f"&unit={unit}" if unit is not None else ""),
        "page": page,
        "rows": [(row, Role(row.assignment.role).label, _told(row, held, NAMED)) for row in page],
    }
    return render(request, "reform/accounts.html", context)


@needs(Permission.EXPORT_LISTS)
@require_POST
def accounts_file(request: HttpRequest, uid: str) -> HttpResponse:
    """These accounts as a file."""
    held = visible_resolution(scope_of(request), uid)
    found = _accounts(request, held)
    if found is None:
        raise Http404
    rows = [
        [
            row.assignment.account.get_full_name(),
            str(Role(row.assignment.role).label),
            row.unit,
            row.effect.then if row.effect else None,
            row.effect.after if row.effect else None,
            "; ".join(
                f"{label}: {words}" if words else str(label) for label, words in _told(row, held, None)
            ),
        ]
        for row in found[0 : len(found)]
    ]
    head = [
        _("Tài khoản"),
        _("Vai trò"),
        _("Đơn vị"),
        _("Số đơn vị trước"),
        _("Số đơn vị sau"),
        _("Thay đổi"),
    ]
    return listing(
        request,
        Listing(str(WORDS[ACCOUNTS]), head, rows, [held.document], ("resolution", held.uid)),
    )


def _accounts(request: HttpRequest, held: Resolution) -> TouchedAccounts | None:
    """None before the first rehearsal: what somebody sees is a matter of the whole of it."""
    scope = scope_of(request)
    told = last_rehearsal(scope, held.uid)
    if told is None:
        return None
    return touched_accounts(scope, held, told.seen, _unit(request), _which(request))


def _told(row: TouchedAccount, held: Resolution, most: int | None) -> list[tuple[object, str]]:
    """What changes for an account, each with the units that it is about."""
    effect = row.effect
    if effect is None:
        return []
    told: list[tuple[object, str]] = []
    if not effect.after and row.waits:
        told.append((_("Không còn thấy gì cho đến khi đơn vị được phân về"), ""))
    elif not effect.after:
        heirs = ", ".join(row.heirs)
        told.append(
            (
                _("Đơn vị kết thúc, không còn thấy gì"),
                _("giao lại ở %(heirs)s") % {"heirs": heirs} if heirs else "",
            )
        )
    elif effect.less:
        told.append((_("Không còn thấy"), _names(effect.less, held, most)))
    if effect.more:
        told.append((_("Thấy thêm"), _names(effect.more, held, most)))
    if effect.partly:
        told.append((_("Một phần, phân về rồi mới thấy"), _names(effect.partly, held, most)))
    return told


def _names(units: tuple[int, ...], held: Resolution, most: int | None) -> str:
    past, last = history(), held.date - ONE_DAY
    shown = units if most is None else units[:most]
    names = ", ".join(past.name(unit, last) for unit in shown)
    rest = len(units) - len(shown)
    return (
        _("%(names)s và %(count)s đơn vị khác") % {"names": names, "count": number(rest)} if rest else names
    )


def _unit(request: HttpRequest) -> int | None:
    text = request.GET.get("unit", "")
    return int(text) if text.isdecimal() else None


def _which(request: HttpRequest) -> str:
    which = request.GET.get("which", "")
    return which if which in SIGHTS else ""


def _place(held: Resolution, unit: int | None) -> dict[str, object]:
    """The resolution, the unit of it that is asked for, and the way here."""
    way: Crumbs = [*crumbs(held), (_("Xem trước"), reverse("resolution-rehearsal", args=[held.uid]))]
    version = history().version_near(unit, held.date - ONE_DAY) if unit is not None else None
    return {"crumbs": way, "resolution": held, "unit": version}
