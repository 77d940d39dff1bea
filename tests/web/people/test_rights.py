"""The page of what a person may ask for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from nhanlucso.people.models import PersonAccount, Post
from tests.factories import records as r

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vietnamese")]


def test_erasing_from_the_page(world: Any, officer: Client) -> None:
    person = world.people["Ánh"]
    address = f"/can-bo/{person.pk}/quyen/"
    assert "Chưa xóa được: còn vị trí công tác hôm nay" in officer.get(address).content.decode()
    assert (
        "còn vị trí"
        in officer.post(f"{address}lam/", {"act": "erase", "sure": "1"}, follow=True).content.decode()
    )
    officer.post(f"{address}lam/", {"act": "hold", "reason": "Thanh tra"})
    assert "Thanh tra" in officer.get(address).content.decode()
    officer.post(f"{address}lam/", {"act": "release"})
    Post.objects.filter(person=person).update(valid_to=date(2026, 1, 31))
    officer.post(f"{address}lam/", {"act": "erase"})
    person.refresh_from_db()
    assert person.erased_at is None
    officer.post(f"{address}lam/", {"act": "erase", "sure": "1"})
    assert "Đã xóa thông tin" in officer.get(f"/can-bo/{person.pk}/").content.decode()
    assert "Tên và thông tin định danh" in officer.get(address).content.decode()


@pytest.mark.parametrize(("suffix", "start"), [("json", b"{"), ("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_the_copy_is_for_the_person_and_who_keeps_the_record(
    world: Any, officer: Client, viewer: Client, neighbour: Client, signed_in: Any, suffix: str, start: bytes
) -> None:
    person = world.people["Ánh"]
    address = f"/can-bo/{person.pk}/ban-sao/?format={suffix}"
    assert officer.post(address).content.startswith(start)
    assert viewer.post(address).status_code == 403
    assert neighbour.post(address).status_code == 404
    learner = r.make_account("chinh-minh", "learner", world.hoa)
    own = f"/can-bo/ban-sao-cua-toi/?format={suffix}"
    assert signed_in(learner).post(own).status_code == 400
    PersonAccount.objects.create(account=learner, person=person)
    assert signed_in(learner).post(own).content.startswith(start)
