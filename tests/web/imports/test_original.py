"""The original beside what was understood."""

from __future__ import annotations

import pytest

from nhanlucso.exchange.models import ListImport
from tests.web.imports.conftest import Office, workbook

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vietnamese")]


def test_a_text_file_has_no_name_of_a_sheet(office: Office) -> None:
    body = "Họ và tên;Năm sinh;Chức vụ\nBàn Thị Mới;1990;Chuyên viên\n".encode()
    page = office.page(office.begun(body, "ds.csv"))
    assert "Bản gốc và cách hiểu" in page
    assert ListImport.objects.get().upload.sha256 not in page


def test_years_of_two_digits_are_told_as_days_are_written_here(office: Office) -> None:
    page = office.page(office.begun(workbook(["Bàn Thị Mới", "06/07/81", "Chuyên viên", "", ""])))
    assert "hiểu là 06/07/1981" in page
    assert "1981-07-06" not in page
