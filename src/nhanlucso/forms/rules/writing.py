"""How figures and names are written into a form."""

from __future__ import annotations

from nhanlucso.forms.enums import Part
from nhanlucso.kernel.numbers import rounded_share, vi_number
from nhanlucso.papers.forms import Spot

_GOVERNED = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu")


def number_of(part: str, value: float | None, numerator: int | None, denominator: int | None) -> float | None:
    """The number that a part of a figure is; None where it is not known."""
    if part == Part.VALUE:
        return value
    if part == Part.NUMERATOR:
        return numerator
    if part == Part.DENOMINATOR:
        return denominator
    return None if numerator is None or denominator is None else denominator - numerator


def written(number: float, qualifier: str, spot: Spot, *, is_share: bool) -> tuple[str, float | None]:
    """A number as words, «hơn 1.037», «93,4», «93,4 %», and as the number that a cell holds: none where a word says
    that it is not exact. A share has the decimals that the blank shows, else at most one."""
    if not is_share:
        return f"{qualifier}{vi_number(number)}", None if qualifier else number
    shown = rounded_share(number, spot.places)
    sign = "" if spot.says_percent or spot.percent else " %"
    return f"{qualifier}{vi_number(shown, spot.places)}{sign}", None if qualifier else float(shown)


def office(name: str) -> str:
    """«Ủy ban nhân dân xã Phú Nhuận»; of a unit that is no commune, district or province its own name."""
    kind = next((kind for kind in _GOVERNED if name.casefold().startswith(f"{kind} ")), "")
    return f"Ủy ban nhân dân {kind}{name[len(kind) :]}" if kind else name
