"""Pages that write people and posts."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from nhanlucso.people.models import Person, Post
from tests.factories import records as r

pytestmark = pytest.mark.django_db
PERSON = {"full_name": "Giàng Thị Mỷ", "birth": "15/12/1990", "sex": "f"}
POST = {"title": "Công chức", "category": "civil_servant", "duties": ["dt_concurrent"], "is_main": "on"}


def test_a_person_is_added_where_one_stands(world: Any, officer: Client) -> None:
    address = f"/can-bo/them/?unit={world.hoa.pk}"
    assert "Xã Hòa, Tỉnh Mới" in officer.get(address).content.decode()
    answer = officer.post(address, PERSON | POST, follow=True)
    made = Person.objects.get(full_name="Giàng Thị Mỷ")
    assert answer.redirect_chain == [(f"/can-bo/{made.pk}/", 302)]
    assert "Đã thêm Giàng Thị Mỷ." in answer.content.decode()
    assert made.posts.get().dt_concurrent


def test_a_name_has_letters(world: Any, officer: Client) -> None:
    wrong = PERSON | POST | {"full_name": "12345"}
    for address in (f"/can-bo/them/?unit={world.hoa.pk}", f"/can-bo/{world.people['Ánh'].pk}/sua/"):
        assert "Họ và tên phải có chữ." in officer.post(address, wrong).content.decode()
    assert not Person.objects.filter(full_name="12345").exists()


def test_the_unit_is_chosen_first(world: Any, officer: Client, neighbour: Client) -> None:
    page = officer.get("/can-bo/them/").content.decode()
    assert f"?unit={world.province.pk}" in page
    assert f"?below={world.province.pk}" in page
    assert f"?unit={world.hoa.pk}" in officer.get(f"/can-bo/them/?below={world.province.pk}").content.decode()
    assert f"?unit={world.loc.pk}" in officer.get("/can-bo/them/?q=loc").content.decode()
    assert f"?unit={world.hoa.pk}" in officer.get("/can-bo/them/?q=xa an").content.decode()  # its old name
    assert "Không thấy đơn vị nào" in officer.get("/can-bo/them/?q=khong-co").content.decode()
    assert 'name="full_name"' in neighbour.get("/can-bo/them/").content.decode()


def test_errors_stand_above_and_at_the_field_and_what_was_written_stays(world: Any, officer: Client) -> None:
    wrong = {"full_name": "", "birth": "31/02/1985", "phone": "12", "national_id": "1", "title": "Công chức"}
    page = officer.post(f"/can-bo/them/?unit={world.hoa.pk}", wrong).content.decode()
    assert "Có chỗ cần sửa" in page
    assert 'href="#id_full_name"' in page
    for words in ("Hãy ghi họ và tên.", "Ngày này không có", "8 đến 12 chữ số", "12 chữ số", "Hãy chọn một"):
        assert words in page
    assert 'value="31/02/1985"' in page
    assert not Person.objects.filter(birth="31/02/1985").exists()


def test_a_refusal_stands_on_the_form(world: Any, officer: Client) -> None:
    late = PERSON | POST | {"valid_from": "2025-07-01"}
    page = officer.post(f"/can-bo/them/?unit={world.an.pk}", late).content.decode()
    assert "Đơn vị không có hiệu lực vào ngày đầu" in page


def test_information_is_corrected(world: Any, officer: Client) -> None:
    person = world.people["Ánh"]
    assert 'value="Lý Thị Ánh"' in officer.get(f"/can-bo/{person.pk}/sua/").content.decode()
    officer.post(f"/can-bo/{person.pk}/sua/", {"full_name": "Lý Thị Ảnh", "national_id": "010085123456"})
    person.refresh_from_db()
    assert person.full_name == "Lý Thị Ảnh"
    assert "•••456" in officer.get(f"/can-bo/{person.pk}/sua/").content.decode()


def test_posts_begin_and_end(world: Any, officer: Client) -> None:
    person = world.people["Ánh"]
    officer.post(f"/can-bo/{person.pk}/them-vi-tri/?unit={world.hoa.pk}", POST | {"valid_from": "2025-07-01"})
    post = person.posts.get(unit=world.hoa)
    page = officer.post(f"/can-bo/vi-tri/{post.pk}/ket-thuc/", {"last_day": "2025-06-30"}).content.decode()
    assert "không thể trước" in page
    assert officer.post(f"/can-bo/vi-tri/{post.pk}/ket-thuc/", {"last_day": "2026-06-30"}).status_code == 302
    post.refresh_from_db()
    assert str(post.valid_to) == "2026-06-30"


def test_an_officer_changes_nobody_of_others(world: Any, neighbour: Client) -> None:
    person, posts = world.people["Ánh"], Post.objects.count()
    for address in (
        f"/can-bo/{person.pk}/sua/",
        f"/can-bo/{person.pk}/them-vi-tri/",
        f"/can-bo/vi-tri/{person.posts.get().pk}/ket-thuc/",
        f"/can-bo/them/?unit={world.hoa.pk}",
    ):
        assert neighbour.get(address).status_code == 404
        assert neighbour.post(address, PERSON | POST | {"last_day": "2025-01-01"}).status_code == 404
    assert Post.objects.count() == posts


def test_viewers_are_refused(world: Any, viewer: Client) -> None:
    person = world.people["Ánh"]
    for address in ("/can-bo/them/", f"/can-bo/{person.pk}/sua/", f"/can-bo/{person.pk}/them-vi-tri/"):
        answer = viewer.get(address)
        assert answer.status_code == 403
        assert "không được làm việc này" in answer.content.decode()


def test_forms_read_in_english(world: Any, officer: Client) -> None:
    officer.cookies["django_language"] = "en"
    person = world.people["Ánh"]
    post = r.Post.objects.filter(person=person).get()
    for address in (
        f"/can-bo/them/?unit={world.hoa.pk}",
        f"/can-bo/{person.pk}/sua/",
        f"/can-bo/vi-tri/{post.pk}/ket-thuc/",
        f"/can-bo/{person.pk}/",
        "/can-bo/trung/",
    ):
        assert '<html lang="en"' in officer.get(address).content.decode()


def test_phone_and_mail_stand_masked_and_stay_when_left(world: Any, officer: Client) -> None:
    person = world.people["Ánh"]
    person.phone, person.email = "0912345678", "anh.ly@laocai.gov.vn"
    person.save()
    address = f"/can-bo/{person.pk}/sua/"
    page = officer.get(address)
    html = page.content.decode()
    assert "0912345678" not in html
    assert "anh.ly@" not in html
    left = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    wrong = officer.post(address, left | {"full_name": ""}).content.decode()
    assert "0912345678" not in wrong
    assert officer.post(address, left | {"full_name": "Lý Thị Ánh Hồng"}).status_code == 302
    person.refresh_from_db()
    assert (person.full_name, person.phone, person.email) == (
        "Lý Thị Ánh Hồng",
        "0912345678",
        "anh.ly@laocai.gov.vn",
    )
    assert "Viết như" in officer.post(address, left | {"email": "sai"}).content.decode()
    anew = officer.get(address).context["form"]  # what was seen before is stale by now
    left = {name: anew[name].value() or "" for name in anew.fields}
    officer.post(address, left | {"phone": "", "email": "moi@laocai.gov.vn"})
    person.refresh_from_db()
    assert (person.phone, person.email) == ("", "moi@laocai.gov.vn")
