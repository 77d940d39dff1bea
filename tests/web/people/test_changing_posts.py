"""The page that corrects a post; two who correct one record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from nhanlucso.audit.models import Event
from nhanlucso.kernel.clock import ALWAYS
from nhanlucso.people.models import Post
from tests.factories import records as r

pytestmark = pytest.mark.django_db
FORM = {"title": "Chủ tịch", "category": "cadre", "is_leader": "on", "is_main": "on", "duties": ["dt_lead"]}


@pytest.fixture
def post(world: Any) -> Post:
    person = r.make_person("Lù A Sì", world.hoa, valid_from=date(2025, 7, 1))
    return person.posts.get()


def test_a_post_is_corrected(world: Any, post: Post, officer: Client) -> None:
    address = f"/can-bo/vi-tri/{post.pk}/sua/"
    page = officer.get(address).content.decode()
    assert 'value="Công chức"' in page
    assert 'value="2025-07-01"' in page
    assert f'href="{address}"' in officer.get(f"/can-bo/{post.person_id}/").content.decode()
    days = {"valid_from": "2025-08-01", "valid_to": "2025-12-31"}
    answer = officer.post(address, FORM | days, follow=True)
    assert "Đã sửa vị trí công tác." in answer.content.decode()
    post.refresh_from_db()
    assert (post.title, post.category, post.is_leader, post.dt_lead) == ("Chủ tịch", "cadre", True, True)
    assert (post.valid_from, post.valid_to) == (date(2025, 8, 1), date(2025, 12, 31))
    assert Event.objects.get(verb="post.change").object_id == post.uid
    officer.post(address, FORM | days)
    assert Event.objects.filter(verb="post.change").count() == 1


def test_its_unit_is_chosen_anew(world: Any, post: Post, officer: Client) -> None:
    address = f"/can-bo/vi-tri/{post.pk}/sua/"
    assert f"?unit={world.loc.pk}" in officer.get(f"{address}?q=loc").content.decode()
    assert "Xã Lộc" in officer.get(f"{address}?unit={world.loc.pk}").content.decode()
    officer.post(f"{address}?unit={world.loc.pk}", FORM | {"valid_from": "2025-07-01"})
    post.refresh_from_db()
    assert (post.unit, post.valid_to) == (world.loc, ALWAYS)


def test_what_was_unknown_stays_so(post: Post, officer: Client) -> None:
    officer.post(f"/can-bo/vi-tri/{post.pk}/sua/", {"title": "Công chức", "category": "civil_servant"})
    post.refresh_from_db()
    assert (post.is_leader, post.is_main) == (None, None)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": ""}, "Hãy ghi chức danh"),
        ({"valid_from": "2025-08-01", "valid_to": "2025-07-31"}, "Ngày cuối không thể trước ngày đầu."),
        ({"valid_from": "2020-01-01"}, "Đơn vị không có hiệu lực vào ngày đầu"),
    ],
)
def test_what_is_wrong_is_told(post: Post, officer: Client, changed: dict[str, str], words: str) -> None:
    page = officer.post(f"/can-bo/vi-tri/{post.pk}/sua/", FORM | changed).content.decode()
    assert words in page
    post.refresh_from_db()
    assert post.title == "Công chức"


def test_only_where_people_may_be_edited(
    world: Any, post: Post, viewer: Client, neighbour: Client, officer: Client
) -> None:
    assert viewer.get(f"/can-bo/vi-tri/{post.pk}/sua/").status_code == 403
    assert neighbour.get(f"/can-bo/vi-tri/{post.pk}/sua/").status_code == 404
    own = r.make_person("Giàng A", world.loc, valid_from=date(2025, 7, 1)).posts.get()
    assert neighbour.post(f"/can-bo/vi-tri/{own.pk}/sua/?unit={world.hoa.pk}", FORM).status_code == 404


def test_whoever_comes_second_is_told_what_stands(world: Any, post: Post, officer: Client) -> None:
    address = f"/can-bo/vi-tri/{post.pk}/sua/"
    seen = officer.get(address).context["form"]["seen"].value()
    sent = {"title": "Công chức", "category": "civil_servant", "valid_from": "2025-07-01", "seen": seen}
    assert officer.post(address, sent | {"title": "Trưởng phòng"}).status_code == 302
    late = officer.post(address, sent | {"title": "Phó phòng"})
    assert late.status_code == 409
    page = late.content.decode()
    assert "Đã có người sửa trong lúc này" in page
    assert "Chức danh, công việc «Trưởng phòng»" in page
    post.refresh_from_db()
    assert post.title == "Trưởng phòng"
    again = late.context["form"]["seen"].value()
    assert officer.post(address, sent | {"title": "Phó phòng", "seen": again}).status_code == 302
    post.refresh_from_db()
    assert post.title == "Phó phòng"
