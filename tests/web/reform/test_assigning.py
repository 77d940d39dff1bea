"""After a split: villages and posts are ticked and sent to an heir; each act is taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from nhanlucso.journal.models import Act
from nhanlucso.kernel.clock import today
from nhanlucso.orgs.queries import history
from nhanlucso.people.models import Post
from tests.factories import records as r
from tests.factories.district import LAST, REFORM

pytestmark = pytest.mark.django_db


@pytest.fixture
def split(world: Any) -> Any:
    """Xã Bình was split into Hòa and Lộc: thôn Một stood below it, Em and An work there."""
    world.village = r.make_unit("mot", "Thôn Một", "village", parent=world.binh)
    world.an_post = r.make_post(r.make_person("Lý Văn An"), world.binh)
    r.make_post(world.people["Em"], world.loc, is_main=False)
    return world


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def test_progress_is_shown(split: Any, officer: Client) -> None:
    assert "Xã Bình" in page(officer, "/cai-cach/")
    text = page(officer, f"/cai-cach/phan-ve/{split.binh.pk}/")
    assert "đã phân 0 trên 3" in text
    assert "Xã Lộc: có vị trí khác ở đó" in text


def test_a_village_is_sent(split: Any, officer: Client) -> None:
    address = f"/cai-cach/phan-ve/{split.binh.pk}/"
    officer.post(f"{address}don-vi/", {"units": [split.village.pk], "heir": split.loc.pk})
    assert history().version(split.village.pk, today()).parent == split.loc.pk  # type: ignore[union-attr]
    assert "đã phân 1 trên 3" in page(officer, address)


def test_posts_are_sent_and_suggestions_taken(split: Any, officer: Client) -> None:
    address = f"/cai-cach/phan-ve/{split.binh.pk}/"
    open_ = list(Post.objects.filter(unit=split.binh).values_list("pk", flat=True))
    officer.post(f"{address}vi-tri/", {"posts": open_, "heir": "suggested"})
    assert Post.objects.filter(unit=split.binh, valid_to=LAST).count() == 1
    officer.post(f"{address}vi-tri/", {"posts": open_, "heir": split.hoa.pk})
    assert Post.objects.filter(unit=split.hoa, person__full_name="Lý Văn An").exists()
    act = Act.objects.latest("at")
    assert "Mọi thứ trở lại đúng như trước" in page(officer, f"{address}hoan-tac/{act.uid}/")
    officer.post(f"{address}hoan-tac/{act.uid}/")
    assert not Post.objects.filter(unit=split.hoa).exists()


def test_all_of_an_office_are_sent_at_once_and_taken_back(split: Any, officer: Client) -> None:
    """More than a page lists, those of one unit alone."""
    office = r.make_unit("phong", "Phòng Văn hóa", "division", parent=split.binh, end=LAST)
    r.make_change("split", REFORM, office, split.hoa, split.loc)
    for number in range(40):
        r.make_person(f"Người {number}", office)
    address = f"/cai-cach/phan-ve/{split.binh.pk}/"
    assert f'href="?from={office.pk}"' in page(officer, address)
    text = page(officer, f"{address}?from={office.pk}")
    assert "Tất cả 40 vị trí" in text
    assert "Lý Văn An" not in text
    words = {"all": "1", "from": office.pk, "heir": split.loc.pk}
    answer = officer.post(f"{address}vi-tri/", words)
    assert Post.objects.filter(unit=split.loc, person__full_name__startswith="Người").count() == 40
    assert not Post.objects.filter(unit=split.hoa, person=split.an_post.person).exists()
    act = Act.objects.latest("at")
    assert answer["Location"] == f"{address}?from={office.pk}&xong={act.uid}"
    assert page(officer, answer["Location"]).count(f"{address}hoan-tac/{act.uid}/") == 2
    officer.post(f"{address}hoan-tac/{act.uid}/")
    assert Post.objects.filter(unit=office, valid_to__gt=LAST).count() == 40
    officer.post(f"{address}don-vi/", {"all": "1", "heir": split.hoa.pk})
    assert history().version(office.pk, today()).parent == split.hoa.pk  # type: ignore[union-attr]


def test_what_waits_stands_on_the_first_page(split: Any, neighbour: Client, viewer: Client) -> None:
    assert f"/cai-cach/phan-ve/{split.binh.pk}/" in page(neighbour, "/")
    assert "Chờ phân về" not in page(viewer, "/")


def test_an_officer_of_what_was_split_is_told(split: Any, signed_in: Callable[[Any], Client]) -> None:
    text = page(signed_in(r.make_account("xa-binh", unit=split.binh)), "/")
    assert "Xã Bình không còn" in text
    assert "Nay là Xã Hòa, Xã Lộc." in text


def test_who_may_invite_sees_who_is_in_charge(split: Any, officer: Client) -> None:
    text = page(officer, f"/cai-cach/phan-ve/{split.binh.pk}/")
    assert "có người phụ trách" in text  # xã Lộc
    assert f"/quan-tri/moi/them/?unit={split.hoa.pk}" in text


def test_nothing_ticked_is_said(split: Any, officer: Client) -> None:
    address = f"/cai-cach/phan-ve/{split.binh.pk}/"
    answer = officer.post(f"{address}don-vi/", {"heir": split.loc.pk}, follow=True)
    assert "Chưa chọn dòng nào." in answer.content.decode()
    answer = officer.post(
        f"{address}don-vi/", {"units": [split.village.pk], "heir": split.an.pk}, follow=True
    )
    assert "không phải một nơi nhận" in answer.content.decode()


def test_an_officer_of_an_heir_claims(split: Any, neighbour: Client, viewer: Client) -> None:
    address = f"/cai-cach/phan-ve/{split.binh.pk}/"
    text = page(neighbour, address)
    assert "Lý Văn An" in text
    assert f'name="heir" value="{split.hoa.pk}"' not in text
    neighbour.post(f"{address}vi-tri/", {"posts": [split.an_post.pk], "heir": split.loc.pk})
    assert Post.objects.filter(unit=split.loc, person__full_name="Lý Văn An").exists()
    assert (
        neighbour.post(f"{address}don-vi/", {"units": [split.village.pk], "heir": split.hoa.pk}).status_code
        == 404
    )
    assert viewer.get(address).status_code == 403
    assert neighbour.get(f"/cai-cach/phan-ve/{split.an.pk}/").status_code == 404


def test_a_long_list_costs_no_more(
    split: Any, officer: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(60):
        r.make_person(f"Người {number}", split.binh)
    for address, most in ((f"phan-ve/{split.binh.pk}/", 25), ("", 25)):
        with django_assert_max_num_queries(most):
            page(officer, f"/cai-cach/{address}")


def test_what_is_open_in_the_figures_is_shown(split: Any, officer: Client) -> None:
    address = f"/cai-cach/phan-ve/{split.binh.pk}/"
    assert "?figures=1" in page(officer, address)
    text = page(officer, f"{address}?figures=1")
    assert "Từ đầu năm đến 30/06/2025" in text
    assert text.count('Chưa phân bổ">1') == 2  # of An; another post speaks for Em
