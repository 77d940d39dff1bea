"""What waits for somebody: each thing in one line, with the way to where it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from nhanlucso.exchange.lists.queries import open_imports
from nhanlucso.hooks.queries import given_up
from nhanlucso.indicators.quality.declared import RULES
from nhanlucso.indicators.quality.enums import Severity
from nhanlucso.indicators.quality.queries import ready_findings
from nhanlucso.jobs.queries import own_jobs
from nhanlucso.kernel.clock import local_date, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.adoption.queries import offers
from nhanlucso.orgs.queries import history
from nhanlucso.people.duplicates.queries import waiting_pairs
from nhanlucso.reform.queries.assigning import open_splits
from nhanlucso.reports.enums import ReportState
from nhanlucso.reports.models import Report
from nhanlucso.reports.queries.signing import my_reports, waiting_for_me, waiting_to_be_accepted
from nhanlucso.training.queries.days import unrecorded_sessions
from nhanlucso.training.roster.queries.due import unconfirmed_classes
from nhanlucso.training.roster.queries.papers import untyped_papers
from nhanlucso.web.kit.asking import own_unit
from nhanlucso.web.kit.periods import period_label
from nhanlucso.web.kit.wording import day, number

DOUBTS = 2  # rules of quality
_TOLD_ELSEWHERE = frozenset({"person.duplicates"})
SHOWN = 3  # entries of one kind; how many more there are is said
TO_APPROVE, TO_ACCEPT = "approve", "accept"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line: what it is, what else is to say, where it is done. `kind` tells the kinds apart."""

    kind: str
    icon: str
    text: str
    note: str
    url: str


def waiting(scope: Scope) -> list[Waiting]:
    """Everything that waits for the account, the most pressing kind first; each kind costs one query or two."""
    return [line for permission, lines in _KINDS if scope.may(permission) for line in lines(scope)]


def running(scope: Scope) -> list[Waiting]:
    """The account's own work that is under way."""
    jobs = [job for job in own_jobs(scope)[:5] if job.is_open]
    return [Waiting("job", "clock", job.title, _("đang chạy"), reverse("job", args=[job.pk])) for job in jobs]


def _to_approve(scope: Scope) -> Iterator[Waiting]:
    for report in waiting_for_me(scope)[:SHOWN]:
        yield _report(TO_APPROVE, report, _("Chờ duyệt: %(what)s"))


def _to_accept(scope: Scope) -> Iterator[Waiting]:
    for report in waiting_to_be_accepted(scope)[:SHOWN]:
        yield _report(TO_ACCEPT, report, _("Chờ tiếp nhận: %(what)s"))


def _to_finish(scope: Scope) -> Iterator[Waiting]:
    for report in my_reports(scope)[:SHOWN]:
        returned = report.state == ReportState.RETURNED
        yield _report("report", report, _("Bị trả lại: %(what)s") if returned else _("Đang lập: %(what)s"))


def _report(kind: str, report: Report, text: str) -> Waiting:
    version = history().last_version(report.unit_id)
    what = _("báo cáo %(period)s") % {"period": period_label(report.when)}
    url = reverse("report", args=[report.pk])
    return Waiting(kind, "report", text % {"what": what}, version.name if version else "", url)


def _sessions(scope: Scope) -> Iterator[Waiting]:
    on = today()
    due = list(unrecorded_sessions(scope, on)[: SHOWN + 1])
    for session in due[:SHOWN]:
        held, of = session.training_class, local_date(session.starts_at)
        text = _("Chưa điểm danh: %(title)s") % {"title": held.title}
        url = reverse("attendance", args=[held.pk, session.pk])
        yield Waiting("session", "class", text, _("hôm nay") if of == on else day(of), url)
    if len(due) > SHOWN:
        count = unrecorded_sessions(scope, on).count() - SHOWN
        text = _("Và %(count)s buổi khác chưa điểm danh") % {"count": number(count)}
        yield Waiting("session", "class", text, "", reverse("classes"))


def _papers(scope: Scope) -> Iterator[Waiting]:
    for paper in untyped_papers(scope)[:SHOWN]:
        held = paper.session.training_class
        text = _("Ảnh danh sách chưa nhập: %(title)s") % {"title": held.title}
        url = reverse("attendance", args=[held.pk, paper.session_id])
        yield Waiting("paper", "import", text, day(local_date(paper.session.starts_at)), url)


def _unconfirmed(scope: Scope) -> Iterator[Waiting]:
    for held in unconfirmed_classes(scope, today())[:SHOWN]:
        text = _("Xác nhận người của đơn vị: %(title)s") % {"title": held.title}
        yield Waiting("confirm", "check", text, "", reverse("training-class", args=[held.pk]))


def _lists(scope: Scope) -> Iterator[Waiting]:
    for item in open_imports(scope)[:SHOWN]:
        text = _("Danh sách đang nhập dở: %(name)s") % {"name": item.upload.name}
        yield Waiting(
            "list", "import", text, day(local_date(item.at)), reverse("list-import", args=[item.uid])
        )


def _duplicates(scope: Scope) -> Iterator[Waiting]:
    if count := waiting_pairs(scope):
        text = _("%(count)s cặp hồ sơ có thể cùng một người") % {"count": number(count)}
        yield Waiting("duplicate", "people", text, "", reverse("people-duplicates"))


def _doubts(scope: Scope) -> Iterator[Waiting]:
    """The gravest open doubts about figures, but for those that have a line of their own here; only what is found
    soon or was found before."""
    unit = own_unit(scope.to(Permission.SUBMIT_REPORTS))
    found = ready_findings(scope, unit) if unit is not None else None
    grave = [
        (RULES[code], count)
        for code, count in (found or {}).items()
        if RULES[code].severity != Severity.LOW and code not in _TOLD_ELSEWHERE
    ]
    for rule, count in grave[:DOUBTS]:
        text = _("%(what)s: %(count)s điểm cần xem lại") % {"what": rule.name, "count": number(count)}
        url = f"{reverse('quality-rule', args=[rule.code])}?unit={unit}"
        yield Waiting("doubt", "check", text, str(rule.severity.label), url)


def _splits(scope: Scope) -> Iterator[Waiting]:
    """What people say where it went: posts and villages of communes that were split."""
    for one in [split for split in open_splits(scope) if split.left][:SHOWN]:
        text = _("Chờ phân về: %(name)s") % {"name": one.split.name}
        note = _("còn %(count)s") % {"count": number(one.left)}
        yield Waiting("split", "unit", text, note, reverse("split", args=[one.split.unit]))


def _offers(scope: Scope) -> Iterator[Waiting]:
    for offer in offers(scope)[:SHOWN]:
        text = _("Danh mục đơn vị có thay đổi ngày %(day)s") % {"day": day(offer.day)}
        yield Waiting("offer", "unit", text, "", reverse("unit-offer", args=[offer.day]))


def _notices(scope: Scope) -> Iterator[Waiting]:
    if count := given_up(scope):
        text = _("%(count)s thông báo không hệ thống nào nhận") % {"count": number(count)}
        yield Waiting("notice", "link", text, "", reverse("admin-webhooks"))


_KINDS: tuple[tuple[Permission, Callable[[Scope], Iterator[Waiting]]], ...] = (
    (Permission.APPROVE_REPORTS, _to_approve),
    (Permission.APPROVE_REPORTS, _to_accept),
    (Permission.SUBMIT_REPORTS, _to_finish),
    (Permission.RECORD_ATTENDANCE, _sessions),
    (Permission.RECORD_ATTENDANCE, _papers),
    (Permission.RECORD_ATTENDANCE, _unconfirmed),
    (Permission.IMPORT_LISTS, _lists),
    (Permission.MERGE_PEOPLE, _duplicates),
    (Permission.EDIT_PEOPLE, _splits),
    (Permission.SUBMIT_REPORTS, _doubts),
    (Permission.OPERATE, _offers),
    (Permission.OPERATE, _notices),
)
