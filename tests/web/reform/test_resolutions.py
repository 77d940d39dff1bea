"""Pages of resolutions: writing one, looking at it beforehand, doing it, taking it back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nhanlucso.jobs.models import Job
from nhanlucso.kernel.clock import EVER, today
from nhanlucso.orgs.queries import history
from nhanlucso.reform import work
from nhanlucso.reform.models import Resolution
from tests.factories import records as r

pytestmark = pytest.mark.django_db
DAY = "2026-01-01"
HEAD = "Loại thay đổi,Đơn vị cũ,Đơn vị mới,Mã mới\n"


@pytest.fixture
def held(world: Any, officer: Client) -> Resolution:
    words = {"title": "Sắp xếp cấp xã", "number": "9/NQ", "date": DAY}
    officer.post("/cai-cach/soan/", words)
    return Resolution.objects.get()


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def rehearsed(client: Client, address: str) -> str:
    """The page of a rehearsal made now."""
    answer = client.post(f"{address}xem-truoc/", follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_an_empty_room_says_what_to_do(world: Any, officer: Client) -> None:
    assert "Chưa có nghị quyết nào" in page(officer, "/cai-cach/")
    assert "/cai-cach/" in page(officer, "/don-vi/")


def test_a_merge_is_built_looked_at_done_and_taken_back(
    world: Any, officer: Client, held: Resolution
) -> None:
    address = f"/cai-cach/{held.uid}/"
    assert "Nghị quyết thay đổi những gì?" in page(officer, address)
    assert f"?from={world.hoa.pk}" in page(officer, f"{address}them/merge/?q-from=hoa")
    chosen = f"{address}them/merge/?from={world.hoa.pk}&from={world.loc.pk}"
    assert "Xã Hòa" in page(officer, chosen)
    form = {"name": "Xã Hòa Lộc", "code": "00109", "parent": str(world.province.pk)}
    assert officer.post(chosen, form).status_code == 302
    text = page(officer, address)
    assert text.count("Xã Hòa Lộc") >= 2
    assert "Chưa xem trước lần nào" in page(officer, f"{address}xem-truoc/")
    assert "2 đơn vị kết thúc, 1 đơn vị mới" in rehearsed(officer, address)
    assert history().version(world.hoa.pk, today()) is not None
    officer.post(f"{address}thuc-hien/")
    [unit] = history().carry(world.hoa.pk, EVER, today())
    assert history().version(unit, today()).name == "Xã Hòa Lộc"  # type: ignore[union-attr]
    assert "Đã thực hiện" in page(officer, address)
    assert "Mọi thứ trở lại đúng như trước" in page(officer, f"{address}hoan-tac/")
    officer.post(f"{address}hoan-tac/")
    assert history().version(world.hoa.pk, today()) is not None


@pytest.mark.parametrize(
    ("kind", "query", "form", "words"),
    [
        ("split", "from={hoa}&to={loc}", {"names": "Xã Hạ"}, "Chia, tách"),
        ("split", "from={hoa}&stay=1&to={loc}", {}, "Xã Hòa (vẫn còn)"),
        ("rename", "from={hoa}", {"name": "Phường Hòa"}, "Phường Hòa"),
        ("move", "from={hoa}&to={district}", {}, "Chuyển đơn vị cấp trên"),
        ("create", "to={hoa}", {"name": "Thôn Mới", "kind": "village"}, "Thôn Mới"),
        ("abolish", "from={hoa}", {}, "Giải thể"),
    ],
)
def test_each_kind_of_change_is_chosen_on_screen(
    world: Any, officer: Client, held: Resolution, kind: str, query: str, form: dict[str, str], words: str
) -> None:
    other = r.make_unit("tinh-hai", "Tỉnh Hai", "province")
    given = query.format(hoa=world.hoa.pk, loc=world.loc.pk, district=other.pk)
    address = f"/cai-cach/{held.uid}/them/{kind}/?{given}"
    page(officer, address)
    assert officer.post(address, form).status_code == 302
    assert words in page(officer, f"/cai-cach/{held.uid}/")


def test_what_is_missing_is_said(world: Any, officer: Client, held: Resolution) -> None:
    for kind, words in (
        ("merge", "Chọn đơn vị nhận"),
        ("split", "ít nhất hai nơi nhận"),
        ("rename", "Ghi tên mới"),
        ("move", "Chưa chọn cấp trên"),
    ):
        address = f"/cai-cach/{held.uid}/them/{kind}/?from={world.hoa.pk}"
        assert words in officer.post(address, {}).content.decode()
    assert officer.get(f"/cai-cach/{held.uid}/them/khac/").status_code == 404


def test_problems_stand_at_their_rows(world: Any, officer: Client, held: Resolution) -> None:
    address = f"/cai-cach/{held.uid}/"
    officer.post(f"{address}them/rename/?from={world.hoa.pk}", {"name": "Xã Lộc"})
    text = page(officer, address)
    assert "1 chỗ cần sửa trước khi thực hiện" in text
    assert "đã có đơn vị cùng loại tên «Xã Lộc»" in text
    assert "1 chỗ cần sửa trước" in rehearsed(officer, address)
    answer = officer.post(f"{address}thuc-hien/")
    assert answer.status_code == 400
    row = held.changes.get().pk
    officer.post(f"{address}dong/{row}/bo/")
    assert not held.changes.exists()


def test_rows_come_from_a_file_all_or_none(world: Any, officer: Client, held: Resolution) -> None:
    address = f"/cai-cach/{held.uid}/tep/"
    wrong = HEAD + "nhập,Xã Hòa,Xã Lộc,\nbay,Xã Lộc,,\nđổi tên,Xã Không Có,Xã X,\n"
    text = officer.post(address, {"file": SimpleUploadedFile("a.csv", wrong.encode())}).content.decode()
    assert "dòng 3" in text
    assert "Không thấy «Xã Không Có»" in text
    assert not held.changes.exists()
    right = HEAD + "nhập,Xã Hòa,Xã Hòa Lộc,00109\nnhập,Xã Lộc,Xã Hòa Lộc,00109\n"
    assert officer.post(address, {"file": SimpleUploadedFile("a.csv", right.encode())}).status_code == 302
    assert held.changes.count() == 2
    assert held.units.get().code == "00109"
    assert "2 dòng thay đổi" in page(officer, f"/cai-cach/{held.uid}/")


def test_counts_open_to_lists(world: Any, officer: Client, held: Resolution) -> None:
    r.make_person("Giàng Thị Mỷ", world.hoa)
    r.make_target(world.hoa, "coverage.basic", 2026, 80)
    address = f"/cai-cach/{held.uid}/"
    officer.post(f"{address}them/merge/?from={world.hoa.pk}&to={world.loc.pk}", {})
    text = rehearsed(officer, address)
    assert f'href="{address}xem-truoc/posts/?unit={world.hoa.pk}">1<' in text
    assert "1 chỉ tiêu của đơn vị kết thúc" in text
    assert "Giàng Thị Mỷ" in page(officer, f"{address}xem-truoc/posts/")
    for what in ("teams", "classes", "targets", "plans", "accounts", "reports", "imports"):
        page(officer, f"{address}xem-truoc/{what}/")


def test_accounts_are_shown_with_what_they_see(world: Any, officer: Client, held: Resolution) -> None:
    address = f"/cai-cach/{held.uid}/"
    officer.post(f"{address}them/merge/?from={world.loc.pk}&to={world.hoa.pk}", {})
    text = rehearsed(officer, address)
    assert f'href="{address}xem-truoc/accounts/?which=ending"' in text
    text = page(officer, f"{address}xem-truoc/accounts/?which=ending")
    assert "Đơn vị kết thúc, không còn thấy gì" in text
    assert "giao lại ở Xã Hòa" in text
    assert officer.post(f"{address}xem-truoc/accounts/tep/?which=ending&format=xlsx").status_code == 200
    assert officer.post(f"{address}xem-truoc/posts/tep/?format=xlsx").status_code == 200
    assert officer.get(f"{address}xem-truoc/accounts/?which=khac").status_code == 200


def test_much_is_long_work_that_its_page_shows(
    world: Any, officer: Client, held: Resolution, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "AT_ONCE", 0)
    address = f"/cai-cach/{held.uid}/"
    officer.post(f"{address}them/merge/?from={world.loc.pk}&to={world.hoa.pk}", {})
    whole = rehearsed(officer, address)
    part = officer.get(f"{address}xem-truoc/", headers={"HX-Request": "true"}).content.decode()
    assert "Đang chờ đến lượt" in part
    assert soup(part) in soup(whole)
    job = Job.objects.get()
    assert officer.get(f"/viec/{job.pk}/")["Location"] == f"{address}xem-truoc/"
    work.run_resolution.call(str(job.pk))
    assert officer.get(f"{address}xem-truoc/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "1 đơn vị kết thúc" in page(officer, f"{address}xem-truoc/")
    officer.post(f"{address}thuc-hien/")
    assert "Đang chờ đến lượt" in page(officer, address)
    officer.post(f"/viec/{Job.objects.latest('created_at').pk}/dung/")
    assert "Đã dừng, chưa ghi gì." in page(officer, address)
    assert history().version(world.loc.pk, today()) is not None


def soup(text: str) -> str:
    """What a page says, whatever the spaces and the token of its forms."""
    return " ".join(re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text).split())


def test_what_was_said_is_corrected_and_thrown_away(world: Any, officer: Client, held: Resolution) -> None:
    address = f"/cai-cach/{held.uid}/"
    words = {"title": "Sắp xếp xã, phường", "number": "10/NQ", "date": "2026-02-01"}
    assert officer.post(f"{address}sua/", words).status_code == 302
    assert "10/NQ" in page(officer, address)
    officer.post(f"{address}xoa/")
    assert not Resolution.objects.exists()


def test_only_for_who_works_on_these_units(
    world: Any, viewer: Client, neighbour: Client, held: Resolution
) -> None:
    assert viewer.get("/cai-cach/").status_code == 403
    assert neighbour.get(f"/cai-cach/{held.uid}/").status_code == 404
    assert neighbour.get("/cai-cach/").status_code == 200


def test_pages_cost_the_same_for_many_units(
    world: Any, officer: Client, held: Resolution, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(30):
        unit = r.make_unit(f"x{number}", f"Xã {number}", parent=world.province)
        r.make_person(f"Người {number}", unit)
        world.neighbour.assignments.create(role="officer", unit=unit)
        held.changes.create(kind="merge", from_unit=unit, to_unit=world.hoa)
    rehearsed(officer, f"/cai-cach/{held.uid}/")
    for address, most in (
        ("", 25),
        ("xem-truoc/", 25),
        ("xem-truoc/posts/", 20),
        ("xem-truoc/accounts/", 20),
    ):
        with django_assert_max_num_queries(most):
            page(officer, f"/cai-cach/{held.uid}/{address}")
