"""Making a class on one page, like last time, and changing it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.factories.records import make_class

pytestmark = pytest.mark.django_db


def form(world: Any, **changed: Any) -> dict[str, Any]:
    return {
        "key": "abcdefgh2345",
        "title": "Lớp mới",
        "form": "class",
        "mode": "in_person",
        "host_unit": str(world.hoa.pk),
        "buoi-TOTAL_FORMS": "1",
        "buoi-INITIAL_FORMS": "1",
        "buoi-0-day": "2025-09-01",
        "buoi-0-starts": "08:00",
        "buoi-0-ends": "11:30",
        "buoi-0-place": "Hội trường",
        **changed,
    }


def made() -> Any:
    from nhanlucso.training.models import TrainingClass

    return TrainingClass.objects.get(uid="abcdefgh2345")


def test_one_page_and_on_to_the_attendance(world: Any, officer: Client) -> None:
    response = officer.post("/lop-hoc/them/", form(world), follow=True)
    session = made().sessions.get()
    assert response.redirect_chain == [(f"/lop-hoc/{made().pk}/", 302)]
    html = response.content.decode()
    assert "Đã mở lớp «Lớp mới»." in html
    assert f'href="/lop-hoc/{made().pk}/diem-danh/{session.pk}/"' in html


def test_sent_twice_it_is_one_class(world: Any, officer: Client) -> None:
    for _ in range(2):
        assert officer.post("/lop-hoc/them/", form(world)).status_code == 302
    assert made().sessions.count() == 1


def test_it_begins_with_what_is_usual(world: Any, officer: Client) -> None:
    make_class("Trước", world.hoa, date(2025, 9, 1)).sessions.update(place="Nhà văn hóa")
    html = officer.get("/lop-hoc/them/").content.decode()
    for words in ('value="08:00"', 'value="11:30"', 'value="Nhà văn hóa"'):
        assert words in html


def test_everything_that_is_seldom_asked(world: Any, officer: Client) -> None:
    seldom = {
        "co_hosts": [str(world.loc.pk)],
        "round": "Đợt 2",
        "capacity": "40",
        "new_title": "Khóa mới",
        "new_counts": ["basic_digital_skills"],
        "new_delivery": "class",
        "new_periods": "8",
    }
    assert officer.post("/lop-hoc/them/", form(world, **seldom)).status_code == 302
    held = made()
    assert (held.round, held.capacity, list(held.co_host_units.all())) == ("Đợt 2", 40, [world.loc])
    assert (held.course.title, held.course.counts_basic_digital_skills, held.course.periods) == (
        "Khóa mới",
        True,
        8,
    )


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": " "}, "Hãy ghi tên lớp."),
        ({"buoi-0-day": ""}, "Hãy ghi ngày."),
        ({"buoi-0-day": "2025-02-31"}, "Ngày này không có."),
        ({"buoi-0-starts": ""}, "Hãy ghi giờ."),
        ({"buoi-0-ends": "07:00"}, "Buổi học phải kết thúc sau khi bắt đầu."),
        ({"host_unit": "999999"}, "Chọn đơn vị chủ trì trong danh sách."),
        ({"buoi-0-day": "2020-01-06"}, "không có hiệu lực vào ngày học"),
        ({"capacity": "nhiều"}, "Viết một số tròn"),
        ({"new_title": "Kỹ năng số cơ bản"}, "Đã có khóa học"),
        ({"tim": "loc"}, "Chọn đơn vị vừa tìm «loc», hoặc xóa ô tìm."),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_above(
    world: Any, officer: Client, changed: dict[str, str], words: str
) -> None:
    from nhanlucso.training.models import TrainingClass

    response = officer.post("/lop-hoc/them/", form(world, **changed))
    html = response.content.decode()
    assert response.status_code == 200
    assert "Có chỗ cần sửa" in html
    assert html.count(words) == 2
    assert not TrainingClass.objects.filter(uid="abcdefgh2345").exists()


def test_two_sessions_at_once_are_told(world: Any, officer: Client) -> None:
    second = {f"buoi-1-{name}": form(world)[f"buoi-0-{name}"] for name in ("day", "starts", "ends", "place")}
    html = officer.post("/lop-hoc/them/", form(world, **second, **{"buoi-TOTAL_FORMS": "2"})).content.decode()
    assert "Hai buổi học của lớp trùng giờ nhau." in html


def test_a_row_more_and_a_row_less_without_storing(world: Any, officer: Client) -> None:
    html = officer.post("/lop-hoc/them/", form(world, do="more")).content.decode()
    assert 'name="buoi-1-day" value="2025-09-02"' in html
    assert 'value="Lớp mới"' in html
    both = form(world, do="drop-0", **{"buoi-TOTAL_FORMS": "2", "buoi-1-day": "2025-09-09"})
    html = officer.post("/lop-hoc/them/", both).content.decode()
    assert 'name="buoi-0-day" value="2025-09-09"' in html
    assert "buoi-1-day" not in html


def test_units_are_found_beyond_ones_reach(world: Any, neighbour: Client) -> None:
    html = neighbour.post("/lop-hoc/them/", form(world, do="find", tim="hoa")).content.decode()
    assert f'name="co_hosts" value="{world.hoa.pk}"' in html
    assert "Tỉnh Mới" in html
    none = neighbour.post("/lop-hoc/them/", form(world, do="find", tim="zzz")).content.decode()
    assert "Không có đơn vị nào khác tên «zzz»." in none


def test_like_last_time_asks_for_the_day(world: Any, officer: Client) -> None:
    from nhanlucso.training.models import Invitation

    earlier = make_class("Hằng tháng", world.hoa, date(2025, 9, 1), 2)
    earlier.sessions.update(place="Nhà văn hóa")
    earlier.co_host_units.add(world.loc)
    Invitation.objects.create(training_class=earlier, person=world.people["Ánh"])
    address = f"/lop-hoc/them/?nhu={earlier.pk}"
    html = officer.get(address).content.decode()
    for words in (
        'value="Hằng tháng"',
        "1 ngày sau buổi đầu, 08:00–11:00, Nhà văn hóa",
        "Mời lại 1 người",
        'value="Nhà văn hóa"',
    ):
        assert words in html
    assert re.search(r'name="buoi-0-day"(?! value)', html)
    sent = form(
        world,
        again="on",
        co_hosts=[str(world.loc.pk)],
        **{"buoi-TOTAL_FORMS": "2", "buoi-0-day": "2025-10-06", "buoi-0-gap": ""},
        **{"buoi-1-day": "", "buoi-1-starts": "08:00", "buoi-1-ends": "11:00", "buoi-1-gap": "1"},
    )
    response = officer.post(address, sent, follow=True)
    assert "Đã mời lại 1 người." in response.content.decode()
    days = [f"{session.starts_at:%Y-%m-%d}" for session in made().sessions.order_by("starts_at")]
    assert days == ["2025-10-06", "2025-10-07"]
    assert made().invitations.get().person == world.people["Ánh"]


def test_the_list_of_last_time_is_a_choice(world: Any, officer: Client) -> None:
    address = f"/lop-hoc/them/?nhu={world.training_class.pk}"
    assert officer.post(address, form(world)).status_code == 302
    assert not made().invitations.exists()


def test_a_class_of_an_ended_unit_goes_on_with_its_heir(world: Any, officer: Client) -> None:
    html = officer.get(f"/lop-hoc/them/?nhu={world.training_class.pk}").content.decode()
    assert f'<option value="{world.province.pk}" selected>' in html


def test_the_class_of_others_is_no_model(world: Any, neighbour: Client) -> None:
    assert neighbour.get(f"/lop-hoc/them/?nhu={world.training_class.pk}").status_code == 404
    assert neighbour.get("/lop-hoc/them/?nhu=x").status_code == 404


def test_a_change_keeps_the_rest(world: Any, officer: Client) -> None:
    held = make_class("Cũ", world.hoa, date(2025, 9, 1))
    address = f"/lop-hoc/{held.pk}/sua/"
    assert 'value="Cũ"' in officer.get(address).content.decode()
    response = officer.post(address, form(world, co_hosts=[str(world.loc.pk)]), follow=True)
    assert "Đã sửa lớp." in response.content.decode()
    held.refresh_from_db()
    assert (held.title, held.sessions.count(), held.co_host_units.get()) == ("Lớp mới", 1, world.loc)
    refused = officer.post(address, form(world, title="")).content.decode()
    assert refused.count("Hãy ghi tên lớp.") == 2
    found = officer.post(address, form(world, do="find", tim="lộc")).content.decode()
    assert f'value="{world.loc.pk}"' in found


def test_who_may_not_is_refused(world: Any, viewer: Client, neighbour: Client) -> None:
    held = make_class("Cũ", world.hoa, date(2025, 9, 1))
    assert viewer.get("/lop-hoc/them/").status_code == 403
    assert viewer.post(f"/lop-hoc/{held.pk}/sua/", form(world)).status_code == 403
    assert neighbour.get(f"/lop-hoc/{held.pk}/sua/").status_code == 404


def test_a_page_of_few_queries(world: Any, officer: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(40):
        make_class(f"Lớp {number}", world.hoa, date(2025, 9, 1))
    officer.get("/lop-hoc/them/")
    with django_assert_max_num_queries(16):
        officer.get("/lop-hoc/them/")


def test_an_equal_class_is_asked_about_before_there_is_another(world: Any, officer: Client) -> None:
    officer.post("/lop-hoc/them/", form(world))
    another = form(world, key="zzzzzzzz2345", title="LỚP MỚI")
    html = officer.post("/lop-hoc/them/", another).content.decode()
    assert "Đã có lớp giống hệt" in html
    assert f'href="/lop-hoc/{made().pk}/"' in html
    assert 'name="anyway"' in html
    assert type(made()).objects.filter(host_unit=world.hoa).count() == 1
    assert officer.post("/lop-hoc/them/", another | {"anyway": "1"}).status_code == 302
    assert type(made()).objects.filter(host_unit=world.hoa).count() == 2


@pytest.mark.parametrize(
    "other",
    [{"title": "Lớp khác"}, {"buoi-0-day": "2025-09-02"}, {"buoi-0-starts": "13:30", "buoi-0-ends": ""}],
)
def test_a_class_that_differs_is_not_asked_about(world: Any, officer: Client, other: dict[str, str]) -> None:
    officer.post("/lop-hoc/them/", form(world))
    assert officer.post("/lop-hoc/them/", form(world, key="zzzzzzzz2345", **other)).status_code == 302


def test_seats_are_told_in_words_of_our_own(world: Any, officer: Client) -> None:
    for written, words in (
        ("-5", "Ít nhất là 1."),
        ("200.000", "Nhiều nhất là 100.000."),
        ("92,5", "Viết một số tròn"),
    ):
        html = officer.post("/lop-hoc/them/", form(world, capacity=written)).content.decode()
        assert f"Số chỗ: {words}" in html
    assert officer.post("/lop-hoc/them/", form(world, capacity="1 120")).status_code == 302
    assert made().capacity == 1_120


def test_the_place_of_last_time_bears_no_name_that_is_gone(world: Any, officer: Client) -> None:
    like = make_class("Trước", world.hoa, date(2025, 9, 1), sessions=2)
    like.sessions.update(place="Hội trường UBND xã An")
    html = officer.get(f"/lop-hoc/them/?nhu={like.pk}").content.decode()
    assert "Hội trường UBND xã An" not in html
    like.sessions.update(place="Hội trường UBND xã Hòa")
    assert "Hội trường UBND xã Hòa" in officer.get(f"/lop-hoc/them/?nhu={like.pk}").content.decode()
