"""Phone, mail and number stay masked until somebody says why they are needed; the person reads who looked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from nhanlucso.audit.models import Event
from nhanlucso.kernel.sealing import encrypt
from nhanlucso.people.models import PersonAccount, Reveal
from nhanlucso.people.revealing.rules import MOST, SHOWN_FOR
from tests.factories import records as r

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vietnamese")]


@pytest.fixture
def person(world: Any) -> Any:
    found = world.people["Ánh"]
    found.phone, found.email = "0912345678", "anh.ly@laocai.gov.vn"
    found.national_id_cipher = encrypt("010085123456")
    found.save()
    return found


def page(client: Client, person: Any) -> str:
    return client.get(f"/can-bo/{person.pk}/").content.decode()


def is_whole(text: str) -> bool:
    found = {value in text for value in ("0912345678", "anh.ly@", "010085123456")}
    assert len(found) == 1
    return found.pop()


def test_a_reveal_shows_the_values_for_minutes_and_is_on_record(
    world: Any, officer: Client, signed_in: Any, person: Any
) -> None:
    assert not is_whole(page(officer, person))
    for _twice in range(2):
        assert officer.post(f"/can-bo/{person.pk}/xem-du/", {"reason": "contact"}).status_code == 302
    assert is_whole(page(officer, person))
    assert [event.object_id for event in Event.objects.filter(verb="person.reveal")] == [person.uid]
    learner = r.make_account("chinh-minh", "learner", world.hoa)
    PersonAccount.objects.create(account=learner, person=person)
    assert "Liên hệ công việc" in signed_in(learner).get("/cua-toi/").content.decode()
    held = Reveal.objects.get()
    held.at -= SHOWN_FOR
    held.save()
    assert not is_whole(page(officer, person))


def test_without_a_reason_and_too_often_nothing_is_shown(world: Any, officer: Client, person: Any) -> None:
    officer.post(f"/can-bo/{person.pk}/xem-du/", {"reason": "curious"})
    assert not is_whole(page(officer, person))
    officer.post(f"/can-bo/{world.people['Bình'].pk}/xem-du/", {"reason": "check"})
    first = Reveal.objects.get()
    first.at -= timedelta(minutes=10)
    Reveal.objects.bulk_create(
        Reveal(person=first.person, account=first.account, reason="check", at=first.at)
        for _ in range(MOST - 1)
    )
    answer = officer.post(f"/can-bo/{person.pk}/xem-du/", {"reason": "contact"}, follow=True)
    assert "trong một giờ" in answer.content.decode()
    assert not is_whole(page(officer, person))


def test_who_only_looks_or_stands_elsewhere_may_not(
    world: Any, viewer: Client, neighbour: Client, person: Any
) -> None:
    assert viewer.post(f"/can-bo/{person.pk}/xem-du/", {"reason": "contact"}).status_code == 403
    assert neighbour.post(f"/can-bo/{person.pk}/xem-du/", {"reason": "contact"}).status_code == 404
    assert "xem-du" not in page(viewer, person)
