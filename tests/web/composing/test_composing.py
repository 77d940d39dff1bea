"""Composing on live data, publishing, versions, who sees what."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nhanlucso.indicators.models import OwnDefinition, OwnIndicator

pytestmark = pytest.mark.django_db
ROOM = "/chi-so/tu-lap/"
ONE = f"{ROOM}ban/da-hoc/"
PARTS = {
    "name": "Đã học",
    "measure": "%",
    "whom": "posts",
    "categories": ["civil_servant"],
    "deed": "learned",
    "within": "period",
}


@pytest.fixture
def planner(world: Any, signed_in: Callable[[Any], Client]) -> Client:
    from tests.factories.records import make_account

    return signed_in(make_account("ke-hoach", "planner", world.province))


@pytest.fixture
def own(planner: Client) -> Client:
    """Somebody who composed and published one."""
    assert planner.post(f"{ROOM}lap/", PARTS).status_code == 302
    assert planner.post(f"{ONE}cong-bo/", {"valid_from": ""}).status_code == 302
    return planner


def live_part(html: str) -> str:
    found = re.search(r'<section id="live".*?</section>', html, re.DOTALL)
    assert found
    return found[0]


def asked(world: Any, **changed: Any) -> dict[str, Any]:
    return PARTS | {"unit": world.hoa.pk, "period": "2024-9M"} | changed


def test_the_figure_follows_what_is_chosen(world: Any, planner: Client) -> None:
    html = planner.get(f"{ROOM}lap/", asked(world)).content.decode()
    part = live_part(html)
    assert "Tỷ lệ công chức vào ngày cuối kỳ mà trong kỳ đã hoàn thành một lớp" in part
    assert "25\u00a0%" in part
    assert "Được tính: 1 người. Không được tính: 3. Chưa rõ: 1." in part
    changed = planner.get(f"{ROOM}lap/", asked(world, none="on", leader="on")).content.decode()
    assert "giữ vị trí lãnh đạo" in live_part(changed)
    assert "chưa có ai" in live_part(changed)


def test_the_fragment_is_what_a_reload_shows(world: Any, planner: Client) -> None:
    part = planner.get(f"{ROOM}lap/", asked(world), headers={"HX-Request": "true"}).content.decode()
    assert live_part(part) == live_part(planner.get(f"{ROOM}lap/", asked(world)).content.decode())
    tried = planner.post(f"{ROOM}lap/", asked(world, do="try"))  # without a script
    assert "Tính thử" in live_part(tried.content.decode())
    assert not OwnIndicator.objects.exists()


def test_what_cannot_be_counted_says_why(world: Any, planner: Client) -> None:
    html = planner.get(f"{ROOM}lap/", asked(world, deed="")).content.decode()
    assert "Tỷ lệ và số lượt cần một việc đã làm" in live_part(html)
    answer = planner.post(f"{ROOM}lap/", asked(world, deed="", name=""))
    assert "Hãy đặt tên cho chỉ số." in answer.content.decode()
    answer = planner.post(f"{ROOM}lap/", asked(world, deed=""))
    assert "Tỷ lệ và số lượt cần một việc đã làm" in answer.content.decode()


def test_from_draft_to_figure(world: Any, planner: Client) -> None:
    assert planner.post(f"{ROOM}lap/", PARTS)["Location"] == ONE
    assert "Bản nháp của phiên bản 1" in planner.get(ONE).content.decode()
    assert planner.get("/chi-so/own.da-hoc/").status_code == 404  # nobody's figure yet
    planner.post(f"{ONE}cong-bo/", {"valid_from": ""})
    assert "Áp dụng cho mọi kỳ." in planner.get(ONE).content.decode()
    words = {"unit": world.hoa.pk, "period": "2024-9M", "tree": "now"}
    page = planner.get("/chi-so/own.da-hoc/", words).content.decode()
    assert "25\u00a0%" in page
    people = planner.get("/chi-so/own.da-hoc/ho-chieu/", words).content.decode()
    assert "Lý Thị Ánh" in people
    assert "Chỉ số tự lập" in planner.get("/chi-so/", words).content.decode()


def test_another_version_from_a_day(world: Any, own: Client) -> None:
    own.post(f"{ONE}sua/", PARTS | {"leader": "on"})
    answer = own.post(f"{ONE}cong-bo/", {"valid_from": ""})
    assert "Hãy ghi ngày." in answer.content.decode()
    own.post(f"{ONE}cong-bo/", {"valid_from": "2025-01-01"})
    html = own.get(ONE).content.decode()
    assert "kỳ kết thúc từ 01/01/2025" in html
    assert "mọi kỳ kết thúc đến 31/12/2024" in html
    assert OwnDefinition.objects.count() == 2


def test_dropping_and_retiring(world: Any, own: Client) -> None:
    own.post(f"{ONE}sua/", PARTS)
    own.post(f"{ONE}bo-nhap/")
    assert OwnDefinition.objects.count() == 1
    own.post(f"{ONE}thoi-dung/", {"on": "2024-12-31"})
    assert "Thôi dùng" in own.get(ONE).content.decode()
    late = own.get("/chi-so/own.da-hoc/", {"unit": world.hoa.pk, "period": "2025"})
    assert late.status_code == 400
    assert "không có hiệu lực với kỳ kết thúc ngày 14/12/2025" in late.content.decode()


def test_targets_may_ask_for_it(world: Any, own: Client) -> None:
    from tests.factories.records import make_target

    target = make_target(world.province, "own.da-hoc", 2024, 80)
    assert "Đã học" in own.get(f"/ke-hoach/{target.plan_id}/").content.decode()
    choices = own.get(reverse("target-add", args=[target.plan_id])).content.decode()
    assert "own.da-hoc" in choices


def test_who_may_only_look_sees_what_is_published(
    world: Any, own: Client, viewer: Client, neighbour: Client
) -> None:
    own.post(f"{ROOM}lap/", PARTS | {"name": "Nháp riêng"})
    for client in (viewer, neighbour):
        html = client.get(ROOM).content.decode()
        assert "own.da-hoc" in html
        assert "Nháp riêng" not in html
        assert "Lập chỉ số" not in html
        assert client.get(f"{ROOM}ban/nhap-rieng/").status_code == 404
        assert client.get(f"{ROOM}lap/").status_code == 403
        assert client.post(f"{ONE}cong-bo/").status_code == 403


def test_a_planner_of_one_commune_does_not_compose(world: Any, signed_in: Callable[[Any], Client]) -> None:
    from tests.factories.records import make_account

    local = signed_in(make_account("ke-hoach-xa", "planner", world.hoa))
    assert "Lập chỉ số" not in local.get(ROOM).content.decode()
    assert local.get(f"{ROOM}lap/").status_code == 403


def test_the_list_as_a_file(world: Any, own: Client, viewer: Client) -> None:
    assert own.post(f"{ROOM}tep/?format=xlsx").status_code == 200
    assert viewer.post(f"{ROOM}tep/?format=xlsx").status_code == 403


def test_pages_cost_few_queries(world: Any, own: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(8):
        own.post(f"{ROOM}lap/", PARTS | {"name": f"Chỉ số {number}", "slug": f"so-{number}"})
    with django_assert_max_num_queries(14):
        own.get(ROOM)
    own.get(f"{ROOM}lap/", asked(world))
    with django_assert_max_num_queries(20):
        own.get(f"{ROOM}lap/", asked(world))


def test_it_is_put_into_reports_and_taken_out(world: Any, own: Client) -> None:
    assert "Chưa đưa vào báo cáo" in own.get(ONE).content.decode()
    assert own.post(f"{ONE}bao-cao/", {"do": "in"}).status_code == 302
    assert "Bỏ khỏi báo cáo" in own.get(ONE).content.decode()
    own.post(f"{ONE}bao-cao/", {"do": "out"})
    assert not OwnIndicator.objects.get().reported
