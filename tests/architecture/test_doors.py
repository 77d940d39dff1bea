"""Every address says who may come in."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, get_resolver

from nhanlucso.web.kit.doors import Door
from nhanlucso.web.kit.routes import routes, routes_document
from tests.architecture.source import ROOT

ROUTES = [(path, route) for path, route in routes(get_resolver().url_patterns)]


@pytest.mark.parametrize(("path", "route"), ROUTES, ids=[path for path, _ in ROUTES])
def test_an_address_has_a_door(path: str, route: URLPattern) -> None:
    door = getattr(route.callback, "door", None)
    assert isinstance(door, Door), f"/{path} says not who may come in: put @needs or @everyone on it"
    assert door.permissions or door.why, f"/{path} stands open and says not why"


def test_the_table_of_doors_is_up_to_date() -> None:
    written = (ROOT / "docs" / "routes.md").read_text(encoding="utf-8")
    assert written == routes_document(), "python scripts/routes.py > docs/routes.md"
