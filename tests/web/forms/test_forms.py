"""The pages of the forms that superiors send."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nhanlucso.forms.models import FormBinding, ReportForm
from tests.factories.forms import workbook_form

pytestmark = pytest.mark.django_db


def send(client: Client, unit: Any, name: str = "Biểu 01.xlsx", body: bytes | None = None) -> Any:
    file = SimpleUploadedFile(name, workbook_form() if body is None else body)
    return client.post(reverse("forms"), {"file": file, "unit": unit.pk})


@pytest.fixture
def form(officer: Client, world: Any) -> ReportForm:
    send(officer, world.hoa)
    return ReportForm.objects.get()


def test_a_form_is_sent_in_bound_and_filled(officer: Client, world: Any, form: ReportForm) -> None:
    page = officer.get(reverse("form", args=[form.pk])).content.decode()
    assert "18 ô có đề xuất rõ" in page
    officer.post(reverse("form-accept", args=[form.pk]))
    assert FormBinding.objects.count() == 18
    words = {"unit": world.district.pk, "period": "2024-9M"}
    filled = officer.get(reverse("form-fill", args=[form.pk]), words).content.decode()
    assert "khoảng 32" in filled
    assert f"{reverse('figure', args=['training.attendances'])}?unit={world.district.pk}" in filled
    file = officer.get(reverse("form-file", args=[form.pk]), words)
    assert 'filename="bieu-01-huyen-cu-2024-9m.xlsx"' in file.headers["content-disposition"]
    assert openpyxl.load_workbook(BytesIO(file.content)).active["D8"].value == "khoảng 32"
    listed = officer.post(
        f"{reverse('form-sources', args=[form.pk])}?unit={world.district.pk}&period=2024-9M&format=xlsx"
    )
    sheet = openpyxl.load_workbook(BytesIO(listed.content)).active
    assert any("Biểu 01, ô D8" in (row or ()) for row in sheet.iter_rows(values_only=True))


def test_one_blank_is_chosen_and_cleared(officer: Client, form: ReportForm) -> None:
    address = f"{reverse('form-blank', args=[form.pk])}?o=0!D7"
    assert "Có thể là" in officer.get(address).content.decode()
    chosen = {"code": "teams.count", "part": "value", "span": "to_date", "unit": ""}
    assert officer.post(address, chosen).status_code == 302
    binding = FormBinding.objects.get()
    assert (binding.code, binding.span, binding.unit) == ("teams.count", "to_date", None)
    officer.post(address, {"clear": "1"})
    assert not FormBinding.objects.exists()


def test_a_choice_that_cannot_be_is_told_on_the_page(officer: Client, form: ReportForm) -> None:
    address = f"{reverse('form-blank', args=[form.pk])}?o=0!D7"
    wrong = {"code": "teams.count", "part": "numerator", "span": "period", "unit": ""}
    assert "Chỉ tỷ lệ mới có tử số" in officer.post(address, wrong).content.decode()
    assert officer.get(f"{reverse('form-blank', args=[form.pk])}?o=0!Z99").status_code == 404


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("a.pdf", b"%PDF", "Chỉ nhận .xlsx và .docx"),
        ("a.xlsx", b"not a workbook", "Không đọc được biểu mẫu"),
    ],
)
def test_another_file_is_refused_beside_its_field(
    officer: Client, world: Any, name: str, body: bytes, said: str
) -> None:
    assert said in send(officer, world.hoa, name, body).content.decode()
    assert not ReportForm.objects.exists()


def test_who_only_looks_sees_forms_in_reach_and_changes_none(viewer: Client, form: ReportForm) -> None:
    assert viewer.get(reverse("form", args=[form.pk])).status_code == 200
    for name in ("form-accept", "form-rename", "form-remove"):
        assert viewer.post(reverse(name, args=[form.pk])).status_code == 403
    assert viewer.get(f"{reverse('form-blank', args=[form.pk])}?o=0!D7").status_code == 403
    assert send(viewer, form.unit).status_code == 403


def test_a_neighbour_sees_it_once_it_is_shared(officer: Client, neighbour: Client, form: ReportForm) -> None:
    assert neighbour.get(reverse("form", args=[form.pk])).status_code == 404
    officer.post(reverse("form-rename", args=[form.pk]), {"title": "Biểu chung", "shared": "on"})
    assert neighbour.get(reverse("form", args=[form.pk])).status_code == 200
    assert "Biểu chung" in neighbour.get(reverse("forms")).content.decode()
    assert neighbour.post(reverse("form-accept", args=[form.pk])).status_code == 404


def test_removing_says_so_and_the_list_is_empty(officer: Client, form: ReportForm) -> None:
    page = officer.post(reverse("form-remove", args=[form.pk]), follow=True).content.decode()
    assert "Đã bỏ biểu mẫu" in page
    assert "Chưa có biểu mẫu nào" in page


def test_the_pages_cost_few_queries_whatever_is_bound(
    officer: Client, world: Any, form: ReportForm, django_assert_max_num_queries: Any
) -> None:
    words = {"unit": world.district.pk, "period": "2024-9M"}
    officer.post(reverse("form-accept", args=[form.pk]))
    officer.get(reverse("form-fill", args=[form.pk]), words)
    for address in (reverse("forms"), reverse("form", args=[form.pk])):
        with django_assert_max_num_queries(12):
            officer.get(address)
    with django_assert_max_num_queries(14):
        officer.get(reverse("form-fill", args=[form.pk]), words)
