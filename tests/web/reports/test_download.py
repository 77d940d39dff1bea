"""The paper of a report, downloaded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import records as r

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("uid", ["xa", 'x"; filename="y', "new\nline", "Đặc biệt/../a"])
def test_the_file_is_named_by_unit_and_period(uid: str, signed_in: Callable[[Any], Client]) -> None:
    unit = r.make_unit(uid, "Xã Đức Phú 2")
    asked = {"unit": unit.pk, "period": "2024-9M", "form": "xlsx"}
    answer = signed_in(r.make_account("quan-tri", "administrator")).get(reverse("report-download"), asked)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bao-cao-xa-duc-phu-2-2024-9M.xlsx"'


def test_another_unit_is_not_found(neighbour: Client, world: Any) -> None:
    asked = {"unit": world.district.pk, "period": "2024-9M", "form": "xlsx"}
    assert neighbour.get(reverse("report-download"), asked).status_code == 404


def test_early_years_have_reports_too(signed_in: Callable[[Any], Client]) -> None:
    unit = r.make_unit("xa", "Xã")
    page = signed_in(r.make_account("quan-tri", "administrator")).get(
        reverse("reports"), {"unit": unit.pk, "period": "0500"}
    )
    assert page.status_code == 200
