"""Making teams and filling them, as pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from nhanlucso.kernel.clock import ALWAYS
from nhanlucso.people.models import Person
from nhanlucso.teams.models import Team, TeamMember
from tests.factories import records as r

pytestmark = pytest.mark.django_db


def test_a_team_is_made_from_the_line_of_its_village(world: Any, officer: Client) -> None:
    address = f"/to-cong-nghe/lap/?unit={world.ba.pk}"
    page = officer.get(address).content.decode()
    assert 'value="Tổ công nghệ số cộng đồng Thôn Ba"' in page
    sent = {"name": "Tổ Ba", "decision": "45/QĐ-UBND", "valid_from": "2025-03-03"}
    answer = officer.post(address, sent, follow=True)
    made = Team.objects.get(unit=world.ba)
    assert answer.redirect_chain == [(f"/to-cong-nghe/{made.pk}/", 302)]
    assert "Thêm thành viên" in answer.content.decode()
    again = officer.post(address, sent).content.decode()
    assert "Đơn vị này đã có tổ" in again
    assert "Hãy ghi tên tổ." in officer.post(address, {"name": ""}).content.decode()


def test_teams_for_all_villages_at_once(world: Any, officer: Client) -> None:
    bon = r.make_unit("bon", "Thôn Bốn", "village", parent=world.an)
    address = f"/to-cong-nghe/lap-nhieu/?unit={world.an.pk}"
    assert "Lập tổ cho 2 thôn chưa có" in officer.get("/to-cong-nghe/").content.decode()
    page = officer.get(address).content.decode()
    assert page.count("checked") == 2
    assert "Hãy chọn ít nhất một thôn." in officer.post(address, {"decision": "1"}).content.decode()
    sent = {"decision": "46/QĐ-UBND", "valid_from": "2025-03-03", "units": [world.ba.pk, bon.pk]}
    answer = officer.post(address, sent, follow=True)
    told = answer.content.decode()
    assert "Đã lập 2 tổ" in told
    assert "Thôn Bốn" in told
    assert f"/to-cong-nghe/{world.one.pk}/?" not in told
    assert officer.get(address)["Location"] == f"/to-cong-nghe/?unit={world.an.pk}&period=" + _month()
    assert Team.objects.filter(decision="46/QĐ-UBND").count() == 2


def _month() -> str:
    from nhanlucso.kernel.clock import today
    from nhanlucso.kernel.periods import month_of

    return month_of(today()).text


def test_a_team_is_corrected_and_ended(world: Any, officer: Client) -> None:
    pk = world.one.pk
    assert 'value="Tổ Một"' in officer.get(f"/to-cong-nghe/{pk}/sua/").content.decode()
    officer.post(f"/to-cong-nghe/{pk}/sua/", {"name": "Tổ 1", "valid_from": "2024-02-01"})
    officer.post(f"/to-cong-nghe/{pk}/ket-thuc/", {"last_day": "2025-03-03"})
    team = Team.objects.get(pk=pk)
    assert (team.name, team.valid_from, team.valid_to) == ("Tổ 1", date(2024, 2, 1), date(2025, 3, 3))
    page = officer.get(f"/to-cong-nghe/{pk}/").content.decode()
    assert "Tổ hoạt động đến hết ngày 03/03/2025." in page
    assert f"/to-cong-nghe/{pk}/ghi/" not in page
    assert "2 người trước đây" in page


def test_a_member_is_found_in_the_register(world: Any, officer: Client) -> None:
    r.make_person("Lý Thị Ba", world.ba)
    address = f"/to-cong-nghe/{world.one.pk}/thanh-vien/them/"
    page = officer.get(f"{address}?q=ly").content.decode()
    assert "đã ở trong tổ" in page
    person = Person.objects.get(full_name="Lý Thị Ba")
    assert f"?person={person.pk}" in page
    officer.post(f"{address}?person={person.pk}", {"role": "deputy", "valid_from": "2025-03-03"})
    seat = world.one.members.get(person=person)
    assert (seat.role, seat.valid_from, seat.valid_to) == ("deputy", date(2025, 3, 3), ALWAYS)
    again = officer.post(f"{address}?person={person.pk}", {"role": "deputy"}).content.decode()
    assert "đã ở trong tổ vào thời gian đó" in again


def test_a_member_who_is_not_in_the_register(world: Any, officer: Client) -> None:
    address = f"/to-cong-nghe/{world.two.pk}/thanh-vien/them/"
    nobody = officer.get(f"{address}?q=lu a si").content.decode()
    assert "Không thấy ai tên" in nobody
    assert "?new=1&amp;q=lu%20a%20si" in nobody
    sent = {"full_name": "Lù A Sì", "birth": "1990", "sex": "m", "role": "leader"}
    nameless = officer.post(f"{address}?new=1", {**sent, "full_name": "12345"}).content.decode()
    assert "Họ và tên phải có chữ." in nameless
    wrong = officer.post(f"{address}?new=1", {**sent, "birth": "31/02/1990"}).content.decode()
    assert "Ngày này không có" in wrong
    officer.post(f"{address}?new=1", {**sent, "valid_from": "2025-03-03"})
    assert world.two.members.get().person.full_name == "Lù A Sì"
    assert "Lù A Sì" in officer.get("/to-cong-nghe/").content.decode()


def test_a_seat_is_changed_and_removed(world: Any, officer: Client) -> None:
    seat = world.one.members.get(person=world.member)
    page = officer.get(f"/to-cong-nghe/thanh-vien/{seat.pk}/").content.decode()
    assert "Ghi nhầm người này vào tổ" in page
    officer.post(f"/to-cong-nghe/thanh-vien/{seat.pk}/", {"role": "member", "valid_to": "2025-03-03"})
    seat.refresh_from_db()
    assert seat.valid_to == date(2025, 3, 3)
    officer.post(f"/to-cong-nghe/thanh-vien/{seat.pk}/bo/")
    assert not TeamMember.objects.filter(pk=seat.pk).exists()


def test_viewers_and_neighbours_write_nothing(world: Any, viewer: Client, neighbour: Client) -> None:
    seat = world.one.members.get(person=world.member)
    pages = (
        f"/to-cong-nghe/lap/?unit={world.ba.pk}",
        f"/to-cong-nghe/lap-nhieu/?unit={world.an.pk}",
        f"/to-cong-nghe/{world.one.pk}/sua/",
        f"/to-cong-nghe/{world.one.pk}/ket-thuc/",
        f"/to-cong-nghe/{world.one.pk}/thanh-vien/them/",
        f"/to-cong-nghe/thanh-vien/{seat.pk}/",
    )
    assert {viewer.get(page).status_code for page in pages} == {403}
    assert {neighbour.get(page).status_code for page in pages} == {404}
    shown = viewer.get(f"/to-cong-nghe/{world.one.pk}/").content.decode()
    for word in ("/sua/", "/ghi/", "/thanh-vien/", "/ket-thuc/"):
        assert f"to-cong-nghe/{world.one.pk}{word}" not in shown
    assert neighbour.get(f"/to-cong-nghe/{world.one.pk}/").status_code == 404


def test_a_team_that_goes_on_says_what_became_of_its_seats(world: Any, officer: Client) -> None:
    pk = world.one.pk
    officer.post(f"/to-cong-nghe/{pk}/ket-thuc/", {"last_day": "2025-03-03"})
    form = {"name": "Tổ Một", "valid_from": "2024-02-01"}
    page = officer.post(f"/to-cong-nghe/{pk}/sua/", form, follow=True).content.decode()
    assert "không tự trở lại" in page
    assert Team.objects.get(pk=pk).valid_to == ALWAYS
    assert not world.one.members.filter(valid_to=ALWAYS).exists()
    again = officer.post(f"/to-cong-nghe/{pk}/sua/", form, follow=True).content.decode()
    assert "không tự trở lại" not in again
