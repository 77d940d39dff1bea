"""A real Chromium. Journeys run against the server that people run, with the example cases loaded."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, sync_playwright

from tests.browser.pages import DESKTOP, PHONE
from tests.installation import Installation, installed

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
Browse = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/browser/" in item.nodeid or item.nodeid.startswith("tests/browser"):
            item.add_marker(pytest.mark.browser)


def _program() -> str | None:
    """A Chromium of this machine, else None after Playwright's own was installed."""
    if found := next((path for name in PROGRAMS if (path := shutil.which(name))), None):
        return found
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
    return None


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys of a worker."""
    # Chromium refuses to confine itself when started by root, as in containers.
    arguments = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps a loop running in this thread, and Django takes that for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=_program(), args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium: Browser) -> Iterator[Browse]:
    """`browse(address, device=PHONE, language="vi", scheme="light")` → an empty page whose links begin there.

    At the end no page may have thrown, broken the content policy or asked another host for anything.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # A refused request is the business of the test that made it.
        refused = "Failed to load resource" in message.text or message.text.startswith("htmx:")
        if message.type == "error" and not refused:
            complaints.append(message.text)

    def browse(
        address: str, device: dict[str, Any] = DESKTOP, language: str = "vi", scheme: str = "light"
    ) -> Page:
        context = chromium.new_context(
            base_url=address,
            locale={"vi": "vi-VN", "en": "en-GB"}[language],
            timezone_id="Asia/Ho_Chi_Minh",
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            **device,
        )
        if language != "vi":  # a choice, as the button makes it: what a browser was shipped with is none
            context.add_cookies([{"name": "django_language", "value": language, "url": address}])
        contexts.append(context)
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda problem: complaints.append(str(problem)))
        page.on("response", lambda answer: _whole(answer, complaints))
        page.on("request", lambda request: _at_home(request.url, address, complaints))
        return page

    yield browse
    for context in contexts:
        context.close()
    assert complaints == []


def _whole(answer: Response, complaints: list[str]) -> None:
    if answer.status >= 500:
        complaints.append(f"{answer.status}: {answer.url}")


def _at_home(url: str, address: str, complaints: list[str]) -> None:
    if not url.startswith((address, "data:", "blob:")):
        complaints.append(f"asks elsewhere: {url}")


@pytest.fixture
def site(demo_copy: Installation) -> Iterator[str]:
    """The address of the application, served by its own command, with the example cases loaded."""
    with demo_copy.served() as address:
        yield address


@pytest.fixture(scope="session")
def standing_site(demo: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """As `site`, served once for all tests that only look."""
    with installed(tmp_path_factory.mktemp("standing"), like=demo) as made, made.served() as address:
        yield address


@pytest.fixture
def desktop(browse: Browse, site: str) -> Page:
    return browse(site, DESKTOP)


@pytest.fixture
def phone(browse: Browse, site: str) -> Page:
    return browse(site, PHONE)
