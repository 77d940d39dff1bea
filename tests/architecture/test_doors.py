"""Every address says who may come in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from nhanlucso.web.kit.doors import Door
from nhanlucso.web.kit.routes import routes_document
from tests.architecture.source import ROOT


def routes(patterns: list[Any], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address below these patterns with its whole path."""
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, path)
        else:
            yield path, pattern


ROUTES = [(path, route) for path, route in routes(get_resolver().url_patterns)]


@pytest.mark.parametrize(("path", "route"), ROUTES, ids=[path for path, _ in ROUTES])
def test_an_address_has_a_door(path: str, route: URLPattern) -> None:
    door = getattr(route.callback, "door", None)
    assert isinstance(door, Door), f"/{path} says not who may come in: put @needs or @everyone on it"
    assert door.permissions or door.why, f"/{path} stands open and says not why"


def test_the_table_of_doors_is_up_to_date() -> None:
    written = (ROOT / "docs" / "routes.md").read_text(encoding="utf-8")
    assert written == routes_document(), "python scripts/routes.py > docs/routes.md"
