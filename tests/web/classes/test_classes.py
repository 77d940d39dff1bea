"""One class as hosts and others see it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def hoa(world: Any, signed_in: Any) -> Client:
    """An officer of xã Hòa, which xã An became: not the host, but its people came."""
    from tests.factories.records import make_account

    return signed_in(make_account("xa-hoa", "officer", world.hoa))


def invite_all(world: Any) -> None:
    from nhanlucso.kernel.clock import now
    from nhanlucso.kernel.scope import SYSTEM
    from nhanlucso.training.services.invitations import invite

    people = [person.pk for person in world.people.values()]
    invite(training_class=world.training_class, people=people, by=SYSTEM, at=now())


def test_hosts_see_the_whole_roster(world: Any, officer: Client) -> None:
    invite_all(world)
    html = officer.get(f"/lop-hoc/{world.training_class.pk}/").content.decode()
    for words in (
        "Lý Thị Ánh",
        "Trần Văn Bình",
        "Nguyễn Thị Em",
        "5/5",
        "3/5",
        "khoảng 30",
        "08:00–11:00 ngày 04/03/2024",
    ):
        assert words in html
    assert "Đơn vị khác chủ trì" not in html


def test_others_see_the_rows_of_their_own_people(world: Any, hoa: Client) -> None:
    invite_all(world)
    html = hoa.get(f"/lop-hoc/{world.training_class.pk}/").content.decode()
    assert "Đơn vị khác chủ trì" in html
    assert "Lý Thị Ánh" in html
    assert "Nguyễn Thị Em" not in html
    assert "1 người ngoài phạm vi" in html
    assert "Lớp kỹ năng số" in hoa.get("/lop-hoc/").content.decode()


def test_a_host_out_of_reach_is_named_and_no_link(world: Any, hoa: Client) -> None:
    html = hoa.get(f"/lop-hoc/{world.training_class.pk}/").content.decode()
    host = world.training_class.host_unit
    assert f'href="/don-vi/{host.pk}/"' not in html
    assert hoa.get(f"/don-vi/{host.pk}/").status_code == 404


def test_who_has_nobody_there_does_not_find_it(world: Any, neighbour: Client) -> None:
    assert neighbour.get(f"/lop-hoc/{world.training_class.pk}/").status_code == 404
    assert "Chưa có lớp nào" in neighbour.get("/lop-hoc/").content.decode()


def test_people_by_group(world: Any, officer: Client) -> None:
    invite_all(world)
    address = f"/lop-hoc/{world.training_class.pk}/"
    html = officer.get(address).content.decode()
    assert "Mời <strong>5</strong>, đã dự <strong>2</strong>, hoàn thành <strong>1</strong> người." in html
    completed = officer.get(f"{address}?nhom=completed").content.decode()
    assert "Lý Thị Ánh" in completed
    assert "Trần Văn Bình" not in completed
    came = officer.get(f"{address}?nhom=came").content.decode()
    assert "Trần Văn Bình" in came
    assert "Vàng Seo Chi" not in came


def test_what_to_do_next_and_what_is_done(world: Any, officer: Client) -> None:
    html = officer.get(f"/lop-hoc/{world.training_class.pk}/").content.decode()
    last = world.training_class.sessions.order_by("-starts_at")[0]
    assert f'class="btn" href="/lop-hoc/{world.training_class.pk}/diem-danh/{last.pk}/"' in html
    assert html.count("Đã ghi 2 người") == 5


def test_who_may_only_look_is_offered_nothing(world: Any, viewer: Client) -> None:
    html = viewer.get(f"/lop-hoc/{world.training_class.pk}/").content.decode()
    for words in ("Ghi điểm danh", "Mời người", "Thêm buổi", "Ghi số người", ">Sửa<"):
        assert words not in html


def test_the_guest_is_offered_nothing_of_the_host(world: Any, hoa: Client) -> None:
    html = hoa.get(f"/lop-hoc/{world.training_class.pk}/").content.decode()
    for words in ("Ghi điểm danh", "Mời người", "Thêm buổi", ">Sửa<"):
        assert words not in html


def test_queries_do_not_grow_with_the_people(
    world: Any, officer: Client, django_assert_max_num_queries: Any
) -> None:
    from tests.factories.records import attend, make_person

    address = f"/lop-hoc/{world.training_class.pk}/"
    for number in range(130):
        attend(world.training_class, make_person(f"Lý Văn {number}", world.an), "present")
    officer.get(address)
    with django_assert_max_num_queries(28):
        html = officer.get(address).content.decode()
    assert html.count("Vị trí") == 101


def test_the_pages_speak_english(world: Any, officer: Client) -> None:
    officer.cookies["django_language"] = "en"
    html = officer.get(f"/lop-hoc/{world.training_class.pk}/").content.decode()
    assert html.startswith('<!doctype html>\n<html lang="en"')
