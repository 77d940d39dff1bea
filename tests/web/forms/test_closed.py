"""A form of a closed period takes the published values, and says so; those of today are one click away."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from nhanlucso.forms.models import ReportForm
from nhanlucso.training.models import Attendance
from tests.factories.records import facts_changed
from tests.reports.conftest import fonts as fonts
from tests.reports.signatories import decided, scope, submitted
from tests.web.forms.test_forms import send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fonts")]


@pytest.fixture
def form(officer: Client, world: Any) -> ReportForm:
    """A form of the district, whose report is approved; later somebody was recorded to have come to all sessions."""
    decided(
        scope("lanh-dao", "approver", None), submitted(scope("can-bo", "officer", None), world.district), True
    )
    Attendance.objects.filter(person=world.people["Bình"]).update(status="present")
    facts_changed()
    send(officer, world.hoa)
    form = ReportForm.objects.get()
    officer.post(reverse("form-accept", args=[form.pk]))
    return form


def test_published_values_are_taken_and_said_and_todays_are_offered(
    officer: Client, world: Any, form: ReportForm, django_assert_max_num_queries: Any
) -> None:
    words = {"unit": world.district.pk, "period": "2024-9M"}
    address = reverse("form-fill", args=[form.pk])
    officer.get(address, words)
    with django_assert_max_num_queries(22):
        page = officer.get(address, words).content.decode()
    assert "10 số lấy từ báo cáo đã chốt (bản 1" in page
    assert "5 số chưa chốt" in page  # the column of the year before
    live = officer.get(address, words | {"so": "hien-thoi"}).content.decode()
    assert "Mọi số theo hồ sơ hiện nay" in live
    file = reverse("form-file", args=[form.pk])
    made = [officer.get(file, words | more).content for more in ({}, {"so": "hien-thoi"})]
    shares = [openpyxl.load_workbook(BytesIO(body)).active["D10"].value for body in made]
    assert shares == [pytest.approx(0.4), pytest.approx(0.6)]


def test_the_file_of_sources_says_which_are_published(officer: Client, world: Any, form: ReportForm) -> None:
    query = f"unit={world.district.pk}&period=2024-9M&format=xlsx"
    answer = officer.post(f"{reverse('form-sources', args=[form.pk])}?{query}")
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert any("số đã chốt" in row for row in rows)
    assert any("số hiện thời" in row for row in rows)
    assert any("bản 1" in str(cell) for row in rows for cell in row)
