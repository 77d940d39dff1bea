"""The search box by keyboard alone."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from nhanlucso.cli.demo import PASSWORD
from tests.browser.pages import assert_accessible, sign_in


def test_from_any_page_to_what_was_looked_for(desktop: Page) -> None:
    sign_in(desktop, "tangloong", PASSWORD)
    desktop.keyboard.press("/")
    desktop.keyboard.type("xa tang")
    desktop.keyboard.press("Enter")
    expect(desktop).to_have_url(re.compile(r"/tim/\?q=xa(\+|%20)tang$"))
    desktop.keyboard.press("/")
    desktop.keyboard.type("phu nhuan")
    expect(desktop.get_by_role("link", name="Xã Phú Nhuận").first).to_be_visible()
    expect(desktop).to_have_url(re.compile(r"q=phu(\+|%20)nhuan$"))
    assert_accessible(desktop)
    desktop.keyboard.press("ArrowDown")
    expect(desktop.locator("#found [data-hit]").first).to_be_focused()
    desktop.keyboard.press("ArrowUp")
    expect(desktop.get_by_role("searchbox")).to_be_focused()
    desktop.keyboard.press("ArrowDown")
    desktop.keyboard.press("Enter")
    expect(desktop).not_to_have_url(re.compile("/tim/"))
