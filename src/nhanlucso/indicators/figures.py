"""A figure as data and as words."""

from __future__ import annotations

from nhanlucso.indicators.rules import Figure
from nhanlucso.kernel.numbers import vi_number

QUALIFIER_WORDS = {"exact": "", "about": "khoảng ", "over": "hơn ", "nearly": "gần ", "under": "dưới "}


def as_json(figure: Figure, unit: str, period: str) -> dict[str, object]:
    """The figure in the fixed shape of the exchange contract."""
    return {
        "indicator": figure.indicator.code,
        "unit_id": unit,
        "period": period,
        "window": [day.isoformat() for day in figure.window],
        "tree": figure.tree.isoformat(),
        "value": figure.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "qualifier": figure.qualifier,
        "low": figure.low,
        "high": figure.high,
        "unallocated": figure.unallocated,
        "unit": figure.unit,
        "definition_version": figure.indicator.version,
        "as_of": figure.as_of,
    }


def sentence(figure: Figure) -> str:
    """«hơn 1.037 lượt», «93,4 % (171/183 người)»; says when it is not known."""
    if figure.value is None:
        return "chưa có số liệu"
    if figure.indicator.is_share:
        return f"{vi_number(figure.value, 1)} % ({figure.numerator}/{figure.denominator})"
    words = f"{QUALIFIER_WORDS[figure.qualifier]}{vi_number(figure.value)} {figure.indicator.measure.value}"
    if figure.unallocated:
        words += f" ({vi_number(figure.unallocated)} chưa phân bổ)"
    return words
