"""Web archives (.mht), which Excel and Word save under any name: their pages, one after another."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

from nhanlucso.exchange.sheets.grids import Grid
from nhanlucso.exchange.sheets.markup import check_page, page_grids
from nhanlucso.exchange.sheets.packages import Damaged, too_large

_MOST_BYTES = 40 * 1024 * 1024
_MOST_PARTS = 500


def archive_grids(path: Path) -> Iterator[Grid]:
    """The tables of all pages of a web archive. Raises Damaged, Refused("too_large")."""
    if path.stat().st_size > _MOST_BYTES:
        raise too_large()
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.compat32)
    parts = [message] if not message.is_multipart() else message.get_payload()
    if not isinstance(parts, list) or len(parts) > _MOST_PARTS:
        raise Damaged("parts of an archive")
    if any(type(defect).__name__ == "CloseBoundaryNotFoundDefect" for defect in message.defects):
        raise Damaged("an archive without an end")
    pages = [[_text(part)] for part in parts if _is_page(part)]
    for page in pages:
        check_page(page)
    return page_grids(pages)


def _is_page(part: object) -> bool:
    return isinstance(part, Message) and part.get_content_type() == "text/html"


def _text(part: object) -> str:
    payload = part.get_payload(decode=True) if isinstance(part, Message) else b""
    data = payload if isinstance(payload, bytes) else b""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    charset = part.get_content_charset("cp1252") if isinstance(part, Message) else "cp1252"
    try:
        return data.decode(charset, errors="replace")
    except LookupError:
        return data.decode("latin-1")
