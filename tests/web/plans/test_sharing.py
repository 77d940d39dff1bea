"""The board passed on as words."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vietnamese")]


def test_the_board_as_words(world: Any, officer: Client) -> None:
    asked = {"unit": world.district.pk, "period": "2024-9M"}
    page = officer.get("/ke-hoach/", asked).content.decode().replace("\xa0", " ")
    assert "Chỉ tiêu năm 2024, Huyện Cũ: đạt 1 trên 2.<br>" in page
    assert "trong kỳ: 40 %, chỉ tiêu trên 90 %.<br>" in page
    assert f"http://testserver/ke-hoach/?unit={world.district.pk}&amp;period=2024-9M" in page


def test_without_targets_there_is_nothing_to_pass_on(world: Any, officer: Client) -> None:
    page = officer.get("/ke-hoach/", {"unit": world.district.pk, "period": "2019"}).content.decode()
    assert "share-words" not in page
