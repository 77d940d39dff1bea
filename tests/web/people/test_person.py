"""The page of one person, and of who may stand twice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.sealing import encrypt, match_hash
from nhanlucso.plans.models import Board, BoardMember
from nhanlucso.teams.models import Team, TeamMember
from nhanlucso.training.models import Invitation
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


def test_viewers_are_offered_nothing_to_write(world: Any, viewer: Client) -> None:
    page = viewer.get(f"/can-bo/{world.people['Ánh'].pk}/").content.decode()
    assert "/sua/" not in page
    assert "/them-vi-tri/" not in page
    assert "/ket-thuc/" not in page


def person_page(client: Client, person: Any) -> str:
    return client.get(f"/can-bo/{person.pk}/").content.decode()


def test_skills_stand_on_top_with_their_proof_and_since_when(world: Any, officer: Client) -> None:
    page = person_page(officer, world.people["Ánh"])
    assert page.index("Đã đạt") < page.index("Quá trình")
    assert "từ 08/03/2024:" in page
    assert f'/lop-hoc/{world.training_class.pk}/">Lớp kỹ năng số</a>' in page
    assert "Chuẩn kỹ năng ứng dụng CNTT" in page  # asked of civil servants, and not reached
    assert "Chưa đạt" in page
    assert "Chưa đạt" in person_page(officer, world.people["Chi"])  # a failed course proves nothing


def test_the_standard_is_asked_of_civil_servants_alone(world: Any, officer: Client) -> None:
    cadre = r.make_person("Giàng A Páo", world.hoa, category="cadre")
    assert "Chuẩn kỹ năng ứng dụng CNTT" not in person_page(officer, cadre)


def test_the_line_goes_by_years_the_newest_first(world: Any, officer: Client) -> None:
    person = world.people["Ánh"]
    r.make_result(person, r.make_course("Trên mạng"), date(2023, 2, 1), passed=True)
    team = Team.objects.create(uid="to", unit=world.loc, name="Tổ thôn Một")
    TeamMember.objects.create(
        team=team, person=person, valid_from=date(2025, 8, 1), valid_to=date(2025, 9, 1)
    )
    board = Board.objects.create(uid="ban", unit=world.hoa, name="Ban Chỉ đạo chuyển đổi số")
    BoardMember.objects.create(board=board, person=person, role="member", valid_from=date(2025, 8, 1))
    page = person_page(officer, person)
    places = [page.index(f"<h3>{heading}</h3>") for heading in ("Hiện nay", "2025", "2024", "2023")]
    assert places == sorted(places)
    assert places[0] < page.index("Ban Chỉ đạo chuyển đổi số") < places[1]
    assert places[1] < page.index("Tổ thôn Một") < places[2]
    assert places[2] < page.index("5/5 buổi") < places[3] < page.rindex("Trên mạng")


def test_results_without_a_day_stand_at_the_end(world: Any, officer: Client) -> None:
    result = r.make_result(world.people["Ánh"], r.make_course("Không ngày"), date(2024, 2, 1), passed=True)
    result.completed_at = result.enrolled_at = None
    result.save()
    page = person_page(officer, world.people["Ánh"])
    assert page.index("<h3>2024</h3>") < page.index("<h3>Không rõ ngày</h3>") < page.index("Không ngày")


def test_an_enrolment_is_told_as_such(world: Any, officer: Client) -> None:
    result = r.make_result(world.people["Ánh"], r.make_course("Học dở"), date(2024, 2, 1), passed=True)
    result.completed_at = result.passed = None
    result.save()
    assert "Mới ghi danh" in person_page(officer, world.people["Ánh"])


def test_of_somebody_in_two_units_everyone_sees_their_own_posts_and_all_learning(
    world: Any, neighbour: Client, signed_in: Any
) -> None:
    """Two communes share a person: posts elsewhere stay unseen; what was learned is seen by both."""
    person = world.people["Ánh"]
    r.make_post(person, world.loc, title="Cộng tác viên Lộc", valid_from=date(2025, 8, 1))
    hoa = signed_in(r.make_account("xa-hoa", "officer", world.hoa))
    here, there = person_page(neighbour, person), person_page(hoa, person)
    assert "Cộng tác viên Lộc" in here
    assert "Xã An" not in here
    assert "Cộng tác viên Lộc" not in there
    assert "Xã An" in there
    for page in (here, there):
        assert "5/5 buổi" in page


def test_acts_are_offered_where_they_may_be_done(world: Any, neighbour: Client, officer: Client) -> None:
    person = world.people["Ánh"]
    post = r.make_post(person, world.loc, valid_from=date(2025, 8, 1))
    page = person_page(neighbour, person)
    for act in (
        "/sua/",
        "/them-vi-tri/",
        "/moi/",
        f"/ket-qua/ghi/?person={person.pk}",
        f"/vi-tri/{post.pk}/ket-thuc/",
    ):
        assert act in page


def test_looking_at_a_province_offers_acts_in_ones_own_commune_alone(world: Any, signed_in: Any) -> None:
    account = r.make_account("xem-va-lam", "viewer", world.province)
    account.assignments.create(role="officer", unit=world.loc)
    client, here = signed_in(account), r.make_person("Người Lộc", world.loc)
    assert f"/can-bo/{here.pk}/sua/" in person_page(client, here)
    assert "/sua/" not in person_page(client, world.people["Ánh"])
    assert "/moi/" not in person_page(client, world.people["Ánh"])


def test_the_log_of_a_record_is_for_who_reads_the_log(world: Any, officer: Client, signed_in: Any) -> None:
    person = world.people["Ánh"]
    officer.post(f"/can-bo/{person.pk}/sua/", {"full_name": "Lý Thị Ánh", "birth": "1985"})
    auditor = signed_in(r.make_account("thanh-tra", "auditor", world.hoa))
    for client in (officer, auditor):
        assert f"/lich-su/can-bo/{person.pk}/" in person_page(client, person)
    assert "/lich-su/" not in person_page(signed_in(r.make_account("chi-xem", "viewer", world.hoa)), person)


def test_an_invitation_is_shown_until_its_day(world: Any, officer: Client) -> None:
    coming = r.make_class("Lớp sắp tới", world.hoa, today() + timedelta(days=3))
    Invitation.objects.create(training_class=coming, person=world.people["Ánh"], invited_at=now())
    assert "Được mời:" in person_page(officer, world.people["Ánh"])


def test_the_number_of_queries_does_not_grow(world: Any, signed_in: Any) -> None:
    client, person = signed_in(r.make_account("xa-hoa", "officer", world.hoa)), world.people["Ánh"]
    r.make_result(person, world.training_class.course, date(2024, 3, 1), passed=True)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            person_page(client, person)
        return len(asked)

    cost()
    few = cost()
    for number in range(1, 9):
        r.make_post(person, world.an)
        r.attend(r.make_class(f"Lớp {number}", world.hoa, date(2024, 2, number)), person, "present")
        r.make_result(person, world.training_class.course, date(2024, 3, number), passed=True)
    assert cost() == few <= 45
