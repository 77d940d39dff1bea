"""The main job: from the lists to a report whose every number opens, in a real browser on the real server."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from nhanlucso.cli.demo import PASSWORD
from tests.browser.pages import ROOT, picture, preview_list, sign_in

SHEETS = ROOT / "examples" / "sheets"


def choose(page: Page, unit: str, period: str) -> None:
    """Asks the page for another unit and period through its question bar."""
    opener = page.get_by_text("Đổi đơn vị, kỳ")
    if opener.count() and opener.first.is_visible():
        opener.first.click()
    select = page.locator("#ask-unit")
    value = select.locator("option", has_text=unit).first.get_attribute("value")
    with page.expect_navigation():
        select.select_option(value)
    if page.get_by_text("Đổi đơn vị, kỳ").count():
        page.get_by_text("Đổi đơn vị, kỳ").first.click()
    with page.expect_navigation():
        page.locator("#ask-period").select_option(period)


def test_a_figure_opens_down_to_the_people_who_are_then_invited(desktop: Page) -> None:
    page = desktop
    sign_in(page, "laocai", PASSWORD)
    page.get_by_role("link", name="Chỉ số", exact=True).first.click()
    choose(page, "Huyện Bảo Thắng", "2024-9M")
    picture(page, "figures-desktop")
    page.get_by_role("link", name="Tỷ lệ được phổ cập kỹ năng số cơ bản trong kỳ").first.click()
    expect(page.locator("main")).to_contain_text("93,5")
    expect(page.locator("main")).to_contain_text("490 trên 524")
    picture(page, "figure-desktop")
    page.get_by_role("link", name="Mở danh sách người").click()
    page.get_by_role("link", name=re.compile("Chưa đạt")).click()
    expect(page.locator("tbody tr")).to_have_count(34)
    picture(page, "passport-desktop")
    page.get_by_role("link", name="Lập danh sách mời vào lớp").click()
    page.get_by_role("radio", name="Lớp mới").check()
    page.locator("[name=title]").fill("Tập huấn kỹ năng số cơ bản, lớp bù")
    page.locator("[name=day]").fill("2026-12-01")
    page.locator("[name=starts]").fill("08:00")
    page.locator("[name=ends]").fill("11:00")
    page.get_by_role("button", name="Lập danh sách mời").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tập huấn kỹ năng số cơ bản, lớp bù")
    expect(page.locator("main")).to_contain_text("34")


def import_list(page: Page, file: Path, unit: str) -> None:
    preview_list(page, file, unit)
    picture(page, f"import-{file.stem}-phone")
    page.get_by_role("button", name="Ghi vào hệ thống").click()
    expect(page.locator(".notice.ok")).to_contain_text("Đã ghi", timeout=60_000)


def test_lists_are_imported_and_the_figures_follow(phone: Page) -> None:
    page = phone
    sign_in(page, "tangloong", PASSWORD)
    import_list(page, SHEETS / "can-bo-phu-nhuan.xlsx", "Xã Phú Nhuận")

    def attendances() -> str:
        page.goto("/chi-so/training.attendances/?period=2024-M11&tree=now")
        return page.locator(".figure-value").first.inner_text()

    before = attendances()
    import_list(page, SHEETS / "diem-danh.xlsx", "Xã Phú Nhuận")
    assert attendances() != before


def test_the_report_is_downloaded_in_three_forms(desktop: Page) -> None:
    page = desktop
    sign_in(page, "laocai", PASSWORD)
    page.goto("/bao-cao/")
    choose(page, "Huyện Bảo Thắng", "2024-9M")
    picture(page, "report-desktop")
    heads = {"Word": b"PK", "PDF": b"%PDF-", "Excel": b"PK"}
    for label, head in heads.items():
        with page.expect_download() as waiting:
            page.get_by_role("link", name=label, exact=True).click()
        assert Path(waiting.value.path()).read_bytes().startswith(head)
        assert "2024-9M" in waiting.value.suggested_filename
