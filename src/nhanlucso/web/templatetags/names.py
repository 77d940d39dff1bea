"""Looking up by a key that is a variable."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def at(mapping: Mapping[object, object], key: object) -> object:
    """The entry of a mapping; nothing where there is none."""
    return mapping.get(key, "")
