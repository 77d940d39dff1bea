"""The pictures of the guide are taken of the pages that it speaks of, as whoever reads it sees them."""

from __future__ import annotations

import os
import re

import pytest

from nhanlucso.cli.demo import PASSWORD
from tests.browser.conftest import Browse
from tests.browser.pages import DESKTOP, PHONE, ROOT, sign_in

FOLDER = ROOT / "docs" / "guide"
# name of the picture -> account, address, words that must stand on the page
SHOTS = {
    "hom-nay-phone": ("tangloong", "/", "Ai còn thiếu"),
}


def test_the_pictures_are_those_that_pages_show() -> None:
    shown = {
        name
        for path in FOLDER.glob("*.md")
        for name in re.findall(r"\]\(pictures/([^)]+)\.jpg\)", path.read_text(encoding="utf-8"))
    }
    assert shown == set(SHOTS)


@pytest.mark.parametrize("name", list(SHOTS))
def test_a_picture_shows_what_the_guide_says(name: str, browse: Browse, site: str) -> None:
    account, address, words = SHOTS[name]
    device = PHONE | {"device_scale_factor": 1} if name.endswith("-phone") else DESKTOP
    page = browse(site, device)
    sign_in(page, account, PASSWORD)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert page.get_by_text(words).first.is_visible()
    if os.environ.get("NHANLUCSO_PICTURES") == "1":
        page.evaluate("document.fonts.ready")
        page.screenshot(
            path=FOLDER / "pictures" / f"{name}.jpg", type="jpeg", quality=70, animations="disabled"
        )
