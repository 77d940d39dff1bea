"""Who writes and who signs in the small district."""

from __future__ import annotations

from typing import Any

from nhanlucso.access.models import Account
from nhanlucso.access.queries import scope_of
from nhanlucso.kernel.scope import Scope
from nhanlucso.reports.models import Report
from nhanlucso.reports.services.signing import Decision, begin_report, decide_on_report, submit_report
from nhanlucso.reports.services.writing import Wanted
from tests.factories.records import make_account
from tests.reports.conftest import AT


def scope(name: str, role: str, unit: Any) -> Scope:
    """The scope of an account that is made for it, or that is there already."""
    account = Account.objects.filter(username=name).first() or make_account(name, role, unit)
    return scope_of(account)


def begun(by: Scope, unit: Any, kind: str = "nine-month", period: str = "2024-9M") -> Report:
    return begin_report(wanted=Wanted(kind, unit, period), by=by, at=AT)


def submitted(by: Scope, unit: Any, comment: str = "") -> Report:
    report = begun(by, unit)
    submit_report(report=report, seen=report.revision, comment=comment, by=by, at=AT)
    report.refresh_from_db()
    return report


def decided(by: Scope, report: Report, approves: bool, comment: str = "") -> Report:
    decision = Decision(report.revision, approves, comment)
    decide_on_report(report=report, decision=decision, by=by, at=AT)
    report.refresh_from_db()
    return report
