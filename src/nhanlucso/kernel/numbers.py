"""Numbers and dates as they are written in Vietnamese: 1.037 · 93,4 · 15/12/2023."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

Number = int | float | Decimal
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:(?:\.[0-9]{3}){1,4}|(?: [0-9]{3}){1,4})")


def rounded(value: Number, places: int | None = None) -> Decimal:
    """Rounds half up, as people do on paper: to `places` decimals, by default to at most one.

    Without `places` a whole number has no decimals (93, not 93,0).
    """
    exact = Decimal(str(value))
    result = exact.quantize(Decimal(1).scaleb(-(1 if places is None else places)), ROUND_HALF_UP)
    if places is None and result == result.to_integral_value():
        result = result.quantize(Decimal(1))
    return abs(result) if result == 0 else result


def rounded_share(share: Number, places: int | None = None) -> Decimal:
    """A share in percent, rounded. Rounding never turns one below 100 into 100 or one above 0 into 0: "all" and
    "none" are claims."""
    step = Decimal(1).scaleb(-(1 if places is None else places))
    shown = rounded(share, places)
    if shown >= 100 > share:
        return 100 - step
    return step if shown == 0 < share else shown


def written(value: Number, places: int | None = None, *, thousands: str, decimal: str) -> str:
    """A number with the given separators; rounding as in `rounded`."""
    text = f"{rounded(value, places):,f}"
    return text.translate({ord(","): thousands, ord("."): decimal})


def whole_number_of(text: str) -> int | None:
    """The whole number that somebody wrote: «1120», «1.120», «1 120», «-5»; None for what is no whole number or not
    clear («92,5», «1.12», «1,120»)."""
    plain = " ".join(text.split())
    if _GROUPED.fullmatch(plain):
        return int(re.sub(r"[. ]", "", plain))
    return int(plain) if _WHOLE.fullmatch(plain) else None


def vi_number(value: Number, places: int | None = None) -> str:
    """1037 → 1.037; 93.44 → 93,4; with `places` exactly that many decimals."""
    return written(value, places, thousands=".", decimal=",")


def vi_date(day: date) -> str:
    """15/12/2023, always with two digits for day and month."""
    return f"{day:%d/%m}/{day.year:04d}"
