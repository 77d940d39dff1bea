"""The teams of a unit as a page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.periods import month_of
from nhanlucso.kernel.text import fold
from nhanlucso.orgs.models import Unit, UnitVersion
from nhanlucso.orgs.services import structure_changed
from nhanlucso.teams.models import Assist, Team, TeamMember
from tests.factories import records as r
from tests.factories import teams as t

pytestmark = pytest.mark.django_db


def text(page: str) -> str:
    """The words of a page without its marks, single-spaced."""
    import re

    return " ".join(re.sub(r"<[^>]+>", "", page).replace("\xa0", " ").split())


def test_a_commune_in_words_and_villages_without_a_team_first(world: Any, officer: Client) -> None:
    t.make_assist(world.one, today(), 3)
    first, last = month_of(today()).window()
    page = officer.get("/to-cong-nghe/").content.decode()
    assert "3 thôn, 2 có tổ, 1 chưa có. 2 tổ, 2 thành viên. 3 lượt hỗ trợ trong tháng" in text(page)
    assert f"({first:%d/%m/%Y} – {last:%d/%m/%Y})" in page
    assert page.index("Thôn Ba") < page.index("Thôn Hai") < page.index("Thôn Một")
    assert f"/to-cong-nghe/lap/?unit={world.ba.pk}" in page
    assert "Lý Văn An" in page


def test_a_province_has_a_line_for_each_commune(world: Any, viewer: Client) -> None:
    page = viewer.get("/to-cong-nghe/").content.decode()
    assert "3 thôn, 2 có tổ, 1 chưa có." in text(page)
    assert f'href="?unit={world.an.pk}&amp;' in page
    assert "1 xã, phường chưa ghi thôn nào" in page
    assert "/lap/" not in page


def test_filters_and_words(world: Any, officer: Client) -> None:
    missing = officer.get("/to-cong-nghe/?show=missing").content.decode()
    assert f"/lap/?unit={world.ba.pk}" in missing
    assert "Tổ trưởng</th>" not in missing
    empty = officer.get("/to-cong-nghe/?show=empty").content.decode()
    assert f"/to-cong-nghe/{world.two.pk}/?" in empty
    assert f"/to-cong-nghe/{world.one.pk}/?" not in empty
    named = officer.get("/to-cong-nghe/?q=ly van").content.decode()
    assert f"/to-cong-nghe/{world.one.pk}/?" in named
    assert f"/to-cong-nghe/{world.two.pk}/?" not in named
    assert "Không có dòng nào khớp" in officer.get("/to-cong-nghe/?q=zzz").content.decode()
    assert officer.get("/to-cong-nghe/?show=nonsense").status_code == 200


def test_a_past_month_is_that_of_its_last_day(world: Any, officer: Client) -> None:
    t.make_assist(world.one, date(2024, 8, 15), 4)
    page = officer.get("/to-cong-nghe/?period=2024-M09").content.decode()
    assert "Ngày 14/09/2024:" in page
    assert "4 lượt hỗ trợ trong tháng 9 năm 2024 (15/08/2024 – 14/09/2024)" in text(page)
    assert "/ghi/" not in page
    assert "/lap/" not in page
    before = officer.get("/to-cong-nghe/?period=2023").content.decode()
    assert "3 thôn, 1 có tổ, 2 chưa có." in text(before)


def test_a_unit_without_villages_says_what_to_do(world: Any, neighbour: Client) -> None:
    page = neighbour.get("/to-cong-nghe/").content.decode()
    assert "Chưa ghi thôn, bản, tổ dân phố nào" in page
    assert f"/don-vi/{world.binh.pk}/" in page


def test_a_unit_that_has_ended_leads_to_its_heir(world: Any, viewer: Client) -> None:
    old = r.make_unit("cu", "Xã Cũ", parent=world.province, end=date(2025, 6, 30))
    r.make_change("merge", date(2025, 7, 1), old, world.an)
    page = viewer.get(f"/to-cong-nghe/?unit={old.pk}").content.decode()
    assert "Xã Cũ nay không còn." in page
    assert f'href="?unit={world.an.pk}&amp;' in page


def test_actions_are_offered_where_they_may_be_done(world: Any, viewer: Client, signed_in: Any) -> None:
    from nhanlucso.access.models import Assignment

    both = r.make_account("ca-hai", "viewer", world.province)
    Assignment.objects.create(account=both, role="officer", unit=world.mot)
    page = signed_in(both).get(f"/to-cong-nghe/?unit={world.an.pk}").content.decode()
    assert f"/to-cong-nghe/{world.one.pk}/ghi/" in page
    assert f"/to-cong-nghe/{world.two.pk}/ghi/" not in page
    assert f"/lap/?unit={world.ba.pk}" not in page


def test_units_of_others_are_not_found(world: Any, neighbour: Client) -> None:
    assert neighbour.get(f"/to-cong-nghe/?unit={world.an.pk}").status_code == 404
    assert neighbour.get("/to-cong-nghe/?unit=x").status_code == 404
    assert neighbour.get("/to-cong-nghe/?period=2024-M13").status_code == 400


def test_who_only_logs_is_led_to_their_own(world: Any, team_member: Client) -> None:
    answer = team_member.get("/to-cong-nghe/")
    assert (answer.status_code, answer["Location"]) == (302, "/to-cong-nghe/cua-toi/")
    assert team_member.get(f"/to-cong-nghe/{world.one.pk}/").status_code == 403
    assert team_member.post("/to-cong-nghe/danh-sach/").status_code == 403


def test_the_list_as_a_file(world: Any, officer: Client, viewer: Client) -> None:
    for suffix in ("xlsx", "pdf"):
        answer = officer.post(f"/to-cong-nghe/danh-sach/?show=missing&format={suffix}")
        assert answer["Content-Disposition"].endswith(f'.{suffix}"')
    assert viewer.post("/to-cong-nghe/danh-sach/").status_code == 403


def test_the_queries_are_as_few_with_2000_villages(world: Any, officer: Client, viewer: Client) -> None:
    def cost(client: Client, unit: Unit) -> int:
        client.get(f"/to-cong-nghe/?unit={unit.pk}")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/to-cong-nghe/?unit={unit.pk}").status_code == 200
        return len(asked)

    few = cost(officer, world.an), cost(viewer, world.province)
    units = Unit.objects.bulk_create([Unit(uid=f"v{n}") for n in range(2_000)])
    UnitVersion.objects.bulk_create(
        [
            UnitVersion(unit=u, name=u.uid, name_folded=fold(u.uid), kind="village", parent=world.an)
            for u in units
        ]
    )
    structure_changed()
    teams = Team.objects.bulk_create([Team(uid=f"t{u.pk}", unit=u) for u in units[:1_900]])
    TeamMember.objects.bulk_create([TeamMember(team=team, person=world.member) for team in teams])
    Assist.objects.bulk_create(
        [Assist(uid=f"x{s.pk}", team=s, date=today(), people=1, outcome="alone") for s in teams]
    )
    assert (cost(officer, world.an), cost(viewer, world.province)) == few
    assert max(few) <= 20
    assert "2.003 thôn, 1.902 có tổ, 101 chưa có." in text(officer.get("/to-cong-nghe/").content.decode())
