"""Part III: the exact figures of the unit and of its children."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nhanlucso.indicators.rules import Figure
from nhanlucso.kernel.numbers import vi_date, vi_number
from nhanlucso.papers.paper import Annex, Band, Block, Cell, Column, Paragraph, Table
from nhanlucso.reports.rules.amounts import cell, fraction, members, uncertainty
from nhanlucso.reports.rules.content import Child, Content, Figures
from nhanlucso.reports.rules.naming import VILLAGE, called, kind_word, seat_words

MOST_ROWS = 25  # longer tables go into an annex
_TRAINING = ("training.attendances", "training.persons")
_SHARES = ("coverage.basic", "coverage.ict_standard")
_OWN_COLUMNS = 4  # own indicators that fit beside one another
Row = Band | tuple[Cell, ...]


def by_unit(content: Content) -> tuple[list[Block], tuple[Annex, ...]]:
    """Blocks of part III, and the annexes that hold what is too long for it."""
    overview = summary(content)
    made = (staff_table(content), team_table(content), *own_tables(content))
    tables = [table for table in made if table is not None]
    short_ones = [table for table in tables if len(table.rows) <= MOST_ROWS]
    long_ones = tuple(table for table in tables if len(table.rows) > MOST_ROWS)
    blocks: list[Block] = [overview, *short_ones]
    if not long_ones:
        return blocks, ()
    blocks.append(Paragraph("Số liệu chi tiết theo từng đơn vị nêu tại Phụ lục kèm theo."))
    return blocks, (Annex("Số liệu theo từng đơn vị", long_ones),)


def summary(content: Content) -> Table:
    """Every figure of the unit, exact, with what is not settled about it."""
    columns = (
        Column("STT", "center", 11),
        Column("Chỉ số", "left", 72),
        Column("Đơn vị tính", "center", 25),
        Column("Giá trị ước" if content.estimated_on else "Giá trị", "right", 24),
        Column("Ghi chú", "left", 33),
    )
    shown = [code for code in content.figures if _matters(code, content.figures)]
    rows = []
    for place, code in enumerate(shown, 1):
        figure = (content.to_date if code in _SHARES else content.figures)[code]
        value = cell(figure)
        notes = [uncertainty(figure)]
        if figure.value is None or value is None:
            notes.append("chưa có số liệu" if figure.indicator.is_share else "chưa có danh sách")
        elif figure.indicator.is_share:
            notes.append(f"{fraction(figure)} {members(figure)}")
        rows.append(
            (
                place,
                str(figure.indicator.name),
                str(figure.indicator.measure.value),
                value,
                "; ".join(filter(None, notes)),
            )
        )
    return Table(
        f"Số liệu tổng hợp của {called(content.body)} {content.label}",
        columns,
        tuple(rows),
        note=_year_note(content, bool(set(shown).intersection(_SHARES))),
    )


def _matters(code: str, figures: Figures) -> bool:
    """Teams are left out of the figures of a body without villages and teams."""
    if not code.startswith("teams."):
        return True
    villages = figures.get("teams.village_coverage")
    return any(_holds(figures, other) for other in ("teams.count", "teams.members", "teams.assists")) or bool(
        villages and (villages.denominator or villages.unallocated)
    )


def _holds(figures: Figures, code: str) -> bool:
    figure = figures.get(code)
    return bool(figure and (figure.value or figure.unallocated))


def _year_note(content: Content, speaks: bool) -> str:
    if not (content.sums_up_year and speaks):
        return ""
    since, end = content.year_window
    return (
        f"Tỷ lệ được phổ cập, chuẩn hóa trong kỳ tính lũy kế từ đầu năm, {vi_date(since)}–{vi_date(end)}; các "
        "số khác tính trong kỳ báo cáo."
    )


def staff_table(content: Content) -> Table | None:
    """Staff and training by child. Children that hold no staff, such as villages, are left out."""
    children = [child for child in content.children if child.body.kind != VILLAGE and _staffed(child.figures)]
    if not children:
        return None
    columns = (
        Column("STT", "center", 11),
        Column("Đơn vị", "left", 50),
        Column("Cán bộ, công chức, viên chức, NLĐ", "right", 24),
        Column("Lượt tham gia", "right", 21, group="Tập huấn"),
        Column("Người theo danh sách", "right", 21, group="Tập huấn"),
        Column("Kỹ năng số cơ bản", "right", 19, decimals=1, group="Tỷ lệ đạt (%)"),
        Column("Chuẩn CNTT công chức", "right", 19, decimals=1, group="Tỷ lệ đạt (%)"),
    )
    total = _staff_cells(content.figures, content.to_date)
    return Table(
        "Cán bộ và kết quả đào tạo, bồi dưỡng theo đơn vị",
        columns,
        _rows(children, lambda child: _staff_cells(child.figures, child.to_date)),
        ("", _total_name(content), *total),
        _staff_note(content, children),
    )


def _staffed(figures: Figures) -> bool:
    return any(_holds(figures, code) for code in ("staff.headcount", *_TRAINING))


def _staff_cells(figures: Figures, to_date: Figures) -> tuple[Cell, ...]:
    counts = [cell(figures.get(code)) for code in ("staff.headcount", *_TRAINING)]
    shares: list[Cell] = []
    for code in _SHARES:
        figure = to_date.get(code)
        shares.append(None if figure is None or figure.value is None else round(figure.value, 10))
    return (*counts, *shares)


def _rows(children: Sequence[Child], cells: Callable[[Child], tuple[Cell, ...]]) -> tuple[Row, ...]:
    """Rows in the order of the children, under bands where bodies and levels of administration meet."""
    seats = {child.body.is_seat for child in children}
    rows: list[Row] = []
    banded: bool | None = None
    for place, child in enumerate(children, 1):
        if len(seats) == 2 and child.body.is_seat != banded:
            banded = child.body.is_seat
            words = ", ".join(seat_words(child.body for child in children)) if banded else "cơ quan, đơn vị"
            rows.append(Band(words[:1].upper() + words[1:]))
        rows.append((place, _child_name(child), *cells(child)))
    return tuple(rows)


def _child_name(child: Child) -> str:
    name = called(child.body)
    return name[:1].upper() + name[1:]


def _total_name(content: Content) -> str:
    return f"Toàn {kind_word(content.body)}"


def _staff_note(content: Content, children: Sequence[Child]) -> str:
    notes = ["Mỗi người trong một lớp là một lượt; lượt không phải là số người."]
    outside = _value(content.figures, "staff.headcount") - sum(
        _value(child.figures, "staff.headcount") for child in children
    )
    if outside > 0:
        notes.append(
            f"Dòng tổng gồm cả {vi_number(outside)} người không thuộc đơn vị nào trong bảng (công tác trực tiếp ở cấp "
            "này hoặc chưa phân bổ)."
        )
    persons = sum(_value(child.figures, "training.persons") for child in children)
    if persons != _value(content.figures, "training.persons"):
        notes.append(
            "Dòng tổng số người được tập huấn là số người khác nhau của cả đơn vị, không phải tổng các dòng."
        )
    if any(child.figures["training.persons"].qualifier == "over" for child in children):
        notes.append("Đại biểu chỉ có số đếm được tính vào lượt, không tính vào số người theo danh sách.")
    notes.append(_year_note(content, True))
    notes.append(_hidden(content))
    return " ".join(filter(None, notes))


def _hidden(content: Content) -> str:
    if not content.hidden_children:
        return ""
    return f"{content.hidden_children} đơn vị nay đã thuộc nơi khác nên không liệt kê."


def _value(figures: Figures, code: str) -> int:
    figure = figures.get(code)
    return int(figure.value or 0) if figure else 0


def team_table(content: Content) -> Table | None:
    """Villages and their teams by child: of a commune village by village, else by commune or district."""
    children = [child for child in content.children if _has_villages(child)]
    if not children:
        return None
    of_villages = all(child.body.kind == VILLAGE for child in children)
    columns = (
        Column("STT", "center", 11),
        Column("Thôn, tổ dân phố" if of_villages else "Đơn vị", "left"),
        *(
            ()
            if of_villages
            else (
                Column("Tổng số", "right", 18, group="Thôn, tổ dân phố"),
                Column("Có tổ", "right", 18, group="Thôn, tổ dân phố"),
                Column("Tỷ lệ (%)", "right", 18, decimals=1, group="Thôn, tổ dân phố"),
            )
        ),
        Column("Số tổ (tổ)", "right", 18),
        Column("Thành viên (người)", "right", 24),
        Column("Lượt hỗ trợ người dân", "right", 24),
    )
    people = sum(_value(child.figures, "teams.members") for child in children)
    note = (
        "Dòng tổng số thành viên là số người khác nhau, không phải tổng các dòng."
        if people != _value(content.figures, "teams.members")
        else ""
    )
    return Table(
        "Tổ công nghệ số cộng đồng",
        columns,
        _rows(children, lambda child: _team_cells(child.figures, of_villages)),
        ("", _total_name(content), *_team_cells(content.figures, of_villages)),
        note,
    )


def own_tables(content: Content) -> list[Table]:
    """Own indicators by child, a few to a table. Children of whom they say nothing are left out."""
    codes = [code for code, figure in content.figures.items() if figure.indicator.is_composed]
    found: list[Table] = []
    for start in range(0, len(codes), _OWN_COLUMNS):
        some = codes[start : start + _OWN_COLUMNS]
        children = [child for child in content.children if any(_speaks(child.figures, code) for code in some)]
        if children:
            found.append(_own_table(content, some, children))
    return found


def _own_table(content: Content, codes: Sequence[str], children: Sequence[Child]) -> Table:
    def cells(figures: Figures) -> tuple[Cell, ...]:
        return tuple(_own_cell(figures.get(code)) for code in codes)

    indicators = [content.figures[code].indicator for code in codes]
    columns = (
        Column("STT", "center", 11),
        Column("Đơn vị", "left", 50),
        *(
            Column(f"{one.name} ({one.measure.value})", "right", decimals=1 if one.is_share else None)
            for one in indicators
        ),
    )
    sums = any(not one.is_share for one in indicators)
    return Table(
        "Chỉ số riêng theo đơn vị",
        columns,
        _rows(children, lambda child: cells(child.figures)),
        ("", _total_name(content), *cells(content.figures)),
        " ".join(
            filter(
                None, ("Dòng tổng tính riêng, không phải tổng các dòng." if sums else "", _hidden(content))
            )
        ),
    )


def _speaks(figures: Figures, code: str) -> bool:
    figure = figures.get(code)
    return bool(figure and (figure.denominator or figure.value or figure.unallocated))


def _own_cell(figure: Figure | None) -> Cell:
    if figure is None or not figure.indicator.is_share:
        return cell(figure)
    return None if figure.value is None else round(figure.value, 10)


def _has_villages(child: Child) -> bool:
    villages = child.figures.get("teams.village_coverage")
    return bool(villages and villages.denominator) or _holds(child.figures, "teams.count")


def _team_cells(figures: Figures, of_villages: bool) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    if not of_villages:
        villages = figures.get("teams.village_coverage")
        known = villages is not None and villages.denominator
        cells += (
            [villages.denominator, villages.numerator, villages.value] if villages and known else [None] * 3
        )
    return (*cells, *(cell(figures.get(code)) for code in ("teams.count", "teams.members", "teams.assists")))
