"""The sheet of a session: marking by thumb, by keyboard, and by a plain form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.text import fold
from nhanlucso.papers.lists import Value
from nhanlucso.training.roster.queries.papers import session_papers
from nhanlucso.training.roster.queries.sheets import Sheet, attendance_sheet, last_changes
from nhanlucso.training.roster.services.marking import Marked, MarkSent, set_marks, take_back
from nhanlucso.web.classes.attending import words
from nhanlucso.web.classes.attending.forms import all_present, marks_sent
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.lists import Listing, listing
from nhanlucso.web.kit.wording import number

CROSSED = 409
ON_A_SHEET = 100  # people; a longer list comes in parts


@needs(Permission.SEE_CLASSES)
@require_http_methods(["GET", "POST"])
def attendance(request: HttpRequest, class_id: int, session_id: int) -> HttpResponse:
    """The sheet; a POST writes marks, all at once or one, or takes the last act back."""
    if request.method == "GET":
        sheet = attendance_sheet(scope_of(request), class_id, session_id)
        return render(request, "classes/attendance.html", _page(request, sheet))
    sheet = attendance_sheet(scope_of(request), class_id, session_id)  # an address of another class is none
    if act := request.POST.get("undo"):
        done = take_back(session_id=session_id, act=act, by=scope_of(request), at=now())
        return _answer(request, class_id, session_id, done, dict.fromkeys(done.crossed, _("hoàn tác")))
    whole = not getattr(request, "htmx", False)
    sent = all_present(request.POST) if "all" in request.POST else marks_sent(request.POST, touched=whole)
    known = {row.person.person_id for row in sheet.rows}
    if gone := [one for one in sent if one.person not in known]:  # taken off the roster; the others go on
        sent = [one for one in sent if one.person in known]
        if whole:
            said = _("%(count)s người không còn trong danh sách, không ghi.")
            messages.warning(request, said % {"count": number(len(gone))})
    done = _set(request, session_id, sent)
    return _answer(request, class_id, session_id, done, _chosen(sent))


def _chosen(sent: list[MarkSent]) -> dict[int, str]:
    """What was chosen for whom, in words."""
    return {one.person: words.mark_word(one.mark) if one.mark else _("bỏ dấu") for one in sent}


def _set(request: HttpRequest, session_id: int, sent: list[MarkSent]) -> Marked:
    together = "all" in request.POST or "together" in request.POST
    return set_marks(session_id=session_id, sent=sent, together=together, by=scope_of(request), at=now())


def _answer(
    request: HttpRequest, class_id: int, session_id: int, done: Marked, chosen: Mapping[int, str]
) -> HttpResponse:
    """The rows as they stand now: the fragment of those concerned, or the page again. 409 if marks crossed."""
    scope = scope_of(request)
    sheet = attendance_sheet(scope, class_id, session_id)
    crossed = {person: chosen[person] for person in done.crossed}
    changes = last_changes(scope, session_id, done.crossed) if crossed else {}
    status = CROSSED if crossed else 200
    if getattr(request, "htmx", False):
        only = {*done.written, *done.same, *done.crossed}
        context = _parts(sheet) | {"rows": words.rows(sheet, only, crossed, changes)}
        return render(request, "classes/_attendance_changed.html", context, status=status)
    if crossed:
        rows = words.rows(sheet, None, crossed, changes)
        context = _page(request, sheet, rows) | {"crossed": len(crossed)}
        return render(request, "classes/attendance.html", context, status=status)
    messages.success(request, _("Đã ghi điểm danh."))
    return redirect(request.get_full_path())


def _parts(sheet: Sheet) -> dict[str, Any]:
    """What rows and bar need, on the page and in the fragment alike."""
    return {
        "sheet": sheet,
        "choices": words.choices(),
        "tally": words.tally_words(sheet.tally),
        "undo": words.undo_words(sheet),
    }


def _page(request: HttpRequest, sheet: Sheet, rows: list[words.Row] | None = None) -> dict[str, Any]:
    """The page: of a long list one part, or whom a name finds in all of it."""
    wanted = request.GET.get("q", "").strip()
    rows = words.rows(sheet) if rows is None else rows
    named = [row for row in rows if fold(wanted) in row.find]
    part = Paginator(named, ON_A_SHEET).get_page(request.GET.get("page"))
    columns = words.columns(sheet)
    here = next(column for column in columns if column.now)
    return _parts(sheet) | {
        "title": _("Điểm danh buổi %(number)s") % {"number": here.number},
        "rows": part.object_list,
        "page": part,
        "long": len(sheet.rows) > ON_A_SHEET,
        "q": wanted,
        "columns": columns,
        "here": here,
        "papers": session_papers(scope_of(request), sheet.session.pk),
    }


@needs(Permission.EXPORT_LISTS)
@require_POST
def attendance_list(request: HttpRequest, class_id: int, session_id: int) -> HttpResponse:
    """The sheet with all sessions as a file."""
    sheet = attendance_sheet(scope_of(request), class_id, session_id)
    days = words.day_heads(sheet)
    head = [_("STT"), _("Họ và tên"), _("Chức danh"), _("Đơn vị"), *days, _("Kết quả")]
    table: list[list[Value]] = [
        [
            place,
            row.person.name,
            row.person.title,
            row.person.unit,
            *signs,
            words.standing_words(row.standing),
        ]
        for place, (row, signs) in enumerate(zip(sheet.rows, words.list_signs(sheet), strict=True), 1)
    ]
    notes = [_("x: có mặt, m: đến muộn, p: vắng có phép, k: vắng, …: chưa ghi")]
    title = _("Điểm danh: %(title)s") % {"title": sheet.training_class.title}
    subject = ("training_class", sheet.training_class.uid)
    return listing(request, Listing(title, head, table, notes, subject, of_people=True))
