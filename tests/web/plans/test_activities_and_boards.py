"""Activities with their partners, steering boards with their seats."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from nhanlucso.plans.models import Activity, Board, BoardMember
from tests.factories import records as r

pytestmark = pytest.mark.django_db


def test_an_activity_is_written_and_corrected(world: Any, plan: Any, officer: Client) -> None:
    form = {"title": "Mở lớp nữa", "lead": world.hoa.pk, "starts_on": "2026-03-01", "ends_on": "2026-09-30"}
    answer = officer.post(f"/ke-hoach/{plan.pk}/nhiem-vu/them/", form)
    made = Activity.objects.get(title="Mở lớp nữa")
    assert answer["Location"] == f"/ke-hoach/nhiem-vu/{made.pk}/"
    page = officer.get(f"/ke-hoach/nhiem-vu/{made.pk}/").content.decode()
    assert "01/03/2026 – 30/09/2026" in page
    assert "Xã Hòa" in page
    address = f"/ke-hoach/nhiem-vu/{made.pk}/sua/"
    assert 'value="2026-03-01"' in officer.get(address).content.decode()
    backwards = officer.post(address, form | {"ends_on": "2026-01-01"}).content.decode()
    assert "Ngày cuối không thể trước ngày đầu." in backwards
    officer.post(address, form | {"title": "Mở lớp khác", "lead": ""})
    made.refresh_from_db()
    assert (made.title, made.lead_unit) == ("Mở lớp khác", None)
    officer.post(f"/ke-hoach/nhiem-vu/{made.pk}/xoa/")
    assert not Activity.objects.filter(pk=made.pk).exists()


def test_partners_are_found_by_name_beyond_the_reach(world: Any, neighbour: Client) -> None:
    from nhanlucso.plans.models import Plan

    own = Plan.objects.create(uid="kh-loc", title="Kế hoạch xã Lộc", issuer_unit=world.loc)
    row = Activity.objects.create(uid="nv-loc", plan=own, title="Lớp chung", lead_unit=world.loc)
    address = f"/ke-hoach/nhiem-vu/{row.pk}/"
    page = neighbour.get(address + "?q=hoa").content.decode()
    assert f'name="add" value="{world.hoa.pk}"' in page
    assert 'name="lead"' not in page  # it lies outside the reach
    neighbour.post(address + "don-vi/", {"add": world.hoa.pk})
    assert list(row.partner_units.all()) == [world.hoa]
    assert f'name="remove" value="{world.hoa.pk}"' in neighbour.get(address).content.decode()
    refused = neighbour.post(address + "don-vi/", {"add": world.loc.pk}, follow=True).content.decode()
    assert "đang chủ trì" in refused
    assert neighbour.post(address + "don-vi/", {"lead": world.hoa.pk}).status_code == 404
    neighbour.post(address + "don-vi/", {"remove": world.hoa.pk})
    assert not row.partner_units.exists()
    assert neighbour.post(address + "don-vi/", {}).status_code == 404
    assert "Không thấy đơn vị nào khác" in neighbour.get(address + "?q=khong-co").content.decode()


def test_another_unit_takes_the_chair(world: Any, plan: Any, officer: Client) -> None:
    row = plan.activities.get()
    officer.post(f"/ke-hoach/nhiem-vu/{row.pk}/don-vi/", {"lead": world.loc.pk})
    row.refresh_from_db()
    assert row.lead_unit == world.loc


def test_an_activity_of_above_is_read_and_not_changed(world: Any, plan: Any, neighbour: Client) -> None:
    address = f"/ke-hoach/nhiem-vu/{plan.activities.get().pk}/"
    page = neighbour.get(address + "?q=hoa").content.decode()
    assert 'name="add"' not in page
    assert neighbour.post(address + "don-vi/", {"add": world.loc.pk}).status_code == 404


def test_a_board_with_its_seats(world: Any, officer: Client) -> None:
    page = officer.get(f"/ke-hoach/?unit={world.province.pk}&period=2026&tree=now").content.decode()
    assert f"/ke-hoach/ban-chi-dao/them/?unit={world.province.pk}" in page
    form = {"name": "Ban Chỉ đạo tỉnh", "standing": world.hoa.pk, "valid_from": "2025-07-01"}
    officer.post(f"/ke-hoach/ban-chi-dao/them/?unit={world.province.pk}", form)
    board = Board.objects.get()
    address = f"/ke-hoach/ban-chi-dao/{board.pk}/"
    person = r.make_person("Hoàng A Páo", world.hoa, title="Chủ tịch")
    assert "Hoàng A Páo" in officer.get(address + "thanh-vien/them/?q=pao").content.decode()
    assert "Không thấy ai" in officer.get(address + "thanh-vien/them/?q=khong-co").content.decode()
    assert "Viết tên người" in officer.get(address + "thanh-vien/them/").content.decode()
    seat = {"role": "head", "valid_from": "2025-07-01"}
    officer.post(f"{address}thanh-vien/them/?person={person.pk}", seat)
    page = officer.get(address).content.decode()
    for words in ("Xã Hòa", "Hoàng A Páo", "Trưởng ban", "Chủ tịch", "từ 01/07/2025"):
        assert words in page
    twice = officer.post(f"{address}thanh-vien/them/?person={person.pk}", seat | {"role": "member"})
    assert "đã ở trong ban" in twice.content.decode()
    member = BoardMember.objects.get()
    change = f"/ke-hoach/ban-chi-dao/thanh-vien/{member.pk}/"
    assert 'value="2025-07-01"' in officer.get(change + "sua/").content.decode()
    officer.post(change + "sua/", seat | {"valid_to": "2026-01-31"})
    member.refresh_from_db()
    assert member.valid_to == date(2026, 1, 31)
    assert "Ban này có thành viên" in officer.post(address + "xoa/").content.decode()
    assert "để giữ lịch sử" in officer.get(change + "xoa/").content.decode()
    officer.post(change + "xoa/")
    officer.post(address + "sua/", form | {"name": "Ban khác"})
    assert "Ban khác" in officer.get(address).content.decode()
    officer.post(address + "xoa/")
    assert not Board.objects.exists()


def test_who_may_not(world: Any, viewer: Client, neighbour: Client) -> None:
    board = Board.objects.create(uid="b", unit=world.province, name="Ban Chỉ đạo tỉnh")
    person = r.make_person("Hoàng A Páo", world.hoa)
    seat = BoardMember.objects.create(board=board, person=person)
    page = neighbour.get(f"/ke-hoach/ban-chi-dao/{board.pk}/").content.decode()
    assert "Hoàng A Páo" not in page
    assert "Và 1 người ngoài phạm vi." in page
    assert neighbour.get(f"/ke-hoach/ban-chi-dao/{board.pk}/sua/").status_code == 404
    assert neighbour.get(f"/ke-hoach/ban-chi-dao/thanh-vien/{seat.pk}/xoa/").status_code == 404
    assert viewer.get(f"/ke-hoach/ban-chi-dao/{board.pk}/sua/").status_code == 403
    assert neighbour.get(f"/ke-hoach/ban-chi-dao/them/?unit={world.province.pk}").status_code == 404
