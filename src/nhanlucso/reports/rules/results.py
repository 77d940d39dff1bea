"""Part II: results against the targets of the year."""

from __future__ import annotations

from nhanlucso.indicators.rules import Figure
from nhanlucso.kernel.numbers import vi_date, vi_number
from nhanlucso.papers.paper import Amount, Block, Cell, Column, Paragraph, Table
from nhanlucso.reports.rules.amounts import (
    MISSED,
    cell,
    comparator,
    fraction,
    still_needed,
    uncertainty,
    verdict,
)
from nhanlucso.reports.rules.content import Content, TargetLine
from nhanlucso.reports.rules.law import kind_of
from nhanlucso.reports.rules.naming import called, listed, short


def against_targets(content: Content) -> list[Block]:
    """The table of targets, or one sentence that there are none."""
    if not content.targets:
        return [
            Paragraph(
                f"Chưa có chỉ tiêu năm {content.year} về đào tạo, bồi dưỡng kỹ năng số áp dụng cho "
                f"{short(content.body)} được nhập trong hệ thống; kết quả cụ thể nêu ở Phần III."
            )
        ]
    columns = (
        Column("STT", "center", 11),
        Column("Chỉ tiêu", "left", 55),
        Column("Kế hoạch năm", "right", 25),
        Column("Kết quả ước" if content.estimated_on else "Kết quả", "right", 24),
        Column("Số đạt/ tổng số", "right", 22),
        Column("Đánh giá", "left", 28),
    )
    rows = tuple(_row(place, target) for place, target in enumerate(content.targets, 1))
    since, end = content.year_window
    span = f", lũy kế {vi_date(since)}–{vi_date(end)}" if content.sums_up_year else ""
    caption = f"Kết quả thực hiện so với chỉ tiêu năm {content.year}{span}"
    return [Table(caption, columns, rows, note=_note(content))]


def _row(place: int, target: TargetLine) -> tuple[Cell, ...]:
    figure = target.figure
    return (
        place,
        _title(target),
        _plan(target),
        cell(figure, target.value or 0),
        _members(figure),
        _assessment(target),
    )


def _members(figure: Figure | None) -> Cell:
    """«490/524» of a share; nothing beside a number, a dash where it is unknown."""
    if figure is not None and not figure.indicator.is_share:
        return ""
    return fraction(figure) if figure and figure.denominator else None


def _title(target: TargetLine) -> str:
    name = str(target.figure.indicator.name) if target.figure else target.quote or target.code
    if not target.plan.number:
        return name
    return f"{name} ({kind_of(target.plan.number)} số {target.plan.number})"


def _plan(target: TargetLine) -> Cell:
    if target.value is None:
        return None
    unit = str(target.figure.indicator.measure.value) if target.figure else ""
    return Amount(target.value, before=comparator(target), after=unit)


def _assessment(target: TargetLine) -> str:
    said = verdict(target)
    figure = target.figure
    text = said
    if said == MISSED and (needed := still_needed(target)):
        text = f"{said}, thiếu {vi_number(needed)} người"
        if figure is not None and figure.indicator.relation == "villages":
            text = f"{said}, thiếu {vi_number(needed)} thôn"
    unsettled = uncertainty(figure) if figure else ""
    return f"{text} ({unsettled})" if unsettled else text


def _note(content: Content) -> str:
    owners = list(dict.fromkeys(called(target.owner) for target in content.targets if target.owner))
    notes = []
    if owners:
        notes.append(
            f"Nơi {short(content.body)} chưa có chỉ tiêu riêng thì so với chỉ tiêu của {listed(owners)}."
        )
    if content.kind != "year":
        notes.append("Chỉ tiêu là của cả năm; kết quả tính đến ngày cuối kỳ báo cáo.")
    return " ".join(notes)
