"""A paper as a file."""

from __future__ import annotations

from collections.abc import Callable

from nhanlucso.kernel.errors import Refused
from nhanlucso.papers.excel import render_xlsx
from nhanlucso.papers.fonts import FontsMissing
from nhanlucso.papers.paper import Paper
from nhanlucso.papers.pdf import render_pdf
from nhanlucso.papers.word import render_docx

FORMATS: dict[str, Callable[[Paper], bytes]] = {
    "docx": render_docx,
    "pdf": render_pdf,
    "xlsx": render_xlsx,
}


def rendered(paper: Paper, form: str) -> bytes:
    """The paper in one of the formats. Raises Refused("fonts_missing")."""
    try:
        return FORMATS[form](paper)
    except FontsMissing as error:
        raise Refused(
            "fonts_missing", "Chưa có phông chữ để lập tệp PDF; chạy lại bước cài đặt (make setup)."
        ) from error
