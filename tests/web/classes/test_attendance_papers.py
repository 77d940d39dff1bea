"""Photographed lists beside the sheet: sent, shown, served safely, taken away."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.fixture
def held(world: Any) -> Any:
    from tests.factories import records as r

    made = r.make_class("Lớp của xã", world.hoa, date(2025, 9, 1))
    r.attend(made, world.people["Ánh"], "present")
    return made


@pytest.fixture
def hoa(world: Any, signed_in: Any) -> Client:
    from tests.factories.records import make_account

    return signed_in(make_account("xa-hoa", "officer", world.hoa))


def send(client: Client, held: Any, content: bytes = PNG, name: str = "anh.png") -> Any:
    session = held.sessions.get().pk
    file = SimpleUploadedFile(name, content, "image/png")
    return client.post(f"/lop-hoc/{held.pk}/diem-danh/{session}/giay/", {"files": [file]}, follow=True)


def paper(held: Any) -> int:
    from nhanlucso.training.models import PaperList

    return PaperList.objects.get(session__training_class=held).pk


def test_a_paper_is_shown_beside_the_sheet(hoa: Client, held: Any) -> None:
    html = send(hoa, held).content.decode()
    assert "Đã giữ 1 ảnh danh sách." in html
    assert "chưa nhập" in html
    assert f'src="/lop-hoc/giay/{paper(held)}/"' in html
    assert "dữ liệu cá nhân" in html


def test_a_paper_is_served_as_a_picture_and_nothing_else(hoa: Client, held: Any) -> None:
    send(hoa, held, name="anh.html")
    answer = hoa.get(f"/lop-hoc/giay/{paper(held)}/")
    assert b"".join(answer.streaming_content) == PNG
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_only_those_who_reach_the_host_get_it(
    hoa: Client, viewer: Client, neighbour: Client, held: Any
) -> None:
    send(hoa, held)
    address = f"/lop-hoc/giay/{paper(held)}/"
    served = viewer.get(address)
    assert served.status_code == 200
    assert b"".join(served.streaming_content) == PNG
    assert neighbour.get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert viewer.post(f"{address}da-nhap/").status_code == 403
    assert neighbour.post(f"{address}da-nhap/").status_code == 404
    assert neighbour.get(f"{address}bo/").status_code == 404
    assert send(neighbour, held).status_code == 404


def test_what_is_no_picture_is_refused(hoa: Client, held: Any) -> None:
    from nhanlucso.training.models import PaperList

    answer = send(hoa, held, b"<svg onload='alert(1)'>", "anh.jpg")
    assert answer.status_code == 400
    assert "Chỉ nhận ảnh JPEG" in answer.content.decode()
    assert not PaperList.objects.exists()


def test_typed_then_taken_away_with_a_reason(hoa: Client, held: Any) -> None:
    send(hoa, held)
    address = f"/lop-hoc/giay/{paper(held)}/"
    assert "đã nhập" in hoa.post(f"{address}da-nhap/", follow=True).content.decode()
    assert "Hãy ghi lý do" in hoa.post(f"{address}bo/", {"reason": ""}).content.decode()
    assert "Đã bỏ ảnh." in hoa.post(f"{address}bo/", {"reason": "Đã nhập"}, follow=True).content.decode()
    assert hoa.get(address).status_code == 404
