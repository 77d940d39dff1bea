"""The journeys of test_journeys.py by keyboard alone, from the sign-in page on; how many keys they may take."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from nhanlucso.cli.demo import PASSWORD
from tests.browser.conftest import Browse
from tests.browser.keys import Keys, sign_in
from tests.browser.pages import DESKTOP, PHONE

pytestmark = pytest.mark.looks
WIDTHS = pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])


def at(browse: Browse, site: str, name: str, device: dict[str, Any] = DESKTOP) -> tuple[Page, Keys]:
    page = browse(site, device)
    return page, sign_in(page, name, PASSWORD)


def follow(keys: Keys, role: Any, name: Any, *, exact: bool = False) -> None:
    """Past the frame of the page that has just opened, to a control of its own, and through it."""
    keys.skip()
    keys.go(keys.main(role, name, exact=exact))


def heading(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


@WIDTHS
def test_a_class_is_made_and_recorded(browse: Browse, site: str, device: dict[str, Any]) -> None:
    page, keys = at(browse, site, "tangloong", device)
    follow(keys, "link", re.compile("Ghi lại việc đã làm"))
    follow(keys, "link", re.compile("Một lớp, một hội nghị"))
    keys.skip()
    keys.field("Tên lớp", "Tập huấn dịch vụ công trực tuyến")
    keys.reach(page.get_by_label("Ngày"))
    keys.type("10102025")  # the same day whether a browser asks for the day or the month first
    expect(page.get_by_label("Ngày")).to_have_value("2025-10-10")
    keys.reach(page.get_by_label("Hình thức"))
    keys.type("H")
    expect(page.get_by_label("Hình thức").locator("option:checked")).to_have_text("Hội nghị")
    keys.go(page.get_by_role("button", name="Mở lớp"))
    heading(page, "Tập huấn dịch vụ công trực tuyến")
    take_over_people(page, keys)
    mark_absent(page, keys, 1, 4)
    assert keys.pressed <= 110, keys.pressed


def take_over_people(page: Page, keys: Keys) -> None:
    """From the page of a class without people to its attendance sheet with those of an earlier class."""
    keys.reach(keys.main("link", "Ghi điểm danh"))
    keys.go(keys.main("link", "Ghi điểm danh"))
    follow(keys, "link", "Thêm người")
    keys.skip()
    keys.reach(page.locator("summary", has_text="Lấy từ lớp trước"))
    keys.press("Enter")
    keys.go(page.get_by_role("button", name="Thêm cả danh sách"))
    keys.go(keys.main("link", "Điểm danh", exact=True))


def mark_absent(page: Page, keys: Keys, *numbers: int) -> None:
    """All are there but those; the marks are as they were after the page was opened anew."""
    keys.skip()
    keys.reach(page.get_by_role("button", name="Tất cả có mặt"))
    keys.press("Enter")
    bar = page.locator("#att-bar")
    expect(bar).to_contain_text("chưa ghi 0")
    keys.stands()
    keys.reach(page.get_by_label("Tìm trong danh sách"))
    keys.press("Enter")
    for number in range(max(numbers) + 1):
        keys.stands()
        keys.press(*(["k"] if number in numbers else []), "ArrowDown")
    absent = re.compile(rf"[Vv]ắng\D*{len(numbers)}")
    expect(bar).to_contain_text(absent)
    expect(page.locator("#said")).to_contain_text(absent)
    keys.stands()
    page.reload()
    expect(bar).to_contain_text(absent)


def test_a_refused_form_leads_to_what_is_wrong(browse: Browse, site: str) -> None:
    page = browse(site, DESKTOP)
    page.goto("/tai-khoan/vao/")
    keys = Keys(page)
    keys.type("tangloong")
    with page.expect_navigation():
        keys.press("Enter")
    keys.mend(page.locator("input[name=password]"))
    keys.type(PASSWORD)
    with page.expect_navigation():
        keys.press("Enter")
    page.goto("/lop-hoc/them/")
    keys.skip()
    keys.go(page.get_by_role("button", name="Mở lớp"))
    keys.mend(page.get_by_label("Tên lớp"))
    page.goto("/to-cong-nghe/")
    keys.heard()
    page.goto("/can-bo/")
    keys.heard()


def number(told: Locator) -> int:
    return int(re.sub(r"\D", "", told.inner_text()))


def test_who_is_missing_is_invited(browse: Browse, site: str) -> None:
    page, keys = at(browse, site, "laocai")
    follow(keys, "link", re.compile("Ai còn thiếu"))
    follow(keys, "link", "Lập danh sách mời vào lớp")
    chosen, first = page.locator("[data-picks] output"), page.locator(".of-unit").first
    asked, left_out = number(chosen), int(str(first.get_attribute("data-size")))
    assert asked > left_out > 0
    keys.skip()
    choosing = page.locator("summary", has_text="Chọn lại theo đơn vị, từng người")
    keys.reach(choosing)
    keys.press("Enter")
    keys.reach(first.locator("[name=unit]"), within=2)
    keys.press("Space")
    expect(chosen).to_have_text(f"{asked - left_out} người được chọn")
    keys.press("Escape")
    assert keys.on(choosing) and not first.is_visible()
    keys.reach(page.locator("[name=target]"))
    while not keys.on(page.get_by_role("radio", name="Lớp mới")):
        keys.press("ArrowDown")
        keys.stands()
    keys.reach(page.locator("[name=title]"))
    keys.type("Lớp bù kỹ năng số cơ bản")
    keys.go(page.get_by_role("button", name="Lập danh sách mời"))
    heading(page, "Lớp bù kỹ năng số cơ bản")
    expect(page.locator("main")).to_contain_text(f"Mời {asked - left_out}")
    assert keys.pressed <= 80, keys.pressed


def report(page: Page, keys: Keys, period: str) -> None:
    """From the reports of a unit to one that is submitted, and its page again."""
    follow(keys, "link", period.rsplit(" ", 2)[0])
    follow(keys, "button", f"Lập báo cáo {period}")
    page.wait_for_url(re.compile(r"/bao-cao/\d+/"))
    follow(keys, "link", "Kiểm tra")
    keys.skip()
    keys.go(keys.main("button", "Đã kiểm tra"))
    keys.skip()
    keys.reach(keys.main("link", "Trình duyệt"))
    keys.press("Enter")
    keys.go(keys.main("button", "Trình duyệt"), within=4)
    expect(page.locator("main")).to_contain_text("Đã trình", timeout=60_000)
    expect(page.locator("#said")).to_contain_text("Đã trình")
    follow(keys, "link", "Mở báo cáo")


def test_the_nine_month_report_is_answered(browse: Browse, site: str) -> None:
    page, keys = at(browse, site, "laocai")
    follow(keys, "link", "Huyện Bảo Thắng")
    follow(keys, "link", re.compile("^Báo cáo"))
    report(page, keys, "9 tháng năm 2024")
    expect(page.locator("main")).to_contain_text("1.037")
    expect(page.locator("main")).to_contain_text("93,5")
    keys.skip()
    keys.reach(keys.main("link", re.compile("Word")))
    with page.expect_download() as waiting:
        keys.press("Enter")
    assert Path(waiting.value.path()).read_bytes().startswith(b"PK")
    assert keys.pressed <= 150, keys.pressed


@WIDTHS
def test_a_commune_is_followed_through_the_reform(browse: Browse, site: str, device: dict[str, Any]) -> None:
    page, keys = at(browse, site, "laocai", device)
    if device is PHONE:
        keys.go(page.get_by_role("link", name="Tìm", exact=True))
    else:
        keys.press("/")
        keys.stands()
        keys.type("phu nhuan")
        with page.expect_navigation():
            keys.press("Enter")
    keys.reach(keys.main("searchbox", ""))
    keys.type("phu nhuan")
    commune = keys.main("link", re.compile("Phú Nhuận"))
    expect(commune.first).to_be_visible()
    expect(page.locator("#said")).to_contain_text("kết quả")
    keys.stands()
    keys.reach(commune, key="ArrowDown", within=5)
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.locator("main")).to_contain_text("01/07/2025")
    follow(keys, "link", re.compile("Tằng Loỏng"))
    heading(page, re.compile("Tằng Loỏng"))
    expect(page.locator("main")).to_contain_text("Phú Nhuận")
    assert keys.pressed <= 60, keys.pressed


def test_a_leader_approves(browse: Browse, site: str) -> None:
    page, officer = at(browse, site, "tangloong")
    follow(officer, "link", re.compile("^Báo cáo"))
    if not page.get_by_role("heading", name="Năm 2025").count():
        follow(officer, "link", "2025", exact=True)
    report(page, officer, "9 tháng năm 2025")
    page, leader = at(browse, site, "chutich")
    follow(leader, "link", re.compile("Chờ duyệt: báo cáo 9 tháng"))
    leader.skip()
    leader.reach(leader.main("link", "Duyệt hoặc trả lại"))
    leader.press("Enter")
    leader.go(leader.main("button", "Trả lại"), within=5)
    leader.mend(page.locator("[name=comment]"))
    leader.go(leader.main("button", "Duyệt", exact=True), within=4)
    expect(page.locator("main")).to_contain_text("Đã duyệt")
    assert officer.pressed <= 70, officer.pressed
    assert leader.pressed <= 40, leader.pressed
