"""Logging help once, correcting it, taking it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from nhanlucso.access.models import Account
from nhanlucso.audit.models import Event, Touch
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import Scope
from nhanlucso.teams.models import Assist, Team
from nhanlucso.teams.rules import TAKEN_BACK_WITHIN
from nhanlucso.teams.services.assists import AssistData, change_assist, log_assist, remove_assist
from tests.factories import records as r
from tests.factories import teams as t
from tests.factories.scopes import officer_of, viewer_of

pytestmark = pytest.mark.django_db
NONCE = "visit-abcdefgh2345"


def data(**fields: Any) -> AssistData:
    return AssistData(**{"field": "health", "outcome": "helped", "people": 2, "date": today(), **fields})


@pytest.fixture
def account(places: Any) -> Account:
    return t.team_account("to-mot", places.mot, places.leader)


@pytest.fixture
def member(places: Any, account: Account) -> Scope:
    return t.team_member_of(places.mot, places.leader, account.pk)


def refused(code: str, act: Any, **words: Any) -> None:
    with pytest.raises(Refused) as refusal:
        act(**{"at": now(), **words})
    assert refusal.value.code == code


def test_a_visit_is_stored_with_who_logged_it(places: Any, account: Account, member: Scope) -> None:
    Touch.objects.all().delete()
    made = log_assist(team=places.one, nonce=NONCE, data=data(), by=member, at=now())
    made.refresh_from_db()
    assert (made.uid, made.people, made.recorded_by) == (NONCE, 2, account)
    assert Event.objects.get(verb="assist.log").object_id == NONCE
    assert Touch.objects.exists()


def test_sent_twice_it_is_stored_once(places: Any, member: Scope) -> None:
    first = log_assist(team=places.one, nonce=NONCE, data=data(), by=member, at=now())
    again = log_assist(team=places.one, nonce=NONCE, data=data(), by=member, at=now())
    assert first == again
    assert Assist.objects.count() == Event.objects.filter(verb="assist.log").count() == 1


def test_a_nonce_with_other_content_is_refused(places: Any, member: Scope) -> None:
    log_assist(team=places.one, nonce=NONCE, data=data(), by=member, at=now())
    refused("nonce_taken", log_assist, team=places.one, nonce=NONCE, data=data(people=3), by=member)
    refused("nonce_taken", log_assist, team=places.two, nonce=NONCE, data=data(), by=officer_of(places.an))
    assert Assist.objects.get().people == 2


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"field": "magic"}, "bad_value"),
        ({"outcome": ""}, "bad_value"),
        ({"people": 0}, "bad_people"),
        ({"people": 1000}, "bad_people"),
        ({"date": date(9999, 1, 1)}, "future_day"),
        ({"date": date(2023, 12, 31)}, "team_not_valid"),
    ],
)
def test_what_cannot_be_is_refused(places: Any, member: Scope, fields: Any, code: str) -> None:
    refused(code, log_assist, team=places.one, nonce=NONCE, data=data(**fields), by=member)
    assert not Assist.objects.exists()


def test_a_nonce_has_a_shape(places: Any, member: Scope) -> None:
    refused("bad_nonce", log_assist, team=places.one, nonce="X", data=data(), by=member)


def test_members_log_for_their_own_team_alone(places: Any, member: Scope) -> None:
    with pytest.raises(Team.DoesNotExist):
        log_assist(team=places.two, nonce=NONCE, data=data(), by=member, at=now())
    stranger = r.make_person("Giàng A Páo")
    other = t.team_member_of(places.mot, stranger)
    with pytest.raises(Team.DoesNotExist):
        log_assist(team=places.one, nonce=NONCE, data=data(), by=other, at=now())
    refused("not_allowed", log_assist, team=places.one, nonce=NONCE, data=data(), by=viewer_of(places.an))


def test_an_account_without_a_person_logs_in_its_unit(places: Any) -> None:
    by = t.team_member_of(places.an)
    assert log_assist(team=places.two, nonce=NONCE, data=data(), by=by, at=now())
    assert log_assist(team=places.one, nonce=NONCE + "2", data=data(), by=officer_of(places.an), at=now())


def test_one_s_own_entry_can_be_corrected_for_some_days(places: Any, member: Scope) -> None:
    made = log_assist(team=places.one, nonce=NONCE, data=data(), by=member, at=now())
    change_assist(assist=made, data=data(people=5), by=member, at=now())
    assert Assist.objects.get().people == 5
    late = now() + TAKEN_BACK_WITHIN + timedelta(seconds=1)
    with pytest.raises(Assist.DoesNotExist):
        change_assist(assist=made, data=data(), by=member, at=late)
    with pytest.raises(Assist.DoesNotExist):
        remove_assist(assist=made, by=member, at=late)
    remove_assist(assist=made, by=member, at=now())
    assert not Assist.objects.exists()
    assert Event.objects.filter(verb="assist.remove", object_id=NONCE).exists()


def test_entries_of_others_are_the_keeper_s_to_correct(places: Any, member: Scope) -> None:
    made = t.make_assist(places.one, date(2025, 1, 1))
    with pytest.raises(Assist.DoesNotExist):
        change_assist(assist=made, data=data(), by=member, at=now())
    with pytest.raises(Assist.DoesNotExist):
        remove_assist(assist=made, by=officer_of(places.binh), at=now())
    change_assist(assist=made, data=replace(data(), people=7), by=officer_of(places.an), at=now())
    remove_assist(assist=made, by=officer_of(places.an), at=now())
