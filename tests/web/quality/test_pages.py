"""The pages of quality: what was found in a unit, a rule with its findings."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vietnamese")]


def test_the_overview_counts_by_rule_and_by_unit_below(officer: Client, world: Any) -> None:
    page = officer.get(f"/chat-luong/?unit={world.province.pk}")
    text = page.content.decode()
    assert page.status_code == 200
    assert "Số đếm khác xa danh sách" in text
    assert f"/chat-luong/unit.no_record/?unit={world.loc.pk}" in text
    assert page.context["open"] == 6


def test_a_rule_explains_itself_and_opens_its_records(officer: Client, world: Any) -> None:
    page = officer.get(f"/chat-luong/class.head_count_far/?unit={world.province.pk}")
    text = page.content.decode()
    for words in ("Vì sao", "Tìm thế nào", "Cần làm", "số đếm 30, danh sách 2 người"):
        assert words in text
    assert f"/lop-hoc/{world.training_class.pk}/" in text
