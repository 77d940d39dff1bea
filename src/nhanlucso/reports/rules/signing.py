"""Who may sign what, and what changed between two tables of figures. Plain values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from nhanlucso.indicators.figures import as_json
from nhanlucso.indicators.rules import Figure
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.language import say as _
from nhanlucso.reports.enums import CLOSED, ReportState
from nhanlucso.reports.rules.content import Figures

Row = Mapping[str, Any]
_COMPARED = (
    "value",
    "numerator",
    "denominator",
    "qualifier",
    "low",
    "high",
    "unallocated",
    "definition_version",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that is not what it was. `before` or `after` is None where it stands on one side alone."""

    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        """The newer of the two."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def change(self) -> float | int | None:
        """How much the value moved, in the figure's own measure; None where one side is unknown."""
        values = [side.get("value") if side else None for side in (self.before, self.after)]
        return None if None in values else values[1] - values[0]  # type: ignore[operator]


def table_of(period: Figures, to_date: Figures) -> list[dict[str, object]]:
    """The figures of a report as they are kept: those of the period, then those of the year so far where the
    period begins inside it; each in the shape of the exchange contract without unit and period."""
    rows = [_row(figure) for figure in period.values()]
    own = {_key(row) for row in rows}
    return [*rows, *(row for figure in to_date.values() if _key(row := _row(figure)) not in own)]


def _row(figure: Figure) -> dict[str, object]:
    row = as_json(figure, "", "")
    return {name: row[name] for name in row if name not in ("unit_id", "period")}


def differences(before: Sequence[Row], after: Sequence[Row]) -> tuple[Difference, ...]:
    """The figures that differ between two tables, in the order of the newer one. As-of times do not count."""
    old, new = ({_key(row): row for row in rows} for rows in (before, after))
    keys = [*new, *(key for key in old if key not in new)]
    pairs = ((old.get(key), new.get(key)) for key in keys)
    return tuple(Difference(a, b) for a, b in pairs if _said(a) != _said(b))


def _key(row: Row) -> tuple[str, ...]:
    return row["indicator"], *row["window"]


def _said(row: Row | None) -> list[Any]:
    return [] if row is None else [row.get(name) for name in _COMPARED]


def digest_of(rows: Sequence[Row]) -> str:
    """A short name for what figures say; the time at which they were computed does not matter."""
    said = [[*_key(row), *_said(row)] for row in rows]
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def judge_check(state: str) -> None:
    """Whether a report in this state may be checked. Raises Refused("already_submitted", "already_approved")."""
    if state == ReportState.SUBMITTED:
        raise Refused("already_submitted", _("Báo cáo này đã trình, đang chờ duyệt."))
    if state in CLOSED:
        raise Refused(
            "already_approved", _("Báo cáo đã duyệt, số liệu đã chốt: muốn đổi thì lập bản đính chính.")
        )


def judge_submission(state: str, corrects: bool, reason: str) -> None:
    """Whether a report in this state may be submitted; `corrects`: an approved revision is there already, `reason`:
    why it is corrected.

    Raises Refused("already_submitted", "already_approved", "not_checked", "reason_needed").
    """
    judge_check(state)
    if state != ReportState.CHECKED:
        raise Refused("not_checked", _("Hãy kiểm tra số liệu trước khi trình."))
    if corrects and not reason.strip():
        raise Refused("reason_needed", _("Bản trước đã duyệt: hãy ghi lý do đính chính rồi trình lại."))


def judge_correction(state: str, reason: str) -> None:
    """Whether a correction of a report in this state may begin. Raises Refused("not_approved", "reason_needed")."""
    if state not in CLOSED:
        raise Refused("not_approved", _("Chỉ đính chính báo cáo đã duyệt; bản này còn sửa được ngay."))
    if not reason.strip():
        raise Refused("reason_needed", _("Hãy ghi lý do đính chính: số liệu nào sai, vì sao."))


def judge_decision(own: bool, returns: bool, comment: str) -> None:
    """Whether a submitted revision may be decided on; `own`: by whoever submitted it.

    Raises Refused("own_report", "reason_needed").
    """
    if own:
        raise Refused(
            "own_report", _("Người trình không được tự duyệt, tiếp nhận hay trả lại báo cáo của mình.")
        )
    if returns and not comment.strip():
        raise Refused("reason_needed", _("Hãy ghi lý do trả lại để người lập biết cần sửa gì."))
