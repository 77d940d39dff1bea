"""Looking at what a resolution does before it is done; doing it; taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from nhanlucso.journal.queries import changes
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.queries import history
from nhanlucso.reform.problems import said
from nhanlucso.reform.queries.rehearsal import TOUCHED, rehearsal
from nhanlucso.reform.queries.resolutions import enacting_act, visible_resolution
from nhanlucso.reform.queries.touched import touched_records
from nhanlucso.reform.rules.draft import ONE_DAY
from nhanlucso.reform.services.enacting import enact_resolution, reverse_resolution
from nhanlucso.web.kit.acts import undoing
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.wording import number
from nhanlucso.web.reform.views import crumbs

LISTED = 50
WORDS = {
    "posts": gettext_lazy("Vị trí công tác"),
    "teams": gettext_lazy("Tổ công nghệ số"),
    "classes": gettext_lazy("Lớp chưa xong"),
    "targets": gettext_lazy("Chỉ tiêu"),
    "plans": gettext_lazy("Kế hoạch"),
    "accounts": gettext_lazy("Tài khoản được giao"),
    "reports": gettext_lazy("Báo cáo"),
    "imports": gettext_lazy("Lần nhập đang dở"),
}
PAGES = {
    "posts": "person",
    "teams": "team",
    "classes": "class",
    "plans": "plan",
    "targets": "plan",
    "reports": "report",
}


@needs(Permission.EDIT_UNITS)
def rehearse(request: HttpRequest, uid: str) -> HttpResponse:
    """What a resolution touches, unit by unit. Nothing is written."""
    scope = scope_of(request)
    held = visible_resolution(scope, uid)
    seen = rehearsal(scope, uid)
    shown = [what for what in TOUCHED if seen.totals[what]]
    page = Paginator(seen.units, LISTED).get_page(request.GET.get("page"))
    context = {
        "title": _("Xem trước"),
        "crumbs": crumbs(held),
        "resolution": held,
        "is_draft": held.state == "draft",
        "seen": seen,
        "problems": [said(problem) for problem in seen.problems],
        "totals": [(what, WORDS[what], seen.totals[what]) for what in TOUCHED],
        "head": [WORDS[what] for what in shown],
        "page": page,
        "rows": [(unit, [(what, WORDS[what], unit.counts[what]) for what in shown]) for unit in page],
    }
    return render(request, "reform/rehearsal.html", context)


@needs(Permission.EDIT_UNITS)
def touched(request: HttpRequest, uid: str, what: str) -> HttpResponse:
    """The records of one kind that a resolution touches; `unit`: of one unit of it."""
    scope = scope_of(request)
    held = visible_resolution(scope, uid)
    if what not in TOUCHED:
        raise Http404
    text = request.GET.get("unit", "")
    unit = int(text) if text.isdecimal() else None
    page = Paginator(touched_records(scope, held, what, unit), LISTED).get_page(request.GET.get("page"))
    version = history().version_near(unit, held.date - ONE_DAY) if unit is not None else None
    way = [*crumbs(held), (_("Xem trước"), reverse("resolution-rehearsal", args=[uid]))]
    context = {
        "title": WORDS[what],
        "crumbs": way,
        "resolution": held,
        "unit": version,
        "page": page,
        "rows": [
            (row, reverse(PAGES[what], args=[row.leads_to]) if what in PAGES and row.leads_to else "")
            for row in page
        ],
    }
    return render(request, "reform/touched.html", context)


@needs(Permission.EDIT_UNITS)
@require_POST
def enact(request: HttpRequest, uid: str) -> HttpResponse:
    """Carries the resolution out."""
    scope = scope_of(request)
    done = enact_resolution(resolution=visible_resolution(scope, uid), by=scope, at=now())
    if not done.already:
        words = _("Đã thực hiện: %(ended)s đơn vị kết thúc, %(made)s đơn vị mới.")
        messages.success(request, words % {"ended": number(done.ended), "made": number(done.made)})
    return redirect("resolution", uid)


@needs(Permission.EDIT_UNITS)
def reverse_it(request: HttpRequest, uid: str) -> HttpResponse:
    """What taking it back would do and what stands in the way; taking it back."""
    scope = scope_of(request)
    held = visible_resolution(scope, uid)
    act = enacting_act(scope, held)
    if act is None:
        return redirect("resolution", uid)
    told = changes(scope, act)
    if request.method == "POST" and told.may_be_undone:
        reverse_resolution(resolution=held, by=scope, at=now())
        messages.success(request, _("Đã hoàn tác; nghị quyết lại là dự thảo."))
        return redirect("resolution", uid)
    context = {
        "title": _("Hoàn tác nghị quyết"),
        "crumbs": crumbs(held),
        "resolution": held,
        "told": undoing(scope, told),
    }
    return render(request, "reform/reverse.html", context)
