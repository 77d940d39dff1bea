"""Titles of charts."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_children_without_anything_are_not_said_to_be_alike(world: Any, officer: Client) -> None:
    words = {"unit": world.district.pk, "period": "2019-9M"}
    html = officer.get("/chi-so/training.attendances/", words).content.decode()
    assert "Chưa ghi nhận ở đơn vị trực thuộc nào" in html
    assert "Các đơn vị như nhau" not in html
