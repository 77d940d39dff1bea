"""Inviting one person to a class to come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from nhanlucso.kernel.clock import today
from nhanlucso.training.models import Invitation
from tests.factories import records as r

pytestmark = pytest.mark.django_db


def test_somebody_is_invited_once(world: Any, officer: Client) -> None:
    person = world.people["Bình"]
    coming = r.make_class("Lớp sắp tới", world.hoa, today() + timedelta(days=3))
    address = f"/can-bo/{person.pk}/moi/"
    assert "Lớp sắp tới" in officer.get(address).content.decode()
    answer = officer.post(address, {"training_class": coming.pk}, follow=True)
    assert answer.redirect_chain == [(f"/can-bo/{person.pk}/", 302)]
    assert "Đã mời Trần Văn Bình." in answer.content.decode()
    again = officer.post(address, {"training_class": coming.pk}, follow=True).content.decode()
    assert "đã được mời từ trước" in again
    assert Invitation.objects.count() == 1


def test_without_a_class_to_come_it_says_what_to_do(world: Any, officer: Client) -> None:
    page = officer.get(f"/can-bo/{world.people['Bình'].pk}/moi/").content.decode()
    assert "Không có lớp nào sắp mở" in page


def test_one_is_chosen(world: Any, officer: Client) -> None:
    r.make_class("Lớp sắp tới", world.hoa, today() + timedelta(days=3))
    page = officer.post(f"/can-bo/{world.people['Bình'].pk}/moi/", {}).content.decode()
    assert "Hãy chọn một lớp" in page


def test_only_own_people_to_own_classes(world: Any, neighbour: Client, viewer: Client) -> None:
    coming = r.make_class("Lớp của Hòa", world.hoa, today() + timedelta(days=3))
    here = r.make_person("Người Lộc", world.loc)
    assert neighbour.get(f"/can-bo/{world.people['Bình'].pk}/moi/").status_code == 404
    page = neighbour.post(f"/can-bo/{here.pk}/moi/", {"training_class": coming.pk})
    assert "Lớp của Hòa" not in page.content.decode()
    assert viewer.get(f"/can-bo/{here.pk}/moi/").status_code == 403
    assert not Invitation.objects.exists()
