"""Correcting one result, or removing it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_result_is_corrected(world: Any, officer: Client) -> None:
    result = world.people["Chi"].results.get()
    address = f"/ket-qua/{result.pk}/sua/"
    page = officer.get(address).content.decode()
    assert "Vàng Seo Chi" in page
    assert 'value="failed"' in page
    sent = {"state": "passed", "day": "2024-05-07", "enrolled_at": "2024-05-06", "score": "9", "platform": ""}
    answer = officer.post(address, sent, follow=True)
    assert answer.redirect_chain == [(f"/can-bo/{world.people['Chi'].pk}/", 302)]
    assert "Đã sửa kết quả của Vàng Seo Chi." in answer.content.decode()
    result.refresh_from_db()
    assert (result.passed, result.score) == (True, 9)


def test_a_refusal_stands_on_the_form(world: Any, officer: Client) -> None:
    result = world.people["Chi"].results.get()
    sent = {"state": "passed", "day": "2024-05-01", "enrolled_at": "2024-05-06", "score": "nhiều"}
    page = officer.post(f"/ket-qua/{result.pk}/sua/", sent).content.decode()
    assert "Điểm là một số" in page
    page = officer.post(f"/ket-qua/{result.pk}/sua/", sent | {"score": ""}).content.decode()
    assert "Ngày hoàn thành không thể trước ngày ghi danh" in page


def test_a_result_is_removed_once(world: Any, officer: Client) -> None:
    result = world.people["Chi"].results.get()
    address = f"/ket-qua/{result.pk}/xoa/"
    assert officer.get(address).status_code == 405
    assert "Đã xóa kết quả." in officer.post(address, follow=True).content.decode()
    assert "không còn trong phạm vi" in officer.post(address, follow=True).content.decode()
    assert not world.people["Chi"].results.exists()


def test_results_of_others_are_not_found_and_who_looks_is_refused(
    world: Any, neighbour: Client, viewer: Client
) -> None:
    result = world.people["Chi"].results.get()
    assert neighbour.get(f"/ket-qua/{result.pk}/sua/").status_code == 404
    neighbour.post(f"/ket-qua/{result.pk}/xoa/")
    assert viewer.get(f"/ket-qua/{result.pk}/sua/").status_code == 403
    assert viewer.post(f"/ket-qua/{result.pk}/xoa/").status_code == 403
    assert world.people["Chi"].results.exists()
