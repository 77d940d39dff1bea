"""Five journeys of an ordinary day, each in the hands of whoever makes it, on the server that people run."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from nhanlucso.cli.demo import PASSWORD
from tests.browser.conftest import Browse
from tests.browser.pages import DESKTOP, PHONE, sign_in

A_CLASS_RECORDED = 25  # taps at most, the typing of a field counted as one


class Hand:
    """A thumb that counts what it touches."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def tap(self, what: Locator) -> None:
        what.first.tap()
        self.taps += 1
        self.page.wait_for_load_state("networkidle")

    def type(self, field: Locator, words: str) -> None:
        field.fill(words)
        self.taps += 1


def signed_in(browse: Browse, site: str, name: str, phone: bool = False) -> Page:
    page = browse(site, PHONE if phone else DESKTOP)
    sign_in(page, name, PASSWORD)
    return page


def test_a_class_is_made_and_recorded_with_few_taps(browse: Browse, site: str) -> None:
    page = signed_in(browse, site, "tangloong", phone=True)
    hand = Hand(page)
    hand.tap(page.get_by_role("link", name="Ghi lại việc đã làm"))
    hand.tap(page.get_by_role("link", name="Một lớp, một hội nghị"))
    hand.type(page.get_by_label("Tên lớp"), "Tập huấn dịch vụ công trực tuyến")
    hand.tap(page.get_by_role("button", name="Mở lớp"))
    hand.tap(page.get_by_role("link", name="Ghi điểm danh"))
    hand.tap(page.get_by_role("link", name="Thêm người"))
    hand.tap(page.get_by_text("Lấy từ lớp trước"))
    hand.tap(page.get_by_role("button", name="Thêm cả danh sách"))
    hand.tap(page.get_by_role("link", name="Điểm danh", exact=True))
    hand.tap(page.get_by_role("button", name="Tất cả có mặt"))
    people = page.locator("tbody tr")
    assert people.count() >= 15
    for row in (people.nth(1), people.nth(4)):
        hand.tap(row.locator("input[data-key=k]"))
    bar = page.locator("main")
    expect(bar).to_contain_text(re.compile(r"[Vv]ắng\D*2"))
    assert hand.taps <= A_CLASS_RECORDED, hand.taps
    page.reload()
    expect(page.locator("main")).to_contain_text(re.compile(r"[Vv]ắng\D*2"))


def test_who_is_missing_is_invited(browse: Browse, site: str) -> None:
    page = signed_in(browse, site, "laocai", phone=True)
    page.goto("/chi-so/coverage.basic/ho-chieu/?period=2024-9M&group=missing")
    page.get_by_role("link", name="Lập danh sách mời vào lớp").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lập danh sách mời vào lớp")
    asked = page.locator("input[name=person]").count()
    assert asked > 1
    page.get_by_text("Chọn lại theo đơn vị, từng người").tap()
    page.locator(".of-unit[data-size='1'] [name=unit]").first.uncheck()
    expect(page.locator("[data-picks] output")).to_have_text(f"{asked - 1} người được chọn")
    page.get_by_role("radio", name="Lớp mới").check()
    page.locator("[name=title]").fill("Lớp bù kỹ năng số cơ bản")
    page.get_by_role("button", name="Lập danh sách mời").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lớp bù kỹ năng số cơ bản")
    expect(page.locator("main")).to_contain_text(f"Mời {asked - 1}")


def begin_report(page: Page, address: str) -> str:
    """Writes the report of the period that the address asks for, up to its page; returns where that is."""
    page.goto(address)
    page.get_by_role("button", name=re.compile("Lập báo cáo")).click()
    page.wait_for_url(re.compile(r"/bao-cao/\d+/"))
    return page.url


def submit(page: Page) -> None:
    """Goes through the check, then submits."""
    page.get_by_role("main").get_by_role("link", name="Kiểm tra", exact=True).click()
    page.wait_for_url(re.compile("/kiem-tra/"))
    expect(page.locator("main")).to_contain_text("So với kỳ trước")
    page.get_by_role("button", name="Đã kiểm tra").click()
    page.wait_for_url(re.compile(r"/bao-cao/\d+/$"))
    page.locator("#trinh").get_by_role("button", name=re.compile("^Trình")).click()
    expect(page.locator("main")).to_contain_text("Đã trình", timeout=60_000)


def test_the_nine_month_report_is_answered(browse: Browse, site: str) -> None:
    page = signed_in(browse, site, "laocai")
    page.goto("/bao-cao/?period=2024-9M")
    page.goto("/don-vi/?q=bao+thang")
    unit = page.get_by_role("link", name=re.compile("Huyện Bảo Thắng")).first.get_attribute("href")
    assert unit is not None
    number = re.findall(r"/don-vi/(\d+)/", unit)[0]
    report = begin_report(page, f"/bao-cao/?unit={number}&period=2024-9M")
    expect(page.locator("main")).to_contain_text("1.037")
    expect(page.locator("main")).to_contain_text("93,5")
    submit(page)
    page.goto(report)
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile("Word")).first.click()
    assert Path(waiting.value.path()).read_bytes().startswith(b"PK")


def test_a_commune_is_followed_through_the_reform(browse: Browse, site: str) -> None:
    page = signed_in(browse, site, "laocai", phone=True)
    page.goto("/")
    page.get_by_role("link", name="Tìm").first.tap()
    page.get_by_role("searchbox").first.fill("phu nhuan")
    page.get_by_role("searchbox").first.press("Enter")
    page.get_by_role("main").get_by_role("link", name=re.compile("Phú Nhuận")).first.tap()
    page.wait_for_url(re.compile(r"/don-vi/\d+/"))
    expect(page.locator("main")).to_contain_text("01/07/2025")
    page.get_by_role("main").get_by_role("link", name=re.compile("Tằng Loỏng")).first.tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tằng Loỏng")
    expect(page.locator("main")).to_contain_text("Phú Nhuận")
    page.goto("/chi-so/staff.headcount/?period=2024-9M&tree=now")
    expect(page.locator("main")).to_contain_text("người")


def test_a_leader_approves(browse: Browse, site: str) -> None:
    officer = signed_in(browse, site, "tangloong")
    begin_report(officer, "/bao-cao/?period=2025-9M")
    submit(officer)
    leader = signed_in(browse, site, "chutich", phone=True)
    leader.goto("/")
    leader.get_by_role("link", name=re.compile("Chờ duyệt: báo cáo 9 tháng")).tap()
    expect(leader.locator("main")).to_contain_text("Cán bộ")
    leader.get_by_role("button", name="Duyệt", exact=True).tap()
    expect(leader.locator("main")).to_contain_text("Đã duyệt")
    officer.goto("/bao-cao/?period=2025-9M")
    expect(officer.locator("main")).to_contain_text("Đã duyệt")


def test_what_was_approved_is_taken_over_and_corrected_late(browse: Browse, site: str) -> None:
    officer = signed_in(browse, site, "tangloong")
    report = begin_report(officer, "/bao-cao/?period=2025-Q3")
    submit(officer)
    chair = signed_in(browse, site, "chutich", phone=True)
    chair.goto(report)
    chair.get_by_role("button", name="Duyệt", exact=True).tap()
    expect(chair.locator("main")).to_contain_text("Đã duyệt")
    leader = signed_in(browse, site, "lanhdao", phone=True)
    leader.goto("/")
    leader.get_by_role("link", name=re.compile("Chờ tiếp nhận: báo cáo quý III", re.IGNORECASE)).tap()
    leader.get_by_role("button", name="Tiếp nhận", exact=True).tap()
    expect(leader.locator("main")).to_contain_text("Đã tiếp nhận")
    # A list that comes late: somebody more is there now.
    officer.goto("/can-bo/them/")
    officer.get_by_role("main").get_by_role("link", name="Xã Tằng Loỏng").first.click()
    officer.locator("[name=full_name]").fill("Lù Thị Đến Sau")
    officer.locator("[name=title]").fill("Công chức Văn hóa – Xã hội")
    officer.locator("[name=category][value=civil_servant]").check()
    officer.locator("[name=valid_from]").fill("2025-08-01")
    officer.get_by_role("main").locator("form").get_by_role("button").last.click()
    officer.wait_for_url(re.compile(r"/can-bo/\d+/"))
    officer.goto(report)
    expect(officer.locator("main")).to_contain_text("đã khác từ khi trình")
    officer.get_by_role("link", name="Ai làm nên chỗ khác").click()
    expect(officer.locator("main")).to_contain_text("Lù Thị Đến Sau")
    expect(officer.locator("main")).to_contain_text("Vị trí công tác ghi thêm")
    officer.goto(report)
    officer.get_by_text("Lập bản đính chính").first.click()
    officer.locator("[name=reason]").fill("Một người về đơn vị từ tháng 8 chưa có trong danh sách")
    officer.locator("#dinh-chinh").get_by_role("button").click()
    submit(officer)
    officer.goto(report)
    expect(officer.locator("main")).to_contain_text("Khác bản đã duyệt (lần 1)")
    officer.get_by_role("link", name="Ai làm nên chỗ khác").last.click()
    expect(officer.locator("main")).to_contain_text("Một người về đơn vị từ tháng 8")
    expect(officer.locator("main")).to_contain_text("Lù Thị Đến Sau")
