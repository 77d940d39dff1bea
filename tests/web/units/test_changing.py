"""Pages that write units."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from nhanlucso.access.models import Assignment
from nhanlucso.kernel.clock import today
from nhanlucso.orgs.models import Unit, UnitVersion
from nhanlucso.orgs.queries import history
from tests.factories import records as r

pytestmark = pytest.mark.django_db


def test_a_village_is_added(world: Any, neighbour: Client) -> None:
    address = f"/don-vi/them/?below={world.loc.pk}"
    form = neighbour.get(address).content.decode()
    assert 'value="village"' in form
    answer = neighbour.post(address, {"name": "Thôn Hai", "kind": "village"}, follow=True)
    [village] = history().children(world.loc.pk, today())
    assert village.name == "Thôn Hai"
    assert f'Đã thêm <a href="/don-vi/{village.unit}/">Thôn Hai</a>.' in answer.content.decode()
    again = neighbour.post(address, {"name": "Thôn Hai", "kind": "village"}).content.decode()
    assert "Ở đây đã có đơn vị cùng loại mang tên này." in again


def test_a_form_says_what_is_missing(world: Any, neighbour: Client) -> None:
    page = neighbour.post(
        f"/don-vi/them/?below={world.loc.pk}", {"valid_from": "2025-02-31"}
    ).content.decode()
    assert "Có chỗ cần sửa" in page
    for words in ("Hãy ghi tên đơn vị.", "Hãy chọn một loại.", "Ngày này không có"):
        assert words in page


def test_a_unit_gets_another_name(world: Any, officer: Client) -> None:
    address = f"/don-vi/{world.hoa.pk}/doi-ten/"
    words = {"name": "Phường Hòa", "day": "2026-01-01", "document": "1/NQ"}
    assert officer.post(address, words).status_code == 302
    assert history().version(world.hoa.pk, date(2026, 1, 1)).name == "Phường Hòa"  # type: ignore[union-attr]
    refused = officer.post(address, words | {"name": "Phường Hoà Bình"}).content.decode()
    assert "đã có một thay đổi từ chính ngày 01/01/2026" in refused


def test_a_unit_moves_below_another(world: Any, officer: Client) -> None:
    village = r.make_unit("mot", "Thôn Một", "village", parent=world.hoa)
    address = f"/don-vi/{village.pk}/chuyen/"
    assert "Cấp trên mới là đơn vị nào?" in officer.get(address).content.decode()
    assert f"?parent={world.loc.pk}" in officer.get(f"{address}?q=loc").content.decode()
    assert "Xã Lộc" in officer.get(f"{address}?parent={world.loc.pk}").content.decode()
    assert officer.post(f"{address}?parent={world.loc.pk}", {"day": "2026-01-01"}).status_code == 302
    assert history().version(village.pk, date(2026, 1, 1)).parent == world.loc.pk  # type: ignore[union-attr]


def test_an_end_asks_for_an_heir(world: Any, officer: Client) -> None:
    address = f"/don-vi/{world.loc.pk}/ket-thuc/"
    page = officer.get(address).content.decode()
    assert "Đơn vị nào tiếp nhận?" in page
    assert "?heir=none" in page
    assert f"?heir={world.hoa.pk}" in page
    assert f"?heir={world.loc.pk}" not in page
    assert "không thuộc đơn vị nào nữa" in officer.get(f"{address}?heir=none").content.decode()
    answer = officer.post(f"{address}?heir={world.hoa.pk}", {"last_day": "2026-01-31"}, follow=True)
    assert "Nay là" in answer.content.decode()
    assert history().carry(world.loc.pk, today(), today()) == {world.hoa.pk}


def test_children_keep_a_unit_from_ending_without_an_heir(world: Any, officer: Client) -> None:
    r.make_unit("mot", "Thôn Một", "village", parent=world.hoa)
    page = officer.post(
        f"/don-vi/{world.hoa.pk}/ket-thuc/?heir=none", {"last_day": "2026-01-31"}
    ).content.decode()
    assert "Còn 1 đơn vị bên dưới (Thôn Một)" in page


def test_no_village_takes_over_from_a_division_nor_holds_one(world: Any, officer: Client) -> None:
    village = r.make_unit("mot", "Thôn Một", "village", parent=world.hoa)
    office = r.make_unit("phong", "Phòng Văn hóa", "division", parent=world.hoa)
    other = r.make_unit("ban", "Ban Một cửa", "division", parent=world.hoa)
    for act, name in (("ket-thuc", "heir"), ("chuyen", "parent")):
        address = f"/don-vi/{office.pk}/{act}/"
        page = officer.get(address).content.decode()
        assert f"?{name}={other.pk}" in page
        assert f"?{name}={village.pk}" not in page
        assert f"?{name}={village.pk}" not in officer.get(f"{address}?q=mot").content.decode()
    address = f"/don-vi/{office.pk}/ket-thuc/?heir={village.pk}"
    refused = officer.post(address, {"last_day": "2026-01-31"}).content.decode()
    assert "Thôn, bản, tổ dân phố không tiếp nhận được phòng, ban" in refused
    address = f"/don-vi/{office.pk}/chuyen/?parent={village.pk}"
    assert "không đặt dưới" in officer.post(address, {"day": "2026-01-31"}).content.decode()
    assert officer.get(f"/don-vi/them/?below={village.pk}").status_code == 404


def test_only_kinds_that_may_stand_there_are_offered(world: Any, officer: Client) -> None:
    assert 'value="village"' in officer.get(f"/don-vi/them/?below={world.hoa.pk}").content.decode()
    page = officer.get(f"/don-vi/them/?below={world.province.pk}").content.decode()
    assert 'value="village"' not in page
    assert 'value="agency"' in page


def test_who_looks_at_more_than_they_work_on_is_offered_only_their_own(
    world: Any, signed_in: Callable[[Any], Client]
) -> None:
    account = r.make_account("hai-vai", "viewer")
    Assignment.objects.create(account=account, role="officer", unit=world.loc)
    client = signed_in(account)
    village = r.make_unit("mot", "Thôn Một", "village", parent=world.loc)
    assert "/them/" in client.get(f"/don-vi/{world.loc.pk}/").content.decode()
    assert "/doi-ten/" not in client.get(f"/don-vi/{world.loc.pk}/").content.decode()
    assert "/doi-ten/" in client.get(f"/don-vi/{village.pk}/").content.decode()
    page = client.get(f"/don-vi/{world.hoa.pk}/").content.decode()
    assert "/them/" not in page
    assert client.get(f"/don-vi/them/?below={world.hoa.pk}").status_code == 404


def test_an_officer_changes_no_unit_of_others_nor_the_own_one(world: Any, neighbour: Client) -> None:
    versions = UnitVersion.objects.count()
    for address in (
        f"/don-vi/them/?below={world.hoa.pk}",
        f"/don-vi/{world.hoa.pk}/doi-ten/",
        f"/don-vi/{world.hoa.pk}/ket-thuc/?heir={world.loc.pk}",
        "/don-vi/them/",
    ):
        assert neighbour.get(address).status_code == 404
        assert neighbour.post(address, {"name": "X", "day": "2026-01-01"}).status_code == 404
    for act in ("doi-ten/", "chuyen/", "ket-thuc/", f"ket-thuc/?heir={world.hoa.pk}"):
        own = f"/don-vi/{world.loc.pk}/{act}"
        assert neighbour.get(own).status_code == 403
        refused = neighbour.post(own, {"name": "Phường Lộc", "day": "2026-01-01"})
        assert refused.status_code == 403
        assert "Chỉ cấp trên mới được" in refused.content.decode()
    assert "/doi-ten/" not in neighbour.get(f"/don-vi/{world.loc.pk}/").content.decode()
    assert UnitVersion.objects.count() == versions


def test_viewers_are_refused(world: Any, viewer: Client) -> None:
    units = Unit.objects.count()
    for address in (
        f"/don-vi/them/?below={world.hoa.pk}",
        f"/don-vi/{world.hoa.pk}/doi-ten/",
        f"/don-vi/{world.hoa.pk}/chuyen/",
        f"/don-vi/{world.hoa.pk}/ket-thuc/",
        "/don-vi/danh-muc/",
        "/don-vi/danh-muc/086@/",
    ):
        assert viewer.get(address).status_code == 403
        assert viewer.post(address, {"name": "X", "kind": "village"}).status_code == 403
    assert Unit.objects.count() == units
