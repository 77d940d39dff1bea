"""Every page of every room: no violation that axe finds, nothing wider than the screen, whole and in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from nhanlucso.cli.demo import PASSWORD
from tests.browser.conftest import Browse
from tests.browser.pages import DESKTOP, PHONE, assert_accessible, picture, sign_in

ROOMS = (
    "/", "/can-bo/", "/can-bo/them/", "/can-bo/trung/", "/chi-so/", "/chi-so/coverage.basic/",
    "/chi-so/training.attendances/", "/chi-so/coverage.basic/ho-chieu/?group=missing", "/chi-so/coverage.basic/moi/",
    "/bao-cao/", "/lop-hoc/", "/ke-hoach/", "/don-vi/", "/don-vi/?q=phu+nhuan", "/don-vi/them/",
    "/nhap-lieu/", "/viec/", "/tim/?q=phu", "/tai-khoan/", "/khong-co-trang-nay/",
)  # fmt: skip
FIRST_OF = {
    "/can-bo/": "person",
    "/lop-hoc/": "class",
    "/don-vi/": "unit",
}  # lists whose first entry is opened too
pytestmark = pytest.mark.looks
PICTURED = {"/can-bo/": "people", "/don-vi/": "units", "/ke-hoach/": "plans", "/lop-hoc/": "classes"}


@pytest.mark.parametrize(
    ("device", "language", "scheme"),
    [(PHONE, "vi", "light"), (PHONE, "en", "dark"), (DESKTOP, "en", "light")],
    ids=["phone-vi-light", "phone-en-dark", "desktop-en-light"],
)
def test_every_room_is_accessible(
    standing_site: str, browse: Browse, device: dict[str, Any], language: str, scheme: str
) -> None:
    page = browse(standing_site, device, language, scheme)
    sign_in(page, "laocai", PASSWORD)
    for address in ROOMS:
        visit(page, address)
        if scheme == "light" and language == "vi" and address in PICTURED:
            picture(page, f"{PICTURED[address]}-phone")
        if address in FIRST_OF:
            entry = page.locator("main table a, main .tree a, main .plain-list a").first
            visit(page, str(entry.get_attribute("href")))


def visit(page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status in (200, 404), (address, answer.status)
    page.wait_for_load_state("networkidle")
    assert_accessible(page)


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_rooms_of_an_administrator_are_accessible(
    standing_site: str, browse: Browse, device: dict[str, Any]
) -> None:
    page = browse(standing_site, device)
    sign_in(page, "quantri", PASSWORD)
    for address in (
        "/",
        "/don-vi/danh-muc/?q=bao+thang&on=2024-09-14",
        "/don-vi/danh-muc/086@/?on=2024-09-14",
    ):
        visit(page, address)


def test_a_viewer_finds_nothing_to_write(browse: Browse, standing_site: str) -> None:
    page = browse(standing_site, DESKTOP)
    sign_in(page, "xem", PASSWORD)
    for address in (
        "/",
        "/can-bo/",
        "/don-vi/",
        "/lop-hoc/",
        "/chi-so/coverage.basic/ho-chieu/?group=missing",
    ):
        visit(page, address)
        assert page.get_by_role("link", name="Thêm cán bộ").count() == 0
        assert page.get_by_role("link", name="Lập danh sách mời vào lớp").count() == 0
        assert page.get_by_role("link", name="Ghi lại việc đã làm").count() == 0
    answer = page.goto("/nhap-lieu/")
    assert answer is not None
    assert answer.status == 403
