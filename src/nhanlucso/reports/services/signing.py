"""Leading a report from draft to acceptance: begun, approved or returned, taken over or sent back, corrected.

Checking and submitting stand in `submitting`. What is approved is frozen; each state is left only once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from nhanlucso.kernel.clock import local_date
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.language import say as _
from nhanlucso.kernel.numbers import vi_date
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import writable_unit
from nhanlucso.reports.compose import checked
from nhanlucso.reports.enums import ReportState, Verb
from nhanlucso.reports.models import Report
from nhanlucso.reports.queries.hands import has_own_leader, stands_above
from nhanlucso.reports.queries.signing import last_step, may_drop, overtaken, standing, visible_report
from nhanlucso.reports.rules.signing import judge_correction, judge_decision
from nhanlucso.reports.services.writing import Wanted
from nhanlucso.reports.stepping import move, take_step


@dataclass(frozen=True, slots=True)
class Decision:
    """What is said of the revision `seen`: yes or no; no needs a comment."""

    seen: int
    approves: bool
    comment: str = ""


def begin_report(*, wanted: Wanted, by: Scope, at: datetime) -> Report:
    """The report that is asked for, made as a draft if it is not there.

    Raises Refused("not_allowed", "not_begun") and as `compose.checked`; Unit.DoesNotExist outside the reach of
    submitting.
    """
    unit = writable_unit(by, Permission.SUBMIT_REPORTS, wanted.unit.pk)
    asked = checked(
        by, kind=wanted.kind, unit=unit, period=wanted.period, calendar=wanted.calendar, tree=wanted.tree
    )
    if asked.asked.window.a > local_date(at):
        words = {"day": vi_date(asked.asked.window.a)}
        raise Refused("not_begun", _("Kỳ này chưa bắt đầu: lập báo cáo được từ ngày %(day)s.") % words)
    tree = "then" if asked.asked.tree == asked.asked.window.b else asked.asked.tree.isoformat()
    with transaction.atomic():
        report, made = Report.objects.get_or_create(
            unit=unit, kind=wanted.kind, period=wanted.period, calendar=wanted.calendar, tree=tree
        )
        if made:
            take_step(report, None, Verb.BEGIN, by, at)
    return report


def decide_on_report(*, report: Report, decision: Decision, by: Scope, at: datetime) -> None:
    """The unit's own leader approves the submitted revision, and with it freezes its figures, or returns it. Where
    nobody approves for the very unit, the level above does.

    Raises Refused("not_allowed", "overtaken", "own_report", "not_the_leader", "reason_needed");
    Report.DoesNotExist outside the reach of approving.
    """
    report = visible_report(by.require(Permission.APPROVE_REPORTS), report.pk)
    _judge(report, ReportState.SUBMITTED, decision, by)
    if has_own_leader(by, report.unit_id):
        raise Refused(
            "not_the_leader", _("Lãnh đạo của chính đơn vị duyệt trước; cấp trên tiếp nhận sau khi đã duyệt.")
        )
    state = ReportState.APPROVED if decision.approves else ReportState.RETURNED
    _decide(report, state, Verb.APPROVE if decision.approves else Verb.RETURN, decision, by, at)


def answer_report(*, report: Report, decision: Decision, by: Scope, at: datetime) -> None:
    """The level above takes an approved report over, or sends it back with a reason; what was approved stays
    published until a corrected revision is approved.

    Raises Refused("not_allowed", "overtaken", "own_report", "not_above", "reason_needed"); Report.DoesNotExist
    outside the reach of approving.
    """
    report = visible_report(by.require(Permission.APPROVE_REPORTS), report.pk)
    _judge(report, ReportState.APPROVED, decision, by)
    if not stands_above(by, report.unit_id):
        raise Refused("not_above", _("Đơn vị cấp trên mới tiếp nhận hay trả lại báo cáo đã duyệt."))
    state = ReportState.ACCEPTED if decision.approves else ReportState.RETURNED
    _decide(report, state, Verb.ACCEPT if decision.approves else Verb.SEND_BACK, decision, by, at)


def _judge(report: Report, state: ReportState, decision: Decision, by: Scope) -> None:
    if (report.state, report.revision) != (state, decision.seen):
        raise overtaken(by, report)
    submitted = last_step(by, report, Verb.SUBMIT)
    own = submitted is not None and by.account_id is not None and submitted.account_id == by.account_id
    judge_decision(own, not decision.approves, decision.comment)


def _decide(
    report: Report, state: ReportState, verb: Verb, decision: Decision, by: Scope, at: datetime
) -> None:
    with transaction.atomic():
        move(report, state, by)
        revision = report.revisions.get(number=decision.seen)
        take_step(report, revision, verb, by, at, comment=decision.comment)


def correct_report(*, report: Report, seen: int, reason: str, by: Scope, at: datetime) -> None:
    """Opens an approved report for a corrected revision; what was approved holds until that is approved, too.

    Raises Refused("not_allowed", "not_approved", "reason_needed", "overtaken"); Report.DoesNotExist outside the
    reach of submitting.
    """
    report = visible_report(by.require(Permission.SUBMIT_REPORTS), report.pk)
    judge_correction(report.state, reason)
    if report.revision != seen:
        raise overtaken(by, report)
    with transaction.atomic():
        move(report, ReportState.DRAFT, by)
        take_step(report, report.revisions.get(number=seen), Verb.CORRECT, by, at, comment=reason)


def drop_correction(*, report: Report, by: Scope, at: datetime) -> None:
    """Gives up a correction before it is submitted: the report is again what was approved.

    Raises Refused("not_allowed", "nothing_to_drop", "overtaken"); Report.DoesNotExist outside the reach of
    submitting.
    """
    report = visible_report(by.require(Permission.SUBMIT_REPORTS), report.pk)
    held = standing(by, report)
    if held is None or held.revision is None or not may_drop(by, report):
        raise Refused("nothing_to_drop", _("Không có bản đính chính nào đang làm dở để bỏ."))
    state = ReportState.ACCEPTED if held.verb == Verb.ACCEPT else ReportState.APPROVED
    with transaction.atomic():
        move(report, state, by)
        take_step(report, held.revision, Verb.DROP, by, at)
