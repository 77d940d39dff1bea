"""Part I says what was done, each figure by its own name, and nothing where there is nothing to say."""

from __future__ import annotations

from datetime import date

from nhanlucso.indicators.rules import Count
from nhanlucso.reports.citable import acts
from nhanlucso.reports.rules.content import Board, Hosted, Issued
from nhanlucso.reports.rules.naming import Body
from nhanlucso.reports.rules.narrative import done, opening
from tests.reports.contents import DISTRICT, content, figures, said, share, target

SO = Body("Sở Thông tin và Truyền thông", "agency")


def hosted(body: Body = SO, **changes: object) -> Hosted:
    plain: dict[str, object] = {
        "body": body,
        "rounds": 2,
        "forms": {"conference": 8},
        "modes": frozenset({"in_person", "online"}),
        "attendances": 11_320,
        "counted_only": 11_320,
        "qualifier": "about",
        "audiences": ("cán bộ các sở, ban, ngành",),
        "topics": ("Dịch vụ công trực tuyến",),
    }
    return Hosted(**(plain | changes))  # type: ignore[arg-type]


def test_nothing_is_said_of_nothing() -> None:
    assert said(done(content())) == "Trong 9 tháng năm 2024, huyện chưa có số liệu."


def test_attendances_and_persons_are_kept_apart() -> None:
    found = figures(
        training__classes=Count(5), training__attendances=Count(1037), training__persons=Count(612)
    )
    text = said(done(content(found)))
    assert "huyện đã tổ chức 5 lớp tập huấn." in text
    assert (
        "Có 1.037 lượt cán bộ, công chức tham gia tập huấn, của 612 người (mỗi người chỉ tính một lần)."
        in text
    )


def test_head_counts_prove_no_persons() -> None:
    found = figures(
        training__attendances=Count(value=700, heads=300, qualifiers=("over",)),
        training__persons=Count(value=612, heads=300),
    )
    text = said(done(content(found)))
    assert "có hơn 1.000 lượt" in text
    assert "danh sách ghi tên 612 người" in text
    assert "không suy ra số người" in text


def test_conferences_without_any_list_have_no_persons() -> None:
    found = figures(
        training__attendances=Count(heads=11_320, qualifiers=("about",)),
        training__persons=Count(heads=11_320),
    )
    text = said(done(content(found, audience="đại biểu")))
    assert "có khoảng 11.320 lượt đại biểu tham gia tập huấn" in text
    assert " 0 người" not in text


def test_attendances_are_said_as_the_plan_says_them() -> None:
    found = figures(training__attendances=Count(1037), training__persons=Count(612))
    line = target("training.attendances", 1000, "over", of=found["training.attendances"])
    assert "có hơn 1.000 lượt cán bộ, công chức tham gia" in said(done(content(found, targets=(line,))))


def test_hosts_are_told_apart() -> None:
    found = figures(training__conferences=Count(9), training__rounds=Count(2))
    own = hosted(
        DISTRICT, rounds=0, forms={"conference": 1}, attendances=40, counted_only=0, qualifier="exact"
    )
    text = said(done(content(found, hosted=(own, hosted()))))
    assert "huyện đã tổ chức 2 đợt tập huấn với 9 hội nghị." in text
    assert (
        "Sở Thông tin và Truyền thông tổ chức 2 đợt tập huấn với 8 hội nghị, cho khoảng 11.320 lượt đại biểu là cán "
        "bộ các sở, ban, ngành; hình thức trực tiếp và trực tuyến; nội dung: “Dịch vụ công trực tuyến”;"
    ) in text
    assert "UBND huyện Bảo Thắng tổ chức 1 hội nghị, cho 40 lượt học viên" in text


def test_a_lone_host_that_reports_is_not_named_twice() -> None:
    found = figures(training__conferences=Count(8), training__rounds=Count(2))
    text = said(done(content(found, hosted=(hosted(DISTRICT),))))
    assert "Theo đơn vị chủ trì" not in text
    assert "Hình thức trực tiếp và trực tuyến; nội dung: “Dịch vụ công trực tuyến”." in text


def test_many_hosts_end_in_a_sum() -> None:
    hosts = tuple(hosted(Body(f"Xã {n}", "commune"), attendances=n) for n in range(15))
    text = said(done(content(figures(training__conferences=Count(120)), hosted=hosts)))
    assert "3 đơn vị khác tổ chức 24 lớp, hội nghị." in text


def test_mentoring_contests_and_seminars_are_named() -> None:
    held = hosted(DISTRICT, forms={"mentoring": 14, "contest": 1, "seminar": 2}, contests=("Dữ liệu số",))
    text = said(done(content(figures(), hosted=(held,))))
    assert "2 hội thảo, 14 cuộc hướng dẫn “cầm tay chỉ việc” và 1 hội thi" in text
    assert "hội thi: “Dữ liệu số”" in text


def test_online_learners_and_completions_are_two_things() -> None:
    text = said(done(content(figures(mooc__learners=Count(273), mooc__completions=Count(301)))))
    assert (
        "huyện đã tổ chức tập huấn trên nền tảng MOOCs cho 273 cán bộ, công chức; có 301 lượt hoàn thành khóa học"
    ) in text


def test_everybody_who_works_beside_is_said_as_such() -> None:
    text = said(done(content(figures(staff__headcount=Count(21), it__concurrent=Count(21)))))
    assert "Do chưa có cán bộ chuyên trách về công nghệ thông tin, cả 21 người" in text


def test_shares_speak_as_the_plan() -> None:
    found = {**figures(), "coverage.basic": share("coverage.basic", 490, 524)}
    line = target("coverage.basic", 90, "over", of=found["coverage.basic"])
    assert "phổ cập kỹ năng số cơ bản đạt trên 90 %." in said(done(content(found, targets=(line,))))
    assert "phổ cập kỹ năng số cơ bản đạt 93,5 %." in said(done(content(found)))


def test_shares_of_a_quarter_are_read_over_the_year_so_far() -> None:
    found = {**figures(), "coverage.basic": share("coverage.basic", 490, 524)}
    window = (date(2024, 6, 15), date(2024, 9, 14))
    text = said(done(content(found, kind="quarter", label="quý III năm 2024", window=window)))
    assert "Lũy kế từ ngày 15/12/2023 đến ngày 14/09/2024, tỷ lệ cán bộ" in text


def test_teams_and_help_by_field() -> None:
    found = figures(
        teams__count=Count(25),
        teams__members=Count(90),
        teams__village_coverage=Count(value=25, hits=25),
        teams__assists=Count(406),
    )
    text = said(done(content(found, fields={"other": 300, "health": 6, "public_service": 100})))
    assert (
        "Có 25 tổ công nghệ số cộng đồng với 90 thành viên; 100 % thôn, bản, tổ dân phố có tổ (25/25 thôn)."
        in text
    )
    assert "thành công 406 lượt (dịch vụ công: 100; y tế: 6; lĩnh vực khác: 300)." in text


def test_communications_by_channel() -> None:
    text = said(done(content(figures(outreach__items=Count(22)), channels={"loudspeaker": 20, "event": 2})))
    assert "đã đăng, phát 22 tin, bài" in text
    assert "(truyền thanh cơ sở: 20; sự kiện: 2)" in text
    assert "(" not in said(done(content(figures(outreach__items=Count(22)), channels={"": 22})))


def test_direction() -> None:
    papers = (
        Issued("", "Về việc A", "", date(2024, 2, 1)),
        Issued("7/CT-UBND", "Về việc B", "", date(2024, 3, 1)),
    )
    board = Board("Ban Chỉ đạo chuyển đổi số huyện", "Phòng Văn hóa - Thông tin", "Quyết định số 5/QĐ-UBND")
    text = said(done(content(issued=papers, board=board)))
    assert (
        "Cơ quan thường trực của Ban Chỉ đạo chuyển đổi số huyện (Quyết định số 5/QĐ-UBND) là Phòng Văn hóa"
        in text
    )
    assert "Trong kỳ đã ban hành 2 văn bản:" in text
    assert "Văn bản ngày 01/02/2024 về việc A;\nChỉ thị số 7/CT-UBND ngày 01/03/2024 về việc B." in text


def test_the_opening_cites_law_and_plans_of_the_date() -> None:
    plan = Issued("84/KH-UBND", "Kế hoạch thực hiện Đề án", "UBND tỉnh Lào Cai")
    text = said(opening(content(plans=(plan,)), acts()))
    assert text.startswith("Căn cứ Luật Công nghệ thông tin số 67/2006/QH11; Nghị định số 09/2019/NĐ-CP")
    assert (
        "Kế hoạch số 84/KH-UBND của UBND tỉnh Lào Cai thực hiện Đề án, UBND huyện Bảo Thắng báo cáo kết quả"
        in text
    )
    assert "148/2025/QH15" not in text


def test_the_opening_says_what_kind_of_figures_these_are() -> None:
    early = said(opening(content(estimated_on=date(2024, 9, 5)), acts()))
    assert "kết thúc ngày 14/09/2024; số liệu dưới đây tính đến ngày 05/09/2024 nên là số ước" in early
    later = said(opening(content(on=date(2025, 7, 1)), acts()))
    assert "quy về cơ cấu đơn vị ngày 01/07/2025" in later
