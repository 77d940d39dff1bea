"""Looking up by a key that is a variable; words for what a list brings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()


@register.filter
def at(mapping: Mapping[object, object], key: object) -> object:
    """The entry of a mapping; nothing where there is none."""
    return mapping.get(key, "")


_COLUMNS = {
    "birth": _("ngày sinh"),
    "sex": _("giới tính"),
    "phone": _("điện thoại"),
    "email": _("thư điện tử"),
    "national_id": _("số định danh"),
    "unit": _("đơn vị"),
    "title": _("chức vụ"),
    "category": _("đối tượng"),
}


@register.filter
def column_names(columns: Iterable[str]) -> str:
    """Which facts of a person a list changes, in words."""
    return ", ".join(str(_COLUMNS.get(column, column)) for column in columns)


@register.filter
def any_code(problems: Iterable[Mapping[str, object]] | None, code: str) -> bool:
    """Whether a problem of this code is among them."""
    return any(problem.get("code") == code for problem in problems or ())
