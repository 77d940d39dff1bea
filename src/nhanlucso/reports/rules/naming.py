"""Who writes a report: names of bodies, the heading, the place, who signs.

A unit's name may carry its kind word («Xã Phú Nhuận») or not («Phú Nhuận»); both give «xã Phú Nhuận».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nhanlucso.kernel.text import natural_key

COUNTRY, PROVINCE, DISTRICT, COMMUNE, VILLAGE = "country", "province", "district", "commune", "village"
AGENCY, DIVISION, SERVICE_UNIT, ENTERPRISE = "agency", "division", "service_unit", "enterprise"

COMMITTEE = "Ủy ban nhân dân"
_WORDS = {
    PROVINCE: ("tỉnh", "thành phố"),
    DISTRICT: ("huyện", "thành phố", "thị xã", "quận"),
    COMMUNE: ("xã", "phường", "thị trấn", "đặc khu"),
}
_SEATS = _WORDS.keys()
SEAT_WORDS = ("tỉnh", "huyện", "thị xã", "thành phố", "quận", "xã", "phường", "thị trấn", "đặc khu")
_ABBREVIATION = re.compile(r"[A-ZĐ]{2,12}")
# How the head of a body is called, by the first words of its name; the first that fits.
_HEADS = (
    ("văn phòng", "Chánh Văn phòng"),
    ("thanh tra", "Chánh Thanh tra"),
    ("công an tỉnh", "Giám đốc"),
    ("công an thành phố", "Giám đốc"),
    ("công an", "Trưởng Công an"),
    ("sở", "Giám đốc"),
    ("phòng", "Trưởng phòng"),
    ("chi cục", "Chi cục trưởng"),
    ("cục", "Cục trưởng"),
    ("ban", "Trưởng ban"),
    ("trung tâm", "Giám đốc"),
    ("bệnh viện", "Giám đốc"),
    ("trường", "Hiệu trưởng"),
    ("trạm", "Trạm trưởng"),
    ("đài", "Giám đốc"),
    ("báo", "Tổng Biên tập"),
    ("hội", "Chủ tịch"),
)


@dataclass(frozen=True, slots=True)
class Body:
    """A unit as it was on the date of the report."""

    name: str
    kind: str
    code: str = ""

    @property
    def is_seat(self) -> bool:
        """Whether it is a level of administration, with a people's committee."""
        return self.kind in _SEATS


def kind_word(body: Body) -> str:
    """«huyện», «thị trấn»: what a level of administration is called; «cơ quan», «đơn vị» for other bodies."""
    name = body.name.casefold()
    for word in _WORDS.get(body.kind, ()):
        if name.startswith(f"{word} "):
            return word
    if body.kind in _WORDS:
        return _WORDS[body.kind][0]
    return "cơ quan" if body.kind == AGENCY else "đơn vị"


def called(body: Body) -> str:
    """The name inside a sentence: «huyện Bảo Thắng», «Sở Tư pháp», «thôn Phú Hải»."""
    if body.kind == VILLAGE:
        return body.name[:1].lower() + body.name[1:]
    if not body.is_seat:
        return body.name
    return f"{kind_word(body)} {_bare(body)}"


def _bare(body: Body) -> str:
    word = kind_word(body)
    return body.name[len(word) + 1 :] if body.name.casefold().startswith(f"{word} ") else body.name


def seat_words(bodies: Iterable[Body]) -> list[str]:
    """What the levels of administration among bodies are called: «huyện», «thành phố»."""
    present = {kind_word(body) for body in bodies if body.is_seat}
    return [word for word in SEAT_WORDS if word in present]


def place(line: Sequence[Body]) -> str:
    """The place of issue of a body, from itself and its ancestors, nearest first: «Bảo Thắng»."""
    seat = next((body for body in line if body.is_seat), None)
    if seat is None:
        return "…"
    bare = _bare(seat)
    return seat.name if bare.isdigit() else bare


def agency(body: Body) -> str:
    """The body that issues: «Ủy ban nhân dân huyện Bảo Thắng», «Sở Tư pháp»."""
    return f"{COMMITTEE} {called(body)}" if body.is_seat else body.name


def short(body: Body) -> str:
    """«UBND huyện Bảo Thắng», «Sở Tư pháp»."""
    return f"UBND {called(body)}" if body.is_seat else body.name


def agency_above(line: Sequence[Body]) -> str:
    """The body that the issuer answers to; empty for a province and for an enterprise."""
    body, above = line[0], line[1] if len(line) > 1 else None
    if above is None or above.kind == COUNTRY or body.kind == ENTERPRISE:
        return ""
    return agency(above)


def symbol(body: Body) -> str:
    """The part after the blank number. An abbreviation is taken only where the code of the body is one."""
    if body.is_seat:
        return "BC-UBND"
    return f"BC-{body.code if _ABBREVIATION.fullmatch(body.code) else ''}"


def signing(body: Body) -> tuple[str, str]:
    """(form, position): «TM. Ủy ban nhân dân», «Chủ tịch»."""
    if body.is_seat:
        return f"TM. {COMMITTEE}", "Chủ tịch"
    name = f"{body.name.casefold()} "
    found = next((head for words, head in _HEADS if name.startswith(f"{words} ")), None)
    return "", found or ("Giám đốc" if body.kind == ENTERPRISE else "Thủ trưởng đơn vị")


def listed(names: Sequence[str], most: int = 8, others: str = "đơn vị") -> str:
    """«A, B và C»; past `most` names «A, B và 12 đơn vị khác»."""
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} và {len(names) - most + 1} {others} khác"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} và {names[-1]}"


def order(body: Body) -> tuple[int, str, str]:
    """Administrative order: bodies of the unit's own, then levels below by code, enterprises last."""
    ranks = {AGENCY: 0, DIVISION: 1, SERVICE_UNIT: 2, ENTERPRISE: 5, VILLAGE: 4}
    return ranks.get(body.kind, 3), body.code or "~", natural_key(body.name)
