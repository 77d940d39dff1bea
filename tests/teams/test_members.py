"""Who sits on a team."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nhanlucso.kernel.clock import ALWAYS, now
from nhanlucso.kernel.errors import Refused
from nhanlucso.people.models import Person, Post
from nhanlucso.people.services import PersonData
from nhanlucso.teams.models import Team, TeamMember
from nhanlucso.teams.queries import seatable_people, team_view
from nhanlucso.teams.services.members import SeatData, change_seat, remove_seat, seat_newcomer, seat_person
from tests.factories import records as r
from tests.factories import teams as t
from tests.factories.scopes import officer_of, viewer_of

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 3)
MEMBER = SeatData("member", DAY)


def refused(code: str, act: Any, **words: Any) -> None:
    with pytest.raises(Refused) as refusal:
        act(at=now(), **words)
    assert refusal.value.code == code


def test_somebody_of_the_register_is_seated(places: Any) -> None:
    person, by = r.make_person("Giàng A Páo", places.an), officer_of(places.an)
    seat_person(team=places.two, person=person.pk, seat=SeatData("leader", DAY), by=by, at=now())
    names = [(line.name, line.seat.role) for line in team_view(by, places.two.pk).members]
    assert names == [("Giàng A Páo", "leader"), ("Vàng Thị Bé", "member")]


def test_nobody_sits_twice_at_once(places: Any) -> None:
    by = officer_of(places.an)
    refused("already_member", seat_person, team=places.one, person=places.member.pk, seat=MEMBER, by=by)
    [seat] = places.one.members.filter(person=places.member)
    change_seat(member=seat, seat=SeatData("member", DAY, date(2025, 5, 1)), by=by, at=now())
    later = SeatData("deputy", date(2025, 5, 2))
    again = seat_person(team=places.one, person=places.member.pk, seat=later, by=by, at=now())
    refused("already_member", change_seat, member=again, seat=SeatData("deputy", date(2025, 5, 1)), by=by)


def test_what_cannot_be_is_refused(places: Any) -> None:
    by, person = officer_of(places.an), r.make_person("Giàng A Páo", places.an).pk
    refused("bad_value", seat_person, team=places.two, person=person, seat=SeatData("king"), by=by)
    backwards = SeatData("member", DAY, date(2025, 3, 2))
    refused("bad_span", seat_person, team=places.two, person=person, seat=backwards, by=by)
    refused("not_allowed", seat_person, team=places.two, person=person, seat=MEMBER, by=viewer_of(places.an))


def test_teams_and_people_of_others_are_not_found(places: Any) -> None:
    stranger = r.make_person("Giàng A Páo", places.binh)
    with pytest.raises(Person.DoesNotExist):
        seat_person(team=places.two, person=stranger.pk, seat=MEMBER, by=officer_of(places.an), at=now())
    with pytest.raises(Team.DoesNotExist):
        seat_person(team=places.two, person=stranger.pk, seat=MEMBER, by=officer_of(places.binh), at=now())
    assert TeamMember.objects.count() == 3


def test_a_newcomer_is_entered_as_a_citizen_of_the_village(places: Any) -> None:
    person = PersonData("Lù A Sì", birth="1990")
    seat_newcomer(team=places.two, person=person, seat=MEMBER, by=officer_of(places.an), at=now())
    post = Post.objects.get(person__full_name="Lù A Sì")
    assert (post.unit, post.category, post.valid_from) == (places.hai, "citizen", DAY)
    assert places.two.members.filter(person=post.person, valid_from=DAY, valid_to=ALWAYS).exists()


def test_a_newcomer_who_cannot_sit_is_not_entered(places: Any) -> None:
    by = officer_of(places.an)
    refused(
        "bad_value", seat_newcomer, team=places.two, person=PersonData("Lù A Sì"), seat=SeatData("x"), by=by
    )
    refused("name_missing", seat_newcomer, team=places.two, person=PersonData(" "), seat=MEMBER, by=by)
    assert not Person.objects.filter(full_name="Lù A Sì").exists()


def test_a_seat_by_mistake_goes(places: Any) -> None:
    [seat] = places.one.members.filter(person=places.member)
    with pytest.raises(Team.DoesNotExist):
        remove_seat(member=seat, by=officer_of(places.binh), at=now())
    remove_seat(member=seat, by=officer_of(places.an), at=now())
    assert places.one.members.count() == 1


def test_people_to_choose_from_have_a_post_or_a_seat_in_reach(places: Any) -> None:
    r.make_person("Vàng Văn Hai", places.an)
    r.make_person("Vàng Văn Ba", places.binh)
    found = seatable_people(officer_of(places.an), "vang", 20)
    assert {person.name for person in found} == {"Vàng Văn Hai", "Vàng Thị Bé"}
    assert seatable_people(t.team_member_of(places.mot), "vang", 20) == []
