"""From draft to acceptance, a late correction, and what differs from what is published."""

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


@pytest.fixture
def above(world: Any, signed_in: Callable[[Any], Client]) -> Client:
    """The leader of the district's heir, the new province, when the district has a leader of its own."""
    from tests.factories.records import make_account

    return signed_in(make_account("lanh-dao-tinh", "approver"))


def late(world: Any) -> None:
    from tests.factories.records import attend, facts_changed

    attend(world.training_class, world.people["Dung"], *["present"] * 5)
    facts_changed()


def test_the_check_says_what_is_missing_and_what_moved(draft: str, officer: Client, check: Act) -> None:
    html = shown(officer, f"{draft}kiem-tra/")
    assert "3 người chưa được phổ cập kỹ năng số cơ bản." in html
    assert "9 tháng năm 2023, theo hồ sơ hôm nay" in html
    assert "Lượt tham gia tập huấn" in html
    assert 'href="#trinh"' not in shown(officer, draft)
    assert "Đã ghi bước kiểm tra" in check(draft).content.decode()
    assert 'href="#trinh"' in shown(officer, draft)


def test_what_moved_after_the_check_is_checked_again(
    world: Any, draft: str, officer: Client, check: Act
) -> None:
    check(draft)
    late(world)
    html = shown(officer, draft)
    assert "Số liệu đã thay đổi từ lúc kiểm tra" in html
    assert "Kiểm tra lại" in html
    assert 'id="trinh"' not in html


def test_figures_that_moved_while_they_were_read_are_shown_anew(
    world: Any, draft: str, officer: Client
) -> None:
    answer = officer.post(f"{draft}kiem-tra/", {"seen": 0, "figures": "others"}, follow=True)
    assert "Số liệu vừa thay đổi" in answer.content.decode()
    assert answer.redirect_chain[-1][0].endswith("/kiem-tra/")


def test_what_was_not_checked_is_not_submitted(draft: str, officer: Client) -> None:
    answer = officer.post(f"{draft}trinh/", {"seen": 0, "comment": ""}, follow=True)
    assert "Hãy kiểm tra số liệu trước khi trình." in answer.content.decode()


def test_the_level_above_takes_over_what_the_leader_approved(
    world: Any, draft: str, officer: Client, leader: Client, submit: Act, decide: Act
) -> None:
    submit(draft)
    assert "Đơn vị chưa có ai được giao duyệt: đang chờ cấp trên duyệt." in shown(officer, draft)
    decide(draft, "approve")
    assert "Đang chờ cấp trên tiếp nhận." in shown(officer, draft)
    assert "Chờ tiếp nhận: báo cáo 9 tháng" in shown(leader, "/")
    assert "Chờ tôi tiếp nhận" in shown(leader, "/bao-cao/")
    assert 'id="tiep-nhan"' in shown(leader, draft)
    answer = leader.post(f"{draft}tiep-nhan/", {"seen": 1, "decision": "approve", "comment": ""}, follow=True)
    assert "Đã tiếp nhận báo cáo." in answer.content.decode()
    assert "Chờ tiếp nhận" not in shown(leader, "/")


def test_sent_back_from_above_what_was_approved_stays(
    world: Any, draft: str, leader: Client, officer: Client, submit: Act, decide: Act
) -> None:
    submit(draft)
    decide(draft, "approve")
    wrong = leader.post(f"{draft}tiep-nhan/", {"seen": 1, "decision": "return", "comment": ""})
    assert "Hãy ghi lý do trả lại" in wrong.content.decode()
    leader.post(f"{draft}tiep-nhan/", {"seen": 1, "decision": "return", "comment": "Thiếu xã Bình"})
    html = shown(officer, draft)
    assert "Thiếu xã Bình" in html
    assert "Cấp trên trả lại" in html
    assert "Bỏ bản đính chính" not in html
    assert "Số liệu kỳ này đã chốt" in shown(officer, f"/chi-so/?unit={world.district.pk}&period=2024-9M")


def test_a_correction_that_was_begun_may_be_given_up(
    world: Any, draft: str, officer: Client, submit: Act, decide: Act
) -> None:
    submit(draft)
    decide(draft, "approve")
    opened = officer.post(f"{draft}dinh-chinh/", {"seen": 1, "reason": "Danh sách đến muộn"}, follow=True)
    assert "Đang đính chính" in opened.content.decode()
    dropped = officer.post(f"{draft}bo-dinh-chinh/", follow=True).content.decode()
    assert "Báo cáo vẫn như đã duyệt." in dropped
    again = officer.post(f"{draft}bo-dinh-chinh/", follow=True).content.decode()
    assert "Không có bản đính chính nào" in again


def test_pages_of_figures_say_what_is_published(
    world: Any, draft: str, officer: Client, submit: Act, decide: Act
) -> None:
    words = f"unit={world.district.pk}&period=2024-9M"
    assert "Đã chốt" not in shown(officer, f"/chi-so/training.persons/?{words}")
    submit(draft)
    decide(draft, "approve")
    assert "Hồ sơ hôm nay vẫn vậy." in shown(officer, f"/chi-so/training.persons/?{words}")
    late(world)
    html = shown(officer, f"/chi-so/training.persons/?{words}")
    assert "Theo hồ sơ hôm nay: hơn 3" in html
    assert f"{draft}sai-khac/" in html
    assert "số đã khác" in shown(officer, f"/chi-so/?{words}")


def test_differences_open_to_the_people_inside_the_scope(
    world: Any, draft: str, officer: Client, submit: Act, decide: Act
) -> None:
    submit(draft)
    assert officer.get(f"{draft}sai-khac/").status_code == 404
    decide(draft, "approve")
    assert "Không có số liệu nào khác." in shown(officer, f"{draft}sai-khac/")
    late(world)
    html = shown(officer, f"{draft}sai-khac/")
    assert f'/can-bo/{world.people["Dung"].pk}/">Lù A Dung</a>' in html
    assert "Điểm danh ghi thêm «Lớp kỹ năng số»" in html
    assert "1 vào, 0 ra" in html
    answer = officer.post(f"{draft}sai-khac/tai/", {"form": "xlsx"})
    assert answer.status_code == 200


def test_the_note_of_a_correction_stays_as_it_was(
    world: Any, draft: str, officer: Client, neighbour: Client, submit: Act, decide: Act
) -> None:
    submit(draft)
    decide(draft, "approve")
    late(world)
    submit(draft, seen=1, comment="Bổ sung một người")
    decide(draft, "approve", seen=2)
    from tests.factories.records import facts_changed

    world.people["Dung"].delete()
    facts_changed()
    html = shown(officer, draft)
    assert "Bản này đã thay bản lần 1." in html
    assert f'href="{draft}2/sai-khac/"' in html
    html = shown(officer, f"{draft}2/sai-khac/")
    assert "Bản lần 2 so với bản lần 1 đã duyệt." in html
    assert "Bổ sung một người" in html
    assert "Lù A Dung" not in html
    assert officer.get(f"{draft}1/sai-khac/").status_code == 404
    assert neighbour.get(f"{draft}2/sai-khac/").status_code == 404


def test_differences_cost_few_queries_however_many_people_make_them(
    world: Any, draft: str, officer: Client, submit: Act, decide: Act, django_assert_max_num_queries: Any
) -> None:
    from tests.factories.records import attend, facts_changed, make_person

    submit(draft)
    decide(draft, "approve")
    for number in range(12):
        attend(world.training_class, make_person(f"Sùng A {number}", world.an), *["present"] * 5)
    facts_changed()
    shown(officer, f"{draft}sai-khac/")
    with django_assert_max_num_queries(120):
        shown(officer, f"{draft}sai-khac/")


def test_what_is_being_submitted_says_so(world: Any, draft: str, officer: Client, check: Act) -> None:
    check(draft)
    job = officer.post(f"{draft}trinh/", {"seen": 0, "comment": ""}).headers["Location"]
    html = shown(officer, draft)
    assert "Báo cáo đang được trình." in html
    assert f'href="{job}"' in html


def test_an_indicator_composed_since_changes_nothing_of_what_was_submitted(
    world: Any, draft: str, officer: Client, submit: Act
) -> None:
    from nhanlucso.indicators.catalogue import STAFF
    from nhanlucso.indicators.enums import Measure
    from nhanlucso.indicators.own import services as own
    from nhanlucso.indicators.own.rules import Parts
    from nhanlucso.kernel.clock import now
    from nhanlucso.kernel.scope import SYSTEM
    from tests.factories.records import facts_changed

    submit(draft)
    data = own.OwnData("Người giữ vị trí", Parts(Measure.PERSONS, STAFF))
    own.begin_indicator(slug="moi", data=data, by=SYSTEM, at=now())
    own.publish(slug="moi", valid_from=None, by=SYSTEM, at=now())
    own.set_reported(slug="moi", reported=True, by=SYSTEM, at=now())
    facts_changed()
    assert "Số liệu hiện nay vẫn như khi trình." in shown(officer, draft)


def test_a_reason_is_asked_for_before_a_correction_begins(
    world: Any, draft: str, officer: Client, submit: Act, decide: Act
) -> None:
    submit(draft)
    decide(draft, "approve")
    html = officer.post(f"{draft}dinh-chinh/", {"seen": 1, "reason": " "}).content.decode()
    assert "Hãy ghi lý do đính chính" in html
    assert "Lý do đính chính</label>" in html.replace("\n", "")
