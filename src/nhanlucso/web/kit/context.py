"""What every page's frame needs."""

from __future__ import annotations

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, object]:
    """Navigation and language of the frame; no query."""
    return {"nav": []}
