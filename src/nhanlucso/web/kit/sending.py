"""Files that a page sends to be kept, under a name that every system can write."""

from __future__ import annotations

import re

from django.http import HttpResponse

from nhanlucso.kernel.text import fold

_DOCUMENT = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "docx": f"{_DOCUMENT}.wordprocessingml.document",
    "xlsx": f"{_DOCUMENT}.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "zip": "application/zip",
}


def attachment(body: bytes, words: str, suffix: str, when: str = "") -> HttpResponse:
    """A file called after some words («Báo cáo xã Phú Nhuận» is bao-cao-xa-phu-nhuan) and then `when` as it is written;
    its kind is told by the last part of `suffix`."""
    name = "-".join(filter(None, (re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-"), when)))
    return HttpResponse(
        body,
        content_type=TYPES.get(suffix.rpartition(".")[2], ""),
        headers={"Content-Disposition": f'attachment; filename="{name}.{suffix}"'},
    )
