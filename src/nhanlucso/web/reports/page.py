"""The page of one report: what it says now or said when it was submitted, what changed, what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from nhanlucso.indicators.catalogue import INDICATORS
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.periods import DECREE
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import reach
from nhanlucso.papers.reading import reading
from nhanlucso.reports.compose import Composed, Question, checked, composed, current_figures
from nhanlucso.reports.enums import ReportState, Verb
from nhanlucso.reports.models import Report, ReportRevision, ReportStep
from nhanlucso.reports.queries.signing import steps_of
from nhanlucso.reports.rules import gaps
from nhanlucso.reports.rules import todo as t
from nhanlucso.reports.rules.signing import Difference, Row, differences, table_of
from nhanlucso.web.kit.wording import figure_parts, moment, qualified, quantity

FORMS = (("docx", "Word"), ("pdf", "PDF"), ("xlsx", "Excel"))


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure of the report: of the period, of the year so far where that is another window; where both open."""

    name: str
    said: str
    share: str
    href: str
    year_said: str
    year_href: str
    people_href: str


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that moved."""

    name: str
    span: str
    before: str
    after: str
    change: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing, and where it is mended."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Step:
    """Who did what, when, what they said; the files that were submitted with it."""

    words: str
    who: str
    when: datetime
    comment: str
    files: list[tuple[str, str]]
    state: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything the template names. `kept`: what is shown was submitted; else it is the records of this moment."""

    kept: ReportRevision | None
    approved: ReportRevision | None
    figures: list[FigureRow]
    has_year: bool
    text: Mapping[str, Any]
    as_of: datetime
    estimated: bool
    gaps: list[Gap]
    moved: list[Change]
    corrected: list[Change]
    cannot_compare: str
    steps: list[Step]
    files: list[tuple[str, str]]
    returned: Step | None
    may_submit: bool
    may_decide: bool
    own: bool


def report_page(scope: Scope, report: Report, at: datetime) -> ReportPage:
    """The page of a report in reach. Raises as `compose` for a draft that cannot be written any more."""
    steps = steps_of(scope, report)
    revisions = {step.revision.number: step.revision for step in steps if step.revision}
    approved = [s.revision for s in steps if s.verb == Verb.APPROVE]
    submits = [s for s in steps if s.verb == Verb.SUBMIT]
    live = report.state in (ReportState.DRAFT, ReportState.RETURNED)
    kept = None if live else revisions[report.revision]
    standing = approved[-1] if approved else None
    made = _composed(scope, report, at) if live else None
    told = [_step(step) for step in steps]
    rows: Sequence[Row] = (
        table_of(made.content.figures, made.content.to_date) if made else kept.figures if kept else []
    )
    moved, problem = _moved(scope, report, kept, at) if kept else ([], "")
    allowed = _allowed(scope, report)
    return ReportPage(
        kept=kept,
        approved=standing,
        figures=_figure_rows(report, rows, Permission.SEE_PEOPLE in allowed),
        has_year=len({tuple(row["window"]) for row in rows}) > 1,
        text=reading(made.paper) if made else kept.text if kept else {},
        as_of=made.content.as_of if made else kept.as_of if kept else at,
        estimated=bool(made and made.content.estimated_on),
        gaps=_gaps(report, made) if made else [],
        moved=moved,
        corrected=_changes(differences(standing.figures, rows)) if standing and standing != kept else [],
        cannot_compare=problem,
        steps=told,
        files=_files(report, kept.number) if kept else _drafts(report),
        returned=told[-1] if report.state == ReportState.RETURNED else None,
        may_submit=Permission.SUBMIT_REPORTS in allowed and report.state != ReportState.SUBMITTED,
        may_decide=Permission.APPROVE_REPORTS in allowed and report.state == ReportState.SUBMITTED,
        own=bool(submits) and scope.account_id is not None and submits[-1].account_id == scope.account_id,
    )


def _allowed(scope: Scope, report: Report) -> set[Permission]:
    """What may be done with this report, here."""
    wanted = (Permission.SUBMIT_REPORTS, Permission.APPROVE_REPORTS, Permission.SEE_PEOPLE)
    return {p for p in wanted if scope.may(p) and reach(scope.to(p)).holds(report.unit_id)}


def _composed(scope: Scope, report: Report, at: datetime) -> Composed:
    return composed(
        scope,
        kind=report.kind,
        unit=report.unit,
        period=report.period,
        calendar=report.calendar,
        tree=report.tree,
        at=at,
    )


def _moved(scope: Scope, report: Report, kept: ReportRevision, at: datetime) -> tuple[list[Change], str]:
    """What has changed since the submission, and why that cannot be told where it cannot."""
    try:
        question: Question = checked(
            scope,
            kind=report.kind,
            unit=report.unit,
            period=report.period,
            calendar=report.calendar,
            tree=report.tree,
        )
        build, period, year = current_figures(scope, question, at)
    except Refused as refusal:
        return [], refusal.message
    if build == kept.build:
        return [], ""
    return _changes(differences(kept.figures, table_of(period, year))), ""


def _changes(found: Sequence[Difference]) -> list[Change]:
    windows = {tuple(one.row["window"]) for one in found}
    return [
        Change(
            name=_name(one.row),
            span="" if len(windows) < 2 else _span(one.row),
            before=_said(one.before),
            after=_said(one.after),
            change=_difference(one),
        )
        for one in found
    ]


def _name(row: Row) -> str:
    indicator = INDICATORS.get(row["indicator"])
    return str(indicator.name) if indicator else str(row["indicator"])


def _span(row: Row) -> str:
    from_, to = row["window"]
    return f"{from_[8:]}/{from_[5:7]}/{from_[:4]} – {to[8:]}/{to[5:7]}/{to[:4]}"


def _said(row: Row | None) -> str:
    if row is None:
        return "–"
    parts = figure_parts(row)
    around = "; ".join(filter(None, (parts.share, parts.bounds)))
    return f"{qualified(row)} ({around})" if around else qualified(row)


def _difference(one: Difference) -> str:
    """«+2 người», «−0,4 điểm %»; nothing where the value itself stayed or is unknown."""
    change = one.change
    if not change:
        return ""
    unit = str(one.row["unit"])
    words = (
        _("%(points)s điểm %%") % {"points": quantity(abs(change), "")}
        if unit == "%"
        else quantity(abs(change), unit)
    )
    return f"{'+' if change > 0 else '−'}{words}"


def _figure_rows(report: Report, rows: Sequence[Row], people: bool) -> list[FigureRow]:
    """Each figure once; where a second window was kept, it is the year so far."""
    period = report.when.window(report.calendar)
    own = [day.isoformat() for day in period]
    year = {row["indicator"]: row for row in rows if list(row["window"]) != own}
    found = []
    for row in rows:
        if list(row["window"]) != own or row["indicator"] not in INDICATORS:
            continue
        code, far = row["indicator"], year.get(row["indicator"])
        parts = figure_parts(row)
        words = _words(report, report.period)
        year_words = _words(report, "..".join(far["window"])) if far else words
        found.append(
            FigureRow(
                name=_name(row),
                said=qualified(row) if parts.value is not None else _("chưa có số liệu"),
                share="; ".join(filter(None, (parts.share, parts.bounds))),
                href=f"{reverse('figure', args=[code])}?{words}",
                year_said=_said(far) if far else "",
                year_href=f"{reverse('figure', args=[code])}?{year_words}" if far else "",
                people_href=f"{reverse('passport', args=[code])}?{words}" if people else "",
            )
        )
    return found


def _words(report: Report, period: str) -> str:
    words = QueryDict(mutable=True)
    words.update({"unit": str(report.unit_id), "period": period, "tree": report.tree})
    if report.calendar != DECREE:
        words["calendar"] = report.calendar
    return words.urlencode()


def _step(step: ReportStep) -> Step:
    submitted = step.verb == Verb.SUBMIT and step.revision is not None
    words = str(Verb(step.verb).label)
    if step.revision is not None and step.revision.number > 1:
        words = _("%(verb)s lần %(number)s") % {"verb": words, "number": step.revision.number}
    return Step(
        words=words,
        who=str(step.account) if step.account else _("Hệ thống"),
        when=step.at,
        comment=step.comment,
        files=_files(step.report, step.revision.number) if submitted and step.revision else [],
        state={Verb.APPROVE: "ok", Verb.RETURN: "warn"}.get(Verb(step.verb), ""),
    )


def _files(report: Report, number: int) -> list[tuple[str, str]]:
    return [(label, reverse("report-file", args=[report.pk, number, form])) for form, label in FORMS]


def _drafts(report: Report) -> list[tuple[str, str]]:
    words = _words(report, report.period)
    return [(label, f"{reverse('report-download')}?{words}&form={form}") for form, label in FORMS]


def _gaps(report: Report, made: Composed) -> list[Gap]:
    words = _words(report, f"{made.content.year_window[0]}..{made.content.year_window[1]}")
    return [Gap(_gap_words(one), _gap_href(one, words)) for one in t.todo(made.content)]


def _gap_words(one: t.Todo) -> str:
    whole = {
        t.STAFF: _("Chưa có danh sách cán bộ: nhập danh sách thì mới tính được tỷ lệ."),
        t.TRAINING: _("Chưa ghi lớp, hội nghị hay khóa học trực tuyến nào trong kỳ."),
        t.LISTS: _("Có lớp, hội nghị chỉ có số đếm: thêm danh sách người dự để tính được số người."),
        t.OFFICER: _("Chưa ghi ai chuyên trách hay kiêm nhiệm công nghệ thông tin, chuyển đổi số."),
    }
    if one.kind in whole:
        return whole[one.kind]
    count = quantity(one.count, "")
    if one.kind == t.PLACES:
        return _("%(count)s người của đơn vị đã chia, tách chưa rõ nơi công tác mới.") % {"count": count}
    if one.kind == t.VILLAGES:
        return _("%(count)s thôn, tổ dân phố chưa có tổ công nghệ số.") % {"count": count}
    people = {
        gaps.BASIC: _("%(count)s người chưa được phổ cập kỹ năng số cơ bản."),
        gaps.ICT: _("%(count)s công chức chưa được chuẩn hóa kỹ năng công nghệ thông tin."),
        gaps.LEADERS: _("%(count)s lãnh đạo chưa được tập huấn."),
        gaps.OFFICERS: _("%(count)s cán bộ công nghệ thông tin, chuyển đổi số chưa được tập huấn."),
    }
    return people[one.code] % {"count": count}


def _gap_href(one: t.Todo, words: str) -> str:
    """Where it is mended: lists are imported, classes recorded, the missing invited."""
    if one.kind == t.STAFF:
        return reverse("imports")
    if one.kind in (t.TRAINING, t.LISTS):
        return reverse("classes")
    if one.kind == t.OFFICER:
        return reverse("people")
    group = "unallocated" if one.kind == t.PLACES else "missing"
    return f"{reverse('passport', args=[one.code])}?{words}&group={group}"


def status_words(page: ReportPage) -> str:
    """Where the report stands, as a sentence to pass on."""
    step = page.steps[-1]
    return _("%(what)s (%(who)s, %(moment)s)") % {
        "what": step.words,
        "who": step.who,
        "moment": moment(step.when),
    }
