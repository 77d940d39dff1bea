"""The first page: what waits for whom, the jobs of a role, and the tour that is offered once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from nhanlucso.access.enums import Role
from nhanlucso.kernel.clock import today
from nhanlucso.people.models import PersonAccount
from nhanlucso.reports.models import Report
from tests.factories import records as r

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Client]


def page(client: Client) -> str:
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("role", "job"),
    [
        (Role.OFFICER, "Ghi lại việc đã làm"),
        (Role.PLANNER, "Mở lớp"),
        (Role.APPROVER, "Chưa có gì chờ duyệt"),
        (Role.ADMINISTRATOR, "Mời người dùng, giao vai trò"),
        (Role.ENTERPRISE, "Nhập danh sách"),
        (Role.AUDITOR, "Ai làm gì, lúc nào"),
        (Role.VIEWER, "Mỗi con số mở ra người phía sau"),
        (Role.TRAINER, "Danh sách, lịch"),
        (Role.LEARNER, "Lớp, kết quả, chứng nhận"),
        (Role.TEAM_MEMBER, "Bạn chưa ở tổ nào"),
    ],
)
def test_every_role_finds_its_jobs(world: Any, signed_in: SignIn, role: Role, job: str) -> None:
    client = signed_in(r.make_account("ai-do", role, world.hoa))
    content = page(client)
    assert job in content
    assert all(str(line) not in content for line in ("Traceback", "None"))


def test_a_session_that_nobody_recorded_waits(world: Any, signed_in: SignIn) -> None:
    client = signed_in(r.make_account("ai-do", "officer", world.hoa))
    held = r.make_class("Lớp hôm nay", world.hoa, today())
    assert "Chưa điểm danh: Lớp hôm nay" in page(client)
    r.attend(held, world.people["Ánh"], "present")
    assert "Chưa điểm danh" not in page(client)


def test_what_lies_weeks_ahead_or_long_ago_does_not_wait(world: Any, signed_in: SignIn) -> None:
    client = signed_in(r.make_account("ai-do", "officer", world.hoa))
    r.make_class("Lớp sau này", world.hoa, today() + timedelta(days=1))
    r.make_class("Lớp năm ngoái", world.hoa, today() - timedelta(days=90))
    assert "Chưa điểm danh" not in page(client)


def test_more_than_three_are_a_number(world: Any, signed_in: SignIn) -> None:
    client = signed_in(r.make_account("ai-do", "officer", world.hoa))
    for number in range(5):
        r.make_class(f"Lớp {number}", world.hoa, today() - timedelta(days=number))
    content = page(client)
    assert content.count("Chưa điểm danh:") == 3
    assert "Và 2 buổi khác chưa điểm danh" in content


def test_people_of_ones_own_in_a_class_of_others_are_to_be_confirmed(world: Any, signed_in: SignIn) -> None:
    client = signed_in(r.make_account("ai-do", "officer", world.hoa))
    held = r.make_class("Lớp của tỉnh", world.province, today())
    r.attend(held, world.people["Ánh"], "present")
    assert "Xác nhận người của đơn vị: Lớp của tỉnh" in page(client)


def test_a_submitted_report_waits_for_the_leader_alone(world: Any, signed_in: SignIn) -> None:
    Report.objects.create(unit=world.hoa, kind="month", period="2025-M10", state="submitted", revision=1)
    leader = signed_in(r.make_account("lanh-dao", "approver", world.hoa))
    officer = signed_in(r.make_account("can-bo-khac", "officer", world.hoa))
    elsewhere = signed_in(r.make_account("noi-khac", "approver", world.loc))
    assert "Chờ duyệt: báo cáo tháng 10 năm 2025" in page(leader)
    assert "1 báo cáo đang chờ" in page(leader)
    assert "Chờ duyệt" not in page(officer)
    assert "Chờ duyệt" not in page(elsewhere)


def test_a_learner_sees_the_classes_they_are_invited_to(world: Any, signed_in: SignIn) -> None:
    account = r.make_account("hoc-vien", "learner", world.hoa)
    PersonAccount.objects.create(account=account, person=world.people["Dung"])
    held = r.make_class("Lớp sắp mở", world.hoa, today() + timedelta(days=3))
    held.invitations.create(person=world.people["Dung"])
    assert "Lớp sắp mở" in page(signed_in(account))


def test_the_tour_is_offered_until_it_is_sent_away(world: Any, signed_in: SignIn) -> None:
    client = signed_in(r.make_account("moi", "officer", world.hoa))
    assert "Lần đầu dùng?" in page(client)
    first = client.get("/?lam-quen=1").content.decode()
    assert "Làm quen, bước 1/3" in first
    assert "/can-bo/?lam-quen=2" in first
    assert client.post("/huong-dan/lam-quen/xong/").status_code == 302
    assert "Lần đầu dùng?" not in page(client)


def test_what_may_be_recorded_depends_on_the_account(world: Any, signed_in: SignIn) -> None:
    trainer = signed_in(r.make_account("giang-vien", "trainer", world.hoa)).get("/ghi/").content.decode()
    assert "Điểm danh lớp đã có" in trainer
    assert "Danh sách có sẵn" not in trainer
    assert signed_in(r.make_account("xem", "viewer", world.hoa)).get("/ghi/").status_code == 403


def test_queries_do_not_grow_with_what_waits(
    world: Any, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(r.make_account("ai-do", "officer", world.hoa))
    for number in range(8):
        r.make_class(f"Lớp {number}", world.hoa, today() - timedelta(days=number))
    page(client)
    with django_assert_max_num_queries(30):
        page(client)


def test_who_is_missing_is_asked_of_the_running_year(world: Any, officer: Client) -> None:
    from nhanlucso.web.kit.asking import running_period

    running = running_period(today())
    content = page(officer)
    link = re.search(r'href="(/chi-so/coverage.basic/ho-chieu/[^"]*)"', content)
    assert link is not None
    assert f"period={running}" in link[1]
    assert "chưa ghi nhận gì, nên đang xem" in content  # figures of the year that has some
    missing = officer.get(link[1].replace("&amp;", "&")).content.decode()
    assert f"Năm {today().year} chưa ghi nhận gì." in missing


def test_an_enterprise_is_not_told_nought_of_what_nobody_knows(world: Any, signed_in: SignIn) -> None:
    works = r.make_unit("xuong", "Xưởng chè", "enterprise", parent=world.hoa)
    content = page(signed_in(r.make_account("ai-do", Role.ENTERPRISE, works)))
    assert "Chưa ghi nhận gì của đơn vị trong kỳ này." in content
    assert '<span class="num">0</span>' not in content
