"""Which record stands in an address: the words of each room for the names that its addresses use."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.urls import URLPattern, reverse

# The beginning of an address and what its names mean there; the first that fits holds.
MEANINGS: tuple[tuple[str, dict[str, str]], ...] = (
    (r"tai-khoan/hai-buoc/", {"pk": "passkey"}),
    (r"tai-khoan/thiet-bi/", {"pk": "device"}),
    (r"tai-khoan/lam-thay/", {"pk": "assignment"}),
    (r"can-bo/vi-tri/", {"pk": "post"}),
    (r"can-bo/", {"pk": "person", "one": "person", "other": "twin"}),
    (r"don-vi/", {"pk": "unit", "key": "key"}),
    (r"cai-cach/", {"unit": "unit", "uid": "resolution", "row": "row", "act": "act"}),
    (r"chi-so/tu-lap/", {"slug": "own"}),
    (r"chat-luong/", {"pk": "accepted"}),
    (
        r"lop-hoc/",
        {
            "class_id": "class",
            "session_id": "session",
            "count_id": "count",
            "paper_id": "paper",
            "person_id": "person",
            "objection_id": "objection",
        },
    ),
    (r"ket-qua/khoa-hoc/", {"pk": "course"}),
    (r"ket-qua/", {"pk": "result"}),
    (r"to-cong-nghe/thanh-vien/", {"pk": "member"}),
    (r"to-cong-nghe/luot/", {"pk": "assist"}),
    (r"to-cong-nghe/", {"pk": "team"}),
    (r"truyen-thong/", {"pk": "item"}),
    (r"ke-hoach/van-ban/", {"pk": "directive"}),
    (r"ke-hoach/chi-tieu/", {"pk": "target"}),
    (r"ke-hoach/nhiem-vu/", {"pk": "activity"}),
    (r"ke-hoach/ban-chi-dao/thanh-vien/", {"pk": "board_member"}),
    (r"ke-hoach/ban-chi-dao/", {"pk": "board"}),
    (r"ke-hoach/de-an/", {"pk": "programme"}),
    (r"ke-hoach/", {"pk": "plan"}),
    (r"bao-cao/", {"report_id": "report", "number": "revision"}),
    (r"bieu-mau/", {"form_id": "form"}),
    (r"nhap-lieu/ghi/", {"job_id": "job"}),
    (r"nhap-lieu/", {"uid": "import"}),
    (r"viec/|api/v1/jobs/", {"job_id": "job"}),
    (r"lich-su/", {"pk": "person"}),
    (r"quan-tri/moi/", {"pk": "invite"}),
    (r"quan-tri/ma-truy-cap/", {"pk": "token"}),
    (r"quan-tri/thong-bao/", {"pk": "webhook", "delivery": "delivery"}),
    (r"quan-tri/su-co/", {"pk": "breach"}),
    (r"quan-tri/", {"pk": "account", "assignment": "assignment"}),
)
# Names that mean no record.
WORDS: dict[str, Any] = {
    "code": "coverage.basic",
    "form": "docx",
    "kind": "person",
    "what": "people",
    "name": "can-bo",
    "slug": "bat-dau",
    "secret": "khong-co",
    "key": "khong-co",
    "day": date(2025, 7, 1),
}
ROOM_WORDS = {"chat-luong/": {"code": "class.head_count_far"}, "cai-cach/": {"kind": "rename"}}


def meanings(path: str, route: URLPattern) -> dict[str, str]:
    """The records that an address names: its own names and what they mean."""
    held = next((words for begin, words in MEANINGS if re.match(begin, path)), {})
    return {name: held[name] for name in route.pattern.converters if name in held}


def address(path: str, route: URLPattern, records: dict[str, Any]) -> str:
    """The address with records that are there."""
    means = meanings(path, route)
    words = WORDS | next((own for begin, own in ROOM_WORDS.items() if path.startswith(begin)), {})
    parts = dict.fromkeys(re.findall(r"<(?:\w+:)?(\w+)>", path))
    given = {name: records[means[name]] if name in means else words[name] for name in parts}
    return reverse(route.name, kwargs=given)
