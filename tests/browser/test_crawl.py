"""Every page that every role can reach: its links answer, axe finds nothing, nothing shifts, it weighs little."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Response

from nhanlucso.access.enums import Role
from nhanlucso.cli.demo import ACCOUNTS, PASSWORD
from tests.browser.conftest import Browse
from tests.browser.crawl import Fetch, crawl
from tests.browser.pages import DESKTOP, PHONE, ROOT, assert_accessible, sign_in

FIRST_LOAD, NEXT_LOAD = 150_000, 30_000  # bytes over the wire
PICTURED = ("design/", "huong-dan/")  # pages that show pictures or everything at once are no ordinary pages
TABLE = ROOT / "docs" / "page-weights.md"
SHIFTS = """
  window.shifts = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
  }).observe({type: "layout-shift", buffered: true});
"""
LOOKS = [(PHONE, "light"), (DESKTOP, "dark"), (PHONE, "dark"), (DESKTOP, "light")]


pytestmark = pytest.mark.looks


def account_of(role: str) -> str:
    return next(row[0] for row in ACCOUNTS if row[2] == role)


@pytest.mark.parametrize(("place", "role"), list(enumerate(Role.values)), ids=Role.values)
def test_every_page_of_a_role(place: int, role: str, browse: Browse, site: str) -> None:
    device, scheme = LOOKS[place % len(LOOKS)]
    page = browse(site, device, scheme=scheme)
    sign_in(page, account_of(role), PASSWORD)
    found = crawl(fetching(page))
    assert found.broken == []
    page.add_init_script(SHIFTS)
    wrong = [line for route in sorted(found.pages) for line in faults(page, found.pages[route][0])]
    assert wrong == [], "\n".join(wrong)


def fetching(page: Page) -> Fetch:
    """What the account signed in on a page gets for an address."""

    def fetch(address: str) -> tuple[int, str | None]:
        answer = page.request.get(address)
        return answer.status, answer.text() if "html" in answer.headers.get("content-type", "") else None

    return fetch


def faults(page: Page, address: str) -> list[str]:
    """What is wrong with a page, all of it: one run tells everything there is to mend."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    wrong = []
    try:
        assert_accessible(page)
    except AssertionError as failure:
        wrong.append(str(failure))
    shifted = page.evaluate("window.shifts")
    if shifted >= 0.02:
        wrong.append(f"{address} shifts by {shifted:.3f} while it loads")
    return wrong


def test_pages_weigh_little(browse: Browse, site: str) -> None:
    page = browse(site, PHONE)
    sign_in(page, "quantri", PASSWORD)
    cookies = page.context.cookies()
    rows = [
        (route, *weights(browse, site, cookies, addresses[0]))
        for route, addresses in sorted(crawl(fetching(page)).pages.items())
        if not route.startswith(PICTURED)
    ]
    assert [row for row in rows if row[1] > FIRST_LOAD or row[2] > NEXT_LOAD] == []
    if os.environ.get("NHANLUCSO_PICTURES") == "1":
        write_table(TABLE, rows)


def weights(browse: Browse, site: str, cookies: Any, address: str) -> tuple[int, int]:
    """Bytes of a first visit with an empty cache, and of the page alone when all the rest is there."""
    page = browse(site, PHONE)
    page.context.add_cookies(cookies)
    fetched: list[Response] = []
    page.on("response", lambda answer: fetched.append(answer))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    sizes = [_on_the_wire(answer) for answer in fetched]
    page.context.close()
    return sum(sizes), sizes[0]


def _on_the_wire(answer: Response) -> int:
    parts = answer.request.sizes()
    return parts["responseBodySize"] + parts["responseHeadersSize"]


def write_table(path: Path, rows: list[tuple[str, int, int]]) -> None:
    """docs/page-weights.md, by `make pictures`."""
    lines = [
        "# What pages weigh",
        "",
        "Bytes over the wire, compressed, headers included, measured in Chromium with the example data: a first visit",
        "with an empty cache (page, style, script, letters), and the page alone when the rest is there. Written by",
        "`make pictures`; the browser tests hold 150 kB for the first and 30 kB for the second.",
        "",
        "| page | first visit, kB | next page, kB |",
        "|---|---:|---:|",
        *(f"| `/{route}` | {first / 1000:.0f} | {later / 1000:.1f} |" for route, first, later in rows),
        "",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
