"""Two steps of signing in, in a real browser: a key of the device, an app with codes, back after being away."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from nhanlucso.access.steps.codes import code_at
from nhanlucso.kernel.clock import now
from tests.browser.conftest import Browse
from tests.browser.pages import DESKTOP, PHONE, assert_accessible, sign_in

PASSWORD = "mat-khau-du-dai"


@pytest.fixture
def account(transactional_db: None) -> Any:
    from tests.factories import records as r

    made = r.make_account("can-bo", "officer", r.make_unit("u", "Hòa"))
    made.set_password(PASSWORD)
    made.full_name = "Lù A Sì"
    made.save()
    return made


def with_authenticator(page: Page) -> None:
    """A phone that keeps keys and knows its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_label("Mật khẩu")).to_be_visible()


def test_a_key_of_the_device_is_made_and_opens(live_server: Any, browse: Browse, account: Any) -> None:
    page = browse(live_server.url, DESKTOP)
    with_authenticator(page)
    sign_in(page, "can-bo", PASSWORD)
    page.goto("/tai-khoan/hai-buoc/")
    assert_accessible(page)
    page.get_by_role("link", name="Thêm khóa thiết bị").click()
    page.get_by_label("Tên của khóa").fill("Điện thoại của tôi")
    page.get_by_role("button", name="Tạo khóa").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mã dự phòng")
    assert_accessible(page)
    page.get_by_role("button", name="Đã cất").click()
    expect(page.get_by_text("Điện thoại của tôi").first).to_be_visible()

    sign_out(page)
    page.get_by_role("link", name="Đăng nhập bằng khóa thiết bị").click()
    page.get_by_role("button", name="Mở khóa").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hôm nay")

    sign_out(page)
    page.get_by_label("Tên đăng nhập").fill("can-bo")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    assert_accessible(page)
    page.get_by_role("button", name="Dùng khóa thiết bị").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hôm nay")
    key = account.passkeys.get()
    assert key.used_at is not None and key.counter > 0


def test_a_device_without_keys_says_so(live_server: Any, browse: Browse, account: Any) -> None:
    page = browse(live_server.url, PHONE)
    page.goto("/tai-khoan/vao/khoa/")
    assert_accessible(page)
    with_authenticator(page)
    page.get_by_role("button", name="Mở khóa").click()
    expect(page.get_by_text("Máy này chưa có khóa nào")).to_be_visible()


def test_an_app_is_tied_and_asked_for(live_server: Any, browse: Browse, account: Any) -> None:
    page = browse(live_server.url, PHONE)
    sign_in(page, "can-bo", PASSWORD)
    page.goto("/tai-khoan/hai-buoc/ung-dung/")
    assert_accessible(page)
    page.get_by_text("Gõ khóa").click()
    secret = page.locator("#secret").inner_text().replace(" ", "")
    page.get_by_label("Mã 6 số").fill(code_at(secret, int(now().timestamp()) // 30))
    page.get_by_role("button", name="Gắn ứng dụng").click()
    codes = page.locator("#codes li").all_inner_texts()
    page.get_by_role("button", name="Đã cất").click()
    page.context.clear_cookies()
    page.goto("/tai-khoan/vao/")
    page.get_by_label("Tên đăng nhập").fill("can-bo")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    assert_accessible(page)
    page.get_by_label("Mã 6 số").fill(codes[0])
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hôm nay")
