"""One box for everything in reach."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nhanlucso.courses.models import Course
from nhanlucso.kernel.clock import today
from nhanlucso.people.models import Person
from nhanlucso.plans.models import Plan
from nhanlucso.teams.models import Team
from tests.factories import records as r

pytestmark = pytest.mark.django_db


def found(client: Client, words: str, of: str = "") -> dict[str, list[str]]:
    """What a search brings: the names of the hits by the heading of their group."""
    page = client.get("/tim/", {"q": words, "of": of}).content.decode()
    part = page.split('<div id="found" class="stack">')[1]
    groups = re.findall(r"<section>\s*<h2>(.*?)</h2>(.*?)</section>", part, re.DOTALL)
    return {label: re.findall(r"data-hit>([^<]*)</a>", hits.split("</ul>")[0]) for label, hits in groups}


def test_people_by_name_and_whole_phone(world: Any, officer: Client) -> None:
    person = world.people["Ánh"]
    Person.objects.filter(pk=person.pk).update(phone="0912345678")
    assert found(officer, "ly thi anh")["Người"] == ["Lý Thị Ánh"]
    assert found(officer, "0912 345 678")["Người"] == ["Lý Thị Ánh"]
    assert f'href="/can-bo/{person.pk}/"' in officer.get("/tim/?q=Ánh").content.decode()


def test_units_by_old_name_and_code_with_what_they_became(world: Any, officer: Client) -> None:
    assert found(officer, "xa binh")["Đơn vị"] == ["Xã Bình"]
    page = officer.get("/tim/?q=xa binh").content.decode()
    assert "đến 30/06/2025 · nay là Xã Hòa, Xã Lộc" in page
    assert found(officer, "00102")["Đơn vị"] == ["Xã Lộc", "Xã Bình"]
    assert "nay là Xã Hòa, Xã Lộc" in officer.get("/tim/?q=huyen cu").content.decode()


def test_units_of_the_country_with_what_they_became(world: Any, neighbour: Client) -> None:
    groups = found(neighbour, "thị trấn phố lu")
    assert groups["Đơn vị trong danh mục cả nước"][0] == "Thị trấn Phố Lu"
    assert "sau đó là Xã Bảo Thắng" in neighbour.get("/tim/?q=thi tran pho lu").content.decode()


def test_classes_figures_plans_courses_and_teams(world: Any, officer: Client) -> None:
    Plan.objects.create(uid="kh", title="Kế hoạch đào tạo kỹ năng số", number="84/KH", issuer_unit=world.hoa)
    village = r.make_unit("mot", "Thôn Một", "village", parent=world.hoa)
    Team.objects.create(uid="to", unit=village, name="")
    groups = found(officer, "kỹ năng số")
    assert groups["Lớp học"] == ["Lớp kỹ năng số"]
    assert groups["Kế hoạch"] == ["Kế hoạch đào tạo kỹ năng số"]
    assert set(groups["Khóa học"]) == {"Kỹ năng số cơ bản", "Kỹ năng số trên mạng"}
    assert groups["Chỉ số"]
    assert found(officer, "84/kh")["Kế hoạch"] == ["Kế hoạch đào tạo kỹ năng số"]
    assert found(officer, "tổ công nghệ số thôn một")["Tổ công nghệ số"] == ["Thôn Một"]


def test_plans_of_others_are_not_found_those_above_are(world: Any, neighbour: Client) -> None:
    Plan.objects.create(uid="tinh", title="Kế hoạch của tỉnh", issuer_unit=world.province)
    Plan.objects.create(uid="hoa", title="Kế hoạch của xã Hòa", issuer_unit=world.hoa)
    assert found(neighbour, "ke hoach cua")["Kế hoạch"] == ["Kế hoạch của tỉnh"]


def test_pages_by_what_one_wants_to_do(world: Any, officer: Client) -> None:
    assert found(officer, "điểm danh")["Trang"][0] == "Điểm danh"
    assert found(officer, "bao cao 9 thang")["Trang"][0].startswith("Báo cáo 9 tháng năm")
    assert "Trang" not in found(officer, "báo cáo quý 1999")
    assert f"/bao-cao/?period={today().year}-Q" in officer.get("/tim/?q=báo cáo quý").content.decode()
    assert "Trang" not in found(officer, "bảo thắng")
    assert "Trang" not in found(officer, "phú")


def test_a_trainer_finds_no_people(world: Any, signed_in: Callable[[Any], Client]) -> None:
    trainer = signed_in(r.make_account("giang-vien", "trainer"))
    groups = found(trainer, "anh")
    assert "Người" not in groups
    assert "Thêm cán bộ" not in found(trainer, "can bo").get("Trang", [])
    assert found(trainer, "lớp kỹ năng")["Lớp học"] == ["Lớp kỹ năng số"]


def test_a_learner_finds_pages_alone(world: Any, signed_in: Callable[[Any], Client]) -> None:
    learner = signed_in(r.make_account("nguoi-hoc", "learner"))
    assert set(found(learner, "ho")) <= {"Trang"}
    assert found(learner, "xa hoa") == {}


def test_others_are_out_of_reach(world: Any, neighbour: Client) -> None:
    groups = found(neighbour, "xã hòa")
    assert "Đơn vị" not in groups
    assert "Người" not in found(neighbour, "anh")


def test_five_of_each_and_the_way_to_all(world: Any, officer: Client) -> None:
    for number in range(7):
        r.make_class(f"Lớp đêm {number}", world.hoa, date(2026, 1, 5))
    assert len(found(officer, "lop dem")["Lớp học"]) == 5
    page = officer.get("/tim/?q=lop dem").content.decode()
    assert "?q=lop%20dem&amp;of=classes" in page
    assert len(found(officer, "lop dem", "classes")["Lớp học"]) == 7
    assert set(found(officer, "lop dem", "classes")) == {"Lớp học"}


def test_nothing_found_says_where_was_looked_and_what_to_try(
    world: Any, officer: Client, signed_in: Callable[[Any], Client]
) -> None:
    page = officer.get("/tim/?q=khong-co-gi-nhu-the").content.decode()
    assert "Không thấy «khong-co-gi-nhu-the»" in page
    assert "Đã tìm trong: Trang, Người, Đơn vị" in page
    trainer = signed_in(r.make_account("giang-vien", "trainer"))
    assert "Trang, Đơn vị, Lớp học" in trainer.get("/tim/?q=khong-co-gi-nhu-the").content.decode()


def test_one_letter_is_too_short(world: Any, officer: Client) -> None:
    page = officer.get("/tim/?q=h").content.decode()
    assert "Gõ từ hai chữ trở lên." in page
    assert "Không thấy" not in page


def test_what_is_swapped_in_is_what_a_reload_shows(world: Any, officer: Client) -> None:
    for words in ("", "h", "hoa", "khong-co"):
        part = officer.get(f"/tim/?q={words}", headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in part
        assert part.strip() in officer.get(f"/tim/?q={words}").content.decode()


def test_there_is_one_box_on_the_page(world: Any, officer: Client) -> None:
    assert officer.get("/tim/?q=hoa").content.decode().count("data-search") == 1


def test_few_queries_whatever_the_size(world: Any, officer: Client, neighbour: Client) -> None:
    def cost(client: Client) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/tim/?q=hoa").status_code == 200
        return len(asked)

    def grow(size: int) -> None:
        for number in range(size):
            unit = r.make_unit(f"hoa-{size}-{number}", f"Thôn Hòa {number}", "village", parent=world.loc)
            r.make_person(f"Lý Văn Hòa {number}", unit)
            r.make_class(f"Lớp Hòa {number}", world.loc, date(2026, 1, 5))
            Team.objects.create(uid=f"{size}-{number}", unit=unit, name="Tổ Hòa")
            Plan.objects.create(uid=f"{size}-{number}", title="Kế hoạch Hòa", issuer_unit=world.loc)
            Course.objects.create(uid=f"{size}-{number}", title="Khóa Hòa")

    for client in (officer, neighbour):
        grow(6 if client is officer else 7)
        cost(client)
        few = cost(client)
        grow(30 if client is officer else 31)
        cost(client)
        assert cost(client) == few <= 25
