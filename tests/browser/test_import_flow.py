"""A messy list on a phone: one column corrected, units named, two doubts decided, written, taken back."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

from nhanlucso.cli.demo import PASSWORD
from tests.browser.conftest import Browse
from tests.browser.pages import PHONE, assert_accessible, sign_in

expect.set_options(timeout=60_000)  # a busy machine answers late; what counts is that it does
ROWS: list[list[Any]] = [
    ["ỦY BAN NHÂN DÂN"],
    ["XÃ TẰNG LOỎNG"],
    [],
    ["", "DANH SÁCH CÁN BỘ, CÔNG CHỨC"],
    [],
    ["STT", "Họ và tên", "Năm sinh", "Chức danh", "Đơn vị", "Dân tộc", "Liên lạc"],
    [1, "SÙNG MÍ TRÁNG", "08/08/1985", "Phó phòng", "Phòng Kinh tế", "Mông", "0912 345 678"],
    [2, "Phạm Thanh Mai", "16/05/1997", "Chuyên viên", "Phòng VHXH", "Kinh", "912345679"],
    [3, "Hoàng Mai Quynh", "", "", "Phòng Văn hóa - Xã hội", "Kinh", ""],
    [4, "Luu Thu Phuong", "", "", "Phòng Văn hóa - Xã hội", "Kinh", ""],
    [5, "Tẩn Láo Tả", "12/03/1992", "Chuyên viên", "Phòng Kinh tế", "Dao", ""],
    [6, "Chảo Láo Lở", "31/02/1973", "Chuyên viên", "Phòng Kinh tế", "Dao", ""],
    ["", "Tổng cộng: 6 người"],
]


def saved(path: Path, rows: list[list[Any]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("CBCC")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    return saved(tmp_path / "can-bo-tang-loong.xlsx", ROWS)


def upload(page: Page, file: Path) -> None:
    page.goto("/nhap-lieu/")
    assert_accessible(page)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Đọc tệp này").click()
    page.wait_for_url(re.compile("/doc/"))


def understand(page: Page) -> None:
    """The column «Liên lạc» is said to hold phones; the sensitive one is named and its values are nowhere."""
    contact = page.get_by_label("Liên lạc")
    expect(contact).to_have_value("")
    expect(page.locator("#step")).to_contain_text("«Dân tộc»")
    expect(page.locator("#goc")).not_to_contain_text("Mông")
    assert_accessible(page)
    contact.select_option("phone")
    page.get_by_role("button", name="Đọc lại theo lựa chọn trên").click()
    expect(page.get_by_label("Liên lạc")).to_have_value("phone")
    expect(page.locator("#goc")).to_contain_text("0912345679")
    page.get_by_role("button", name="Đúng rồi, tiếp tục").click()


def answer(page: Page) -> None:
    """One name of a unit; then one person by keyboard, one by thumb, taken back and decided again."""
    expect(page.get_by_role("heading", name="Tên đơn vị chưa rõ")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("radio", name="Phòng Văn hóa - Xã hội").first.check()
    page.get_by_role("button", name="Dùng các câu trả lời này").click()
    left = page.locator("#doubt [role=status]")
    expect(left).to_have_text("Còn 2/2 dòng cần quyết định")
    assert_accessible(page)
    page.keyboard.press("1")
    expect(left).to_have_text("Còn 1/2 dòng cần quyết định")
    page.get_by_role("button", name="Người mới").tap()
    expect(page.locator("#step")).to_contain_text("Mọi dòng chưa chắc đã được quyết định")
    assert_accessible(page)
    page.keyboard.press("u")
    expect(left).to_have_text("Còn 1/2 dòng cần quyết định")
    page.keyboard.press("b")
    expect(page.locator("#step")).to_contain_text("Mọi dòng chưa chắc đã được quyết định")
    page.get_by_role("button", name="Xem trước khi ghi").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_messy_list_is_imported_on_a_phone_and_taken_back(
    scheme: str, browse: Browse, site: str, messy: Path
) -> None:
    page = browse(site, PHONE, scheme=scheme)
    page.set_default_timeout(60_000)
    sign_in(page, "tangloong", PASSWORD)
    upload(page, messy)
    understand(page)
    answer(page)
    write = page.get_by_role("button", name="Ghi vào hệ thống")
    expect(write).to_be_visible()
    expect(page.locator("#step")).to_contain_text("Số liệu các kỳ đã qua cũng thay đổi")
    assert_accessible(page)
    write.click()
    expect(page.locator(".notice.ok")).to_contain_text("Đã ghi")
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp có chú thích ở từng ô").click()
    with zipfile.ZipFile(download.value.path()) as package:
        assert any("comments" in name for name in package.namelist())
    page.get_by_role("link", name="Hoàn tác lần nhập này").click()
    expect(page.locator("#step")).to_contain_text("Xóa hồ sơ cán bộ đã thêm")
    assert_accessible(page)
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator(".notice")).to_contain_text(["Đã hoàn tác"])
    expect(write).to_be_visible()
    page.get_by_role("link", name="Chưa chắc", exact=True).click()
    expect(page.locator("#step")).to_contain_text("Mọi dòng chưa chắc đã được quyết định")


def test_the_next_list_of_the_shape_is_read_as_corrected(browse: Browse, site: str, messy: Path) -> None:
    page = browse(site, PHONE)
    page.set_default_timeout(60_000)
    sign_in(page, "tangloong", PASSWORD)
    upload(page, messy)
    understand(page)
    expect(page.get_by_role("heading", name="Tên đơn vị chưa rõ")).to_be_visible()
    again = saved(messy.with_name("thang-sau.xlsx"), ROWS[:-2])
    upload(page, again)
    expect(page.get_by_label("Liên lạc")).to_have_value("phone")
    expect(page.locator("#step")).to_contain_text("Nghĩa của cột đã nhớ từ lần trước")
    page.get_by_role("button", name="Quên, đọc lại từ đầu").click()
    expect(page.get_by_label("Liên lạc")).to_have_value("")
