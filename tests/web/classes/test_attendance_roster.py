"""The roster as a page: found, pasted, copied, taken off; and confirmed by other units."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(world: Any) -> Any:
    """A class of the province with two sessions, to which Ánh and Bình of xã Hòa came."""
    from tests.factories import records as r

    made = r.make_class("Lớp của tỉnh", world.province, date(2025, 9, 1), 2)
    r.attend(made, world.people["Ánh"], "present", "present")
    r.attend(made, world.people["Bình"], "present")
    return made


@pytest.fixture
def hoa(world: Any, signed_in: Any) -> Client:
    from tests.factories.records import make_account

    return signed_in(make_account("xa-hoa", "officer", world.hoa))


def test_people_are_found_and_added(world: Any, officer: Client, held: Any) -> None:
    address = f"/lop-hoc/{held.pk}/danh-sach/"
    whole = officer.get(address, {"q": "dung"}).content.decode()
    part = officer.get(address, {"q": "dung"}, HTTP_HX_REQUEST="true").content.decode()
    assert "Lù A Dung" in part
    assert "<h1" not in part
    assert part.split("csrfmiddlewaretoken")[0].strip() in whole
    html = officer.post(f"{address}them/", {"person": world.people["Dung"].pk}, follow=True)
    assert "Đã thêm 1 người." in html.content.decode()
    assert "Chưa chọn ai" in officer.post(f"{address}them/", {}, follow=True).content.decode()


def test_pasted_names_are_shown_before_anybody_is_added(world: Any, officer: Client, held: Any) -> None:
    from nhanlucso.training.models import Invitation
    from tests.factories import records as r

    twins = [r.make_person("Hoàng Thị Hoa", world.hoa) for _ in range(2)]
    address = f"/lop-hoc/{held.pk}/danh-sach/"
    names = "1. Vàng Seo Chi\n2. Hoàng Thị Hoa\n3. Không Ai Cả\n4. Lý Thị Ánh"
    html = officer.post(f"{address}dan/", {"unit": world.hoa.pk, "names": names}).content.decode()
    assert "nhận ra 1, cần chọn 1, chưa có hồ sơ 1, đã ở trong lớp 1" in html
    assert f"/can-bo/them/?unit={world.hoa.pk}&amp;name=Kh%C3%B4ng%20Ai%20C%E1%BA%A3" in html
    assert not Invitation.objects.exists()
    chosen = {"person": world.people["Chi"].pk, "person-2": twins[1].pk}
    assert "Đã thêm 2 người." in officer.post(f"{address}them/", chosen, follow=True).content.decode()
    assert officer.post(f"{address}dan/", {"unit": world.hoa.pk, "names": " \n"}).status_code == 400
    assert officer.post(f"{address}dan/", {"unit": "x", "names": "A"}).status_code == 404


def test_the_name_of_who_is_unknown_is_filled_in(world: Any, officer: Client) -> None:
    html = officer.get("/can-bo/them/", {"unit": world.hoa.pk, "name": "Không Ai Cả"}).content.decode()
    assert 'value="Không Ai Cả"' in html


def test_copied_and_taken_off(world: Any, officer: Client, held: Any) -> None:
    from tests.factories import records as r

    fresh = r.make_class("Lớp sau", world.province, date(2025, 10, 1))
    address = f"/lop-hoc/{fresh.pk}/danh-sach/"
    html = officer.post(f"{address}lay/", {"class": held.pk}, follow=True).content.decode()
    assert "Đã thêm 2 người." in html
    off = officer.post(f"{address}bo/{world.people['Ánh'].pk}/", follow=True).content.decode()
    assert "Đã bỏ khỏi danh sách." in off
    kept = officer.post(f"/lop-hoc/{held.pk}/danh-sach/bo/{world.people['Ánh'].pk}/", follow=True)
    assert "đã có dấu điểm danh" in kept.content.decode()


def test_only_hosts_change_the_roster(world: Any, hoa: Client, viewer: Client, held: Any) -> None:
    address = f"/lop-hoc/{held.pk}/danh-sach/"
    assert hoa.get(address).status_code == 404
    assert hoa.post(f"{address}them/", {"person": world.people["Dung"].pk}).status_code == 404
    assert viewer.get(address).status_code == 403


def test_a_commune_confirms_and_the_host_sees_it(world: Any, hoa: Client, officer: Client, held: Any) -> None:
    address = f"/lop-hoc/{held.pk}/xac-nhan/"
    html = hoa.get(address).content.decode()
    assert "Lý Thị Ánh" in html
    seen = html.split('name="seen" value="')[1].split('"')[0]
    hoa.post(address, {"state": "confirmed", "note": "Đúng", "seen": seen})
    page = officer.get(f"/lop-hoc/{held.pk}/").content.decode()
    assert "Xác nhận của các đơn vị" in page
    assert "Đã xác nhận" in page
    session = held.sessions.order_by("starts_at")[1].pk
    person = world.people["Bình"].pk
    officer.post(f"/lop-hoc/{held.pk}/diem-danh/{session}/", {f"mark-{person}": "late", f"seen-{person}": ""})
    assert "đã đổi sau khi xác nhận" in officer.get(f"/lop-hoc/{held.pk}/").content.decode()
    again = hoa.post(address, {"state": "confirmed", "seen": seen}).content.decode()
    assert "Điểm danh vừa thay đổi" in again


def test_a_commune_objects_and_the_host_answers(world: Any, hoa: Client, officer: Client, held: Any) -> None:
    from nhanlucso.training.models import RosterObjection

    address = f"/lop-hoc/{held.pk}/xac-nhan/"
    person = world.people["Bình"].pk
    assert "Hãy ghi rõ" in hoa.post(f"{address}{person}/", {"note": ""}, follow=True).content.decode()
    html = hoa.post(f"{address}{person}/", {"note": "Buổi 2 có mặt"}, follow=True).content.decode()
    assert "chờ trả lời" in html
    assert "Buổi 2 có mặt" in officer.get(f"/lop-hoc/{held.pk}/").content.decode()
    answer = f"/lop-hoc/{held.pk}/y-kien/{RosterObjection.objects.get().pk}/"
    assert hoa.post(answer, {"answer": "Đúng"}).status_code == 404
    assert "Hãy ghi trả lời" in officer.post(answer, {"answer": ""}, follow=True).content.decode()
    assert "Đã trả lời." in officer.post(answer, {"answer": "Đã sửa"}, follow=True).content.decode()
    assert "Đã sửa" in hoa.get(address).content.decode()


def test_who_has_nobody_there_confirms_nothing(neighbour: Client, officer: Client, held: Any) -> None:
    assert neighbour.get(f"/lop-hoc/{held.pk}/xac-nhan/").status_code == 404
    assert officer.get(f"/lop-hoc/{held.pk}/xac-nhan/").status_code == 404
