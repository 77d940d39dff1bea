"""`sheet import`: a spreadsheet read, matched with the register, written."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from nhanlucso.cli.days import day_given
from nhanlucso.cli.output import emit
from nhanlucso.exchange.sheets.applying import import_sheet
from nhanlucso.exchange.sheets.commenting import commented
from nhanlucso.exchange.sheets.plan import ImportPlan, ImportRequest, Outcome
from nhanlucso.exchange.sheets.reading import KINDS
from nhanlucso.exchange.unattended import outcome_json
from nhanlucso.kernel.clock import EVER, now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.queries import resolve_unit
from nhanlucso.people.enums import Category
from nhanlucso.training.queries.classes import resolve_sessions


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--unit", required=True, metavar="ID", help="đơn vị có người trong danh sách")
    parser.add_argument(
        "--session",
        nargs="+",
        action="extend",
        default=[],
        metavar="ID",
        help="các buổi học nhận dấu điểm danh; không có: các buổi do đơn vị tổ chức trong những ngày ấy",
    )
    parser.add_argument("--kind", choices=KINDS, default="auto")
    parser.add_argument(
        "--category",
        choices=Category.values,
        default="",
        help="đối tượng của người mà chức vụ không cho biết",
    )
    parser.add_argument(
        "--on", metavar="DATE", help="ngày tìm người và đơn vị (mặc định: ngày điểm danh, hoặc hôm nay)"
    )
    parser.add_argument("--since", metavar="DATE", help="ngày đầu của vị trí mới (mặc định: không rõ)")
    parser.add_argument("--dry-run", action="store_true", help="chỉ cho biết sẽ làm gì")
    parser.add_argument(
        "--report",
        type=Path,
        metavar="FILE.xlsx",
        help="ghi chính tệp ấy với một lời ghi chú ở mỗi ô cần xem",
    )
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    """What is certain is written, also where rows are left to people: exit 0, and the outcome tells of them."""
    report = room_for(options.report, options.file) if options.report else None
    request = ImportRequest(
        unit=resolve_unit(options.unit),
        on=day_given(options.on),
        sessions=tuple(session.pk for session in resolve_sessions(SYSTEM, options.session)),
        category=options.category,
        since=day_given(options.since) or EVER,
    )
    plan = import_sheet(
        options.file, request=request, dry_run=options.dry_run, by=SYSTEM, at=now(), kind=options.kind
    )
    if report is not None:
        shutil.move(commented(options.file, options.file.name, plan.problems), report)
    if options.json:
        emit(outcome_json(plan))
    else:
        print(words(plan))


def room_for(report: Path, file: Path) -> Path:
    """The place of the report, tried before anything is written. Raises Refused("bad_report")."""
    if report.suffix.lower() != ".xlsx":
        raise Refused("bad_report", f"Bản ghi chú là tệp .xlsx; «{report.name}» thì không.")
    if report.exists() and file.exists() and report.samefile(file):
        raise Refused("bad_report", "Bản ghi chú không ghi đè lên chính tệp được nhập.")
    try:
        with tempfile.NamedTemporaryFile(dir=report.parent):
            pass
    except OSError as problem:
        raise Refused("bad_report", f"Không ghi được vào «{report.parent}»: {problem.strerror}.") from problem
    if report.is_dir():
        raise Refused("bad_report", f"«{report}» là thư mục.")
    return report


def words(plan: ImportPlan) -> str:
    """The outcome in lines: a total, then what is to be looked at, last how it is taken back."""
    labels = {
        Outcome.CREATED: "thêm",
        Outcome.UPDATED: "sửa",
        Outcome.MATCHED: "đã có, không đổi",
        Outcome.AMBIGUOUS: "chưa chắc là ai",
        Outcome.SKIPPED: "bỏ qua",
    }
    counts = ", ".join(f"{label} {plan.count(outcome)}" for outcome, label in labels.items())
    dropped = [f"Không đọc cột nhạy cảm «{column.header}»." for column in plan.dropped_columns]
    problems = [f"! {problem.sheet}:{problem.row}  {problem.message}" for problem in plan.problems]
    undo = [f"Trả lại như cũ: nhanlucso sheet undo {plan.act}"] if plan.act else []
    return "\n".join([f"{'Sẽ' if plan.dry_run else 'Đã'}: {counts}.", *dropped, *problems, *undo])
