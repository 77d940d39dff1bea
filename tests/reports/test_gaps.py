"""Parts IV and V: what is missing, and proposals that follow from it alone."""

from __future__ import annotations

from nhanlucso.indicators.rules import Count, Figure
from nhanlucso.reports.rules.gaps import proposals, shortcomings
from nhanlucso.reports.rules.naming import Body
from tests.reports.contents import PROVINCE, child, content, figures, said, share, target

ABOVE = ("UBND tỉnh Lào Cai", "Sở Thông tin và Truyền thông tỉnh Lào Cai")


def covered(hits: int, of: int, dedicated: int = 1) -> dict[str, Figure]:
    return {
        **figures(staff__headcount=Count(of), it__dedicated=Count(dedicated)),
        "coverage.basic": share("coverage.basic", hits, of),
    }


def test_no_gap_no_proposal() -> None:
    whole = content(covered(10, 10))
    assert said(shortcomings(whole)) == "Qua số liệu của kỳ báo cáo, chưa phát hiện tồn tại cần nêu."
    assert said(proposals(whole, ABOVE)).startswith("Tiếp tục duy trì kết quả đã đạt")
    assert "đề nghị" not in said(proposals(whole, ABOVE))


def test_the_missing_are_counted_and_the_worst_units_named_first() -> None:
    children = (
        child("Phòng Nội vụ", "division", covered(9, 10)),
        child("Xã Thái Niên", "commune", covered(10, 60)),
        child("Xã Gia Phú", "commune", covered(20, 20)),
        child("Thôn 1", "village", covered(0, 5)),
    )
    report = content(covered(39, 90), children=children)
    text = said(shortcomings(report))
    assert "Còn 51 cán bộ, công chức, viên chức, người lao động chưa được phổ cập kỹ năng số cơ bản" in text
    assert (
        "thấp nhất là xã Thái Niên (còn 50 người, đạt 16,7 %), Phòng Nội vụ (còn 1 người, đạt 90 %)." in text
    )
    assert "Gia Phú" not in text
    assert (
        "Tổ chức lớp phổ cập kỹ năng số cơ bản cho 51 người chưa được phổ cập tại xã Thái Niên (50 người) và Phòng Nội "
        "vụ (1 người)."
    ) in said(proposals(report, ABOVE))


def test_missed_targets_are_named_with_their_distance() -> None:
    found = covered(80, 100)
    line = target("coverage.basic", 90, "at_least", of=found["coverage.basic"])
    report = content(found, targets=(line,))
    assert (
        "1/1 chỉ tiêu năm 2024 chưa đạt: tỷ lệ được phổ cập kỹ năng số cơ bản trong kỳ (80 % so với tối thiểu 90 %)."
    ) in said(shortcomings(report))
    assert (
        "UBND huyện Bảo Thắng đề nghị UBND tỉnh Lào Cai và Sở Thông tin và Truyền thông tỉnh Lào Cai hỗ trợ "
        "giảng viên, tài liệu để mở lớp cho 20 người nêu trên."
    ) in said(proposals(report, ABOVE))


def test_a_standard_that_is_reached_asks_for_no_more_classes() -> None:
    found = {**figures(), "coverage.ict_standard": share("coverage.ict_standard", 60, 100)}
    line = target("coverage.ict_standard", 50, "over", of=found["coverage.ict_standard"])
    assert "Mở lớp" not in said(proposals(content(found, targets=(line,)), ()))
    assert "cho 40 công chức chưa được chuẩn hóa" in said(proposals(content(found), ()))


def test_bodies_without_a_dedicated_officer() -> None:
    children = (
        child("Phòng A", "division", covered(5, 5, dedicated=0)),
        child("Phòng B", "division", covered(5, 5)),
    )
    assert (
        "1/2 cơ quan, đơn vị trực thuộc chưa có cán bộ chuyên trách công nghệ thông tin, chuyển đổi số: Phòng A."
    ) in said(shortcomings(content(covered(10, 10), children=children)))
    both = (children[0], children[0])
    assert "Cả 2 cơ quan, đơn vị trực thuộc chưa có" in said(
        shortcomings(content(covered(10, 10), children=both))
    )
    alone = content(covered(5, 5, dedicated=0), line=(Body("Sở Tư pháp", "agency"), PROVINCE))
    assert "Sở Tư pháp chưa có cán bộ chuyên trách" in said(shortcomings(alone))
    assert "hướng dẫn bố trí cán bộ chuyên trách" in said(proposals(alone, ABOVE))


def test_officers_and_leaders_who_wait_for_training() -> None:
    found = {
        **figures(),
        "coverage.dt_officers": share("coverage.dt_officers", 1, 3),
        "coverage.leaders": share("coverage.leaders", 4, 6),
    }
    line = target("coverage.leaders", 100, of=found["coverage.leaders"])
    text = said(proposals(content(found, targets=(line,)), ()))
    assert "Cử 2 cán bộ chuyên trách, kiêm nhiệm" in text
    assert "cho 2 lãnh đạo chưa được tập huấn trong năm" in text
    assert "lãnh đạo" not in said(proposals(content(found), ()))


def test_villages_without_a_team_are_named() -> None:
    without = figures(teams__village_coverage=Count(value=1, hits=0))
    having = figures(teams__village_coverage=Count(value=1, hits=1), teams__count=Count(1))
    own = figures(teams__village_coverage=Count(value=3, hits=1), teams__count=Count(1))
    villages = (
        child("Thôn 1", "village", having),
        child("Thôn 2", "village", without),
        child("Bản Pho", "village", without),
    )
    report = content(own, children=villages)
    assert (
        "Còn 2 thôn, bản, tổ dân phố chưa có tổ công nghệ số cộng đồng (đã có 1/3): thôn 2 và bản Pho."
        in said(shortcomings(report))
    )
    assert "tại 2 thôn, bản, tổ dân phố chưa có tổ: thôn 2 và bản Pho." in said(proposals(report, ()))
    above = content(own, children=(child("Xã A", "commune", own),))
    assert "xã A 2 thôn." in said(shortcomings(above))


def test_counts_without_lists_and_people_without_place() -> None:
    found = figures(
        training__persons=Count(value=0, heads=50), staff__headcount=Count(value=10, unallocated=3)
    )
    text = said(shortcomings(content(found)))
    assert "chưa có danh sách nên chưa tính được số người" in text
    assert "Còn 3 người thuộc đơn vị đã chia, tách" in text
    asked = said(proposals(content(found), ()))
    assert "Lập danh sách người dự" in asked
    assert "Rà soát, xác định nơi công tác" in asked
