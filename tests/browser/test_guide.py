"""The pictures of the guide are taken of the pages that it speaks of, as whoever reads it sees them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from nhanlucso.cli.demo import PASSWORD
from tests.browser.conftest import Browse
from tests.browser.pages import DESKTOP, PHONE, ROOT, preview_list, sign_in

FOLDER = ROOT / "docs" / "guide"
SHEET = ROOT / "examples" / "sheets" / "can-bo-phu-nhuan.xlsx"
SCALE = {"phone": 1, "desktop": 0.75}  # pixels of a picture for each of the page: some 40 kB each
QUALITY = {"phone": 70, "desktop": 45}
STALE = "period=2024-9M"  # a period of the example cases in which some are missing


@dataclass(frozen=True, slots=True)
class Shot:
    """Who looks at which page, words that must stand there, and what is done before the picture is taken."""

    account: str
    address: str
    words: str
    then: Callable[[Page], None] = lambda page: None


def _to_top(page: Page, what: Locator) -> None:
    """Scrolls until it stands below the bar at the head of a phone."""
    what.evaluate("it => window.scrollTo(0, it.getBoundingClientRect().top + window.scrollY - 120)")


def _open_sharing(page: Page) -> None:
    summary = page.locator("details.share > summary")
    summary.click()
    _to_top(page, summary)


def _open_class(page: Page) -> None:
    page.locator("main").get_by_role("link", name="Bình dân học vụ số cho cán bộ, công chức").first.click()
    page.wait_for_url(re.compile(r"/lop-hoc/\d+/$"))


def _attend(page: Page) -> None:
    """The sheet of a session that has its people."""
    _open_class(page)
    page.locator("main table.data th a").first.click()
    page.wait_for_url(re.compile("/diem-danh/"))
    _to_top(page, page.locator("#att-bar"))


def _preview(page: Page) -> None:
    preview_list(page, SHEET, "Xã Phú Nhuận")


def _begin_report(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Lập báo cáo")).click()
    page.wait_for_url(re.compile(r"/bao-cao/\d+/"))


def _open_earlier(page: Page) -> None:
    """The targets of the example belong to a unit that is no more."""
    page.locator("main").get_by_role("link", name="Huyện Bảo Thắng").first.click()


def _open_form(page: Page) -> None:
    page.get_by_role("link", name="Biểu kỹ năng số theo xã, phường").click()
    page.wait_for_url(re.compile(r"/bieu-mau/\d+/$"))


def _fill_form(page: Page) -> None:
    _open_form(page)
    page.get_by_role("link", name="Điền biểu mẫu").click()
    page.locator("#ask-period").select_option("2025-9M")
    page.wait_for_url(re.compile("2025-9M"))


def _open_blank(page: Page) -> None:
    _open_form(page)
    page.get_by_role("link", name=re.compile("Biểu 01, ô D12:")).click()
    page.wait_for_url(re.compile("/o/"))


SHOTS = {
    "hom-nay-phone": Shot("tangloong", "/", "Ai còn thiếu"),
    "diem-danh-phone": Shot("tangloong", "/lop-hoc/", "Tất cả có mặt", _attend),
    "con-thieu-phone": Shot(
        "laocai", f"/chi-so/coverage.basic/ho-chieu/?{STALE}&group=missing", "Lập danh sách mời vào lớp"
    ),
    "bao-cao-phone": Shot("tangloong", "/bao-cao/?period=2025-9M", "Kiểm tra", _begin_report),
    "xem-truoc-phone": Shot("tangloong", "/nhap-lieu/", "Ghi vào hệ thống", _preview),
    "chia-se-phone": Shot(
        "laocai", f"/chi-so/coverage.basic/?{STALE}", "Chép chữ và đường dẫn", _open_sharing
    ),
    "chi-tieu-desktop": Shot("kehoach", "/ke-hoach/?period=2024", "còn thiếu", _open_earlier),
    "bieu-mau-desktop": Shot("laocai", "/bieu-mau/", "Số liệu lúc", _fill_form),
    "o-bieu-mau-phone": Shot("laocai", "/bieu-mau/", "Có thể là", _open_blank),
    "duyet-phone": Shot("lanhdao", "/", "Duyệt báo cáo"),
    "giang-vien-phone": Shot("giangvien", "/lop-hoc/", "Danh sách ký", _open_class),
    "ghi-luot-phone": Shot(
        "tovien",
        "/",
        "Tự làm được",
        lambda page: page.get_by_role("link", name="Ghi lượt hỗ trợ").first.click(),
    ),
    "chat-luong-phone": Shot("tangloong", "/chat-luong/", "Có thể sai"),
    "doi-chieu-phone": Shot("tangloong", "/chi-so/doi-chieu/?before=2023&period=2024", "Địa giới nay"),
    "nguoi-hoc-phone": Shot("hocvien", "/cua-toi/", "Kỹ năng số cơ bản"),
    "doanh-nghiep-phone": Shot("doanhnghiep", "/can-bo/", "Thêm cán bộ"),
    "nguoi-xem-desktop": Shot("xem", "/chi-so/?period=2024", "Phổ cập kỹ năng số"),
    "nhat-ky-desktop": Shot("kiemtra", "/quan-tri/nhat-ky/", "Nhật ký không ghi tên người"),
    "tai-khoan-desktop": Shot("quantri", "/quan-tri/", "Mời người dùng"),
}


pytestmark = pytest.mark.looks


def test_the_pictures_are_those_that_pages_show() -> None:
    shown = {
        name
        for path in FOLDER.glob("*.md")
        for name in re.findall(r"\]\(pictures/([^)]+)\.jpg\)", path.read_text(encoding="utf-8"))
    }
    assert shown == set(SHOTS)


@pytest.mark.parametrize("name", list(SHOTS))
def test_a_picture_shows_what_the_guide_says(name: str, browse: Browse, standing_site: str) -> None:
    shot = SHOTS[name]
    kind = name.rpartition("-")[2]
    device = (PHONE if kind == "phone" else DESKTOP) | {"device_scale_factor": SCALE[kind]}
    page = browse(standing_site, device)
    sign_in(page, shot.account, PASSWORD)
    page.goto(shot.address)
    shot.then(page)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text(shot.words).filter(visible=True).first).to_be_visible()
    if os.environ.get("NHANLUCSO_PICTURES") == "1":
        page.evaluate("document.fonts.ready")
        page.screenshot(
            path=FOLDER / "pictures" / f"{name}.jpg",
            type="jpeg",
            quality=QUALITY[kind],
            animations="disabled",
        )
