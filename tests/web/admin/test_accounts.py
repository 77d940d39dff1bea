"""The list of accounts, and one account with what can be done about it."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook


@pytest.fixture
def trainer(world: Any) -> Any:
    from tests.factories import records as r

    return r.make_account("day", "trainer", world.loc)


def text(response: Any) -> str:
    return response.content.decode()


def bare(page: str) -> str:
    """A page without the tokens of its forms, which differ every time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page).strip()


def once(client: Client, pk: int) -> str:
    found = re.search(r'name="once" value="([^"]+)"', text(client.get(f"/quan-tri/{pk}/")))
    assert found is not None
    return found.group(1)


def test_an_officer_sees_the_accounts_of_the_own_commune(neighbour: Client, trainer: Any) -> None:
    page = text(neighbour.get("/quan-tri/"))
    assert "2 tài khoản" in page
    assert f"/quan-tri/{trainer.pk}/" in page
    assert "nguoi-xem" not in page


def test_filters_stand_as_chips_and_narrow(administrator: Client, world: Any, trainer: Any) -> None:
    words = {"role": "trainer", "unit": world.province.pk, "state": "active", "q": "day"}
    page = text(administrator.get("/quan-tri/", words))
    assert "1 tài khoản" in page
    assert page.count("bỏ lọc") == 4
    assert "Không có tài khoản nào khớp" in text(administrator.get("/quan-tri/", {"q": "khong-ai"}))


def test_a_fragment_is_what_a_reload_shows(administrator: Client) -> None:
    whole = text(administrator.get("/quan-tri/?state=active"))
    part = text(administrator.get("/quan-tri/?state=active", headers={"HX-Request": "true"}))
    assert bare(part) in bare(whole)
    assert "<html" not in part


def test_the_list_is_a_file_with_a_line_for_every_role(neighbour: Client, trainer: Any) -> None:
    response = neighbour.post("/quan-tri/tep/?format=xlsx&role=trainer")
    cells = [row for row in load_workbook(BytesIO(response.content)).active.values if row[0] == "day"]
    assert [cell for cell in cells[0] if cell] == ["day", "day", "Giảng viên", "Xã Lộc", "Đang dùng"]
    assert neighbour.post("/quan-tri/tep/?format=pdf").content.startswith(b"%PDF")


@pytest.mark.parametrize("size", [3, 40])
def test_the_list_costs_the_same_whatever_its_size(
    administrator: Client, world: Any, django_assert_max_num_queries: Any, size: int
) -> None:
    from tests.factories import records as r

    for number in range(size):
        r.make_account(f"them-{number}", "learner", world.hoa)
    administrator.get("/quan-tri/")
    with django_assert_max_num_queries(11):
        administrator.get("/quan-tri/")


def test_who_reads_the_log_alone_is_led_there(auditor: Client) -> None:
    assert auditor.get("/quan-tri/")["Location"] == "/quan-tri/nhat-ky/"


@pytest.mark.parametrize("page", ["", "moi/", "vai-tro/", "nhat-ky/"])
def test_others_are_kept_out(viewer: Client, page: str) -> None:
    assert viewer.get(f"/quan-tri/{page}").status_code == 403


def test_an_account_out_of_reach_is_not_found(neighbour: Client, world: Any) -> None:
    for address in ("", "giao/"):
        assert neighbour.get(f"/quan-tri/{world.viewer.pk}/{address}").status_code == 404
    for address in ("khoa/", "mo-khoa/", "the/", "dat-lai/"):
        assert neighbour.post(f"/quan-tri/{world.viewer.pk}/{address}").status_code in (400, 404)


def test_a_role_is_given_and_ended(neighbour: Client, world: Any, trainer: Any) -> None:
    from nhanlucso.kernel.clock import today

    url = f"/quan-tri/{trainer.pk}/giao/"
    assert "Xã Lộc" in text(neighbour.get(url))  # the unit is chosen first
    form = text(neighbour.get(url, {"unit": world.loc.pk}))
    assert "Thành viên tổ công nghệ số" in form
    assert "Lãnh đạo duyệt" not in form
    neighbour.post(f"{url}?unit={world.loc.pk}", {"role": "learner", "first": today(), "last": ""})
    row = trainer.assignments.get(role="learner")
    assert "Người học" in text(neighbour.get(f"/quan-tri/{trainer.pk}/"))
    neighbour.post(f"/quan-tri/{trainer.pk}/vai-tro/{row.pk}/ket-thuc/")
    assert not trainer.assignments.filter(role="learner").exists()


def test_a_refusal_stands_on_the_form(neighbour: Client, world: Any, trainer: Any) -> None:
    from nhanlucso.kernel.clock import today

    days = {"first": today(), "last": today() - timedelta(days=1)}
    response = neighbour.post(f"/quan-tri/{trainer.pk}/giao/?unit={world.loc.pk}", {"role": "viewer", **days})
    assert "Ngày cuối không thể trước ngày đầu" in text(response)


def test_an_account_is_locked_and_opened(neighbour: Client, trainer: Any, signed_in: Any) -> None:
    his = signed_in(trainer)
    assert "Đã khóa tài khoản" in text(neighbour.post(f"/quan-tri/{trainer.pk}/khoa/", follow=True))
    assert his.get("/").status_code == 302
    assert "Đã mở khóa" in text(neighbour.post(f"/quan-tri/{trainer.pk}/mo-khoa/", follow=True))


def test_one_does_not_lock_oneself(neighbour: Client, world: Any) -> None:
    assert "/khoa/" not in text(neighbour.get(f"/quan-tri/{world.neighbour.pk}/"))
    assert neighbour.post(f"/quan-tri/{world.neighbour.pk}/khoa/").status_code == 400


def test_a_reset_link_is_shown_once_and_opens(neighbour: Client, trainer: Any) -> None:
    token = once(neighbour, trainer.pk)
    pages = [text(neighbour.post(f"/quan-tri/{trainer.pk}/dat-lai/", {"once": token})) for _ in range(2)]
    links = [re.search(r"http://testserver(/tai-khoan/dat-lai/[\w-]+/)", page) for page in pages]
    assert links[0] and links[1] and links[0].group(1) == links[1].group(1)
    assert trainer.reset_links.count() == 1
    assert 'class="qr"' in pages[0]
    assert 'data-copy="#share-text"' in pages[0]
    assert Client().get(links[0].group(1)).status_code == 200


def test_a_new_card_shows_its_pin_once(neighbour: Client, world: Any) -> None:
    from tests.factories import records as r

    member = r.make_account("to-vien", "team_member", world.loc)
    page = text(neighbour.post(f"/quan-tri/{member.pk}/the/", {"once": once(neighbour, member.pk)}))
    pin = re.search(r'class="pin-shown">(\d{6})<', page)
    link = re.search(r"http://testserver(/tai-khoan/the/[\w-]+/)", page)
    assert pin and link
    assert Client().post(link.group(1), {"pin": pin.group(1)})["Location"] == "/"


def test_a_secret_that_was_not_given_out_is_refused(neighbour: Client, trainer: Any) -> None:
    assert neighbour.post(f"/quan-tri/{trainer.pk}/dat-lai/", {"once": "tu-nghi-ra"}).status_code == 400


def test_an_account_with_higher_roles_is_not_reset_here(neighbour: Client, world: Any, trainer: Any) -> None:
    from nhanlucso.access.models import Assignment

    Assignment.objects.create(account=trainer, role="approver", unit=world.loc)
    page = text(neighbour.get(f"/quan-tri/{trainer.pk}/"))
    assert "do cấp khác giao" in page
    assert "/dat-lai/" not in page


def test_an_account_gets_the_person_behind_it(neighbour: Client, world: Any, trainer: Any) -> None:
    from nhanlucso.people.models import PersonAccount
    from tests.factories import records as r

    person, url = r.make_person("Lù A Pao", world.loc), f"/quan-tri/{trainer.pk}/nguoi/"
    assert url in text(neighbour.get(f"/quan-tri/{trainer.pk}/"))
    assert "Lù A Pao" in text(neighbour.get(url, {"q": "a pao"}))
    assert "Không thấy ai" in text(neighbour.get(url, {"q": "khong ai"}))
    neighbour.post(url, {"person": person.pk})
    assert PersonAccount.objects.get().account == trainer
    assert "hồ sơ cán bộ" in text(neighbour.get(f"/quan-tri/{trainer.pk}/"))
    assert neighbour.post(url, {"person": "x"}).status_code == 404
    assert neighbour.post(url, {"person": world.people["Ánh"].pk}).status_code == 404
