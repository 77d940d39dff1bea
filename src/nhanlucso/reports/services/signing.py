"""Leading a report from draft to approval. What is submitted is kept as it was seen; each state is left only once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.files.services import store
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import unit_reference, writable_unit
from nhanlucso.papers.reading import reading
from nhanlucso.reports.compose import Composed, checked, composed
from nhanlucso.reports.enums import ReportState, Verb
from nhanlucso.reports.models import Report, ReportRevision, ReportStep
from nhanlucso.reports.queries.signing import last_step, overtaken, submittable, visible_report
from nhanlucso.reports.rendering import FORMATS, rendered
from nhanlucso.reports.rules.signing import judge_decision, table_of
from nhanlucso.reports.services.writing import Wanted

Say = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Decision:
    """What an approver says of the revision `seen`; returning needs a comment."""

    seen: int
    approves: bool
    comment: str = ""


def begin_report(*, wanted: Wanted, by: Scope, at: datetime) -> Report:
    """The report that is asked for, made as a draft if it is not there.

    Raises Refused("not_allowed") and as `compose.checked`; Unit.DoesNotExist outside the reach of submitting.
    """
    unit = writable_unit(by, Permission.SUBMIT_REPORTS, wanted.unit.pk)
    asked = checked(
        by, kind=wanted.kind, unit=unit, period=wanted.period, calendar=wanted.calendar, tree=wanted.tree
    )
    tree = "then" if asked.asked.tree == asked.asked.window.b else asked.asked.tree.isoformat()
    with transaction.atomic():
        report, made = Report.objects.get_or_create(
            unit=unit, kind=wanted.kind, period=wanted.period, calendar=wanted.calendar, tree=tree
        )
        if made:
            _step(report, None, Verb.BEGIN, by, at)
    return report


def submit_report(
    *, report: Report, seen: int, comment: str = "", by: Scope, at: datetime, say: Say | None = None
) -> ReportRevision:
    """Keeps figures, text and files as they stand and asks for approval. `seen`: the last revision that was shown.

    A report that was approved gets a corrected revision; what was approved stays. `say` hears the progress.
    Raises Refused("not_allowed", "already_submitted", "overtaken", "reason_needed", "fonts_missing") and as
    `compose`; Report.DoesNotExist outside the reach of submitting.
    """
    report = submittable(by, report.pk, seen, comment)
    tell = say or (lambda _done, _total, _step: None)
    tell(0, len(FORMATS) + 1, _("Tính số liệu, soạn nội dung"))
    made = composed(
        by,
        kind=report.kind,
        unit=report.unit,
        period=report.period,
        calendar=report.calendar,
        tree=report.tree,
        at=at,
    )
    files = {}
    for place, form in enumerate(FORMATS, 1):
        tell(place, len(FORMATS) + 1, _("Lập tệp %(form)s") % {"form": form.upper()})
        files[form] = rendered(made.paper, form)
    with transaction.atomic():
        waiting = Report.objects.filter(pk=report.pk, state=report.state, revision=seen)
        if not waiting.update(state=ReportState.SUBMITTED, revision=seen + 1):
            raise overtaken(by, report)
        report.state, report.revision = ReportState.SUBMITTED, seen + 1
        revision = _revision(report, made, files, by, at)
        _step(report, revision, Verb.SUBMIT, by, at, comment)
    return revision


def decide_on_report(*, report: Report, decision: Decision, by: Scope, at: datetime) -> None:
    """Approves the submitted revision or returns it. Of two at once one wins, the other is told.

    Raises Refused("not_allowed", "overtaken", "own_report", "reason_needed"); Report.DoesNotExist outside the
    reach of approving.
    """
    report = visible_report(by.require(Permission.APPROVE_REPORTS), report.pk)
    if (report.state, report.revision) != (ReportState.SUBMITTED, decision.seen):
        raise overtaken(by, report)
    submitted = last_step(by, report, Verb.SUBMIT)
    own = submitted is not None and by.account_id is not None and submitted.account_id == by.account_id
    judge_decision(own, not decision.approves, decision.comment)
    state = ReportState.APPROVED if decision.approves else ReportState.RETURNED
    with transaction.atomic():
        waiting = Report.objects.filter(pk=report.pk, state=ReportState.SUBMITTED, revision=decision.seen)
        if not waiting.update(state=state):
            raise overtaken(by, report)
        revision = report.revisions.get(number=decision.seen)
        verb = Verb.APPROVE if decision.approves else Verb.RETURN
        _step(report, revision, verb, by, at, decision.comment)


def _revision(
    report: Report, made: Composed, files: dict[str, bytes], by: Scope, at: datetime
) -> ReportRevision:
    name = f"bao-cao-{report.pk}-{report.revision}"
    kept = {
        form: store(file=File(BytesIO(body)), name=f"{name}.{form}", by=by.account_id, at=at)
        for form, body in files.items()
    }
    return ReportRevision.objects.create(
        report=report,
        number=report.revision,
        figures=table_of(made.content.figures, made.content.to_date),
        text=reading(made.paper),
        build=made.content.build,
        as_of=made.content.as_of,
        **kept,
    )


def _step(
    report: Report, revision: ReportRevision | None, verb: Verb, by: Scope, at: datetime, comment: str = ""
) -> None:
    ReportStep.objects.create(
        report=report,
        revision=revision,
        verb=verb,
        account_id=by.account_id,
        at=at,
        comment=comment.strip()[:2000],
    )
    record(
        verb=f"report.{verb.value}",
        object_type="report",
        object_id=f"{report.kind} {report.period} {unit_reference(report.unit)} {report.revision}",
        by=by.account_id,
        at=at,
    )
