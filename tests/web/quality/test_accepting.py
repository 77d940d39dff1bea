"""Accepting a finding on its page, opening it again, the numbers of a rule, files, and who may see what."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from nhanlucso.indicators.models import QualityException, QualityLimit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vietnamese")]

RULE = "/chat-luong/class.head_count_far/"


def address(world: Any) -> str:
    return f"{RULE}chap-nhan/?unit={world.province.pk}&subject=training_class:{world.training_class.pk}"


def test_accepted_with_a_reason_and_opened_again(officer: Client, world: Any) -> None:
    listed = officer.get(f"{RULE}?unit={world.province.pk}").content.decode()
    assert re.sub("&amp;", "&", re.findall(rf'href="({RULE}chap-nhan/[^"]*)"', listed)[0]) == address(world)
    assert "Ghi lý do" in officer.post(address(world), {"reason": ""}).content.decode()
    done = officer.post(address(world), {"reason": "Có biên bản đếm đại biểu."}, follow=True)
    assert "Không thấy gì cần xem lại" in done.content.decode()
    accepted = officer.get(f"{RULE}?unit={world.province.pk}&state=accepted").content.decode()
    assert "Có biên bản đếm đại biểu." in accepted
    said = QualityException.objects.get()
    officer.post(f"/chat-luong/chap-nhan/{said.pk}/bo/?unit={world.province.pk}")
    assert officer.get(f"{RULE}?unit={world.province.pk}").context["open"] == 1
    assert officer.post(f"/chat-luong/chap-nhan/{said.pk}/bo/").status_code == 404


def test_who_may_only_look_is_offered_nothing(viewer: Client, world: Any) -> None:
    page = viewer.get(f"{RULE}?unit={world.province.pk}")
    assert page.status_code == 200
    assert "chap-nhan" not in page.content.decode()
    assert viewer.post(address(world), {"reason": "Có biên bản."}).status_code == 403


def test_outside_the_scope_is_not_found(neighbour: Client, world: Any) -> None:
    for path in (f"/chat-luong/?unit={world.province.pk}", f"{RULE}?unit=none", "/chat-luong/khong.co/"):
        assert neighbour.get(path).status_code == 404
    own = neighbour.get("/chat-luong/").content.decode()
    assert "Xã Lộc" in own
    assert "Số đếm khác xa" not in own.split("Các quy tắc không thấy gì")[0]


def test_names_are_for_who_may_see_people(world: Any, signed_in: Callable[[Any], Client]) -> None:
    from nhanlucso.indicators.quality.queries import Asked, findings
    from nhanlucso.kernel.permissions import Permission
    from nhanlucso.kernel.scope import SYSTEM, Scope
    from nhanlucso.web.quality.naming import Names
    from tests.factories import records as r

    stranger = r.make_person("Tẩn Láo Tả")
    r.attend(world.training_class, stranger, "present")
    r.facts_changed()
    told = findings(SYSTEM, world.province.pk, Asked("person.no_post"))[0].finding
    blind = Scope(
        None, frozenset(), frozenset(), everything=True, permissions=frozenset({Permission.SEE_FIGURES})
    )
    assert "Tẩn Láo Tả có mặt 1 ngày ở «Lớp kỹ năng số»" in Names(SYSTEM, [told]).named(told).text
    hidden = Names(blind, [told]).named(told)
    assert (hidden.text, hidden.links) == (
        "Một người có mặt 1 ngày ở một lớp khi chưa có vị trí công tác.",
        [],
    )


def test_numbers_of_a_rule_are_set_by_who_runs_the_installation(
    world: Any, officer: Client, signed_in: Callable[[Any], Client]
) -> None:
    from tests.factories import records as r

    admin = signed_in(r.make_account("quan-tri", "administrator"))
    assert officer.get(f"{RULE}nguong/").status_code == 403
    assert "Ít nhất là 2" in admin.post(f"{RULE}nguong/", {"times": "1", "difference": "10"}).content.decode()
    admin.post(f"{RULE}nguong/", {"times": "20", "difference": "10"})
    assert QualityLimit.objects.get().value == 20
    assert admin.get(f"{RULE}?unit={world.province.pk}").context["open"] == 0


def test_findings_and_units_leave_as_files(officer: Client, world: Any) -> None:
    for path in (f"{RULE}danh-sach/", "/chat-luong/tai/"):
        sent = officer.post(f"{path}?unit={world.province.pk}&format=xlsx")
        assert sent.status_code == 200
        assert sent["Content-Disposition"].endswith('.xlsx"')


def test_a_window_narrows_the_findings(officer: Client, world: Any) -> None:
    assert officer.get(f"{RULE}?unit={world.province.pk}&period=2024").context["count"] == 1
    assert officer.get(f"{RULE}?unit={world.province.pk}&period=2023").context["count"] == 0


@pytest.mark.parametrize("size", [1, 6])
def test_queries_do_not_grow_with_findings(
    world: Any, officer: Client, django_assert_max_num_queries: Any, size: int
) -> None:
    from tests.factories import records as r

    for number in range(size):
        stranger = r.make_person(f"Người lạ {number}")
        held = r.make_class(
            f"Lớp {number}", world.hoa, world.training_class.sessions.first().starts_at.date()
        )
        r.attend(held, stranger, "present")
    r.facts_changed()
    addresses = [
        f"/chat-luong/?unit={world.province.pk}",
        f"/chat-luong/person.no_post/?unit={world.province.pk}",
    ]
    for path in addresses:
        officer.get(path)
        with django_assert_max_num_queries(16):
            page = officer.get(path)
    assert page.context["count"] == size
