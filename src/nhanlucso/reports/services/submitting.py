"""Checking a report and submitting it. What is submitted is kept as it was seen, with all that it stands on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from nhanlucso import __version__
from nhanlucso.files.models import Upload
from nhanlucso.files.services import store
from nhanlucso.indicators.builds import current_build
from nhanlucso.indicators.quality.queries import ready_findings
from nhanlucso.kernel.clock import local_date
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import Scope
from nhanlucso.papers.paper import Paper, Paragraph
from nhanlucso.papers.reading import reading
from nhanlucso.reports.compose import Composed, composed
from nhanlucso.reports.differing import difference_note
from nhanlucso.reports.enums import ReportState, Verb
from nhanlucso.reports.freezing import Taken, frozen, sealed, taken
from nhanlucso.reports.models import Report, ReportRevision
from nhanlucso.reports.queries.signing import checkable, last_step, reason_of, submittable
from nhanlucso.reports.rendering import FORMATS, rendered
from nhanlucso.reports.rules.notes import annex, sentence
from nhanlucso.reports.rules.signing import digest_of, table_of
from nhanlucso.reports.rules.todo import todo
from nhanlucso.reports.sealing import coded
from nhanlucso.reports.stepping import move, take_step

Say = Callable[[int, int, str], None]
_ATTEMPTS = 3  # records may change between the text and what stands behind it; both come from one build


@dataclass(frozen=True, slots=True)
class _Written:
    """A revision before it is stored: what it says, and its files by kind."""

    made: Composed
    held: Taken
    paper: Paper
    note: dict[str, Any]
    files: dict[str, bytes]


def check_report(
    *, report: Report, seen: int, figures: str, comment: str = "", by: Scope, at: datetime
) -> None:
    """Puts on record that the figures were gone through: what is missing, what moved, what the rules of quality find.

    `figures`: `digest_of` the figures that were shown. Raises Refused("figures_moved") where they are others by now,
    and as `queries.signing.checkable`.
    """
    report = checkable(by, report.pk, seen)
    made = _composed(report, by, at)
    digest = digest_of(table_of(made.content.figures, made.content.to_date))
    if digest != figures:
        raise Refused("figures_moved", _("Số liệu vừa thay đổi. Xem lại rồi xác nhận kiểm tra."))
    findings = ready_findings(by, report.unit_id)
    with transaction.atomic():
        move(report, ReportState.CHECKED, by)
        found = {"figures": digest, "gaps": len(todo(made.content)), "findings": findings}
        take_step(report, None, Verb.CHECK, by, at, comment=comment, found=found)


def submit_report(
    *, report: Report, seen: int, comment: str = "", by: Scope, at: datetime, say: Say | None = None
) -> ReportRevision:
    """Keeps figures, text, files and what stands behind them as they are, and asks for approval. `seen`: the last
    revision that was shown.

    A report that was approved gets a corrected revision; what was approved stays. `say` hears the progress.
    Raises Refused("not_allowed", "already_submitted", "already_approved", "not_checked", "figures_moved",
    "overtaken", "reason_needed", "fonts_missing", "records_changing") and as `compose`; Report.DoesNotExist outside
    the reach of submitting.
    """
    report = submittable(by, report.pk, seen, comment)
    written = _write(report, comment, by, at, say or (lambda _done, _total, _step: None))
    with transaction.atomic():
        move(report, ReportState.SUBMITTED, by, revision=seen + 1)
        revision = _stored(report, written, by, at)
        take_step(report, revision, Verb.SUBMIT, by, at, comment=comment)
    return revision


def _write(report: Report, comment: str, by: Scope, at: datetime, say: Say) -> _Written:
    steps = len(FORMATS) + 1
    say(0, steps, _("Tính số liệu, soạn nội dung"))
    made, held, note, capsule = _taken(report, comment, by, at)
    _require_checked(report, made, by)
    paper = coded(_corrected(made.paper, note, held), capsule)
    files = {"capsule": capsule} if capsule else {}
    for place, form in enumerate(FORMATS, 1):
        say(place, steps, _("Lập tệp %(form)s") % {"form": form.upper()})
        files[form] = rendered(paper, form)
    return _Written(made, held, paper, note, files | {"frozen": frozen(made, held, paper)})


def _taken(
    report: Report, comment: str, by: Scope, at: datetime
) -> tuple[Composed, Taken, dict[str, Any], bytes | None]:
    """The report as it is now, all that is frozen with it, for a correction what differs, and the capsule: from one
    build."""
    step = last_step(by, report, Verb.APPROVE)
    for _attempt in range(_ATTEMPTS):
        made = _composed(report, by, at)
        held = taken(made)
        note: dict[str, Any] = {}
        if step is not None and step.revision is not None:
            rows, reason = table_of(held.own, held.to_date), reason_of(by, report, comment)
            note = difference_note(step.revision, made.question, rows, reason)
            note["approved"] = local_date(step.at).isoformat()
        capsule = sealed(made, held, report.revision + 1, at)
        if current_build(at).name == made.content.build:
            return made, held, note, capsule
    raise Refused("records_changing", _("Dữ liệu đang được cập nhật liên tục; hãy trình lại sau ít phút."))


def _corrected(paper: Paper, note: dict[str, Any], held: Taken) -> Paper:
    """The paper with the note of differences as an annex, without a name."""
    if not note:
        return paper
    said = Paragraph(sentence(note, date.fromisoformat(note["approved"])))
    with override("vi"):
        names = {code: str(figure.indicator.name) for code, figure in held.own.items()}
        added = annex(note, names)
    return replace(
        paper, blocks=(*paper.blocks[:-1], said, *paper.blocks[-1:]), annexes=(*paper.annexes, added)
    )


def _require_checked(report: Report, made: Composed, by: Scope) -> None:
    step = last_step(by, report, Verb.CHECK)
    digest = digest_of(table_of(made.content.figures, made.content.to_date))
    if step is None or step.found.get("figures") != digest:
        raise Refused("figures_moved", _("Số liệu đã thay đổi từ lúc kiểm tra. Kiểm tra lại rồi trình."))


def _composed(report: Report, by: Scope, at: datetime) -> Composed:
    return composed(
        by,
        kind=report.kind,
        unit=report.unit,
        period=report.period,
        calendar=report.calendar,
        tree=report.tree,
        at=at,
    )


def _stored(report: Report, written: _Written, by: Scope, at: datetime) -> ReportRevision:
    made, held = written.made, written.held
    return ReportRevision.objects.create(
        report=report,
        number=report.revision,
        figures=table_of(held.own, held.to_date),
        text=reading(written.paper),
        build=made.content.build,
        as_of=made.content.as_of,
        checksum=sha256(written.files["frozen"]).hexdigest(),
        product=__version__,
        note=written.note,
        **{kind: _kept(report, kind, body, by, at) for kind, body in written.files.items()},
    )


def _kept(report: Report, kind: str, body: bytes, by: Scope, at: datetime) -> Upload:
    name = f"bao-cao-{report.pk}-{report.revision}.{_SUFFIXES.get(kind, kind)}"
    return store(file=File(BytesIO(body)), name=name, by=by.account_id, at=at)


_SUFFIXES = {"frozen": "zip", "capsule": "nls.zip"}
