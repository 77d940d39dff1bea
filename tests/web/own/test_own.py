"""One's own record: read by the person behind the account, never by reach."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nhanlucso.kernel.clock import now, today
from nhanlucso.people.models import PersonAccount
from nhanlucso.teams.models import Team, TeamMember
from nhanlucso.training.models import Invitation
from tests.factories import records as r

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(world: Any, signed_in: Any) -> Any:
    """Signs a learner in who is one of the people."""

    def sign_in(name: str, role: str = "learner") -> Client:
        account = r.make_account(f"nguoi-hoc-{name}", role, world.loc)
        PersonAccount.objects.create(account=account, person=world.people[name])
        client: Client = signed_in(account)
        return client

    return sign_in


def test_i_see_my_posts_classes_results_and_what_they_prove(world: Any, client_of: Any) -> None:
    page = client_of("Ánh").get("/cua-toi/").content.decode()
    for words in (
        "Lý Thị Ánh",
        "Xã An",
        "nay là",
        "Xã Hòa",
        "5/5 buổi",
        "Hoàn thành",
        "Đã đạt",
        "08/03/2024",
    ):
        assert words in page
    page = client_of("Em").get("/cua-toi/").content.decode()
    assert "Kỹ năng số trên mạng" in page
    assert "từ 06/05/2024:" in page


def test_it_says_what_i_still_need_and_whom_to_ask(world: Any, client_of: Any) -> None:
    page = client_of("Bình").get("/cua-toi/").content.decode()
    assert "Chưa đạt" in page
    assert "3/5 buổi" in page
    assert "Hiện không có lớp nào mời bạn" in page


def test_classes_to_come_say_when_and_where(world: Any, client_of: Any) -> None:
    coming = r.make_class("Lớp sắp tới", world.hoa, today() + timedelta(days=3))
    coming.sessions.update(place="Nhà văn hóa")
    Invitation.objects.create(training_class=coming, person=world.people["Bình"], invited_at=now())
    page = client_of("Bình").get("/cua-toi/").content.decode()
    assert "Được mời:" in page
    assert "08:00 ngày" in page
    assert "Nhà văn hóa" in page
    assert "Hiện không có lớp nào mời bạn" not in page


def test_nothing_leads_where_i_may_not_go(world: Any, client_of: Any) -> None:
    page = client_of("Ánh").get("/cua-toi/").content.decode()
    for room in ("/don-vi/", "/lop-hoc/", "/can-bo/", "/ket-qua/"):
        assert f'href="{room}' not in page


def test_nobody_elses_record_comes_along(world: Any, client_of: Any) -> None:
    """Whatever the account may see elsewhere, and whatever stands in the address."""
    client = client_of("Dung", "officer")
    page = client.get(f"/cua-toi/?person={world.people['Ánh'].pk}").content.decode()
    assert "Lù A Dung" in page
    assert "Lý Thị Ánh" not in page
    assert "Lớp kỹ năng số" not in page


def test_seats_on_teams_stand_on_the_line(world: Any, client_of: Any) -> None:
    team = Team.objects.create(uid="to", unit=world.loc, name="Tổ thôn Một")
    TeamMember.objects.create(
        team=team, person=world.people["Ánh"], role="leader", valid_from=date(2025, 8, 1)
    )
    page = client_of("Ánh").get("/cua-toi/").content.decode()
    assert "Tổ thôn Một" in page
    assert "Hiện nay" in page


def test_an_account_of_nobody_is_told_whom_to_ask(world: Any, viewer: Client) -> None:
    page = viewer.get("/cua-toi/").content.decode()
    assert "chưa gắn với ai" in page
    assert "người quản lý tài khoản" in page


def test_visitors_are_sent_to_sign_in(world: Any) -> None:
    assert Client().get("/cua-toi/").status_code == 302


def test_the_number_of_queries_does_not_grow(world: Any, client_of: Any) -> None:
    client, person = client_of("Dung"), world.people["Dung"]

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/cua-toi/").status_code == 200
        return len(asked)

    cost()
    r.attend(r.make_class("Một", world.hoa, date(2024, 1, 5)), person, "present")
    few = cost()
    for number in range(1, 9):
        r.make_post(person, world.an)
        r.attend(r.make_class(f"Lớp {number}", world.hoa, date(2024, 2, number)), person, "present")
        r.make_result(person, world.training_class.course, date(2024, 3, number), passed=True)
    assert cost() == few <= 20
