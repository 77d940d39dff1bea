"""Words and addresses that people pass on in chat groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from nhanlucso.web.kit.board import Line
from nhanlucso.web.kit.wording import figure_parts, moment, qualified


@dataclass(frozen=True, slots=True)
class Share:
    """What the include kit/_share.html shows: one sentence without names of people, the whole address of the page,
    and the address of a picture where there is one."""

    words: str
    url: str
    image: str = ""
    image_name: str = ""


def share(request: HttpRequest, words: str, path: str, image: str = "", image_name: str = "") -> Share:
    """What somebody passes on of a page; `path` is its address here."""
    return Share(words, request.build_absolute_uri(path), image, image_name)


def figure_words(name: object, unit: str, period: str, figure: object, as_of: object) -> str:
    """«Phổ cập kỹ năng số cơ bản, Xã Tằng Loỏng, 9 tháng năm 2024: 93,5 % (29 trên 31), số liệu lúc 17:05 ngày
    14/09/2024.»"""
    parts = figure_parts(figure)
    around = "; ".join(filter(None, (parts.share, parts.bounds)))
    return _("%(what)s: %(value)s, số liệu lúc %(moment)s.") % {
        "what": ", ".join((str(name), unit, period)),
        "value": _("chưa có số liệu")
        if parts.value is None
        else " ".join(filter(None, (qualified(figure), f"({around})" if around else ""))),
        "moment": moment(as_of),
    }


def board_words(unit: str, year: int, lines: Sequence[Line], as_of: str) -> str:
    """How many targets are met, then each in a line of its own; `as_of` as a sentence."""
    met = sum(line.standing.reached is True for line in lines)
    head = _("Chỉ tiêu năm %(year)s, %(unit)s: đạt %(met)s trên %(all)s.") % {
        "year": year,
        "unit": unit,
        "met": met,
        "all": len(lines),
    }
    each = [
        _("%(name)s: %(value)s, chỉ tiêu %(aim)s.")
        % {
            "name": line.name,
            "value": qualified(line.figure) if line.figure.value is not None else _("chưa có số liệu"),
            "aim": line.standing.words,
        }
        for line in lines
    ]
    return "\n".join((head, *each, as_of))


def in_chat_app(request: HttpRequest) -> bool:
    """Whether the page is shown inside Zalo, whose browser lacks camera, storage or installing now and then."""
    return "zalo" in request.headers.get("User-Agent", "").lower()


def outside(request: HttpRequest) -> str:
    """The address that opens this page in Chrome on Android; nothing elsewhere: there the link is copied."""
    if "Android" not in request.headers.get("User-Agent", ""):
        return ""
    page = f"{request.get_host()}{request.get_full_path()}"
    return f"intent://{page}#Intent;scheme={request.scheme};package=com.android.chrome;end"
