"""One report: what it says, what is missing, submitted, decided, corrected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vietnamese")]
Act = Callable[..., Any]


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_draft_says_what_the_records_say(world: Any, officer: Client, draft: str) -> None:
    html = shown(officer, draft)
    assert "Báo cáo 9 tháng năm 2024" in html
    assert "khoảng 32\u00a0lượt" in html
    words = f"unit={world.district.pk}&amp;period=2024-9M&amp;tree=then"
    assert f"/chi-so/training.attendances/?{words}" in html
    assert f"/chi-so/training.attendances/ho-chieu/?{words}" in html
    assert "KẾT QUẢ THỰC HIỆN" in html
    assert "Bản nháp: lập theo số liệu lúc tải." in html
    assert "Số liệu lúc" in html


def test_what_is_missing_leads_to_where_it_is_mended(world: Any, officer: Client, draft: str) -> None:
    html = shown(officer, draft)
    gaps = html[html.index("Còn thiếu") : html.index(">Số liệu<")]
    assert "3 người chưa được phổ cập kỹ năng số cơ bản." in gaps
    assert "group=missing" in gaps
    assert "chỉ có số đếm" in gaps
    assert "/lop-hoc/" in gaps


def test_a_quarter_shows_the_year_so_far_beside_it(world: Any, officer: Client) -> None:
    from django.urls import reverse

    words = f"?unit={world.district.pk}&period=2024-Q3"
    html = shown(officer, officer.post(reverse("report-begin") + words).headers["Location"])
    assert "Từ đầu năm" in html
    assert "period=2023-12-15..2024-09-14" in html


def test_a_unit_that_began_later_is_written_on_the_tree_of_its_first_day(world: Any, officer: Client) -> None:
    from django.urls import reverse

    from nhanlucso.reports.models import Report

    for _ in range(2):
        officer.post(reverse("report-begin") + f"?unit={world.hoa.pk}&period=2024-9M&tree=now")
    assert [report.tree for report in Report.objects.all()] == ["2025-07-01"]


def test_submitting_is_a_job_that_leads_back(draft: str, officer: Client, submit: Act) -> None:
    page = submit(draft, comment="Kính trình").content.decode()
    assert f'href="{draft}"' in page
    html = shown(officer, draft)
    assert "«Kính trình»" in html
    assert "Tệp đúng như khi trình." in html
    assert "Số liệu hiện nay vẫn như khi trình." in html
    assert "Còn thiếu" not in html


def test_the_approver_sees_what_changed_since(
    world: Any, draft: str, leader: Client, submit: Act, decide: Act
) -> None:
    from tests.factories.records import attend, facts_changed

    submit(draft)
    attend(world.training_class, world.people["Dung"], *["present"] * 5)
    facts_changed()
    html = shown(leader, draft)
    assert "số liệu đã khác từ khi trình" in html
    assert "+20 điểm %" in html
    approved = decide(draft, "approve").content.decode()
    assert "Đã duyệt báo cáo. Số liệu đã chốt." in approved
    assert "Bản đã duyệt không tự thay đổi." in approved


def test_files_are_those_that_were_submitted(
    world: Any, draft: str, officer: Client, submit: Act, decide: Act
) -> None:
    from nhanlucso.audit.models import Event
    from tests.factories.records import attend, facts_changed

    submit(draft)
    decide(draft, "approve")
    first = officer.get(f"{draft}1/docx/").content
    attend(world.training_class, world.people["Dung"], *["present"] * 5)
    facts_changed()
    answer = officer.get(f"{draft}1/docx/")
    assert answer.content == first
    assert "bao-cao-huyen-cu-2024-9M-1.docx" in answer.headers["Content-Disposition"]
    assert Event.objects.filter(verb="report.download").count() == 2
    for wrong in ("2/docx/", "1/doc/"):
        assert officer.get(f"{draft}{wrong}").status_code == 404


def test_a_damaged_file_is_not_given_out(draft: str, officer: Client, submit: Act, data_folder: Any) -> None:
    submit(draft)
    for path in (data_folder / "uploads").rglob("*.docx"):
        path.write_bytes(b"something else")
    answer = officer.get(f"{draft}1/docx/")
    assert answer.status_code == 400
    assert "không còn nguyên vẹn" in answer.content.decode()


def test_returning_asks_for_the_reason_beside_its_field(
    draft: str, officer: Client, leader: Client, submit: Act, decide: Act
) -> None:
    submit(draft)
    html = decide(draft, "return").content.decode()
    assert "error-summary" in html
    assert html.count("Hãy ghi lý do trả lại") == 2
    decide(draft, "return", comment="Thiếu lớp tháng 8")
    html = shown(officer, draft)
    assert "Thiếu lớp tháng 8" in html
    assert "trả lại lúc" in html
    submit(draft, seen=1)
    assert "Trình duyệt lần 2" in shown(officer, draft)


def test_a_correction_lists_what_differs_from_what_was_approved(
    world: Any, draft: str, officer: Client, submit: Act, decide: Act
) -> None:
    from tests.factories.records import attend, facts_changed

    submit(draft)
    decide(draft, "approve")
    answer = officer.post(f"{draft}dinh-chinh/", {"seen": 1, "reason": ""})
    assert "Hãy ghi lý do đính chính" in answer.content.decode()
    attend(world.training_class, world.people["Dung"], *["present"] * 5)
    facts_changed()
    submit(draft, seen=1, comment="Bổ sung một người")
    html = shown(officer, draft)
    assert "Khác bản đã duyệt (lần 1)" in html
    assert "Bản lần 1 đã duyệt vẫn có hiệu lực" in html


def test_the_second_approver_is_told_who_was_first(
    draft: str, submit: Act, decide: Act, signed_in: Act, world: Any
) -> None:
    from tests.factories.records import make_account

    submit(draft)
    other = signed_in(make_account("lanh-dao-2", "approver"))
    decide(draft, "approve")
    answer = other.post(f"{draft}duyet/", {"seen": 1, "decision": "return", "comment": "Sai"}, follow=True)
    assert "vừa có người khác xử lý trước (duyệt: lanh-dao)" in answer.content.decode()
    assert "Đã duyệt" in answer.content.decode()


def test_who_submitted_is_not_offered_to_approve(
    draft: str, officer: Client, submit: Act, world: Any
) -> None:
    from nhanlucso.access.models import Assignment

    Assignment.objects.create(account=world.officer, role="approver")
    submit(draft)
    html = shown(officer, draft)
    assert "người khác sẽ duyệt" in html
    assert 'value="approve"' not in html


def test_a_viewer_reads_only(draft: str, viewer: Client, submit: Act) -> None:
    html = shown(viewer, draft)
    assert "<textarea" not in html
    assert viewer.post(f"{draft}trinh/", {"seen": 0}).status_code == 403
    submit(draft)
    assert viewer.post(f"{draft}duyet/", {"seen": 1, "decision": "approve"}).status_code == 403


@pytest.mark.parametrize("path", ["", "1/docx/"])
def test_another_unit_is_not_found(draft: str, neighbour: Client, submit: Act, path: str) -> None:
    submit(draft)
    assert neighbour.get(f"{draft}{path}").status_code == 404


def test_words_to_pass_on(draft: str, officer: Client) -> None:
    html = shown(officer, draft)
    assert "Báo cáo 9 tháng năm 2024, Huyện Cũ: Lập báo cáo (can-bo, " in html
    assert f"http://testserver{draft}" in html


def test_a_kept_report_costs_few_queries(
    draft: str, leader: Client, submit: Act, django_assert_max_num_queries: Any
) -> None:
    submit(draft)
    with django_assert_max_num_queries(26):
        shown(leader, draft)


def test_a_draft_costs_few_queries_however_many_units_there_are(
    world: Any, draft: str, officer: Client, django_assert_max_num_queries: Any
) -> None:
    from tests.factories.district import LAST
    from tests.factories.records import facts_changed, make_person, make_unit

    for number in range(12):
        unit = make_unit(f"xa-{number}", f"Xã Số {number}", parent=world.district, end=LAST)
        make_person(f"Lù A {number}", unit)
    facts_changed()
    shown(officer, draft)
    with django_assert_max_num_queries(29):
        shown(officer, draft)
