"""Inviting somebody by link and QR code."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client


def text(response: Any) -> str:
    return response.content.decode()


def token(page: str) -> str:
    found = re.search(r'name="once" value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


@pytest.fixture
def url(world: Any) -> str:
    return f"/quan-tri/moi/them/?unit={world.loc.pk}"


def invited(client: Client, url: str, **given: str) -> str:
    fields = {
        "role": "team_member",
        "full_name": "Vàng A Sùng",
        "once": token(text(client.get(url))),
        **given,
    }
    return text(client.post(url, fields))


def test_the_unit_is_chosen_first(neighbour: Client) -> None:
    page = text(neighbour.get("/quan-tri/moi/them/"))
    assert "Xã Lộc" in page
    assert "Toàn hệ thống" not in page


def test_the_link_the_code_and_the_text_to_send(neighbour: Client, url: str) -> None:
    page = invited(neighbour, url)
    assert 'class="qr"' in page
    assert "Chào Vàng A Sùng." in page
    link = re.search(r"http://testserver(/tai-khoan/moi/[\w-]+/)", page)
    assert link
    assert Client().get(link.group(1)).status_code == 200


def test_sent_twice_it_is_one_invitation(neighbour: Client, url: str) -> None:
    from nhanlucso.access.models import Invite

    fields = {"role": "learner", "full_name": "", "once": token(text(neighbour.get(url)))}
    assert text(neighbour.post(url, fields)).count("/tai-khoan/moi/") == text(
        neighbour.post(url, fields)
    ).count("/tai-khoan/moi/")
    assert Invite.objects.count() == 1


def test_only_roles_that_one_may_give_are_offered(neighbour: Client, administrator: Client, url: str) -> None:
    assert "Lãnh đạo duyệt" not in text(neighbour.get(url))
    assert "Lãnh đạo duyệt" in text(administrator.get(url))
    everywhere = text(administrator.get("/quan-tri/moi/them/?unit=all"))
    assert "Kiểm tra, thanh tra" in everywhere
    assert "Thành viên tổ công nghệ số" not in everywhere
    assert "Hãy" not in everywhere


def test_a_role_that_is_not_offered_is_refused(neighbour: Client, url: str) -> None:
    assert "Có chỗ cần sửa" in invited(neighbour, url, role="administrator")


def test_a_person_of_the_register_is_invited(neighbour: Client, url: str, world: Any) -> None:
    from nhanlucso.people.models import PersonInvite
    from tests.factories import records as r

    person = r.make_person("Lù A Pao", world.loc)
    found = text(neighbour.get(f"{url}&q=lu a pao"))
    assert f"person={person.pk}" in found
    chosen = f"{url}&person={person.pk}"
    assert "Lù A Pao" in invited(neighbour, chosen, role="trainer")
    assert PersonInvite.objects.get().person == person


def test_a_person_or_unit_out_of_reach_is_not_found(neighbour: Client, url: str, world: Any) -> None:
    assert neighbour.get(f"{url}&person={world.people['Ánh'].pk}").status_code == 404
    assert neighbour.get(f"/quan-tri/moi/them/?unit={world.hoa.pk}").status_code == 404


def test_the_list_says_what_became_of_it_and_withdraws(neighbour: Client, url: str) -> None:
    from nhanlucso.access.models import Invite

    assert "Chưa có lời mời nào" in text(neighbour.get("/quan-tri/moi/"))
    invited(neighbour, url)
    assert "Chờ nhận" in text(neighbour.get("/quan-tri/moi/"))
    made = Invite.objects.get()
    assert neighbour.post("/quan-tri/moi/tep/?format=xlsx").content.startswith(b"PK")
    assert "Đã rút" in text(neighbour.post(f"/quan-tri/moi/{made.pk}/rut/", follow=True))


def test_an_invitation_of_others_is_not_withdrawn(
    neighbour: Client, administrator: Client, world: Any
) -> None:
    from nhanlucso.access.models import Invite

    invited(administrator, f"/quan-tri/moi/them/?unit={world.hoa.pk}")
    assert neighbour.post(f"/quan-tri/moi/{Invite.objects.get().pk}/rut/").status_code == 404


@pytest.mark.parametrize("size", [2, 30])
def test_the_list_costs_the_same_whatever_its_size(
    neighbour: Client, world: Any, django_assert_max_num_queries: Any, size: int
) -> None:
    from nhanlucso.access.invites.services import invite
    from nhanlucso.access.secret import new_secret
    from nhanlucso.kernel.clock import now
    from nhanlucso.kernel.scope import SYSTEM

    for _ in range(size):
        invite(role="learner", unit=world.loc, full_name="", secret=new_secret(), by=SYSTEM, at=now())
    neighbour.get("/quan-tri/moi/")
    with django_assert_max_num_queries(9):
        neighbour.get("/quan-tri/moi/")
