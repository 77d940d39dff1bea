"""The first page after signing in, with the example cases loaded, on the server that people run."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from nhanlucso.cli.demo import PASSWORD
from tests.browser.conftest import Browse
from tests.browser.pages import DESKTOP, PHONE, assert_accessible, picture, sign_in


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_an_officer_of_a_commune_signs_in(site: str, browse: Browse, device: dict[str, Any]) -> None:
    page = browse(site, device)
    sign_in(page, "tangloong", PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible(page)
    picture(page, f"home-{'phone' if device is PHONE else 'desktop'}")
