"""Who may stand twice: the list, the pair side by side, merging and splitting again."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from nhanlucso.access.rules import ALLOWED
from nhanlucso.exchange.sheets.reasons import WORDS
from nhanlucso.journal.models import Act
from nhanlucso.kernel.permissions import Permission
from nhanlucso.people import linkage
from nhanlucso.people.models import DistinctPair, Person, PersonAccount
from tests.factories import records as r

pytestmark = pytest.mark.django_db
LIST = "/can-bo/trung/"


@pytest.fixture
def twins(world: Any) -> tuple[Person, Person]:
    """Ánh twice: once with a birth year and a telephone, once with a birth day, in capitals."""
    one, other = world.people["Ánh"], r.make_person("LÝ THỊ ÁNH", world.an)
    one.birth, one.phone = "1985", "0912345678"
    other.birth, other.phone = "1985-12-15", "0987654321"
    one.save()
    other.save()
    return one, other


def at(twins: tuple[Person, Person], deed: str = "") -> str:
    return f"{LIST}{twins[0].pk}/{twins[1].pk}/{deed}"


def test_pairs_are_listed_with_their_reasons(officer: Client, twins: tuple[Person, Person]) -> None:
    page = officer.get(LIST).content.decode()
    assert "1 cặp hồ sơ" in page
    assert "cùng năm sinh" in page
    assert at(twins) in page
    person = officer.get(f"/can-bo/{twins[0].pk}/").content.decode()
    assert "Có thể cùng một người" in person
    assert at(twins) in person


def test_nobody_twice_is_said_too(world: Any, officer: Client) -> None:
    assert "Không thấy ai có thể bị ghi trùng" in officer.get(LIST).content.decode()
    assert "cặp hồ sơ" not in officer.get("/").content.decode()


def test_what_waits_is_told_at_home(officer: Client, viewer: Client, twins: tuple[Person, Person]) -> None:
    assert "1 cặp hồ sơ có thể cùng một người" in officer.get("/").content.decode()
    assert "cặp hồ sơ" not in viewer.get("/").content.decode()


def test_a_pair_offers_a_choice_where_both_are_known(officer: Client, twins: tuple[Person, Person]) -> None:
    page = officer.get(at(twins)).content.decode()
    assert page.count('type="radio"') == 6  # name, birth, telephone
    assert 'name="birth" value="other" aria-describedby="of-birth" checked' in page
    assert 'name="full_name" value="one" aria-describedby="of-full_name" checked' in page
    assert 'name="email"' not in page
    assert "Gộp hai hồ sơ" in page


def test_merging_takes_what_was_chosen_and_can_be_taken_back(
    officer: Client, twins: tuple[Person, Person]
) -> None:
    chosen = {"full_name": "one", "birth": "other", "phone": "other"}
    done = officer.post(at(twins, "gop/"), chosen, follow=True)
    page = done.content.decode()
    assert done.redirect_chain == [(f"/can-bo/{twins[0].pk}/", 302)]
    assert "Đã gộp hai hồ sơ thành một" in page
    assert f"/can-bo/{twins[0].pk}/tach/" in page
    kept = Person.objects.get(pk=twins[0].pk)
    assert (kept.full_name, kept.birth, kept.phone) == ("Lý Thị Ánh", "1985-12-15", "0987654321")
    split = officer.get(f"/can-bo/{kept.pk}/tach/").content.decode()
    assert "Khôi phục hồ sơ cán bộ" in split
    assert "Đã tách lại" in officer.post(f"/can-bo/{kept.pk}/tach/", follow=True).content.decode()
    assert Person.objects.get(pk=twins[0].pk).phone == "0912345678"
    assert Person.objects.filter(pk=twins[1].pk).exists()
    assert officer.get(f"/can-bo/{kept.pk}/tach/").status_code == 404
    assert officer.post(f"/can-bo/{kept.pk}/tach/").status_code == 302


def test_old_addresses_lead_to_the_one_who_stays(officer: Client, twins: tuple[Person, Person]) -> None:
    officer.post(at(twins, "gop/"))
    to = f"/can-bo/{twins[0].pk}/"
    assert officer.get(f"/can-bo/{twins[1].pk}/").headers["Location"] == to
    assert officer.get(at(twins)).headers["Location"] == to
    assert officer.post(at(twins, "gop/")).headers["Location"] == to
    assert Act.objects.count() == 1
    assert officer.get("/can-bo/999999/").status_code == 404


def test_what_was_changed_since_is_named_and_nothing_is_split(
    officer: Client, twins: tuple[Person, Person]
) -> None:
    officer.post(at(twins, "gop/"), {"birth": "other"})
    Person.objects.filter(pk=twins[0].pk).update(email="anh@example.vn")
    address = f"/can-bo/{twins[0].pk}/tach/"
    page = officer.get(address).content.decode()
    assert "hồ sơ cán bộ của Lý Thị Ánh – đã sửa sau đó" in page
    assert '<button class="btn danger">' not in page
    assert officer.post(address).status_code == 400
    assert not Person.objects.filter(pk=twins[1].pk).exists()


def test_two_people_are_not_proposed_any_more(officer: Client, twins: tuple[Person, Person]) -> None:
    done = officer.post(at(twins, "hai-nguoi/"), follow=True)
    assert done.redirect_chain == [(LIST, 302)]
    assert "Không thấy ai có thể bị ghi trùng" in done.content.decode()
    assert "Đã ghi là hai người" in officer.get(at(twins)).content.decode()
    officer.post(at(twins, "hai-nguoi/"), {"again": "1"})
    assert DistinctPair.objects.count() == 0


def test_the_record_with_the_account_stays(officer: Client, world: Any, twins: tuple[Person, Person]) -> None:
    PersonAccount.objects.create(account=world.viewer, person=twins[1])
    page = officer.get(at(twins)).content.decode()
    assert '<input type="hidden" name="keep" value="other">' in page
    officer.post(at(twins, "gop/"), {"keep": "other", "phone": "one"})
    assert Person.objects.get(pk=twins[1].pk).phone == "0912345678"
    assert not Person.objects.filter(pk=twins[0].pk).exists()


def test_two_accounts_are_told_before_anything_is_sent(
    officer: Client, world: Any, twins: tuple[Person, Person]
) -> None:
    for account, person in zip((world.viewer, world.neighbour), twins, strict=True):
        PersonAccount.objects.create(account=account, person=person)
    page = officer.get(at(twins)).content.decode()
    assert "cả hai hồ sơ đều có tài khoản" in page
    assert "Gộp hai hồ sơ" not in page
    assert officer.post(at(twins, "gop/")).status_code == 400


def test_viewers_look_and_decide_nothing(viewer: Client, twins: tuple[Person, Person]) -> None:
    page = viewer.get(at(twins)).content.decode()
    assert "Gộp hai hồ sơ" not in page
    assert 'type="radio"' not in page
    for deed in ("gop/", "hai-nguoi/"):
        assert viewer.post(at(twins, deed)).status_code == 403
    assert Person.objects.filter(pk=twins[1].pk).exists()


def test_people_of_others_are_not_there(neighbour: Client, world: Any, twins: tuple[Person, Person]) -> None:
    assert neighbour.get(at(twins)).status_code == 404
    for deed in ("gop/", "hai-nguoi/"):
        assert neighbour.post(at(twins, deed)).status_code == 404
    assert neighbour.get(f"{LIST}{twins[0].pk}/{twins[0].pk}/").status_code == 404


def test_only_officers_and_administrators_merge() -> None:
    assert {role.value for role, allowed in ALLOWED.items() if Permission.MERGE_PEOPLE in allowed} == {
        "administrator",
        "officer",
    }


def test_every_reason_has_its_words() -> None:
    codes = {
        value
        for name, value in vars(linkage).items()
        if name.isupper() and isinstance(value, str) and not name.startswith("_")
    }
    assert codes <= WORDS.keys()


def test_the_list_goes_out_as_a_file(officer: Client, twins: tuple[Person, Person]) -> None:
    file = officer.post(f"{LIST}tep/?format=xlsx")
    assert file.status_code == 200
    assert file.headers["Content-Disposition"].startswith("attachment")


def test_a_long_list_costs_no_more(
    officer: Client, world: Any, twins: tuple[Person, Person], django_assert_max_num_queries: Any
) -> None:
    officer.get(LIST)
    for number in range(30):
        for _ in range(2):
            made = r.make_person(f"Giàng Thị {'ABCDEF'[number % 6]}{number}", world.an)
            made.birth = "1990-02-03"
            made.save()
    with django_assert_max_num_queries(22):
        page = officer.get(LIST).content.decode()
    told = re.search(r"([0-9]+) cặp hồ sơ", page)
    assert told and int(told[1]) >= 31, "each pair made here, and the twins"
