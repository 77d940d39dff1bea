"""What is in force on a day, and how documents are cited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from nhanlucso.kernel.numbers import vi_date
from nhanlucso.kernel.text import fold
from nhanlucso.reports.rules.content import Act, Issued, StandingBody

_KINDS = (
    ("KH", "Kế hoạch"),
    ("QĐ", "Quyết định"),
    ("CT", "Chỉ thị"),
    ("NQ", "Nghị quyết"),
    ("CTR", "Chương trình"),
    ("ĐA", "Đề án"),
    ("HD", "Hướng dẫn"),
    ("TB", "Thông báo"),
    ("TT", "Thông tư"),
    ("NĐ", "Nghị định"),
)
_QUOTES = str.maketrans("«»", "“”")
_OPENINGS = re.compile(r"(?:về|v/v|thực hiện|triển khai|phê duyệt|ban hành|tổ chức)\s", re.IGNORECASE)
_WORK = re.compile(r"(?:đào tạo|bồi dưỡng|phát triển|nâng cao|phổ cập|tập huấn|chuyển đổi)\b", re.IGNORECASE)


def citable(acts: Iterable[Act], on: date, end: date, codes: Iterable[str]) -> list[Act]:
    """The acts that a report of the day `on` may cite, beside figures with the given codes.

    What is carried out was there when the period ended: nobody carried out in 2024 a plan of 2025.
    """
    said = set(codes)
    return [
        act
        for act in acts
        if act.valid_from <= (on if act.role == "basis" else min(on, end))
        and on <= act.valid_to
        and (not act.indicators or said.intersection(act.indicators))
    ]


def standing(bodies: Iterable[StandingBody], kind: str, on: date) -> str:
    """The body in charge at a level on a day; empty if none is known."""
    return next((b.name for b in bodies if b.kind == kind and b.valid_from <= on <= b.valid_to), "")


def kind_of(number: str) -> str:
    """«Kế hoạch» for 84/KH-UBND; «văn bản» where the number does not say it."""
    sign = number.split("/")[-1].split("-")[0].strip().upper() if "/" in number else ""
    if number.upper().endswith("-KH/BCĐTW") or "-KH/" in number.upper():
        sign = "KH"  # Party papers put the kind before the stroke
    return next((words for abbreviation, words in _KINDS if abbreviation == sign), "văn bản")


def citation(document: Issued) -> str:
    """«Kế hoạch số 84/KH-UBND ngày 20/04/2022 của UBND tỉnh Tuyên Quang thực hiện Đề án …»."""
    kind, title = _kind_and_title(document)
    parts = [kind]
    if document.number:
        parts.append(f"số {document.number}")
    if document.issued_on:
        parts.append(f"ngày {vi_date(document.issued_on)}")
    if document.issuer:
        parts.append(f"của {document.issuer}")
    if title:
        parts.append(_in_sentence(title))
    return " ".join(parts)


def _kind_and_title(document: Issued) -> tuple[str, str]:
    """What the document is, by its number, else by the first words of its title; and the rest of the title."""
    title = document.title.strip().translate(_QUOTES)
    kinds = [kind for _, kind in _KINDS]
    named = next((kind for kind in kinds if f"{fold(title)} ".startswith(f"{fold(kind)} ")), "")
    kind = kind_of(document.number) if document.number else named or "văn bản"
    return kind, title[len(named) :].strip() if named == kind else title


def _in_sentence(title: str) -> str:
    """A title inside a sentence: «về việc …», «thực hiện …», «về đào tạo …»; a name stays as it is."""
    small = title[0].lower() + title[1:]
    if _OPENINGS.match(title):
        return small
    return f"về {small}" if _WORK.match(title) else title


def without(documents: Iterable[Issued], acts: Sequence[Act]) -> list[Issued]:
    """Documents that the acts do not cite already."""
    numbers = {fold(act.number) for act in acts}
    return [document for document in documents if fold(document.number) not in numbers]
