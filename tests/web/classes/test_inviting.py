"""Looking for people, inviting them, taking it back; papers of the class."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.factories.records import make_account, make_class, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(world: Any) -> Any:
    return make_class("Lớp", world.hoa, date(2025, 9, 1))


@pytest.fixture
def hoa(world: Any, signed_in: Any) -> Client:
    return signed_in(make_account("xa-hoa", "officer", world.hoa))


def names(held: Any) -> set[str]:
    return set(held.invitations.values_list("person__full_name", flat=True))


def test_people_are_found_and_asked(world: Any, held: Any, hoa: Client) -> None:
    address = f"/lop-hoc/{held.pk}/moi/?q=anh"
    html = hoa.get(address).content.decode()
    assert "Lý Thị Ánh" in html
    assert "Lù A Dung" not in html
    done = hoa.post(address, {"person": [world.people["Ánh"].pk]}, follow=True).content.decode()
    assert "Đã mời 1 người." in done
    assert "Đã mời</span>" in done
    assert names(held) == {"Lý Thị Ánh"}


def test_a_whole_unit_at_once(world: Any, held: Any, hoa: Client) -> None:
    address = f"/lop-hoc/{held.pk}/moi/?unit={world.hoa.pk}"
    assert "Mời cả 4 người" in hoa.get(address).content.decode()
    hoa.post(address, {"all": "1"})
    assert len(names(held)) == 4
    again = hoa.post(address, {"all": "1"}, follow=True).content.decode()
    assert "Đã mời 0 người; 4 người đã có" in again


def test_one_is_taken_off(world: Any, held: Any, hoa: Client) -> None:
    hoa.post(f"/lop-hoc/{held.pk}/moi/?unit={world.hoa.pk}", {"all": "1"})
    done = hoa.post(f"/lop-hoc/{held.pk}/moi/bo/?q=anh", {"person": [world.people["Ánh"].pk]}, follow=True)
    assert done.redirect_chain == [(f"/lop-hoc/{held.pk}/moi/?q=anh", 302)]
    assert "Đã bỏ mời 1 người." in done.content.decode()
    assert "Lý Thị Ánh" not in names(held)


def test_nobody_is_no_list(held: Any, hoa: Client) -> None:
    assert hoa.post(f"/lop-hoc/{held.pk}/moi/?q=anh", {}).status_code == 400


def test_nobody_found_says_so(held: Any, hoa: Client) -> None:
    assert "Không tìm thấy ai" in hoa.get(f"/lop-hoc/{held.pk}/moi/?q=zzz").content.decode()
    assert "Gõ tên" in hoa.get(f"/lop-hoc/{held.pk}/moi/").content.decode()


def test_out_of_reach(world: Any, held: Any, hoa: Client, neighbour: Client, viewer: Client) -> None:
    assert neighbour.get(f"/lop-hoc/{held.pk}/moi/").status_code == 404
    assert neighbour.post(f"/lop-hoc/{held.pk}/moi/bo/", {"person": ["1"]}).status_code == 404
    assert viewer.get(f"/lop-hoc/{held.pk}/moi/").status_code == 403
    assert hoa.get(f"/lop-hoc/{held.pk}/moi/?unit={world.loc.pk}").status_code == 404
    stranger = make_person("Người Khác", world.loc)
    assert hoa.post(f"/lop-hoc/{held.pk}/moi/?q=a", {"person": [stranger.pk]}).status_code == 404


def test_few_queries_whoever_is_there(
    world: Any, held: Any, hoa: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        make_person(f"Lý Văn {number}", world.hoa)
    hoa.post(f"/lop-hoc/{held.pk}/moi/?unit={world.hoa.pk}", {"all": "1"})
    with django_assert_max_num_queries(26):
        html = hoa.get(f"/lop-hoc/{held.pk}/moi/?unit={world.hoa.pk}").content.decode()
    assert "64 người" in html


def rows(response: Any) -> list[Any]:
    return [row for row in load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True)]


def test_the_invitation_list_as_a_file_and_on_record(world: Any, held: Any, hoa: Client) -> None:
    from nhanlucso.audit.models import Event

    assert hoa.post(f"/lop-hoc/{held.pk}/danh-sach-moi/?format=xlsx").status_code == 400, "nobody is invited"
    hoa.post(f"/lop-hoc/{held.pk}/moi/?unit={world.hoa.pk}", {"all": "1"})
    found = rows(hoa.post(f"/lop-hoc/{held.pk}/danh-sach-moi/?format=xlsx"))
    assert [row[1] for row in found if isinstance(row[0], int)] == [
        "Lý Thị Ánh", "Trần Văn Bình", "Vàng Seo Chi", "Lù A Dung",
    ]  # fmt: skip
    event = Event.objects.get(verb="list.export")
    assert (event.count, event.object_id) == (4, held.uid)


def test_results_as_a_file(world: Any, held: Any, officer: Client) -> None:
    assert officer.post(f"/lop-hoc/{held.pk}/ket-qua/?format=xlsx").status_code == 400, "nobody came yet"
    found = rows(officer.post(f"/lop-hoc/{world.training_class.pk}/ket-qua/?format=xlsx"))
    assert [(row[1], row[4], row[6]) for row in found if isinstance(row[0], int)] == [
        ("Lý Thị Ánh", 5, "Hoàn thành"),
        ("Trần Văn Bình", 3, "Chưa hoàn thành"),
    ]


def test_a_sheet_to_sign(world: Any, held: Any, hoa: Client, viewer: Client) -> None:
    from nhanlucso.audit.models import Event

    hoa.post(f"/lop-hoc/{held.pk}/moi/?unit={world.hoa.pk}", {"all": "1"})
    address = f"/lop-hoc/{held.pk}/buoi/{held.sessions.get().pk}/ky/"
    assert hoa.post(address).content.startswith(b"%PDF")
    assert Event.objects.get(verb="sign_sheet.print").count == 4
    assert viewer.post(address).status_code == 403
