"""The steps of a report that somebody takes: checked, submitted, decided on, taken over, corrected."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.reports.models import Report
from nhanlucso.reports.queries.signing import checkable, visible_report
from nhanlucso.reports.services.signing import (
    Decision,
    answer_report,
    correct_report,
    decide_on_report,
    drop_correction,
)
from nhanlucso.reports.services.submitting import check_report
from nhanlucso.reports.submissions import start_submission
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.reports.checking import check_page
from nhanlucso.web.reports.forms import APPROVE, CheckForm, CorrectForm, DecideForm, SubmitForm
from nhanlucso.web.reports.rows import title_of, unit_name
from nhanlucso.web.reports.showing import show_report


@needs(Permission.SUBMIT_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, report_id: int) -> HttpResponse:
    """What the officer goes through before submitting; a POST puts on record that they did."""
    scope = scope_of(request)
    found = visible_report(scope, report_id)
    try:
        found = checkable(scope, report_id, found.revision)
        form = CheckForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            check_report(report=found, **form.cleaned_data, by=scope, at=now())
            messages.success(request, _("Đã ghi bước kiểm tra. Trình được rồi."))
            return redirect("report", found.pk)
    except Refused as refusal:
        if refusal.code not in ("figures_moved", "overtaken", "already_submitted", "already_approved"):
            raise
        messages.error(request, refusal.message)
        return redirect("report-check" if refusal.code == "figures_moved" else "report", found.pk)
    return _checking(request, found)


def _checking(request: HttpRequest, found: Report) -> HttpResponse:
    page = check_page(scope_of(request), found, now())
    context = {
        "title": _("Kiểm tra trước khi trình"),
        "report": found,
        "what": title_of(found),
        "unit": unit_name(found),
        "page": page,
        "here": reverse("report", args=[found.pk]),
        "form": CheckForm(initial={"seen": found.revision, "figures": page.figures}),
    }
    return render(request, "reports/check.html", context)


@needs(Permission.SUBMIT_REPORTS)
@require_POST
def submit(request: HttpRequest, report_id: int) -> HttpResponse:
    """Begins to submit; the page of the job shows how far it is."""
    found, form = visible_report(scope_of(request), report_id), SubmitForm(request.POST)
    if not form.is_valid():
        return show_report(request, found, form)
    try:
        job = start_submission(
            report=found,
            **form.cleaned_data,
            title=_("Trình duyệt: %(title)s") % {"title": f"{title_of(found)}, {unit_name(found)}"},
            by=scope_of(request),
            at=now(),
        )
    except Refused as refusal:
        return _refused(request, found, form, refusal)
    return redirect("job", job_id=job.pk)


@needs(Permission.APPROVE_REPORTS)
@require_POST
def decide(request: HttpRequest, report_id: int) -> HttpResponse:
    """The unit's own leader approves what was submitted, or returns it with a reason."""
    return _decided(request, report_id, decide_on_report, _("Đã duyệt báo cáo. Số liệu đã chốt."))


@needs(Permission.APPROVE_REPORTS)
@require_POST
def answer(request: HttpRequest, report_id: int) -> HttpResponse:
    """The level above takes an approved report over, or sends it back with a reason."""
    return _decided(request, report_id, answer_report, _("Đã tiếp nhận báo cáo."))


def _decided(request: HttpRequest, report_id: int, act: object, done: str) -> HttpResponse:
    assert callable(act)
    found, form = visible_report(scope_of(request), report_id), DecideForm(request.POST)
    if not form.is_valid():
        return show_report(request, found, form)
    words = form.cleaned_data
    approves = words["decision"] == APPROVE
    try:
        decision = Decision(words["seen"], approves, words["comment"])
        act(report=found, decision=decision, by=scope_of(request), at=now())
    except Refused as refusal:
        return _refused(request, found, form, refusal)
    messages.success(request, done if approves else _("Đã trả lại báo cáo."))
    return redirect("report", found.pk)


@needs(Permission.SUBMIT_REPORTS)
@require_POST
def correct(request: HttpRequest, report_id: int) -> HttpResponse:
    """Opens an approved report for a corrected revision, with the reason."""
    found, form = visible_report(scope_of(request), report_id), CorrectForm(request.POST)
    if not form.is_valid():
        return show_report(request, found, form)
    try:
        correct_report(report=found, **form.cleaned_data, by=scope_of(request), at=now())
    except Refused as refusal:
        return _refused(request, found, form, refusal)
    messages.success(request, _("Đã mở bản đính chính. Bản đã duyệt vẫn có hiệu lực."))
    return redirect("report", found.pk)


@needs(Permission.SUBMIT_REPORTS)
@require_POST
def drop(request: HttpRequest, report_id: int) -> HttpResponse:
    """Gives up a correction that was begun."""
    found = visible_report(scope_of(request), report_id)
    try:
        drop_correction(report=found, by=scope_of(request), at=now())
    except Refused as refusal:
        if refusal.code == "not_allowed":
            raise
        messages.error(request, refusal.message)
        return redirect("report", found.pk)
    messages.success(request, _("Đã bỏ bản đính chính. Báo cáo vẫn như đã duyệt."))
    return redirect("report", found.pk)


def _refused(
    request: HttpRequest, found: Report, form: SubmitForm | DecideForm | CorrectForm, refusal: Refused
) -> HttpResponse:
    """A missing reason is asked for beside its field; else the report is shown as it stands now. What the account
    may not do at all stays a 403."""
    if refusal.code == "not_allowed":
        raise refusal
    if refusal.code == "reason_needed":
        form.add_error("reason" if isinstance(form, CorrectForm) else "comment", refusal.message)
        return show_report(request, found, form)
    messages.error(request, refusal.message)
    return redirect("report-check" if refusal.code == "figures_moved" else "report", found.pk)
