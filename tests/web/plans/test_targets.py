"""Targets chosen by the name of the indicator; handed down after a look."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from nhanlucso.plans.models import Target
from tests.factories import records as r

pytestmark = pytest.mark.django_db


def test_the_indicator_is_chosen_by_its_name_with_what_it_counts(
    world: Any, plan: Any, officer: Client
) -> None:
    address = f"/ke-hoach/{plan.pk}/chi-tieu/them/"
    page = officer.get(address).content.decode()
    assert "Tỷ lệ lãnh đạo được tập huấn trong kỳ" in page
    assert "chia cho tổng số lãnh đạo" in " ".join(page.split())
    form = officer.get(address + "?indicator=coverage.leaders").content.decode()
    for words in ("Tỷ lệ lãnh đạo được tập huấn trong kỳ", "Mức (%)", 'value="2026"', "Xã Lộc"):
        assert words in form
    answer = officer.post(
        address + "?indicator=coverage.leaders",
        {
            "unit": world.province.pk,
            "year": 2026,
            "comparator": "over",
            "value": "99,5",
            "quote": "Trên 99,5%.",
        },
    )
    assert answer["Location"] == f"/ke-hoach/{plan.pk}/"
    made = Target.objects.get(indicator="coverage.leaders")
    assert (made.value, made.comparator, made.quote) == (99.5, "over", "Trên 99,5%.")
    assert 'value="99,5"' in officer.get(f"/ke-hoach/chi-tieu/{made.pk}/sua/").content.decode()
    assert officer.get(address + "?indicator=khong-co").status_code == 404


@pytest.mark.parametrize(("value", "status"), [("92,5", 200), ("1.200", 302), ("1 200", 302)])
def test_a_count_has_no_decimals(plan: Any, world: Any, officer: Client, value: str, status: int) -> None:
    form = {"unit": world.province.pk, "year": "2026", "value": value}
    answer = officer.post(f"/ke-hoach/{plan.pk}/chi-tieu/them/?indicator=training.persons", form)
    assert answer.status_code == status
    assert ("viết số tròn" in answer.content.decode()) is (status == 200)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"value": "101"}, "Tỷ lệ không quá 100"),
        ({"value": "nhiều"}, "Hãy viết một số"),
        ({"year": "26"}, "Năm phải từ 2000 đến 2100."),
        ({}, "đã có chỉ tiêu đó"),
    ],
)
def test_what_is_wrong_with_a_target(
    world: Any, plan: Any, officer: Client, changed: dict[str, str], words: str
) -> None:
    form = {"unit": world.province.pk, "year": "2026", "value": "90", **changed}
    page = officer.post(f"/ke-hoach/{plan.pk}/chi-tieu/them/?indicator=coverage.basic", form).content.decode()
    assert words in page
    assert Target.objects.filter(plan=plan).count() == 1


def test_a_target_is_corrected_and_removed(world: Any, plan: Any, officer: Client, neighbour: Client) -> None:
    target = plan.targets.get()
    address = f"/ke-hoach/chi-tieu/{target.pk}/"
    for name in ("sua/", "xoa/", "giao/"):
        assert neighbour.get(address + name).status_code == 404
    officer.post(address + "sua/", {"unit": world.province.pk, "year": 2026, "value": "80", "comparator": ""})
    target.refresh_from_db()
    assert target.value == 80
    assert "năm 2026" in officer.get(address + "xoa/").content.decode()
    officer.post(address + "xoa/")
    assert not plan.targets.exists()


def test_a_share_is_handed_down_after_a_look(world: Any, plan: Any, officer: Client) -> None:
    target, hoa, loc = plan.targets.get(), world.hoa.pk, world.loc.pk
    Target.objects.create(
        uid="ct-2",
        plan=plan,
        indicator="coverage.basic",
        unit=world.loc,
        year=2026,
        value=70,
        comparator="over",
    )
    address = f"/ke-hoach/chi-tieu/{target.pk}/giao/"
    page = officer.get(address).content.decode()
    assert f'name="value-{hoa}" value="90"' in page
    assert f'name="pick-{hoa}" value="1" checked' in page
    assert f'name="value-{loc}"' not in page
    assert "đã có: trên 70" in page
    form = {f"pick-{hoa}": "1", f"value-{hoa}": "95"}
    look = officer.post(address, form | {"step": "preview"}).content.decode()
    assert "1 đơn vị sẽ nhận chỉ tiêu này" in look
    assert plan.targets.count() == 2
    back = officer.post(address, form | {"step": "edit"}).content.decode()
    assert f'name="value-{hoa}" value="95"' in back
    done = officer.post(address, form | {"step": "confirm"}, follow=True).content.decode()
    assert "Đã giao chỉ tiêu cho 1 đơn vị." in done
    assert plan.targets.get(unit=hoa).value == 95
    again = officer.post(address, form | {"step": "confirm"}).content.decode()
    assert "Mọi đơn vị trực thuộc đã có chỉ tiêu này." in again
    assert plan.targets.count() == 3


def test_a_number_is_not_guessed_but_shared_out_when_asked(world: Any, plan: Any, officer: Client) -> None:
    r.make_person("Lù A Sì", world.loc, valid_from=date(2025, 7, 1))
    r.facts_changed()
    target = Target.objects.create(
        uid="ct-2", plan=plan, indicator="training.attendances", unit=world.province, year=2026, value=1000
    )
    address, hoa, loc = f"/ke-hoach/chi-tieu/{target.pk}/giao/", world.hoa.pk, world.loc.pk
    assert f'name="value-{hoa}" value=""' in officer.get(address).content.decode()
    picked = {f"pick-{hoa}": "1", f"pick-{loc}": "1", f"value-{hoa}": "", f"value-{loc}": ""}
    page = officer.post(address, picked | {"step": "propose"}).content.decode()
    assert f'name="value-{loc}" value="250"' in page or f'name="value-{loc}" value="' in page
    assert "bằng chỉ tiêu chung" in page
    assert "cán bộ" in page
    wrong = officer.post(address, picked | {"step": "preview"}).content.decode()
    assert "Ghi mức, hoặc bỏ chọn đơn vị này." in wrong
    assert f'href="#value-{hoa}"' in wrong
    nobody = officer.post(address, {"step": "preview"}).content.decode()
    assert "Chưa chọn đơn vị nào." in nobody
    less = officer.post(address, picked | {f"value-{hoa}": "600", f"value-{loc}": "300", "step": "preview"})
    assert "còn 100" in less.content.decode().replace("\xa0", " ")
    more = officer.post(address, picked | {f"value-{hoa}": "900", f"value-{loc}": "300", "step": "preview"})
    assert "nhiều hơn chỉ tiêu chung" in more.content.decode()
    assert plan.targets.count() == 2


def test_a_target_of_a_unit_that_has_ended_cannot_be_handed_down(world: Any, officer: Client) -> None:
    old = Target.objects.get(indicator="training.attendances", unit=world.district)
    page = officer.get(f"/ke-hoach/chi-tieu/{old.pk}/giao/").content.decode()
    assert "Không có đơn vị trực thuộc nào đang hoạt động" in page


def test_the_plan_of_the_next_year(world: Any, plan: Any, officer: Client) -> None:
    from nhanlucso.plans.models import Plan

    target, activity = plan.targets.get(), plan.activities.get()
    Target.objects.create(
        uid="ct-2", plan=plan, indicator="coverage.leaders", unit=world.an, year=2026, value=1
    )
    address = f"/ke-hoach/{plan.pk}/nam-sau/"
    page = officer.get(address).content.decode()
    for words in (
        "Kế hoạch năm 2027",
        "năm 2027: tối thiểu 90",
        "Xã An không còn hoạt động",
        "Mở lớp kỹ năng số",
    ):
        assert words in page
    assert not Plan.objects.filter(title="Kế hoạch năm 2027").exists()
    form = {
        "title": "Kế hoạch năm 2027",
        "key": "abcdefgh2345",
        "target": [target.pk],
        "activity": [activity.pk],
    }
    for _ in range(2):
        officer.post(address, form)
    made = Plan.objects.get(title="Kế hoạch năm 2027")
    assert (made.number, made.targets.get().year, made.activities.count()) == ("", 2027, 1)
    empty = officer.post(address, {"title": ""}).content.decode()
    assert "Hãy ghi tên." in empty
    assert f'value="{target.pk}" checked' not in empty  # what was unticked stays so
    old = Plan.objects.get(targets__indicator="training.attendances")
    ended = officer.get(f"/ke-hoach/{old.pk}/nam-sau/").content.decode()
    assert "Đơn vị ban hành không còn hoạt động" in ended


def test_whoever_corrects_second_is_told_what_stands(world: Any, plan: Any, officer: Client) -> None:
    held = r.make_target(world.province, "training.persons", 2026, 100)
    address = f"/ke-hoach/chi-tieu/{held.pk}/sua/"
    seen = officer.get(address).context["form"]["seen"].value()
    sent = {"unit": world.province.pk, "year": "2026", "comparator": "", "seen": seen}
    assert officer.post(address, sent | {"value": "120"}).status_code == 302
    late = officer.post(address, sent | {"value": "90"})
    assert late.status_code == 409
    assert "Mức (người) «120»" in late.content.decode()
    held.refresh_from_db()
    assert held.value == 120
