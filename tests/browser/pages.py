"""Pages as people meet them: devices, signing in, accessibility, pictures."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "docs" / "pictures"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def assert_accessible(page: Page) -> None:
    """No violation of WCAG 2.2 AA that axe can find, and nothing wider than the screen."""
    page.evaluate(_axe())
    found = page.evaluate(
        "standards => axe.run(document, {runOnly: standards, resultTypes: ['violations']})", STANDARDS
    )
    lines = [
        f"{violation['id']}: {violation['help']}: {node['html']} – {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    assert not lines, "\n".join([page.url, *lines])
    assert_fits(page)


def assert_fits(page: Page) -> None:
    """The page does not scroll sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px wider than the screen"


def picture(page: Page, name: str) -> None:
    """Saves docs/pictures/NAME.png when NHANLUCSO_PICTURES=1 (`make pictures`)."""
    if os.environ.get("NHANLUCSO_PICTURES") == "1":
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.evaluate("document.fonts.ready")
        page.screenshot(path=PICTURES / f"{name}.png", animations="allow", caret="initial")  # no style put in


def sign_in(page: Page, name: str, password: str) -> None:
    """Signs in through the form, as people do."""
    page.goto("/tai-khoan/vao/")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda address: "/vao/" not in address)


def preview_list(page: Page, file: Path, unit: str) -> None:
    """Drops a list for a unit and goes on, all doubts left for later, until it only has to be written."""
    page.goto("/nhap-lieu/")
    page.locator("input[type=file]").set_input_files(file)
    select = page.locator("select[name=unit]")
    select.select_option(select.locator("option", has_text=unit).first.get_attribute("value"))
    page.get_by_role("button", name="Đọc tệp này").click()
    page.get_by_role("button", name="Đúng rồi, tiếp tục").click(timeout=60_000)
    write = page.get_by_role("button", name="Ghi vào hệ thống")
    later = page.get_by_role("button", name="xem trước khi ghi")
    write.or_(later).wait_for(timeout=60_000)
    if later.count():
        later.click()
    write.wait_for(timeout=60_000)
