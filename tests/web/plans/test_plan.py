"""The page of a plan, and the pages that write plans, directives and programmes."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from nhanlucso.plans.models import Directive, Plan, Programme, Target
from tests.factories import records as r

pytestmark = pytest.mark.django_db


def test_everything_of_a_plan(world: Any, plan: Any, officer: Client) -> None:
    from nhanlucso.plans.models import Board, BoardMember

    Target.objects.create(
        uid="ct-2", plan=plan, indicator="coverage.basic", unit=world.hoa, year=2026, value=85
    )
    activity = plan.activities.get()
    activity.partner_units.add(world.loc)
    r.make_class("Lớp ở Hòa", world.hoa, date(2026, 3, 2), activity=activity)
    board = Board.objects.create(uid="b", unit=world.province, name="Ban Chỉ đạo tỉnh")
    BoardMember.objects.create(board=board, person=r.make_person("Hoàng A Páo", world.hoa), role="head")
    Directive.objects.create(uid="v", plan=plan, title="Về việc cử người đi học", number="15/CV")
    page = officer.get(f"/ke-hoach/{plan.pk}/").content.decode()
    for words in (
        "Kế hoạch năm 2026", "chưa có, do văn thư cấp", "chưa ghi ngày", "Tối thiểu 90% được phổ cập.",
        "và 1 đơn vị khác", "Mở lớp kỹ năng số", "Xã Lộc", f'/ke-hoach/nhiem-vu/{activity.pk}/#lop">1<',
        "15/CV – Về việc cử người đi học", "Ban Chỉ đạo tỉnh", "Hoàng A Páo", "Trưởng ban",
    ):  # fmt: skip
        assert words in page, words
    work = officer.get(f"/ke-hoach/nhiem-vu/{activity.pk}/").content.decode()
    assert "Lớp ở Hòa" in work


def test_a_plan_of_above_is_read_and_not_changed(
    world: Any, plan: Any, neighbour: Client, viewer: Client
) -> None:
    for client in (neighbour, viewer):
        page = client.get(f"/ke-hoach/{plan.pk}/").content.decode()
        assert "Tối thiểu 90% được phổ cập." in page
        assert "/sua/" not in page
        assert "/them/" not in page
    assert "/chi-so/coverage.basic/" in viewer.get(f"/ke-hoach/{plan.pk}/").content.decode()
    assert "/chi-so/coverage.basic/" not in neighbour.get(f"/ke-hoach/{plan.pk}/").content.decode()
    assert neighbour.get(f"/ke-hoach/{plan.pk}/sua/").status_code == 404
    assert viewer.get(f"/ke-hoach/{plan.pk}/sua/").status_code == 403


def test_every_link_of_what_is_read_leads_somewhere(world: Any, plan: Any, neighbour: Client) -> None:
    from nhanlucso.plans.models import Board

    board = Board.objects.create(uid="b", unit=world.province, name="Ban Chỉ đạo tỉnh")
    work = plan.activities.get()
    pages = (
        f"{plan.pk}/",
        f"nhiem-vu/{work.pk}/",
        f"ban-chi-dao/{board.pk}/",
        "de-an/",
        "?period=2026&tree=now",
    )
    for page in pages:
        text = neighbour.get("/ke-hoach/" + page).content.decode()
        for link in set(re.findall(r'href="(/(?:ke-hoach|chi-so|can-bo|don-vi|lop-hoc)[^"#]*)', text)):
            assert neighbour.get(link.replace("&amp;", "&")).status_code == 200, (page, link)


def test_empty_parts_say_so(world: Any, officer: Client) -> None:
    empty = Plan.objects.create(uid="kh-0", title="Kế hoạch trống", issuer_unit=world.hoa)
    page = officer.get(f"/ke-hoach/{empty.pk}/").content.decode()
    for words in (
        "Chưa có chỉ tiêu.",
        "Chưa có nhiệm vụ nào.",
        "Chưa có văn bản chỉ đạo nào.",
        "Chưa ghi ban chỉ đạo",
    ):
        assert words in page


def test_a_plan_costs_the_same_with_many_lines(
    world: Any, plan: Any, officer: Client, django_assert_max_num_queries: Any
) -> None:
    from nhanlucso.plans.models import Activity

    address = f"/ke-hoach/{plan.pk}/"
    with django_assert_max_num_queries(25):
        officer.get(address)
    for number in range(20):
        unit = r.make_unit(f"xa-{number}", f"Xã {number}", parent=world.province, start=date(2025, 7, 1))
        row = Activity.objects.create(uid=f"nv-x{number}", plan=plan, title=f"Việc {number}", lead_unit=unit)
        row.partner_units.add(world.hoa, world.loc)
        Target.objects.create(
            uid=f"ct-x{number}", plan=plan, indicator="coverage.basic", unit=unit, year=2026, value=90
        )
    officer.get(address)
    with django_assert_max_num_queries(25):
        officer.get(address)


def test_a_plan_is_written_once_though_sent_twice(world: Any, neighbour: Client) -> None:
    page = neighbour.get("/ke-hoach/them/").content.decode()
    assert "văn thư cấp" in page
    key = re.search(r'name="key" value="(\w+)"', page)
    assert key is not None
    form = {"key": key[1], "title": "Kế hoạch xã Lộc", "issuer": world.loc.pk, "valid_from": "2026-01-01"}
    first, second = (neighbour.post("/ke-hoach/them/", form) for _ in range(2))
    made = Plan.objects.get(title="Kế hoạch xã Lộc")
    assert first["Location"] == second["Location"] == f"/ke-hoach/{made.pk}/"
    assert (made.number, made.issued_on) == ("", None)


def test_errors_of_a_plan_stand_at_the_fields(world: Any, neighbour: Client) -> None:
    wrong = {"title": "", "issuer": world.hoa.pk, "valid_from": "2026-02-01", "valid_to": "2026-01-01"}
    page = neighbour.post("/ke-hoach/them/", wrong).content.decode()
    for words in ("Có chỗ cần sửa", "Hãy ghi tên.", "Ngày cuối không thể trước ngày đầu."):
        assert words in page
    assert not Plan.objects.filter(issuer_unit=world.hoa).exists()
    assert neighbour.get(f"/ke-hoach/them/?unit={world.hoa.pk}").status_code == 404


def test_a_plan_is_corrected_and_removed(world: Any, plan: Any, officer: Client) -> None:
    programme = Programme.objects.create(uid="da", title="Đề án 146", number="146/QĐ-TTg")
    address = f"/ke-hoach/{plan.pk}/sua/"
    assert 'value="2026-01-01"' in officer.get(address).content.decode()
    form = {
        "title": "Kế hoạch mới", "number": "5/KH-UBND", "issued_on": "2025-12-20", "issuer": world.province.pk,
        "programme": programme.pk,
    }  # fmt: skip
    page = officer.post(address, form, follow=True).content.decode()
    for words in ("Đã sửa kế hoạch.", "5/KH-UBND", "20/12/2025", "146/QĐ-TTg – Đề án 146"):
        assert words in page
    ask = officer.get(f"/ke-hoach/{plan.pk}/xoa/").content.decode()
    assert "1 chỉ tiêu, 1 nhiệm vụ" in ask
    officer.post(f"/ke-hoach/{plan.pk}/xoa/")
    assert not Plan.objects.filter(pk=plan.pk).exists()


def test_a_removal_that_is_refused_says_why(world: Any, plan: Any, officer: Client) -> None:
    activity = plan.activities.get()
    r.make_class("Lớp", world.hoa, date(2026, 3, 2), activity=activity)
    for address in (f"/ke-hoach/{plan.pk}/xoa/", f"/ke-hoach/nhiem-vu/{activity.pk}/xoa/"):
        page = officer.post(address).content.decode()
        assert "Không xóa được" in page
        assert "Có lớp học thuộc nhiệm vụ" in page
    assert Plan.objects.filter(pk=plan.pk).exists()


def test_a_directive_is_written_corrected_removed(world: Any, plan: Any, officer: Client) -> None:
    form = {"title": "Về việc cử người", "number": "", "issuer": world.province.pk}
    officer.post(f"/ke-hoach/{plan.pk}/van-ban/them/", form)
    made = Directive.objects.get(plan=plan)
    assert made.number == ""
    address = f"/ke-hoach/van-ban/{made.pk}/"
    assert "Về việc cử người" in officer.get(address + "sua/").content.decode()
    officer.post(address + "sua/", form | {"number": "15/CV"})
    assert "15/CV" in officer.get(f"/ke-hoach/{plan.pk}/").content.decode()
    officer.post(address + "xoa/")
    assert not Directive.objects.exists()


def test_programmes(world: Any, plan: Any, officer: Client, neighbour: Client, viewer: Client) -> None:
    assert "Chưa có đề án, chương trình nào" in officer.get("/ke-hoach/de-an/").content.decode()
    officer.post("/ke-hoach/de-an/them/", {"title": "Đề án 146", "number": "146/QĐ-TTg"})
    made = Programme.objects.get()
    plan.programme = made
    plan.save()
    address = f"/ke-hoach/de-an/{made.pk}/"
    assert "1 kế hoạch thực hiện" in viewer.get("/ke-hoach/de-an/").content.decode()
    assert "/sua/" not in neighbour.get("/ke-hoach/de-an/").content.decode()
    assert neighbour.get(address + "sua/").status_code == 404
    assert 'value="146/QĐ-TTg"' in officer.get(address + "sua/").content.decode()
    officer.post(address + "sua/", {"title": "Đề án khác"})
    assert "Có kế hoạch thực hiện" in officer.post(address + "xoa/").content.decode()
    plan.delete()
    officer.post(address + "xoa/")
    assert not Programme.objects.exists()
    assert officer.post("/ke-hoach/de-an/tai/?format=xlsx").content[:2] == b"PK"
