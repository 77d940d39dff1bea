"""Every page that every role can reach: its links answer, axe finds nothing, nothing shifts, it weighs little."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response

from nhanlucso.access.enums import Role
from nhanlucso.cli.demo import ACCOUNTS, PASSWORD
from tests.browser.conftest import Browse
from tests.browser.crawl import Crawl, Fetch, Seen, crawl
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
Look = tuple[bool, str]  # on a phone?, light or dark
DAY_PHONE: Look = (True, "light")
LOOKS: tuple[tuple[Look, Look], ...] = (
    (DAY_PHONE, (False, "dark")),
    ((True, "dark"), (False, "light")),
)


pytestmark = pytest.mark.looks


def account_of(role: str) -> str:
    return next(row[0] for row in ACCOUNTS if row[2] == role)


@pytest.fixture(scope="module")
def weighed() -> Iterator[dict[str, tuple[int, int]]]:
    """Route -> what a page of it weighed; a table of the documents where their pictures are taken."""
    found: dict[str, tuple[int, int]] = {}
    yield found
    if os.environ.get("NHANLUCSO_PICTURES") == "1":
        write_table(TABLE, sorted((route, *sizes) for route, sizes in found.items()))


@pytest.mark.parametrize("role", Role.values)
def test_every_page_of_a_role(
    role: str,
    browse: Browse,
    standing_site: str,
    weighed: dict[str, tuple[int, int]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    opened: dict[Look, Page] = {DAY_PHONE: browse(standing_site, PHONE)}
    sign_in(opened[DAY_PHONE], account_of(role), PASSWORD)
    found = crawl(fetching(opened[DAY_PHONE]))
    assert found.broken == []
    seen = seen_in_this_run(tmp_path_factory)
    new = {route: next(iter(pages)) for route, pages in found.pages.items() if seen.first(route, "weight")}
    sizes = weights(opened[DAY_PHONE], {r: page for r, page in new.items() if not r.startswith(PICTURED)})
    assert {r: size for r, size in sizes.items() if size[0] > FIRST_LOAD or size[1] > NEXT_LOAD} == {}
    weighed |= sizes
    opened[DAY_PHONE].add_init_script(SHIFTS)
    wrong = []
    for address, look in to_look_at(found, seen):
        if look not in opened:
            opened[look] = browse(standing_site, PHONE if look[0] else DESKTOP, scheme=look[1])
            opened[look].context.add_cookies(opened[DAY_PHONE].context.cookies())
            opened[look].add_init_script(SHIFTS)
        wrong += faults(opened[look], address)
    assert wrong == [], "\n".join(wrong)


def seen_in_this_run(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    of_this_process = tmp_path_factory.getbasetemp()
    whole = of_this_process.parent if "PYTEST_XDIST_WORKER" in os.environ else of_this_process
    return Seen(whole / "seen-pages")


def to_look_at(found: Crawl, seen: Seen) -> Iterator[tuple[str, Look]]:
    """Every route on a phone and on a wide screen, by day and by night, and every other shape of a page once: what
    looks the same for two roles need not be looked at twice."""
    for place, (route, pages) in enumerate(sorted(found.pages.items())):
        looks = LOOKS[sum(route.encode()) % 2]
        for address, made_of in pages.items():
            new = [look for look in looks if seen.first(route, look)]
            shape_is_new = seen.first(route, made_of)
            yield from ((address, look) for look in new or [looks[place % 2]] * shape_is_new)


def fetching(page: Page) -> Fetch:
    """What the account signed in on a page gets for an address."""

    def fetch(address: str) -> tuple[int, str | None]:
        answer = page.request.get(address)
        return answer.status, answer.text() if "html" in answer.headers.get("content-type", "") else None

    return fetch


def settle(page: Page) -> None:
    """Waits for what a page fetches by itself once it is there."""
    page.locator(".htmx-request").first.wait_for(state="detached")


def faults(page: Page, address: str) -> list[str]:
    """What is wrong with a page, all of it: one run tells everything there is to mend."""
    page.goto(address)
    settle(page)
    wrong = []
    try:
        assert_accessible(page)
    except AssertionError as failure:
        wrong.append(str(failure))
    shifted = page.evaluate("window.shifts")
    if shifted >= 0.02:
        wrong.append(f"{address} shifts by {shifted:.3f} while it loads")
    return wrong


def weights(page: Page, addresses: dict[str, str]) -> dict[str, tuple[int, int]]:
    """Route -> bytes of a first visit with an empty cache, and of the page alone when all the rest is there."""
    connection = page.context.new_cdp_session(page)
    connection.send("Network.enable")
    connection.send("Network.setCacheDisabled", {"cacheDisabled": True})
    fetched: list[Response] = []
    page.on("response", lambda answer: fetched.append(answer))
    found = {}
    for route, address in addresses.items():
        fetched.clear()
        page.goto(address)
        settle(page)
        sizes = [_on_the_wire(answer) for answer in fetched]
        found[route] = (sum(sizes), sizes[0])
    connection.detach()
    return found


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
