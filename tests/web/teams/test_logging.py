"""Logging help in three taps, and what a member of a team sees."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nhanlucso.kernel.clock import now, today
from nhanlucso.teams.models import Assist
from nhanlucso.teams.queries import my_teams
from tests.factories import records as r
from tests.factories import teams as t

pytestmark = pytest.mark.django_db


def visit(page: str, **fields: Any) -> dict[str, Any]:
    """What a browser would send: the nonce of the page, a field, an outcome; the rest stands in the form."""
    nonce = re.search(r'name="nonce" value="([^"]+)"', page)
    assert nonce
    return {
        "nonce": nonce[1],
        "field": "health",
        "outcome": "helped",
        "people": "1",
        "date": today(),
        **fields,
    }


def test_three_taps_and_ready_for_the_next(world: Any, team_member: Client) -> None:
    address = f"/to-cong-nghe/{world.one.pk}/ghi/"
    page = team_member.get(address).content.decode()
    assert 'name="people" value="1"' in page
    assert f'value="{today()}"' in page
    answer = team_member.post(address, visit(page), follow=True)
    told = answer.content.decode()
    assert "1\xa0lượt: Y tế, Có hỗ trợ" in told
    assert "Hoàn tác" in told
    assert visit(told)["nonce"] != visit(page)["nonce"]
    entry = Assist.objects.get()
    assert (entry.team, entry.recorded_by) == (world.one, world.team_member)


def test_sending_twice_stores_once(world: Any, team_member: Client) -> None:
    address = f"/to-cong-nghe/{world.one.pk}/ghi/"
    sent = visit(team_member.get(address).content.decode())
    first, again = team_member.post(address, sent), team_member.post(address, sent)
    assert first["Location"] == again["Location"]
    assert Assist.objects.count() == 1


def test_the_same_page_filled_in_anew_is_another_visit_when_sent_again(
    world: Any, team_member: Client
) -> None:
    address = f"/to-cong-nghe/{world.one.pk}/ghi/"
    sent = visit(team_member.get(address).content.decode())
    team_member.post(address, sent)
    told = team_member.post(address, {**sent, "field": "banking"}).content.decode()
    assert "Lần ghi trước đã được lưu với nội dung khác" in told
    assert Assist.objects.count() == 1
    team_member.post(address, visit(told, field="banking"))
    assert Assist.objects.count() == 2


def test_undo_leads_back_to_the_form(world: Any, team_member: Client) -> None:
    address = f"/to-cong-nghe/{world.one.pk}/ghi/"
    team_member.post(address, visit(team_member.get(address).content.decode()))
    undone = team_member.post(f"/to-cong-nghe/luot/{Assist.objects.get().pk}/bo/?to=log")
    assert undone["Location"] == address
    assert not Assist.objects.exists()
    assert team_member.get(f"{address}?saved=1").status_code == 200


def test_a_day_before_stays_for_the_next_entry(world: Any, team_member: Client) -> None:
    address = f"/to-cong-nghe/{world.one.pk}/ghi/"
    before = today() - timedelta(days=2)
    answer = team_member.post(address, visit(team_member.get(address).content.decode(), date=before))
    assert f"on={before}" in answer["Location"]
    assert f'name="date" value="{before}"' in team_member.get(answer["Location"]).content.decode()


def test_what_is_missing_is_said(world: Any, team_member: Client) -> None:
    address = f"/to-cong-nghe/{world.one.pk}/ghi/"
    page = team_member.get(address).content.decode()
    told = team_member.post(address, visit(page, field="", people="0")).content.decode()
    assert "Hãy chọn một lĩnh vực." in told
    assert "Ít nhất 1 lượt." in told
    late = team_member.post(address, visit(page, date=today() + timedelta(days=1))).content.decode()
    assert "Ngày này chưa đến." in late
    assert not Assist.objects.exists()


def test_members_correct_their_own_and_keepers_all(world: Any, team_member: Client, officer: Client) -> None:
    address = f"/to-cong-nghe/{world.one.pk}/ghi/"
    page = team_member.get(address).content.decode()
    team_member.post(address, visit(page))
    own, other = Assist.objects.get(), t.make_assist(world.one, today())
    changed = team_member.post(f"/to-cong-nghe/luot/{own.pk}/", visit(page, people="4"))
    assert changed["Location"] == "/to-cong-nghe/cua-toi/"
    own.refresh_from_db()
    assert own.people == 4
    assert team_member.get(f"/to-cong-nghe/luot/{other.pk}/").status_code == 404
    assert team_member.post(f"/to-cong-nghe/luot/{other.pk}/bo/").status_code == 404
    removed = officer.post(f"/to-cong-nghe/luot/{other.pk}/bo/")
    assert removed["Location"] == f"/to-cong-nghe/{world.one.pk}/"
    assert officer.get(f"/to-cong-nghe/luot/{own.pk}/").status_code == 200


def test_my_team_shows_this_month_and_no_name(world: Any, team_member: Client) -> None:
    t.make_assist(world.one, today(), 7)
    page = team_member.get("/to-cong-nghe/cua-toi/").content.decode()
    assert "<strong>7\xa0lượt</strong>" in page
    assert f"/to-cong-nghe/{world.one.pk}/ghi/" in page
    assert "Tổ Hai" not in page
    assert "Vàng Thị Bé" not in page
    assert team_member.get(f"/to-cong-nghe/{world.two.pk}/ghi/").status_code == 404


def test_the_part_for_the_first_page_is_that_of_the_room(world: Any, team_member: Client) -> None:
    scope = t.team_member_of(world.mot, world.leader, world.team_member.pk)
    part = render_to_string("teams/_mine.html", {"mine": my_teams(scope, now())})
    assert part.strip() in team_member.get("/to-cong-nghe/cua-toi/").content.decode()


def test_who_is_on_no_team_is_told(world: Any, officer: Client, viewer: Client) -> None:
    assert "Bạn chưa ở tổ nào" in officer.get("/to-cong-nghe/cua-toi/").content.decode()
    assert viewer.get("/to-cong-nghe/cua-toi/").status_code == 403


def test_the_page_of_a_team(world: Any, officer: Client) -> None:
    t.make_assist(world.one, today(), 3, "alone", "banking")
    t.make_assist(world.one, today(), 2, "not_done")
    page = officer.get(f"/to-cong-nghe/{world.one.pk}/").content.decode()
    assert "<strong>3\xa0lượt</strong>" in page
    assert "3 tự làm được, 0 có hỗ trợ" in page
    assert "2 lượt chưa làm được, không tính." in page
    assert page.index("Lý Văn An") < page.index("Vàng Thị Bé")
    for suffix in ("xlsx", "pdf"):
        answer = officer.post(f"/to-cong-nghe/{world.one.pk}/danh-sach/?format={suffix}")
        assert answer["Content-Disposition"].endswith(f'.{suffix}"')


def test_the_number_of_queries_does_not_grow(world: Any, officer: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert officer.get(f"/to-cong-nghe/{world.one.pk}/").status_code == 200
        return len(asked)

    t.make_assist(world.one, today())
    cost()
    few = cost()
    for number in range(30):
        t.seat(world.one, r.make_person(f"Lý A{number}"))
        t.make_assist(world.one, today(), number)
    assert cost() == few <= 30
