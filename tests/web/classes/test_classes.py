"""The list of classes, and one class as hosts and others see it."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

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


def test_the_list_says_what_stands_behind_each(world: Any, officer: Client) -> None:
    html = officer.get("/lop-hoc/").content.decode()
    for words in ("Lớp kỹ năng số", "Lớp tập huấn", "Huyện Cũ", "04/03/2024"):
        assert words in html


def test_queries_do_not_grow_with_the_classes(
    world: Any, officer: Client, django_assert_max_num_queries: Any
) -> None:
    from tests.factories.records import make_class

    for number in range(60):
        make_class(f"Lớp {number}", world.district, date(2024, 5, 6))
    officer.get("/lop-hoc/")
    with django_assert_max_num_queries(15):
        html = officer.get("/lop-hoc/").content.decode()
    assert html.count("<tr>") == 51


def test_hosts_see_the_whole_roster(world: Any, officer: Client) -> None:
    invite_all(world)
    html = officer.get(f"/lop-hoc/{world.training_class.pk}/").content.decode()
    for words in ("Lý Thị Ánh", "Trần Văn Bình", "Nguyễn Thị Em", "5/5", "3/5", "khoảng 30", "08:00–11:00"):
        assert words in html
    assert "Đơn vị khác chủ trì" not in html


def test_others_see_the_rows_of_their_own_people(world: Any, hoa: Client) -> None:
    invite_all(world)
    html = hoa.get(f"/lop-hoc/{world.training_class.pk}/").content.decode()
    assert "Đơn vị khác chủ trì" in html
    assert "Lý Thị Ánh" in html
    assert "Nguyễn Thị Em" not in html
    assert "Và 1 người ngoài phạm vi" in html
    assert "Lớp kỹ năng số" in hoa.get("/lop-hoc/").content.decode()


def test_who_has_nobody_there_does_not_find_it(world: Any, neighbour: Client) -> None:
    assert neighbour.get(f"/lop-hoc/{world.training_class.pk}/").status_code == 404
    assert "Chưa có lớp nào" in neighbour.get("/lop-hoc/").content.decode()


def test_the_invitation_list_goes_into_a_spreadsheet_and_on_record(world: Any, hoa: Client) -> None:
    from nhanlucso.audit.models import Event

    invite_all(world)
    response = hoa.post(f"/lop-hoc/{world.training_class.pk}/danh-sach-moi/xlsx/")
    rows = list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))
    names = [row[1] for row in rows if isinstance(row[0], int)]
    assert names == ["Lý Thị Ánh", "Trần Văn Bình", "Vàng Seo Chi", "Lù A Dung"]
    assert Event.objects.get(verb="invitations.export").count == 4


def test_an_empty_invitation_list_is_refused(world: Any, officer: Client) -> None:
    response = officer.post(f"/lop-hoc/{world.training_class.pk}/danh-sach-moi/xlsx/")
    assert response.status_code == 400


def test_the_pages_speak_english(world: Any, officer: Client) -> None:
    officer.cookies["django_language"] = "en"
    html = officer.get(f"/lop-hoc/{world.training_class.pk}/").content.decode()
    assert "Attendance" in html
    assert "Điểm danh" not in html
