"""Signing in: the first page anyone sees."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from tests.browser.conftest import Browse
from tests.browser.pages import DESKTOP, PHONE, assert_accessible, picture, sign_in

PASSWORD = "mat-khau-du-dai"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_page_is_accessible(
    live_server: Any, browse: Browse, device: dict[str, Any], scheme: str
) -> None:
    page = browse(live_server.url, device, scheme=scheme)
    page.goto("/")
    expect(page.get_by_label("Mật khẩu")).to_be_visible()
    assert_accessible(page)
    if scheme == "light":
        picture(page, f"sign-in-{'phone' if device is PHONE else 'desktop'}")


def test_a_wrong_password_is_told_at_the_form(live_server: Any, browse: Browse) -> None:
    page = browse(live_server.url, PHONE)
    page.goto("/tai-khoan/vao/")
    page.get_by_label("Mật khẩu").fill("sai")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)


def test_signing_in_leads_home(live_server: Any, browse: Browse) -> None:
    get_user_model().objects.create_user("can-bo", password=PASSWORD, full_name="Lù A Sì")
    page = browse(live_server.url, DESKTOP)
    sign_in(page, "can-bo", PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Hôm nay")
    assert_accessible(page)


def test_the_page_speaks_english(live_server: Any, browse: Browse) -> None:
    page = browse(live_server.url, PHONE, language="en")
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
