"""The log: who did what, when, to which kind of record. Never a name or a number of who it was about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.access.queries import account_names
from nhanlucso.access.trail.queries import EventsAsked, events
from nhanlucso.audit.chain import newest_anchor
from nhanlucso.audit.models import Event
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.papers.lists import Value
from nhanlucso.web.admin.asking import TrailQuestion, events_asked
from nhanlucso.web.admin.forms import TrailForm
from nhanlucso.web.kit.acting import kind_words, told_verb
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.lists import Listing, listing
from nhanlucso.web.kit.wording import moment

PAGE, IN_A_FILE = 100, 20_000


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the log."""

    at: datetime
    who: str
    account: int | None
    what: str
    kind: str
    count: int


@needs(Permission.READ_AUDIT)
@require_GET
def trail(request: HttpRequest) -> HttpResponse:
    """The acts in reach, the newest first."""
    scope, asked = scope_of(request), events_asked(request)
    page = Paginator(events(scope, asked), PAGE).get_page(request.GET.get("page"))
    question = TrailQuestion(asked, _name(scope, asked), request.GET)
    context = {
        "title": _("Nhật ký"),
        "page": page,
        "count": page.paginator.count,
        "acts": _acts(scope, page.object_list),
        "asked": question,
        "anchor": newest_anchor(),
        "form": TrailForm(question),
    }
    return render(request, "admin/_trail.html" if request.htmx else "admin/trail.html", context)  # type: ignore[attr-defined]


@needs(Permission.READ_AUDIT)
@require_POST
def trail_file(request: HttpRequest) -> HttpResponse:
    """The newest acts of the question as a file."""
    scope, asked = scope_of(request), events_asked(request)
    question = TrailQuestion(asked, _name(scope, asked), request.GET)
    head = [_("Thời điểm"), _("Tài khoản"), _("Việc"), _("Loại bản ghi"), _("Số lượng")]
    rows: list[list[Value]] = [
        [moment(act.at), act.who, act.what, act.kind, act.count]
        for act in _acts(scope, events(scope, asked)[:IN_A_FILE])
    ]
    return listing(
        request, Listing(_("Nhật ký"), head, rows, [chip.label for chip in question.chips], ("event", ""))
    )


def _name(scope: Scope, asked: EventsAsked) -> str:
    """The name of the account asked for, if any act of it may be read."""
    if asked.account is None or not events(scope, EventsAsked(account=asked.account)).exists():
        return ""
    return account_names(scope, [asked.account]).get(asked.account, "")


def _acts(scope: Scope, found: Iterable[Event]) -> list[Act]:
    rows = list(found)
    names = account_names(scope, {row.account_id for row in rows if row.account_id is not None})
    return [
        Act(
            row.at,
            _("Dòng lệnh") if row.account_id is None else names.get(row.account_id, _("Tài khoản đã xóa")),
            row.account_id,
            told_verb(row.verb),
            kind_words(row.object_type),
            row.count,
        )
        for row in rows
    ]
