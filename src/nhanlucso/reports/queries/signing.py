"""Reading reports on their way to approval, as far as a scope reaches their unit."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import reach
from nhanlucso.reports.compose import checked
from nhanlucso.reports.enums import ReportState, Verb
from nhanlucso.reports.models import Report, ReportRevision, ReportStep
from nhanlucso.reports.rules.signing import judge_submission


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
    """Submitted reports that the scope may approve: in its reach, submitted by somebody else; the oldest first."""
    own = ReportStep.objects.filter(
        report=OuterRef("pk"),
        revision__number=OuterRef("revision"),
        verb=Verb.SUBMIT,
        account_id=scope.account_id or 0,
    )
    found = visible_reports(scope.to(Permission.APPROVE_REPORTS)).filter(state=ReportState.SUBMITTED)
    return found.exclude(Exists(own)).order_by("pk")


def my_reports(scope: Scope) -> QuerySet[Report]:
    """Drafts and returned reports of units that the scope submits for: returned ones first, then the newest."""
    open_ = visible_reports(scope.to(Permission.SUBMIT_REPORTS)).filter(
        state__in=[ReportState.DRAFT, ReportState.RETURNED]
    )
    return open_.order_by("-state", "-pk")


def steps_of(scope: Scope, report: Report) -> list[ReportStep]:
    """Who did what with a report, oldest first; nothing outside the reach."""
    if not visible_reports(scope).filter(pk=report.pk).exists():
        return []
    return list(report.steps.select_related("account", "revision").order_by("pk"))


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
    return report.revisions.select_related("docx", "pdf", "xlsx").filter(number=number).first()


def submittable(scope: Scope, report_id: int, seen: int, comment: str) -> Report:
    """The report, if the scope may submit it now. `seen`: the last revision that was shown.

    Raises Refused("not_allowed", "already_submitted", "overtaken", "reason_needed") and as `compose.checked`;
    Report.DoesNotExist outside the reach of submitting.
    """
    report = visible_report(scope.require(Permission.SUBMIT_REPORTS), report_id)
    judge_submission(report.state, approved_revision(scope, report) is not None, comment)
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
