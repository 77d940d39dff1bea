"""The list of a session on paper, with a blank column to sign in and lines for those who come without being asked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nhanlucso.kernel.text import clean
from nhanlucso.papers import wording
from nhanlucso.papers.pdf import breakable, typeset

_TEMPLATE = Path(__file__).with_name("sign_sheet.typ")


@dataclass(frozen=True, slots=True)
class SignSheet:
    """Whose list it is, of which session; `people`: (name, post) in the order of the list."""

    agency: str
    title: str
    when: str
    place: str
    people: Sequence[tuple[str, str]]
    empty_lines: int = 0


def print_sign_sheet(sheet: SignSheet) -> bytes:
    """The list as a PDF on A4; its head repeats on every page. Raises FontsMissing before set-up."""
    named = [(clean(name), clean(post)) for name, post in sheet.people]
    lines = [*named, *[("", "")] * sheet.empty_lines]
    facts = (("Thời gian", sheet.when), ("Địa điểm", sheet.place))
    data = {
        "agency": wording.agency_heading(clean(sheet.agency)),
        "nation": wording.NATION,
        "motto": wording.MOTTO,
        "heading": "DANH SÁCH KÝ TÊN",
        "title": clean(sheet.title),
        "facts": [(word, clean(said)) for word, said in facts if clean(said)],
        "head": ["STT", "Họ và tên", "Chức danh, đơn vị", "Ký tên"],
        "rows": [[str(place), name, post, ""] for place, (name, post) in enumerate(lines, 1)],
        "total": "Tổng số người ký tên: ……………",
        "signing": [
            ("NGƯỜI LẬP DANH SÁCH", "(ký, ghi rõ họ tên)"),
            ("XÁC NHẬN CỦA ĐƠN VỊ CHỦ TRÌ", "(ký, đóng dấu)"),
        ],
    }
    return typeset(_TEMPLATE, {"sheet": json.dumps(breakable(data), ensure_ascii=False)})
