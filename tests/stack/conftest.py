"""One stack for all tests of this folder. `make test-stack` runs them; without nginx they are not collected."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.stack.standing import OFFICER, PASSWORD, Browser, Stack, standing

collect_ignore_glob = [] if shutil.which("nginx") else ["test_*.py"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "stack":
            item.add_marker("stack")


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with standing(tmp_path_factory.mktemp("stack")) as running:
        yield running


@pytest.fixture(scope="session")
def officer(stack: Stack) -> Browser:
    """A browser of the officer of the commune of the example, signed in."""
    browser = Browser(stack)
    assert browser.sign_in(OFFICER, PASSWORD).status == 302
    return browser
