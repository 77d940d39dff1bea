"""Titles of charts that say what the chart shows."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhanlucso.indicators.rules import Figure
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.periods import Period
from nhanlucso.plans.queries import Aim
from nhanlucso.plans.rules import reached
from nhanlucso.web.kit.commune_map import Below
from nhanlucso.web.kit.periods import period_label
from nhanlucso.web.kit.wording import number, quantity


def trend_finding(trend: Sequence[tuple[Period, Figure | None]]) -> str:
    """How the last value compares with the first one."""
    known = [(period, f) for period, f in trend if f is not None and f.value is not None]
    if len(known) < 2:
        return _("Chưa có kỳ trước để so sánh")
    (start, first), (end, last) = known[0], known[-1]
    unit = str(last.indicator.measure.value)
    words = {
        "first": quantity(first.value, unit),
        "last": quantity(last.value, unit),
        "period": period_label(start),
    }
    if end.window()[1] > today():  # what is not over neither fell nor rose
        words["now"] = period_label(end)
        return _("%(first)s ở %(period)s, %(last)s ở %(now)s (kỳ chưa hết)") % words
    change = (last.value or 0) - (first.value or 0)
    if change > 0:
        return _("Tăng từ %(first)s (%(period)s) lên %(last)s") % words
    if change < 0:
        return _("Giảm từ %(first)s (%(period)s) xuống %(last)s") % words
    return _("Không đổi so với %(period)s: %(last)s") % words


def children_finding(rows: Sequence[Below], aim: Aim | None) -> str:
    """How many units reach the target; without one, the highest and the lowest."""
    known = [row for row in rows if row.figure.value is not None]
    if not known:
        return _("Chưa đơn vị nào có số liệu")
    if aim is not None and known[0].figure.indicator.is_share:
        good = sum(reached(row.figure.value or 0, aim.value, aim.comparator) for row in known)
        return ngettext(
            "%(good)s trên %(all)s đơn vị đạt chỉ tiêu",
            "%(good)s trên %(all)s đơn vị đạt chỉ tiêu",
            len(known),
        ) % {"good": number(good), "all": number(len(known))}
    unit = str(known[0].figure.indicator.measure.value)
    top = max(known, key=lambda row: row.figure.value or 0)
    least = min(known, key=lambda row: row.figure.value or 0)
    if not top.figure.value and not top.figure.indicator.is_share:
        return _("Chưa ghi nhận ở đơn vị trực thuộc nào")
    if top.figure.value == least.figure.value:
        return _("Các đơn vị như nhau: %(value)s") % {"value": quantity(top.figure.value, unit)}
    return _("Cao nhất %(top)s (%(high)s), thấp nhất %(least)s (%(low)s)") % {
        "top": top.version.name,
        "high": quantity(top.figure.value, unit),
        "least": least.version.name,
        "low": quantity(least.figure.value, unit),
    }
