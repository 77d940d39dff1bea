"""Parts II and III: results against targets, exact figures by unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nhanlucso.indicators.rules import Count
from nhanlucso.papers.paper import Amount, Band
from nhanlucso.reports.rules.naming import Body
from nhanlucso.reports.rules.results import against_targets
from nhanlucso.reports.rules.tables import by_unit, staff_table, summary, team_table
from tests.reports.contents import DISTRICT, PROVINCE, child, content, figures, said, share, tables_of, target


def staffed(people: int, attended: int = 0, persons: int = 0, heads: int = 0) -> dict[str, object]:
    return {
        **figures(
            staff__headcount=Count(people),
            training__attendances=Count(value=attended, heads=heads, qualifiers=("over",) if heads else ()),
            training__persons=Count(value=persons, heads=heads),
        ),
        "coverage.basic": share("coverage.basic", people // 2, people),
    }


def test_without_targets_a_sentence_says_so() -> None:
    blocks = against_targets(content())
    assert tables_of(blocks) == []
    assert "Chưa có chỉ tiêu năm 2024" in said(blocks)


def test_the_table_of_targets() -> None:
    lines = (
        target("coverage.basic", 90, "over", of=share("coverage.basic", 490, 524)),
        target("coverage.leaders", 100, "at_least", of=share("coverage.leaders", 128, 132)),
        target("teams.village_coverage", 100, "", of=share("teams.village_coverage", 196, 205)),
        target("coverage.ict_standard", 50, "over", of=share("coverage.ict_standard", 0, 0)),
    )
    (table,) = tables_of(against_targets(content(targets=lines)))
    assert [row[2:] for row in table.rows if not isinstance(row, Band)] == [
        (
            Amount(90, before="trên", after="%"),
            Amount(100 * 490 / 524, decimals=1, after="%"),
            "490/524",
            "Đạt",
        ),
        (
            Amount(100, after="%"),
            Amount(100 * 128 / 132, decimals=1, after="%"),
            "128/132",
            "Chưa đạt, thiếu 4 người",
        ),
        (
            Amount(100, after="%"),
            Amount(100 * 196 / 205, decimals=1, after="%"),
            "196/205",
            "Chưa đạt, thiếu 9 thôn",
        ),
        (Amount(50, before="trên", after="%"), None, None, "Chưa có số liệu"),
    ]
    assert "cả năm" in table.note


def test_targets_of_an_ancestor_are_named_as_such() -> None:
    line = target("coverage.basic", 90, of=share("coverage.basic", 95, 100))
    (table,) = tables_of(against_targets(content(kind="year", targets=(replace(line, owner=PROVINCE),))))
    assert (
        table.note == "Nơi UBND huyện Bảo Thắng chưa có chỉ tiêu riêng thì so với chỉ tiêu của tỉnh Lào Cai."
    )


def test_a_target_that_no_figure_measures_is_unknown() -> None:
    line = target("people.online_services", 70)
    (table,) = tables_of(against_targets(content(targets=(line,))))
    assert table.rows[0][3:] == (None, None, "Chưa có số liệu")  # type: ignore[index]


def test_what_is_unallocated_stands_in_the_assessment() -> None:
    line = target("coverage.basic", 90, of=share("coverage.basic", 91, 100, unallocated=20))
    (table,) = tables_of(against_targets(content(targets=(line,))))
    assert table.rows[0][5] == (  # type: ignore[index]
        "Chưa khẳng định được (còn 20 người chưa phân bổ: 75,8–91,0 %)"
    )


def test_the_summary_holds_every_figure_and_leaves_out_what_a_body_cannot_have() -> None:
    office = content(figures(staff__headcount=Count(31)), line=(Body("Sở Tư pháp", "agency"), PROVINCE))
    codes = [row[1] for row in summary(office).rows if not isinstance(row, Band)]
    assert "Tổ công nghệ số cộng đồng" not in codes
    with_teams = content(figures(teams__count=Count(1)))
    assert len(summary(with_teams).rows) == 23


def test_unknown_shares_are_a_dash_with_a_word() -> None:
    rows = [row for row in summary(content()).rows if not isinstance(row, Band)]
    (basic,) = [row for row in rows if row[1] == "Tỷ lệ được phổ cập kỹ năng số cơ bản trong kỳ"]
    assert basic[3:] == (None, "chưa có số liệu")


def test_the_total_row_is_the_units_own_figure() -> None:
    children = (
        child("Phòng Nội vụ", "division", staffed(10, 12, 9)),
        child("Xã Gia Phú", "commune", staffed(20, 25, 18), "02920"),
    )
    table = staff_table(content(staffed(34, 40, 26), children=children))
    assert table is not None
    assert table.total_row is not None
    assert table.total_row[1:5] == ("Toàn huyện", Amount(34), Amount(40), Amount(26))
    assert "gồm cả 4 người không thuộc đơn vị nào trong bảng" in table.note
    assert "không phải tổng các dòng" in table.note
    assert [row.text for row in table.rows if isinstance(row, Band)] == ["Cơ quan, đơn vị", "Xã"]


def test_a_sum_that_agrees_needs_no_note() -> None:
    table = staff_table(content(staffed(10, 12, 9), children=(child("Xã A", "commune", staffed(10, 12, 9)),)))
    assert table is not None
    assert "không phải tổng các dòng" not in table.note
    assert "không thuộc đơn vị" not in table.note
    assert not any(isinstance(row, Band) for row in table.rows)


def test_villages_and_empty_units_are_left_out_of_the_staff_table() -> None:
    children = (child("Thôn 1", "village", staffed(3)), child("Xã B", "commune", figures()))
    assert staff_table(content(staffed(3), children=children)) is None


def test_head_counts_are_no_persons_in_the_table() -> None:
    table = staff_table(
        content(staffed(5, 0, 0, 40), children=(child("Sở A", "agency", staffed(5, 0, 0, 40)),))
    )
    assert table is not None
    assert table.rows[0][3:5] == (Amount(40, before="hơn"), None)  # type: ignore[index]
    assert "không tính vào số người" in table.note


def test_units_that_moved_elsewhere_are_counted_out_loud() -> None:
    children = (child("Xã A", "commune", staffed(10)),)
    table = staff_table(content(staffed(12), children=children, hidden_children=2))
    assert table is not None
    assert "2 đơn vị nay đã thuộc nơi khác nên không liệt kê." in table.note


def test_teams_by_commune_and_by_village() -> None:
    commune = figures(teams__count=Count(2), teams__village_coverage=Count(value=3, hits=2))
    table = team_table(content(commune, children=(child("Xã A", "commune", commune),)))
    assert table is not None
    assert table.rows[0][1:5] == ("Xã A", 3, 2, 200 / 3)  # type: ignore[index]
    village = figures(teams__count=Count(1), teams__village_coverage=Count(value=1, hits=1))
    by_village = team_table(content(commune, children=(child("Thôn 1", "village", village),)))
    assert by_village is not None
    assert len(by_village.columns) == 5
    assert team_table(content(commune, children=(child("Phòng A", "division", figures()),))) is None


def test_long_tables_go_into_an_annex() -> None:
    few = tuple(child(f"Xã {n}", "commune", staffed(5)) for n in range(5))
    many = tuple(child(f"Xã {n}", "commune", staffed(5)) for n in range(30))
    blocks, annexes = by_unit(content(staffed(25), children=few))
    assert (len(tables_of(blocks)), annexes) == (2, ())
    blocks, annexes = by_unit(content(staffed(150), children=many))
    assert len(tables_of(blocks)) == 1
    assert "Phụ lục" in said(blocks)
    assert [len(table.rows) for annex in annexes for table in tables_of(annex.blocks)] == [30]


def test_a_quarter_says_which_shares_are_of_the_year() -> None:
    window = (date(2024, 6, 15), date(2024, 9, 14))
    quarter = content(staffed(10), kind="quarter", window=window, line=(DISTRICT, PROVINCE))
    assert "lũy kế từ đầu năm, 15/12/2023–14/09/2024" in summary(quarter).note
    (table,) = tables_of(
        against_targets(
            content(
                kind="quarter",
                window=window,
                targets=(target("coverage.basic", 90, of=share("coverage.basic", 95, 100)),),
            )
        )
    )
    assert table.caption.endswith("lũy kế 15/12/2023–14/09/2024")
