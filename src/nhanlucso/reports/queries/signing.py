"""Reading reports on their way to approval, as far as a scope reaches their unit."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import reach
from nhanlucso.reports.compose import checked
from nhanlucso.reports.enums import LIVE, Verb
from nhanlucso.reports.models import Report, ReportRevision, ReportStep
from nhanlucso.reports.queries.hands import acceptable, approvable
from nhanlucso.reports.rules.signing import judge_check, judge_submission


def visible_reports(scope: Scope) -> QuerySet[Report]:
    """The reports of units in reach of reading figures."""
    return Report.objects.filter(reach(scope.to(Permission.SEE_FIGURES)).rows("unit")).select_related("unit")


def visible_report(scope: Scope, report_id: int) -> Report:
    """One of them; raises Report.DoesNotExist otherwise."""
    return visible_reports(scope).get(pk=report_id)


def reports_of(scope: Scope, units: Sequence[int], periods: Sequence[str], calendar: str) -> QuerySet[Report]:
    """The reports of units for some periods, each with `moved_at` (the last step) and `as_of` (of what was submitted
    last); of several trees that of the period's end comes last."""
    last = ReportStep.objects.filter(report=OuterRef("pk")).order_by("-pk")
    kept = ReportRevision.objects.filter(report=OuterRef("pk"), number=OuterRef("revision"))
    found = visible_reports(scope)
    return (
        found.filter(unit__in=units, period__in=periods, calendar=calendar)
        .annotate(moved_at=Subquery(last.values("at")[:1]), as_of=Subquery(kept.values("as_of")[:1]))
        .order_by("tree", "pk")
    )


def waiting_for_me(scope: Scope) -> QuerySet[Report]:
    """Submitted reports that wait for the scope to approve or return them; the oldest first."""
    return visible_reports(scope).filter(approvable(scope)).order_by("pk")


def waiting_to_be_accepted(scope: Scope) -> QuerySet[Report]:
    """Approved reports of units below that wait for the scope to take them over; the oldest first."""
    return visible_reports(scope).filter(acceptable(scope)).order_by("pk")


def my_reports(scope: Scope) -> QuerySet[Report]:
    """Reports in work of units that the scope submits for: returned ones first, then the newest."""
    open_ = visible_reports(scope.to(Permission.SUBMIT_REPORTS)).filter(state__in=LIVE)
    return open_.order_by("-state", "-pk")


def steps_of(scope: Scope, report: Report) -> list[ReportStep]:
    """Who did what with a report, oldest first; nothing outside the reach."""
    if not visible_reports(scope).filter(pk=report.pk).exists():
        return []
    return list(report.steps.select_related("account", "revision").defer("revision__text").order_by("pk"))


def last_step(scope: Scope, report: Report, verb: str = "") -> ReportStep | None:
    """The last step, or the last of one kind."""
    steps = [step for step in steps_of(scope, report) if verb in ("", step.verb)]
    return steps[-1] if steps else None


def approved_revision(scope: Scope, report: Report) -> ReportRevision | None:
    """The revision that holds: the last one approved."""
    step = last_step(scope, report, Verb.APPROVE)
    return step.revision if step else None


def revision_of(scope: Scope, report: Report, number: int) -> ReportRevision | None:
    """What was submitted under a number, with its files; None where there is none or out of reach."""
    if not visible_reports(scope).filter(pk=report.pk).exists():
        return None
    return report.revisions.select_related("docx", "pdf", "xlsx", "capsule").filter(number=number).first()


def standing(scope: Scope, report: Report) -> ReportStep | None:
    """The last step that closed the report, with its revision: approved, or accepted since."""
    steps = [step for step in steps_of(scope, report) if step.verb in (Verb.APPROVE, Verb.ACCEPT)]
    return steps[-1] if steps else None


def reason_of(scope: Scope, report: Report, comment: str) -> str:
    """Why an approved report is corrected: what was said when the correction began, and what is said now."""
    said = ""
    for step in steps_of(scope, report):
        said = {Verb.CORRECT: step.comment, Verb.APPROVE: ""}.get(Verb(step.verb), said)
    return "\n".join(filter(None, (said, comment.strip())))


def checkable(scope: Scope, report_id: int, seen: int) -> Report:
    """The report, if the scope may check it now. `seen`: the last revision that was shown.

    Raises Refused("not_allowed", "already_submitted", "already_approved", "overtaken") and as `compose.checked`;
    Report.DoesNotExist outside the reach of submitting.
    """
    report = visible_report(scope.require(Permission.SUBMIT_REPORTS), report_id)
    judge_check(report.state)
    return _writable(scope, report, seen)


def submittable(scope: Scope, report_id: int, seen: int, comment: str) -> Report:
    """The report, if the scope may submit it now. `seen`: the last revision that was shown.

    Raises as `checkable`, and Refused("not_checked", "reason_needed").
    """
    report = visible_report(scope.require(Permission.SUBMIT_REPORTS), report_id)
    corrects = approved_revision(scope, report) is not None
    judge_submission(report.state, corrects, reason_of(scope, report, comment))
    return _writable(scope, report, seen)


def _writable(scope: Scope, report: Report, seen: int) -> Report:
    if report.revision != seen:
        raise overtaken(scope, report)
    checked(
        scope,
        kind=report.kind,
        unit=report.unit,
        period=report.period,
        calendar=report.calendar,
        tree=report.tree,
    )
    return report


def may_drop(scope: Scope, report: Report) -> bool:
    """Whether a correction was begun and nothing of it submitted yet, so that it may be given up."""
    held = standing(scope, report)
    number = held.revision.number if held and held.revision else 0
    last = last_step(scope, report, Verb.SEND_BACK)
    sent_back = last is not None and last.revision is not None and last.revision.number == number
    return report.state in LIVE and number == report.revision > 0 and not sent_back


def overtaken(scope: Scope, report: Report) -> Refused:
    """What is said to who was slower: somebody else has already done something, and what."""
    step = last_step(scope, report)
    words = {
        "verb": str(Verb(step.verb).label).lower() if step else "",
        "who": str(step.account or "") if step else "",
    }
    return Refused(
        "overtaken",
        _("Báo cáo vừa có người khác xử lý trước (%(verb)s: %(who)s). Tải lại trang để xem.") % words,
    )
