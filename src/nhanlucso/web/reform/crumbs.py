"""The way to the pages of the room."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nhanlucso.reform.models import Resolution

Crumbs = list[tuple[str, str]]


def crumbs(resolution: Resolution | None = None) -> Crumbs:
    """The way to the room, and to a resolution."""
    way = [(pgettext("phòng", "Đơn vị"), reverse("units")), (_("Sắp xếp đơn vị"), reverse("reform"))]
    return (
        way
        if resolution is None
        else [*way, (resolution.document, reverse("resolution", args=[resolution.uid]))]
    )
