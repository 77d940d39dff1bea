"""One step of a report, taken at most once: of two at the same time one wins, the other is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from nhanlucso.audit.services import record
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import unit_reference
from nhanlucso.reports.enums import ReportState, Verb
from nhanlucso.reports.models import Report, ReportRevision, ReportStep
from nhanlucso.reports.queries.signing import overtaken


def move(report: Report, to: ReportState, by: Scope, *, revision: int | None = None) -> None:
    """Leads the report from the state in which it was read to another one. Call inside the transaction of the step.

    Raises Refused("overtaken") if somebody else has led it on meanwhile.
    """
    number = report.revision if revision is None else revision
    waiting = Report.objects.filter(pk=report.pk, state=report.state, revision=report.revision)
    if not waiting.update(state=to, revision=number):
        raise overtaken(by, report)
    report.state, report.revision = to, number


def take_step(
    report: Report,
    revision: ReportRevision | None,
    verb: Verb,
    by: Scope,
    at: datetime,
    *,
    comment: str = "",
    found: Mapping[str, object] | None = None,
) -> None:
    """Puts a step on record. Call inside its transaction."""
    ReportStep.objects.create(
        report=report,
        revision=revision,
        verb=verb,
        account_id=by.account_id,
        at=at,
        comment=comment.strip()[:2000],
        found=dict(found or {}),
    )
    record(
        verb=f"report.{verb.value}",
        object_type="report",
        object_id=f"{report.kind} {report.period} {unit_reference(report.unit)} {report.revision}",
        by=by.account_id,
        at=at,
    )
