"""Reports: the periods of a year with where each stands; one report from draft to approval; its files."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.audit.services import record
from nhanlucso.files.reading import whole
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.periods import RANGE
from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.queries import reach
from nhanlucso.reports.models import Report
from nhanlucso.reports.queries.signing import (
    approved_revision,
    my_reports,
    reports_of,
    revision_of,
    visible_report,
    waiting_for_me,
    waiting_to_be_accepted,
)
from nhanlucso.reports.services.signing import begin_report
from nhanlucso.reports.services.writing import Wanted, write_report
from nhanlucso.web.kit.asking import Question, question, scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.frame import asked_of, frame
from nhanlucso.web.kit.lists import Listing, listing
from nhanlucso.web.kit.periods import period_label
from nhanlucso.web.kit.sending import attachment
from nhanlucso.web.reports.page import CAPSULE
from nhanlucso.web.reports.rows import (
    closed_files,
    named,
    period_rows,
    state_of,
    tree_of,
    unit_name,
    unit_rows,
)
from nhanlucso.web.reports.showing import show_report

FORMS = ("docx", "pdf", "xlsx")
KEPT = (*FORMS, CAPSULE)
SUFFIXES = {CAPSULE: "nls.zip"}
SHOWN = 10


@needs(Permission.SEE_FIGURES)
@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """What waits, the periods of the year, the units below."""
    scope, asked = scope_of(request), question(request)
    context: dict[str, object] = {"title": _("Báo cáo")}
    if asked is not None:
        waiting, mine = waiting_for_me(scope), my_reports(scope)
        context |= frame(request, asked) | {
            "waiting": named(waiting[:SHOWN]),
            "arrived": named(waiting_to_be_accepted(scope)[:SHOWN]),
            "mine": named(mine[:SHOWN]),
            "years": (asked.period.year - 1, asked.period.year + 1),
        }
    if asked is not None and asked.valid and asked.period.kind != RANGE:
        chosen = reports_of(scope, [asked.unit.pk], [asked.period.text], asked.calendar).last()
        *groups, months = period_rows(scope, asked, today())
        context |= {
            "groups": groups,
            "months": months,
            "months_open": any(row.begun or row.chosen for row in months),
            "units": unit_rows(scope, asked),
            "chosen": chosen,
            "chosen_state": state_of(chosen),
            "closed": closed_files(approved_revision(scope, chosen)) if chosen else [],
            "may_begin": asked.asked.window.a <= today()
            and reach(scope.to(Permission.SUBMIT_REPORTS)).holds(asked.unit.pk),
            "running": asked.asked.window.b > today(),
        }
    return render(request, "reports/page.html", context)


@needs(Permission.SUBMIT_REPORTS)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """The draft of the report that the question names, made if it is not there."""
    report = begin_report(wanted=_wanted(asked_of(request)), by=scope_of(request), at=now())
    return redirect("report", report.pk)


@needs(Permission.SEE_FIGURES)
@require_GET
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    """One report: what it says, what is missing, who signed."""
    return show_report(request, _found(request, report_id))


@needs(Permission.SEE_FIGURES)
@require_GET
def stored_file(request: HttpRequest, report_id: int, number: int, form: str) -> HttpResponse:
    """A file exactly as it was submitted. Logged."""
    found = _found(request, report_id)
    revision = revision_of(scope_of(request), found, number)
    upload = getattr(revision, form) if revision is not None and form in KEPT else None
    if upload is None:
        raise Http404
    body = whole(upload)
    name = f"{found.kind} {found.period} {found.unit.uid} {number} {form}"
    with transaction.atomic():
        record(
            verb="report.download",
            object_type="report",
            object_id=name,
            by=scope_of(request).account_id,
            at=now(),
        )
    return _file(body, unit_name(found), f"{found.period}-{number}", form)


@needs(Permission.EXPORT_LISTS)
@require_POST
def report_list(request: HttpRequest) -> HttpResponse:
    """The periods of the year and the units below as a file."""
    scope, asked = scope_of(request), asked_of(request)
    who = asked.version.name
    rows = [(r.label, who, r.state.label, r.due) for row in period_rows(scope, asked, today()) for r in row]
    label = period_label(asked.period)
    rows += [(label, unit.name, unit.state.label, unit.moved) for unit in unit_rows(scope, asked)]
    head = [_("Kỳ"), _("Đơn vị"), _("Tình trạng"), _("Ngày")]
    title = _("Tình trạng báo cáo năm %(year)s: %(unit)s") % {"year": asked.period.year, "unit": who}
    return listing(request, Listing(title, head, rows, subject=("unit", asked.unit.uid)))


@needs(Permission.SEE_FIGURES)
@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """The paper as the records are now. Logged."""
    asked, form = question(request), request.GET.get("form", "")
    if asked is None or form not in FORMS:
        raise Http404
    body = write_report(wanted=_wanted(asked), form=form, by=scope_of(request), at=now())
    return _file(body, asked.version.name, asked.period.text, form)


def _wanted(asked: Question) -> Wanted:
    if asked.period.kind == RANGE:
        raise Refused("bad_kind", _("Báo cáo lập cho tháng, quý, nửa năm, 9 tháng hoặc năm."))
    return Wanted(
        kind=asked.period.kind,
        unit=asked.unit,
        period=asked.period.text,
        calendar=asked.calendar,
        tree=tree_of(asked),
    )


def _found(request: HttpRequest, report_id: int) -> Report:
    return visible_report(scope_of(request), report_id)


def _file(body: bytes, unit: str, when: str, form: str) -> HttpResponse:
    return attachment(body, f"bao-cao {unit}", SUFFIXES.get(form, form), when)
