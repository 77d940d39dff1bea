"""Who writes and who signs in the small district."""

from __future__ import annotations

from typing import Any

from nhanlucso.access.models import Account
from nhanlucso.access.queries import scope_of
from nhanlucso.kernel.scope import Scope
from nhanlucso.reports.compose import composed
from nhanlucso.reports.enums import CLOSED
from nhanlucso.reports.models import Report
from nhanlucso.reports.rules.signing import digest_of, table_of
from nhanlucso.reports.services.signing import (
    Decision,
    answer_report,
    begin_report,
    correct_report,
    decide_on_report,
)
from nhanlucso.reports.services.submitting import check_report, submit_report
from nhanlucso.reports.services.writing import Wanted
from tests.factories.records import make_account
from tests.reports.conftest import AT


def scope(name: str, role: str, unit: Any) -> Scope:
    """The scope of an account that is made for it, or that is there already."""
    account = Account.objects.filter(username=name).first() or make_account(name, role, unit)
    return scope_of(account)


def begun(by: Scope, unit: Any, kind: str = "nine-month", period: str = "2024-9M") -> Report:
    return begin_report(wanted=Wanted(kind, unit, period), by=by, at=AT)


def shown(by: Scope, report: Report) -> str:
    """The digest of the figures that a page of the report would show now."""
    words = {name: getattr(report, name) for name in ("kind", "unit", "period", "calendar", "tree")}
    content = composed(by, at=AT, **words).content
    return digest_of(table_of(content.figures, content.to_date))


def checked(by: Scope, report: Report) -> Report:
    check_report(report=report, seen=report.revision, figures=shown(by, report), by=by, at=AT)
    report.refresh_from_db()
    return report


def submitted(
    by: Scope, unit: Any, comment: str = "", *, kind: str = "nine-month", period: str = "2024-9M"
) -> Report:
    """Submitted after a check; what was approved is opened for correction first, for the reason in the comment."""
    report = begun(by, unit, kind, period)
    if report.state in CLOSED:
        correct_report(report=report, seen=report.revision, reason=comment, by=by, at=AT)
        report.refresh_from_db()
    report = checked(by, report)
    submit_report(report=report, seen=report.revision, comment=comment, by=by, at=AT)
    report.refresh_from_db()
    return report


def decided(by: Scope, report: Report, approves: bool, comment: str = "") -> Report:
    decision = Decision(report.revision, approves, comment)
    decide_on_report(report=report, decision=decision, by=by, at=AT)
    report.refresh_from_db()
    return report


def answered(by: Scope, report: Report, approves: bool, comment: str = "") -> Report:
    decision = Decision(report.revision, approves, comment)
    answer_report(report=report, decision=decision, by=by, at=AT)
    report.refresh_from_db()
    return report
