"""Two records of one person become one."""

from __future__ import annotations

from typing import Any

import pytest

from nhanlucso.audit.models import Event, Touch
from nhanlucso.journal.models import Act
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.learning.models import CourseResult
from nhanlucso.people.duplicates.services import say_distinct
from nhanlucso.people.merging.queries import last_merge, one_person_now
from nhanlucso.people.merging.rules import stays, taken_from, twins
from nhanlucso.people.merging.services import Merged, merge
from nhanlucso.people.models import DistinctPair, FormerId, Person, PersonAccount, Post
from nhanlucso.teams.models import TeamMember
from nhanlucso.training.models import Attendance
from tests.factories import records as r
from tests.factories.scopes import officer_of, viewer_of
from tests.journal.state import AT, state

pytestmark = pytest.mark.django_db


def merged(twice: Any, **choices: str) -> Merged:
    return merge(kept=twice.kept.pk, gone=twice.gone.pk, choices=choices, by=twice.by, at=AT)


def refused(code: str, twice: Any, **given: Any) -> None:
    before = state()
    asked = {"kept": twice.kept.pk, "gone": twice.gone.pk, "choices": {}, "by": twice.by, **given}
    with pytest.raises(Refused) as refusal:
        merge(**asked, at=AT)
    assert refusal.value.code == code
    assert state() == before


def test_everything_belongs_to_the_one_who_stays(twice: Any) -> None:
    Touch.objects.all().delete()
    done = merged(twice)
    assert not Person.objects.filter(pk=twice.gone.pk).exists()
    assert CourseResult.objects.get().person_id == twice.kept.pk
    assert (done.act.subject, done.act.undone_at) == (str(twice.kept.pk), None)
    assert Event.objects.filter(verb="person.merge", object_id=twice.kept.uid).exists()
    assert Touch.objects.count() == 1


def test_what_was_not_known_is_taken_over_and_a_choice_decides(twice: Any) -> None:
    merged(twice, birth="gone", full_name="gone")
    person = Person.objects.get(pk=twice.kept.pk)
    assert (person.full_name, person.birth, person.phone) == ("LÝ THỊ HÒA", "1985-12-15", "0912345678")
    assert (person.email, person.name_key) == ("hoa@example.vn", twice.gone.name_key)


def test_nothing_chosen_keeps_what_is_known(twice: Any) -> None:
    merged(twice)
    person = Person.objects.get(pk=twice.kept.pk)
    assert (person.full_name, person.birth, person.phone) == ("Lý Thị Hoà", "1985", "0912345678")


def test_of_two_marks_in_one_session_the_weightier_stays(twice: Any) -> None:
    merged(twice)
    marks = Attendance.objects.filter(person=twice.kept).order_by("session__starts_at")
    assert list(marks.values_list("status", flat=True)) == ["present", "late", "present"]


def test_of_two_seats_on_a_team_the_higher_stays(twice: Any) -> None:
    merged(twice)
    assert TeamMember.objects.get().role == "leader"


def test_posts_that_say_the_same_become_one_and_others_stay(twice: Any) -> None:
    Post.objects.filter(person=twice.gone).update(title="Kế toán")
    r.make_post(twice.gone, twice.places.an)  # as that of the one who stays
    merged(twice)
    assert set(Post.objects.filter(person=twice.kept).values_list("title", flat=True)) == {
        "Công chức",
        "Kế toán",
    }
    assert FormerId.objects.filter(table="people.post").count() == 1


def test_sent_twice_it_is_done_once(twice: Any) -> None:
    first = merged(twice)
    before = state()
    again = merged(twice)
    assert (again.act.pk, again.already) == (first.act.pk, True)
    assert state() == before
    assert Act.objects.count() == 1


def test_old_ids_lead_to_the_one_who_stays(twice: Any) -> None:
    merged(twice)
    assert one_person_now(twice.by, twice.gone.pk) == twice.kept
    assert FormerId.objects.get(table="people.person").uid == twice.gone.uid
    with pytest.raises(Person.DoesNotExist):
        one_person_now(officer_of(twice.places.binh), twice.gone.pk)
    with pytest.raises(Person.DoesNotExist):
        one_person_now(SYSTEM, twice.kept.pk)


def test_ids_lead_on_after_a_second_merge(twice: Any) -> None:
    third = r.make_person("Lý Thị Hòa", twice.places.an)
    merged(twice)
    merge(kept=third.pk, gone=twice.kept.pk, choices={}, by=twice.by, at=AT)
    assert one_person_now(twice.by, twice.gone.pk) == third
    assert one_person_now(twice.by, twice.kept.pk) == third


def test_the_account_of_the_other_moves(twice: Any) -> None:
    account = r.make_account("hoa", "learner", twice.places.an)
    PersonAccount.objects.create(account=account, person=twice.gone)
    merged(twice)
    assert PersonAccount.objects.get().person_id == twice.kept.pk


def test_two_accounts_are_refused(twice: Any) -> None:
    for name, person in (("hoa", twice.kept), ("hoa2", twice.gone)):
        PersonAccount.objects.create(account=r.make_account(name, "learner", twice.places.an), person=person)
    refused("two_accounts", twice)


def test_what_was_said_of_the_pair_goes(twice: Any) -> None:
    say_distinct(one=twice.kept.pk, other=twice.gone.pk, by=twice.by, at=AT)
    merged(twice)
    assert DistinctPair.objects.count() == 0


def test_a_person_is_not_merged_with_themselves_nor_by_unknown_choices(twice: Any) -> None:
    refused("same_person", twice, gone=twice.kept.pk)
    refused("bad_value", twice, choices={"birth": "both"})
    refused("bad_value", twice, choices={"uid": "gone"})


def test_only_who_may_and_who_reaches_both(twice: Any) -> None:
    refused("not_allowed", twice, by=viewer_of(twice.places.an))
    before = state()
    other = r.make_person("Lý Thị Hòa", twice.places.binh)
    with pytest.raises(Person.DoesNotExist):
        merge(kept=twice.kept.pk, gone=other.pk, choices={}, by=twice.by, at=AT)
    assert state()["training.attendance"] == before["training.attendance"]


def test_the_last_merge_is_told_to_who_may_take_it_back(twice: Any) -> None:
    done = merged(twice)
    assert last_merge(twice.by, twice.kept) == done.act
    assert last_merge(viewer_of(twice.places.an), twice.kept) is None
    assert last_merge(officer_of(twice.places.binh), twice.kept) is None


def test_which_of_two_rows_stays() -> None:
    weightier = {"role": ("leader", "member", "")}
    assert stays({"role": "member"}, {"role": "leader"}, weightier) == "gone"
    assert stays({"role": "member"}, {"role": "member"}, weightier) == "kept"
    assert stays({"valid_to": "2024-01-01"}, {"valid_to": "9999-12-31"}, {}) == "gone"
    assert stays({"note": ""}, {"note": "x"}, {}) == "gone"
    assert twins({"id": 1, "title": "x"}, {"id": 2, "title": "x"}, frozenset({"id"}))


def test_an_identity_number_is_taken_with_its_cipher() -> None:
    known = {"full_name": "A", "birth": "", "sex": "", "phone": "", "email": ""}
    kept = {**known, "national_id_hash": "", "national_id_cipher": ""}
    gone = {**known, "national_id_hash": "h", "national_id_cipher": "c"}
    assert taken_from(kept, gone, {}) == {"national_id_hash": "h", "national_id_cipher": "c"}
