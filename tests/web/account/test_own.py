"""One's own account: password, PIN, roles lent for some days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

PASSWORD, NEW = "mat-khau-du-dai", "suối chảy qua bản"


@pytest.fixture
def leader(world: Any) -> Any:
    from tests.factories import records as r

    return r.make_account("lanh-dao", "approver", world.hoa)


def test_the_page_names_roles_with_their_units(neighbour: Client) -> None:
    page = neighbour.get("/tai-khoan/").content.decode()
    assert "Cán bộ phụ trách" in page
    assert "Xã Lộc" in page
    assert "Đổi mật khẩu" in page
    assert "Đổi mã PIN" not in page


def test_the_page_is_light(neighbour: Client, django_assert_max_num_queries: Any) -> None:
    neighbour.get("/tai-khoan/")
    with django_assert_max_num_queries(13):
        neighbour.get("/tai-khoan/")


def test_a_new_password_keeps_this_browser_and_ends_the_others(world: Any, signed_in: Any) -> None:
    here, elsewhere = signed_in(world.officer), signed_in(world.officer)
    response = here.post("/tai-khoan/mat-khau/", {"old": PASSWORD, "new": NEW}, follow=True)
    assert "Đã đổi mật khẩu" in response.content.decode()
    assert here.get("/tai-khoan/").status_code == 200
    assert elsewhere.get("/tai-khoan/").status_code == 302


def test_a_wrong_password_changes_nothing(officer: Client) -> None:
    page = officer.post("/tai-khoan/mat-khau/", {"old": "sai", "new": NEW}).content.decode()
    assert "Mật khẩu đang dùng không đúng" in page


def test_a_new_pin(world: Any) -> None:
    from nhanlucso.access.secret import new_secret
    from nhanlucso.access.signing.services import make_card
    from nhanlucso.kernel.clock import now
    from nhanlucso.kernel.scope import SYSTEM
    from tests.factories import records as r

    account, secret, client = r.make_account("to-vien", "team_member", world.hoa), new_secret(), Client()
    make_card(account=account, secret=secret, pin="802517", by=SYSTEM, at=now())
    client.post(f"/tai-khoan/the/{secret}/", {"pin": "802517"})
    assert "Đổi mã PIN" in client.get("/tai-khoan/").content.decode()
    wrong = client.post("/tai-khoan/ma-pin/", {"old": "000000", "new": "915382"})
    assert "Mã PIN không đúng" in wrong.content.decode()
    assert client.post("/tai-khoan/ma-pin/", {"old": "802517", "new": "915382"})["Location"] == "/tai-khoan/"
    assert Client().post(f"/tai-khoan/the/{secret}/", {"pin": "915382"})["Location"] == "/"


def test_a_leader_lends_the_role_and_takes_it_back(world: Any, leader: Any, signed_in: Any) -> None:
    from nhanlucso.access.models import Assignment
    from nhanlucso.kernel.clock import today
    from tests.factories.records import make_account

    client = signed_in(leader)
    deputy = signed_in(make_account("cap-pho", "viewer", leader.assignments.get().unit))
    url = f"/tai-khoan/lam-thay/{leader.assignments.get().pk}/"
    assert "trừ quản lý tài khoản" in client.get(url).content.decode()
    days = {"first": today(), "last": today() + timedelta(days=6)}
    client.post(url, {"username": "cap-pho", **days})
    lent = Assignment.objects.get(delegated_by=leader)
    assert "Làm thay lanh-dao" in deputy.get("/tai-khoan/").content.decode()
    assert "Đang nhờ làm thay" in client.get("/tai-khoan/").content.decode()
    assert deputy.post(f"/tai-khoan/lam-thay/{lent.pk}/ket-thuc/").status_code == 302
    assert "Làm thay" not in deputy.get("/tai-khoan/").content.decode()


def test_refusals_of_lending_stand_on_the_form(leader: Any, signed_in: Any) -> None:
    from nhanlucso.kernel.clock import today

    url = f"/tai-khoan/lam-thay/{leader.assignments.get().pk}/"
    page = signed_in(leader).post(url, {"username": "khong-co", "first": today(), "last": today()})
    assert "Không có tài khoản nào khác" in page.content.decode()


def test_nobody_lends_the_role_of_another(leader: Any, neighbour: Client) -> None:
    assert neighbour.get(f"/tai-khoan/lam-thay/{leader.assignments.get().pk}/").status_code == 400
    assert neighbour.post(f"/tai-khoan/lam-thay/{leader.assignments.get().pk}/ket-thuc/").status_code == 404
