"""Further posts and their ends."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nhanlucso.access.enums import Role
from nhanlucso.access.rules import ALLOWED
from nhanlucso.audit.models import Event
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import Grant, granted
from nhanlucso.orgs.models import Unit
from nhanlucso.people.models import Person, Post
from nhanlucso.people.queries import posts_of
from nhanlucso.people.services import PostData, add_post, end_post
from tests.factories import records as r
from tests.factories.scopes import officer_of, viewer_of

pytestmark = pytest.mark.django_db


def test_a_further_post_stands_beside_the_first(places: Any) -> None:
    person, by = r.make_person("Lý Văn An", places.an), officer_of(places.an)
    made = add_post(person=person, post=PostData(places.village, "Trưởng thôn"), by=by, at=now())
    assert {line.post.pk for line in posts_of(by, person)} == {
        made.pk,
        person.posts.exclude(pk=made.pk).get().pk,
    }
    assert Event.objects.filter(verb="post.add").exists()


def test_a_post_is_given_only_to_people_and_in_units_within_the_scope(places: Any) -> None:
    person = r.make_person("Lý Văn An", places.an)
    with pytest.raises(Person.DoesNotExist):
        add_post(person=person, post=PostData(places.binh), by=officer_of(places.binh), at=now())
    with pytest.raises(Unit.DoesNotExist):
        add_post(person=person, post=PostData(places.binh), by=officer_of(places.an), at=now())
    with pytest.raises(Refused):
        add_post(person=person, post=PostData(places.an), by=viewer_of(places.an), at=now())
    assert Post.objects.count() == 1


def test_a_post_ends_on_its_last_day(places: Any) -> None:
    person, by = r.make_person("Lý Văn An", places.an, valid_from=date(2024, 1, 1)), officer_of(places.an)
    post = person.posts.get()
    end_post(post=post, last_day=date(2025, 6, 30), by=by, at=now())
    post.refresh_from_db()
    assert post.valid_to == date(2025, 6, 30)
    [line] = posts_of(by, person)
    assert not line.current


def test_a_post_does_not_end_before_it_began(places: Any) -> None:
    post = r.make_person("Lý Văn An", places.an, valid_from=date(2024, 1, 1)).posts.get()
    with pytest.raises(Refused) as refusal:
        end_post(post=post, last_day=date(2023, 12, 31), by=officer_of(places.an), at=now())
    assert refusal.value.code == "bad_span"


def test_posts_of_others_do_not_end(places: Any) -> None:
    post = r.make_person("Lý Văn An", places.an).posts.get()
    with pytest.raises(Post.DoesNotExist):
        end_post(post=post, last_day=date(2025, 6, 30), by=officer_of(places.binh), at=now())
    with pytest.raises(Refused):
        end_post(post=post, last_day=date(2025, 6, 30), by=viewer_of(places.an), at=now())


def test_a_post_bears_the_name_of_then_and_says_what_became_of_it(places: Any) -> None:
    old = r.make_unit("cu", "Xã Cũ", end=date(2025, 6, 30))
    r.make_change("merge", date(2025, 7, 1), old, places.an)
    person = r.make_person("Lý Văn An", old)
    [line] = posts_of(officer_of(places.an), person)
    assert line.unit is not None
    assert line.unit.name == "Xã Cũ"
    assert [version.name for version in line.became] == ["Xã An"]


def test_a_post_from_before_a_split_is_not_ended_by_the_part_that_kept_the_name(places: Any) -> None:
    """Until somebody decides where the person went, the post lies in both parts."""
    r.make_change("split", date(2025, 7, 1), places.an, places.an, places.binh)
    old = r.make_person("Lý Văn An", places.an, valid_from=date(2024, 1, 1)).posts.get()
    new = r.make_person("Lý Văn Bính", places.an, valid_from=date(2025, 7, 1)).posts.get()
    by = officer_of(places.an)
    with pytest.raises(Post.DoesNotExist):
        end_post(post=old, last_day=date(2025, 12, 31), by=by, at=now())
    assert end_post(post=new, last_day=date(2025, 12, 31), by=by, at=now()).valid_to == date(2025, 12, 31)


def test_looking_at_a_province_is_no_ending_in_it(places: Any) -> None:
    """Who looks at everything and works in one commune ends posts there alone."""
    grants = (
        Grant("viewer", ALLOWED[Role.VIEWER], places.province.pk),
        Grant("officer", ALLOWED[Role.OFFICER], places.an.pk),
    )
    by = granted(None, grants)
    here, there = (r.make_person("Lý Văn An", unit).posts.get() for unit in (places.an, places.binh))
    assert end_post(post=here, last_day=date(2025, 6, 30), by=by, at=now()).valid_to == date(2025, 6, 30)
    with pytest.raises(Post.DoesNotExist):
        end_post(post=there, last_day=date(2025, 6, 30), by=by, at=now())


def test_a_post_that_its_writer_would_not_see_is_refused(places: Any) -> None:
    r.make_change("split", date(2025, 7, 1), places.an, places.an, places.binh)
    by = officer_of(places.an)
    person = r.make_person("Lý Văn An", places.an, valid_from=date(2025, 7, 1))
    with pytest.raises(Refused, match="01/07/2025") as refusal:
        add_post(person=person, post=PostData(places.an, "Công chức"), by=by, at=now())
    assert refusal.value.code == "before_split"
    add_post(
        person=person,
        post=PostData(places.an, "Công chức", valid_from=date(2025, 7, 1)),
        by=by,
        at=now(),
    )
    assert len(posts_of(by, person)) == 2
