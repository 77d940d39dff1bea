"""The QR code of a paper as a picture: a drawing for PDF, a grid of points for documents."""

from __future__ import annotations

from io import BytesIO

import segno

SIDE = 20.0  # mm with its quiet margin; read at 200 dpi
_MARGIN = 4  # modules of quiet around the code, as the standard asks
_POINTS = 8  # of a module in the picture


def drawn(text: str) -> bytes:
    """The code as SVG, without colours but black on white."""
    out = BytesIO()
    _code(text).save(out, kind="svg", border=_MARGIN, light="white", xmldecl=False, svgns=True)
    return out.getvalue()


def pictured(text: str) -> bytes:
    """The code as PNG."""
    out = BytesIO()
    _code(text).save(out, kind="png", border=_MARGIN, scale=_POINTS, light="white")
    return out.getvalue()


def pixels(text: str) -> int:
    """The side of that picture."""
    width, _height = _code(text).symbol_size(scale=_POINTS, border=_MARGIN)
    return int(width)


def _code(text: str) -> segno.QRCode:
    """15 % of it may be smudged."""
    return segno.make_qr(text, error="m", boost_error=False)
