"""The board: where each target stands, how many people are missing, who is furthest below."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.factories import records as r

pytestmark = pytest.mark.django_db
OF_2026 = "/ke-hoach/?unit={unit}&period=2026&tree=now"


def _page(client: Client, unit: Any, words: str = OF_2026) -> str:
    answer = client.get(words.format(unit=unit.pk))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_target_is_one_line_with_people_missing(world: Any, plan: Any, officer: Client) -> None:
    page = _page(officer, world.hoa).replace("\xa0", " ")
    for words in (
        "tối thiểu 90 %",
        "14,3 %",
        "1 trên 7",
        "còn thiếu 6 người",
        "6 người chưa đạt",
        "Chưa đạt",
    ):
        assert words in page
    assert f"ho-chieu/?unit={world.hoa.pk}&amp;period=2026&amp;tree=now&amp;group=missing" in page
    assert f'href="/ke-hoach/{plan.pk}/"' in page
    assert "Số liệu lúc" in page


def test_unknown_is_never_zero(world: Any, plan: Any, officer: Client) -> None:
    page = _page(officer, world.loc)  # nobody works there
    assert "Chưa có số liệu" in page
    assert "còn thiếu" not in page


def test_what_a_split_left_open_is_unclear(world: Any, plan: Any, officer: Client) -> None:
    from nhanlucso.plans.models import Target

    Target.objects.create(
        uid="ct-2", plan=plan, indicator="status.basic", unit=world.hoa, year=2026, value=30
    )  # fmt: skip
    page = _page(officer, world.hoa)
    assert "Chưa rõ" in page


def test_units_below_that_are_furthest_away(world: Any, plan: Any, officer: Client) -> None:
    page = _page(officer, world.province)
    assert "1 trên 2 chỉ tiêu của các đơn vị trực thuộc chưa đạt" in page
    assert "1 chỉ tiêu chưa rõ." in page
    assert f'/ke-hoach/?unit={world.hoa.pk}&amp;period=2026&amp;tree=now">Xã Hòa' in page
    assert "#don-vi" in page


def test_the_furthest_come_first_and_reached_ones_not(world: Any, plan: Any) -> None:
    from django.test import RequestFactory

    from nhanlucso.kernel.scope import SYSTEM
    from nhanlucso.web.kit.asking import question
    from nhanlucso.web.kit.board import by_plan, targets_behind

    course = r.make_course("Khóa nữa", delivery="self_paced")
    for number in range(4):
        person = r.make_person(f"Lù {number}", world.loc, valid_from=date(2025, 7, 1))
        if number == 0:
            r.make_result(person, course, date(2026, 3, 1), passed=True)
    r.facts_changed()
    request = RequestFactory().get(OF_2026.format(unit=world.province.pk))
    request.scope = SYSTEM  # type: ignore[attr-defined]
    asked = question(request)
    assert asked is not None
    behind = targets_behind(SYSTEM, asked)
    assert [line.unit.name for line in behind.below] == ["Xã Hòa", "Xã Lộc"]
    assert [line.gap for line in behind.below] == ["còn thiếu 6\xa0người", "còn thiếu 3\xa0người"]
    assert (behind.missed, behind.unknown, behind.judged) == (2, 0, 2)
    assert [code for code, _name in behind.codes] == ["coverage.basic"]
    assert [line.unit.name for line in behind.furthest] == ["Xã Hòa", "Tỉnh Mới", "Xã Lộc"]
    (group,) = by_plan(behind.own)
    assert (group.plan_id, group.issuer, len(group.lines)) == (plan.pk, "Tỉnh Mới", 1)


def test_an_empty_board_says_what_to_do(world: Any, officer: Client, viewer: Client) -> None:
    address = "/ke-hoach/?unit={unit}&period=2027&tree=now"
    page = _page(officer, world.loc, address)
    assert "Chưa có chỉ tiêu cho năm này" in page
    assert f"/ke-hoach/them/?unit={world.loc.pk}" in page
    assert "/ke-hoach/them/" not in _page(viewer, world.loc, address)


def test_it_costs_the_same_for_many_units(
    world: Any, plan: Any, officer: Client, django_assert_max_num_queries: Any
) -> None:
    address = OF_2026.format(unit=world.province.pk)
    officer.get(address)
    with django_assert_max_num_queries(25):
        officer.get(address)
    for number in range(12):
        unit = r.make_unit(f"xa-{number}", f"Xã {number}", parent=world.province, start=date(2025, 7, 1))
        r.make_person(f"Lý {number}", unit, valid_from=date(2025, 7, 1))
    r.facts_changed()
    page = _page(officer, world.province)
    assert page.count('class="what"') == 10
    with django_assert_max_num_queries(25):
        officer.get(address)


def test_it_is_taken_as_a_file(world: Any, plan: Any, officer: Client, viewer: Client) -> None:
    from nhanlucso.audit.models import Event

    address = f"/ke-hoach/tai/?unit={world.province.pk}&period=2026&tree=now&format="
    assert officer.post(address + "xlsx").content[:2] == b"PK"
    assert officer.post(address + "pdf").content[:4] == b"%PDF"
    assert Event.objects.filter(verb="list.export", object_type="unit").count() == 2
    assert officer.get(address + "xlsx").status_code == 405
    assert viewer.post(address + "xlsx").status_code == 403


def test_what_is_not_below_is_not_found(world: Any, plan: Any, neighbour: Client) -> None:
    assert neighbour.get(OF_2026.format(unit=world.hoa.pk)).status_code == 404
    assert f'href="/ke-hoach/{plan.pk}/"' in _page(neighbour, world.loc)
