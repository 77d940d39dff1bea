"""QR codes as SVG, drawn by the stylesheet's colours: dark on light in every theme, or no camera reads them."""

from __future__ import annotations

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_MARGIN = 4  # modules of quiet around the code, as the standard asks


def qr(text: str, label: str) -> SafeString:
    """The code of a text; a quarter of it may be smudged. `label` says what it is to who cannot see it."""
    rows = [bytes(row) for row in segno.make(text, error="q", micro=False).matrix]
    size = len(rows) + 2 * _MARGIN
    path = "".join(
        f"M{x + _MARGIN} {y + _MARGIN}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    )
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<rect width="{0}" height="{0}"></rect><path d="{2}"></path></svg>',
        size,
        label,
        mark_safe(path),  # noqa: S308 - numbers and letters of our own
    )
