"""Tags and filters of the design system; the words themselves are in kit/wording.py."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput, FileInput
from django.template import RequestContext
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nhanlucso.kernel.numbers import Number
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import reach
from nhanlucso.orgs.rules import Version
from nhanlucso.web.kit import charts, history, sharing, wording
from nhanlucso.web.kit.periods import period_label

register = template.Library()

_STATES = {"success": "ok", "warning": "warn", "error": "danger", "debug": "info"}
_ICONS = {"ok": "check", "warn": "warn", "danger": "close", "info": "info", "wait": "clock"}

register.filter("number", wording.number)
register.filter("percent", wording.percent)
register.filter("quantity", wording.quantity)
register.filter("day", wording.day)
register.filter("moment", wording.moment)
register.filter("qualified", wording.qualified)
register.filter("figure_sentence", wording.figure_sentence)
register.filter("figure_parts", wording.figure_parts)
register.filter("period_label", period_label)


@register.simple_tag
def icon(name: str, small: bool = False) -> SafeString:
    """A line icon of static/nhanlucso/icons.svg; decoration only, the words stand beside it."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        " icon-s" if small else "",
        static("nhanlucso/icons.svg"),
        name,
    )


@register.filter
def reads_log(scope: Scope) -> bool:
    """Whether a link to the history of anything in sight leads somewhere."""
    return history.reads_log(scope)


@register.filter
def state_class(kind: str | None) -> str:
    """The class of a state (ok, warn, danger, info, "" for neutral), also from a level of Django messages."""
    return _STATES.get(kind or "", kind or "")


@register.filter
def state_icon(state: str) -> str:
    """The sign that stands beside the word of a state."""
    return _ICONS.get(state, "info")


@register.filter
def field_kind(field: BoundField) -> str:
    """How a form field is laid out: check, group, file or line."""
    widget = field.field.widget
    if isinstance(widget, CheckboxInput):
        return "check"
    if widget.use_fieldset:
        return "group"
    return "file" if isinstance(widget, FileInput) else "line"


@register.filter
def page_numbers(page: Page[object]) -> Iterable[int | str]:
    """The page numbers to offer: first, last and those around the current one."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def current_room(nav: Iterable[object] | None) -> str:
    """The label of the room that the page is in, or nothing."""
    return next(
        (str(wording.field(item, "label")) for item in nav or () if wording.field(item, "active")), ""
    )


@register.simple_tag
def meter(figure: object, target: Number | None = None) -> SafeString:
    """The meter of a figure against its target."""
    parts = wording.figure_parts(figure)
    low, high = wording.field(figure, "low"), wording.field(figure, "high")
    return charts.meter(parts.value, target, low, high, unit=str(wording.field(figure, "unit") or ""))


@register.simple_tag
def target_tag(figure: object, target: Number) -> SafeString:
    """A tag that says whether the target is reached, judged on the exact value, and how far it is."""
    unit = str(wording.field(figure, "unit") or "")
    value = wording.figure_parts(figure).value
    said = wording.quantity(target, unit)
    if value is None:
        return _tag("", "", _("Chỉ tiêu %(target)s") % {"target": said})
    if value >= target:
        return _tag("ok", "check", _("Đạt chỉ tiêu %(target)s") % {"target": said})
    gap = float(target) - float(value)
    short = wording.number(gap) if gap >= 0.05 else _("dưới %(least)s") % {"least": wording.number(0.1)}
    missing = _("%(points)s điểm %%") % {"points": short} if unit == "%" else short
    return _tag("warn", "warn", _("Thiếu %(gap)s để đạt %(target)s") % {"gap": missing, "target": said})


def _tag(state: str, sign: str, words: str) -> SafeString:
    mark = icon(sign, small=True) if sign else ""
    return format_html('<span class="tag {}">{}{}</span>', state, mark, words)


@register.inclusion_tag("kit/_real_browser.html", takes_context=True)
def real_browser(context: template.Context, needs: str, why: str) -> dict[str, object]:
    """Offers to open the page in the browser of the machine where the one at hand lacks what it `needs` (of camera,
    storage, install; several with spaces between): always inside a chat app, elsewhere once the script finds out."""
    request = context["request"]
    return {
        "needs": needs,
        "why": why,
        "shown": sharing.in_chat_app(request),
        "chrome": sharing.outside(request),
        "address": request.build_absolute_uri(),
    }


@register.simple_tag(takes_context=True)
def unit_link(context: RequestContext, version: Version) -> SafeString | str:
    """The name of a unit, as a way to its page for who reaches it: the others would find nothing there."""
    request: Any = (
        context.request
    )  # part of the context itself, also where a part of a page is given nothing else
    if not hasattr(request, "inside"):
        request.inside = reach(request.scope)
    if not request.inside.holds(version.unit):
        return version.name
    return format_html('<a href="{}">{}</a>', reverse("unit", args=[version.unit]), version.name)
