"""What the styles of a workbook say of its cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from nhanlucso.kernel.numbers import rounded, vi_date, vi_number
from nhanlucso.papers.forms.package import tree

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_STYLES = "xl/styles.xml"
_SHIPPED = {"1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%", "14": "d/m/yyyy"}
_SHIPPED_DAYS = {*map(str, range(14, 23)), "45", "46", "47"}
_UNSHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_FIRST_DAY, _LAST_SERIAL = date(1899, 12, 30), 2_958_465


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell shows its number: `places` decimals (None: as many as it has), as a percentage, as a day; `lined`:
    with a line around it."""

    places: int | None = None
    percent: bool = False
    is_day: bool = False
    lined: bool = False


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks of a workbook by the number of the style."""

    by_style: Mapping[str, Look] = field(default_factory=dict)
    draws_lines: bool = False

    def of(self, style: str) -> Look:
        return self.by_style.get(style, Look())

    def is_waiting(self, style: str | None) -> bool:
        """Whether a cell is one to fill in: where a workbook draws lines, those that have them."""
        return not self.draws_lines or (style is not None and self.of(style).lined)


def looks_of(parts: Mapping[str, bytes]) -> Looks:
    if _STYLES not in parts:
        return Looks()
    root = tree(parts[_STYLES])
    formats = _SHIPPED | {
        found.get("numFmtId", ""): found.get("formatCode", "")
        for found in root.iterfind("m:numFmts/m:numFmt", NS)
    }
    lined = {
        str(number)
        for number, border in enumerate(root.iterfind("m:borders/m:border", NS))
        if any(side.get("style", "none") != "none" for side in border)
    }
    found = {
        str(number): _look(look.get("numFmtId", "0"), formats, look.get("borderId") in lined)
        for number, look in enumerate(root.iterfind("m:cellXfs/m:xf", NS))
    }
    return Looks(found, any(look.lined for look in found.values()))


def _look(number: str, formats: Mapping[str, str], lined: bool) -> Look:
    code = _UNSHOWN.sub("", formats.get(number, "")).partition(";")[0]
    decimals = re.search(r"[0#]\.([0#]+)", code)
    has_digits = "0" in code or "#" in code
    return Look(
        places=len(decimals[1]) if decimals else 0 if has_digits else None,
        percent="%" in code,
        is_day=number in _SHIPPED_DAYS or bool(re.search("[ydYD]", code)),
        lined=lined,
    )


def number_shown(value: str, look: Look) -> str:
    """A stored number as the cell shows it: «1.037», «93,4 %», «14/09/2024»."""
    try:
        number = float(value)
        if look.is_day and 0 < number < _LAST_SERIAL:
            return vi_date(_FIRST_DAY + timedelta(days=int(number)))
        if look.percent:
            return f"{vi_number(round(number * 100, 9), look.places)} %"
        return vi_number(rounded(number, look.places), look.places) if abs(number) < 1e15 else value
    except (ValueError, ArithmeticError):
        return value
