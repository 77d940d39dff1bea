"""The page of one report: what it says now or said when it was submitted, what changed, what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import reach
from nhanlucso.papers.reading import reading
from nhanlucso.reports.compose import Composed, Question, checked, composed, current_figures
from nhanlucso.reports.enums import CLOSED, LIVE, ReportState, Verb
from nhanlucso.reports.models import Report, ReportRevision, ReportStep
from nhanlucso.reports.queries.hands import hands_of
from nhanlucso.reports.queries.signing import may_drop, steps_of, waiting_for_me, waiting_to_be_accepted
from nhanlucso.reports.rules.signing import Row, differences, digest_of, table_of
from nhanlucso.reports.submissions import under_way
from nhanlucso.web.kit.wording import figure_parts, moment, number, qualified
from nhanlucso.web.reports.changes import Change, changes, name_of, question_words, said
from nhanlucso.web.reports.gaps import Gap, gaps_of

FORMS = (("docx", "Word"), ("pdf", "PDF"), ("xlsx", "Excel"))
CAPSULE = "capsule"


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
class Step:
    """Who did what, when, what a check saw, what they said; the files that were submitted with it."""

    words: str
    who: str
    when: datetime
    saw: str
    comment: str
    files: list[tuple[str, str]]
    state: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything the template names. `kept`: what is shown was submitted; else it is the records of this moment;
    `hands`: whom it waits for, `forsaken` where that is nobody; `signed`: the steps that what is shown stands on;
    `note_href`: in what it differs from revision `note_of` that it took the place of; `under_way`: it is being
    submitted right now."""

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
    corrected_href: str
    moved_href: str
    cannot_compare: str
    steps: list[Step]
    files: list[tuple[str, str]]
    has_capsule: bool
    returned: Step | None
    may_check: bool
    may_submit: bool
    stale: bool
    may_decide: bool
    may_answer: bool
    may_correct: bool
    may_drop: bool
    own: bool
    hands: str
    forsaken: bool
    signed: list[Step]
    note_href: str
    note_of: int
    under_way: bool
    under_way_href: str


def report_page(scope: Scope, report: Report, at: datetime) -> ReportPage:
    """The page of a report in reach. Raises as `compose` for a draft that cannot be written any more."""
    steps = steps_of(scope, report)
    revisions = {step.revision.number: step.revision for step in steps if step.revision}
    approved = [s.revision for s in steps if s.verb == Verb.APPROVE]
    submits = [s for s in steps if s.verb == Verb.SUBMIT]
    live = report.state in LIVE
    kept = None if live else revisions[report.revision]
    standing = approved[-1] if approved else None
    made = _composed(scope, report, at) if live else None
    told = [_step(step) for step in steps]
    rows: Sequence[Row] = (
        table_of(made.content.figures, made.content.to_date) if made else kept.figures if kept else []
    )
    moved, problem = _moved(scope, report, kept, at) if kept else ([], "")
    allowed = _allowed(scope, report)
    job = under_way(report) if report.state == ReportState.CHECKED else None
    note = kept.note if kept is not None and kept == standing else None
    return ReportPage(
        kept=kept,
        approved=standing,
        figures=_figure_rows(report, rows, Permission.SEE_PEOPLE in allowed),
        has_year=len({tuple(row["window"]) for row in rows}) > 1,
        text=reading(made.paper) if made else kept.text if kept else {},
        as_of=made.content.as_of if made else kept.as_of if kept else at,
        estimated=bool(made and made.content.estimated_on),
        gaps=gaps_of(report, made) if made else [],
        moved=moved,
        corrected=changes(differences(standing.figures, rows)) if standing and standing != kept else [],
        corrected_href=_note_href(report, kept) if standing and standing != kept else "",
        moved_href=reverse("report-differences", args=[report.pk]) if standing and standing == kept else "",
        cannot_compare=problem,
        steps=told,
        files=_kept_files(report, kept) if kept else _drafts(report),
        has_capsule=bool(kept and kept.capsule_id),
        returned=_returned(report, steps, told),
        signed=_signed(report, steps, told),
        note_href=_note_href(report, kept) if note else "",
        note_of=note["of"] if note else 0,
        under_way=job is not None,
        under_way_href=reverse("job", args=[job.pk]) if job and job.account_id == scope.account_id else "",
        own=bool(submits) and scope.account_id is not None and submits[-1].account_id == scope.account_id,
        **_hands(scope, report, allowed, live and _is_stale(steps, rows)),
    )


def _note_href(report: Report, kept: ReportRevision | None) -> str:
    """Where the people stand who make the difference to what was approved."""
    if kept is None:
        return reverse("report-differences", args=[report.pk])
    return reverse("report-note", args=[report.pk, kept.number]) if kept.note else ""


def _returned(report: Report, steps: Sequence[ReportStep], told: Sequence[Step]) -> Step | None:
    """The step that sent the report back, as long as it is in work because of it."""
    back = [place for place, step in enumerate(steps) if step.verb in (Verb.RETURN, Verb.SEND_BACK)]
    since = [step.verb for step in steps[back[-1] + 1 :]] if back else []
    in_work = report.state in LIVE and not {Verb.SUBMIT, Verb.CORRECT} & set(since)
    return told[back[-1]] if back and in_work else None


def _is_stale(steps: Sequence[ReportStep], rows: Sequence[Row]) -> bool:
    """Whether the figures are no longer those that were checked."""
    checks = [step for step in steps if step.verb == Verb.CHECK]
    return bool(checks) and checks[-1].found.get("figures") != digest_of(rows)


def _hands(scope: Scope, report: Report, allowed: set[Permission], stale: bool) -> dict[str, Any]:
    """What whoever looks may do with it now; `hands`: whom it waits for, where that is not they."""
    writes, state = Permission.SUBMIT_REPORTS in allowed, report.state
    may_decide = state == ReportState.SUBMITTED and waiting_for_me(scope).filter(pk=report.pk).exists()
    may_answer = state == ReportState.APPROVED and waiting_to_be_accepted(scope).filter(pk=report.pk).exists()
    waits = state in (ReportState.SUBMITTED, ReportState.APPROVED) and not may_decide and not may_answer
    hands, forsaken = _waits_for(report) if waits else ("", False)
    return {
        "may_check": writes and state in LIVE,
        "may_submit": writes and state == ReportState.CHECKED and not stale,
        "stale": stale and state == ReportState.CHECKED,
        "may_decide": may_decide,
        "may_answer": may_answer,
        "may_correct": writes and state in CLOSED,
        "may_drop": writes and state in LIVE and may_drop(scope, report),
        "hands": hands,
        "forsaken": forsaken,
    }


def _waits_for(report: Report) -> tuple[str, bool]:
    """Whom a submitted or approved report waits for, in words; and whether nobody is there to decide."""
    hands = hands_of(report.unit_id)
    if report.state == ReportState.APPROVED:
        return (_("Đang chờ cấp trên tiếp nhận.") if hands.above else ""), False
    if hands.own:
        return _("Đang chờ lãnh đạo của chính đơn vị duyệt; sau đó cấp trên tiếp nhận."), False
    if hands.above:
        return _("Đơn vị chưa có ai được giao duyệt: đang chờ cấp trên duyệt."), False
    return _(
        "Chưa ai được giao duyệt báo cáo của đơn vị này. Đề nghị người quản trị giao vai trò duyệt."
    ), True


def _signed(report: Report, steps: Sequence[ReportStep], told: Sequence[Step]) -> list[Step]:
    """Who checked and submitted what waits for a decision; who approved and accepted what is published."""
    wanted = {
        ReportState.SUBMITTED: (Verb.CHECK, Verb.SUBMIT),
        ReportState.APPROVED: (Verb.APPROVE,),
        ReportState.ACCEPTED: (Verb.APPROVE, Verb.ACCEPT),
    }.get(ReportState(report.state), ())
    last = {step.verb: words for step, words in zip(steps, told, strict=True)}
    return [last[verb] for verb in wanted if verb in last]


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
    found = differences(kept.figures, table_of(period, year))
    # An indicator composed since, or ended since, changes nothing of what was submitted.
    return changes([one for one in found if one.before is not None and one.after is not None]), ""


def _figure_rows(report: Report, rows: Sequence[Row], people: bool) -> list[FigureRow]:
    """Each figure once; where a second window was kept, it is the year so far."""
    period = report.when.window(report.calendar)
    own = [day.isoformat() for day in period]
    year = {row["indicator"]: row for row in rows if list(row["window"]) != own}
    found = []
    for row in rows:
        if list(row["window"]) != own:
            continue
        code, far = row["indicator"], year.get(row["indicator"])
        parts = figure_parts(row)
        words = question_words(report, report.period)
        year_words = question_words(report, "..".join(far["window"])) if far else words
        found.append(
            FigureRow(
                name=name_of(row),
                said=qualified(row) if parts.value is not None else _("chưa có số liệu"),
                share="; ".join(filter(None, (parts.share, parts.bounds))),
                href=f"{reverse('figure', args=[code])}?{words}",
                year_said=said(far) if far else "",
                year_href=f"{reverse('figure', args=[code])}?{year_words}" if far else "",
                people_href=f"{reverse('passport', args=[code])}?{words}" if people else "",
            )
        )
    return found


def _step(step: ReportStep) -> Step:
    submitted = step.verb == Verb.SUBMIT and step.revision is not None
    words = str(Verb(step.verb).label)
    if step.revision is not None and step.revision.number > 1:
        words = _("%(verb)s lần %(number)s") % {"verb": words, "number": step.revision.number}
    return Step(
        words=words,
        who=str(step.account) if step.account else _("Hệ thống"),
        when=step.at,
        saw=_saw(step) if step.verb == Verb.CHECK else "",
        comment=step.comment,
        files=_files_of(step) if submitted else [],
        state={Verb.APPROVE: "ok", Verb.ACCEPT: "ok", Verb.RETURN: "warn", Verb.SEND_BACK: "warn"}.get(
            Verb(step.verb), ""
        ),
    )


def _saw(step: ReportStep) -> str:
    """«Còn thiếu 5 việc; 2 chỗ đáng ngờ»."""
    gaps, findings = step.found.get("gaps", 0), step.found.get("findings")
    told = [_("còn thiếu %(count)s việc") % {"count": number(gaps)} if gaps else _("không thiếu gì")]
    if findings is not None:
        told.append(_("%(count)s chỗ đáng ngờ") % {"count": number(sum(findings.values()))})
    return "; ".join(told)


def _files(report: Report, number: int) -> list[tuple[str, str]]:
    return [(label, reverse("report-file", args=[report.pk, number, form])) for form, label in FORMS]


def _files_of(step: ReportStep) -> list[tuple[str, str]]:
    """The files that were submitted, and in what a correction differs from what was approved before."""
    assert step.revision is not None
    note = _note_href(step.report, step.revision) if step.revision.note else ""
    return [*_files(step.report, step.revision.number), *([(_("Chỗ khác bản trước"), note)] if note else [])]


def _kept_files(report: Report, kept: ReportRevision) -> list[tuple[str, str]]:
    capsule = reverse("report-file", args=[report.pk, kept.number, CAPSULE])
    return [*_files(report, kept.number), *([(_("Gói số liệu"), capsule)] if kept.capsule_id else [])]


def _drafts(report: Report) -> list[tuple[str, str]]:
    words = question_words(report, report.period)
    return [(label, f"{reverse('report-download')}?{words}&form={form}") for form, label in FORMS]


def status_words(page: ReportPage) -> str:
    """Where the report stands, as a sentence to pass on."""
    step = page.steps[-1]
    return _("%(what)s (%(who)s, %(moment)s)") % {
        "what": step.words,
        "who": step.who,
        "moment": moment(step.when),
    }
