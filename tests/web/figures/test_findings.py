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


def test_a_year_that_is_not_over_neither_fell_nor_rose(vietnamese: None) -> None:
    from types import SimpleNamespace

    from nhanlucso.indicators.catalogue import INDICATORS
    from nhanlucso.kernel.clock import today
    from nhanlucso.kernel.periods import parse_period
    from nhanlucso.web.figures.findings import trend_finding
    from nhanlucso.web.kit.periods import unfinished

    def of(value: float) -> Any:
        return SimpleNamespace(value=value, indicator=INDICATORS["coverage.basic"])

    over, later = parse_period("2019"), parse_period(str(today().year + 2))
    assert trend_finding([(parse_period("2018"), of(44)), (over, of(12))]).startswith("Giảm từ")
    told = trend_finding([(over, of(44)), (later, of(0))])
    assert "kỳ chưa hết" in told and "Giảm" not in told
    assert unfinished(*over.window()) == ""
    assert unfinished(*later.window()) == "Kỳ chưa bắt đầu: chưa có gì để tính."
