"""The four steps of a list: dropped, understood, asked about, written, and taken back."""

from __future__ import annotations

import pytest

from nhanlucso.exchange.models import ListImport
from nhanlucso.people.models import Person
from tests.web.imports.conftest import Office, workbook

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vietnamese")]
LAN = ["Lê Thị Lan", "01/02/1980", "Chủ tịch UBND", "Kinh", "0912345678"]
SI = ["Lù A Sì", "", "Kế toán", "Mông", ""]
NEW = ["Bàn Thị Mới", "03/04/1990", "Chuyên viên", "Dao", ""]


def test_a_list_is_read_asked_about_written_and_taken_back(office: Office) -> None:
    before = Person.objects.count()
    address = office.begun(workbook(LAN, SI, NEW))
    page = office.page(address)
    assert "Danh sách cán bộ" in page
    assert "Dân tộc" in page
    assert "Mông" not in page
    page = office.send(f"{address}doc/", kind="staff", go="1")
    assert "Còn 1/1 dòng cần quyết định" in page
    item = ListImport.objects.get()
    sheet, row = "Danh sách", "5"
    choice = office.people["si-1975"].uid
    page = office.send(f"{address}hoi/quyet-dinh/", sheet=sheet, row=row, choice=choice)
    assert "Mọi dòng chưa chắc đã được quyết định" in page
    page = office.send(f"{address}hoi/xong/")
    assert "Ghi vào hệ thống" in page
    assert Person.objects.count() == before
    page = office.send(f"{address}xong/")
    assert "Đã ghi" in page
    assert Person.objects.count() == before + 1
    assert Person.objects.get(pk=office.people["lan"].pk).phone == "0912345678"
    page = office.page(f"{address}hoan-tac/")
    assert "Xóa hồ sơ cán bộ đã thêm" in page
    page = office.send(f"{address}hoan-tac/")
    assert "Đã hoàn tác" in page
    assert Person.objects.count() == before
    item.refresh_from_db()
    assert item.decisions == [[sheet, int(row), choice]]
