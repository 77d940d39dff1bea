"""The page of one person, and of who may stand twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from nhanlucso.people.identity import encrypt, match_hash
from nhanlucso.teams.models import Team, TeamMember
from tests.factories import records as r

pytestmark = pytest.mark.django_db


def test_posts_classes_and_results_are_told(world: Any, officer: Client) -> None:
    page = officer.get(f"/can-bo/{world.people['Ánh'].pk}/").content.decode()
    assert "Xã An" in page
    assert "nay là" in page
    assert "Xã Hòa" in page
    assert "5/5" in page
    assert "Hoàn thành" in page
    assert "3/5" in officer.get(f"/can-bo/{world.people['Bình'].pk}/").content.decode()
    assert "Kỹ năng số trên mạng" in officer.get(f"/can-bo/{world.people['Chi'].pk}/").content.decode()


def test_the_identity_number_is_masked(world: Any, officer: Client) -> None:
    person = world.people["Ánh"]
    person.national_id_cipher, person.national_id_hash = encrypt("010085123456"), match_hash("010085123456")
    person.save()
    page = officer.get(f"/can-bo/{person.pk}/").content.decode()
    assert "•••456" in page
    assert "010085" not in page


def test_a_number_that_the_keys_do_not_open_breaks_nothing(world: Any, officer: Client) -> None:
    person = world.people["Ánh"]
    person.national_id_cipher = "v1:bm90aGluZw=="
    person.save()
    assert "????" in officer.get(f"/can-bo/{person.pk}/").content.decode()


def test_people_of_others_are_not_found(world: Any, neighbour: Client) -> None:
    for name in ("Ánh", "Em"):  # Em's commune lies in both, so nobody is sure of her
        assert neighbour.get(f"/can-bo/{world.people[name].pk}/").status_code == 404


def test_a_seat_on_a_team_in_reach_shows_the_person_without_their_posts(
    world: Any, neighbour: Client
) -> None:
    team = Team.objects.create(uid="to", unit=world.loc, name="Tổ thôn Một")
    TeamMember.objects.create(
        team=team, person=world.people["Ánh"], role="leader", valid_from=date(2025, 8, 1)
    )
    page = neighbour.get(f"/can-bo/{world.people['Ánh'].pk}/").content.decode()
    assert "Tổ thôn Một" in page
    assert "Xã An" not in page
    assert neighbour.get(f"/can-bo/{world.people['Ánh'].pk}/sua/").status_code == 404


def test_who_may_be_the_same_is_named_on_both_pages(world: Any, officer: Client) -> None:
    twin = r.make_person("Lý Thị Ánh", world.an)
    for person in (twin, world.people["Ánh"]):
        person.birth = "1985"
        person.save()
    assert f"/can-bo/{twin.pk}/" in officer.get(f"/can-bo/{world.people['Ánh'].pk}/").content.decode()
    page = officer.get("/can-bo/co-the-trung/").content.decode()
    assert "1 nhóm" in page
    assert "cùng họ tên và ngày sinh" in page


def test_nobody_twice_is_said_too(world: Any, officer: Client) -> None:
    assert "Không thấy ai có thể bị ghi trùng" in officer.get("/can-bo/co-the-trung/").content.decode()


def test_viewers_are_offered_nothing_to_write(world: Any, viewer: Client) -> None:
    page = viewer.get(f"/can-bo/{world.people['Ánh'].pk}/").content.decode()
    assert "/sua/" not in page
    assert "/them-vi-tri/" not in page
    assert "/ket-thuc/" not in page
