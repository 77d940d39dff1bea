"""A form with thousands of cells is shown in parts, each light."""

from __future__ import annotations

import gzip
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from django.test import Client
from django.urls import reverse

from nhanlucso.forms.models import ReportForm
from tests.web.forms.test_forms import send

pytestmark = pytest.mark.django_db
ROWS, COLUMNS = 124, 25


def large_form() -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet, lined = book.add_worksheet("Biểu 05"), book.add_format({"border": 1})
        sheet.write_row(0, 0, ["Tên xã", *(f"Số lớp thứ {column}" for column in range(COLUMNS))], lined)
        for row in range(1, ROWS + 1):
            sheet.write(row, 0, f"Xã Số {row}", lined)
            for column in range(1, COLUMNS + 1):
                sheet.write_blank(row, column, None, lined)
    return out.getvalue()


def test_pages_of_3100_cells_are_light_and_every_cell_is_on_one_of_them(
    officer: Client, world: Any, django_assert_max_num_queries: Any
) -> None:
    send(officer, world.hoa, "lon.xlsx", large_form())
    form = ReportForm.objects.get()
    officer.post(reverse("form-accept", args=[form.pk]))
    assert form.bindings.count() == ROWS * COLUMNS
    found: set[str] = set()
    parts = 0
    for name in ("form", "form-fill"):
        address = reverse(name, args=[form.pk])
        officer.get(address, {"unit": world.province.pk, "period": "2026-9M"})
        for part in range(1, 9):
            with django_assert_max_num_queries(16):
                answer = officer.get(address, {"phan": part, "unit": world.province.pk, "period": "2026-9M"})
            html = answer.content
            assert len(html) < 200_000
            assert len(gzip.compress(html)) < 30_000
            if name == "form":
                rows = [f"Biểu 05, ô B{row}:" for row in range(2, ROWS + 2)]
                found |= {where for where in rows if where.encode() in html}
                parts = max(parts, html.decode().count("Biểu 05, dòng"))
                assert (
                    b"S\xe1\xbb\x91 l\xe1\xbb\x9bp th\xe1\xbb\xa9 24" in html
                )  # the heads stand over each part
    assert (len(found), parts) == (ROWS, 7)
