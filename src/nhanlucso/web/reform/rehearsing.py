"""Looking at what a resolution does before it is done; doing it; taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from nhanlucso.journal.queries import changes
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.reform.problems import said
from nhanlucso.reform.queries.resolutions import enacting_act, visible_resolution
from nhanlucso.reform.queries.stored import Rehearsed, last_rehearsal
from nhanlucso.reform.rules.rehearsal import ACCOUNTS, TOUCHED, Rehearsal
from nhanlucso.reform.services.enacting import Enacted
from nhanlucso.reform.work import ENACT, REHEARSE, REVERSE, begin
from nhanlucso.web.kit.acts import undoing
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.wording import number
from nhanlucso.web.reform.crumbs import crumbs
from nhanlucso.web.reform.progress import asks_for_part, progress_page, work_on

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
SIGHTS = {
    "ending": gettext_lazy("đơn vị kết thúc"),
    "less": gettext_lazy("thấy ít hơn"),
    "more": gettext_lazy("thấy thêm"),
    "partly": gettext_lazy("một phần, chờ phân về"),
}


@needs(Permission.EDIT_UNITS)
def rehearse(request: HttpRequest, uid: str) -> HttpResponse:
    """What a resolution touched when it was last rehearsed, unit by unit; by POST it is rehearsed anew."""
    scope = scope_of(request)
    held = visible_resolution(scope, uid)
    if request.method == "POST":
        begin(kind=REHEARSE, resolution=held, by=scope, at=now())
        return redirect("resolution-rehearsal", uid)
    work = work_on(held)
    if work.is_open or asks_for_part(request):
        return progress_page(request, held, work, _("Xem trước"))
    told = last_rehearsal(scope, uid)
    context: dict[str, object] = {
        "title": _("Xem trước"),
        "crumbs": crumbs(held),
        "resolution": held,
        "is_draft": held.state == "draft",
        "work": work,
        "told": told,
    }
    if told is not None:
        context |= _shown(request, uid, told)
    return render(request, "reform/rehearsal.html", context)


def _list(uid: str, what: str) -> str:
    """Where the records behind a count are listed."""
    if what == ACCOUNTS:
        return reverse("resolution-accounts", args=[uid])
    return reverse("resolution-touched", args=[uid, what])


def _shown(request: HttpRequest, uid: str, told: Rehearsed) -> dict[str, object]:
    seen = told.seen
    shown = [what for what in TOUCHED if seen.totals[what]]
    page = Paginator(seen.units, LISTED).get_page(request.GET.get("page"))
    return {
        "seen": seen,
        "problems": [said(problem) for problem in seen.problems],
        "totals": [(WORDS[what], seen.totals[what], _list(uid, what)) for what in TOUCHED],
        "head": [WORDS[what] for what in shown],
        "page": page,
        "rows": [
            (unit, [(WORDS[what], unit.counts[what], _list(uid, what)) for what in shown]) for unit in page
        ],
        "reach": [found for found in _reach_counts(seen) if found[2]],
    }


def _reach_counts(seen: Rehearsal) -> list[tuple[str, object, int]]:
    """Of how many entrusted units the accounts see less, more, partly, or nothing any more."""
    effects = seen.effects.values()
    return [
        ("ending", SIGHTS["ending"], sum(not effect.after for effect in effects)),
        ("less", SIGHTS["less"], sum(bool(effect.less and effect.after) for effect in effects)),
        ("more", SIGHTS["more"], sum(bool(effect.more) for effect in effects)),
        ("partly", SIGHTS["partly"], sum(bool(effect.partly) for effect in effects)),
    ]


@needs(Permission.EDIT_UNITS)
@require_POST
def enact(request: HttpRequest, uid: str) -> HttpResponse:
    """Carries the resolution out."""
    scope = scope_of(request)
    done = begin(kind=ENACT, resolution=visible_resolution(scope, uid), by=scope, at=now())
    if isinstance(done, Enacted) and not done.already:
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
        if begin(kind=REVERSE, resolution=held, by=scope, at=now()) is True:
            messages.success(request, _("Đã hoàn tác; nghị quyết lại là dự thảo."))
        return redirect("resolution", uid)
    context = {
        "title": _("Hoàn tác nghị quyết"),
        "crumbs": crumbs(held),
        "resolution": held,
        "told": undoing(scope, told),
    }
    return render(request, "reform/reverse.html", context)
