"""What every page's frame needs."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ROOMS = (
    ("home", "home", _("Hôm nay"), _("Hôm nay")),
    ("people", "people", pgettext_lazy("phòng", "Cán bộ"), pgettext_lazy("phòng", "Cán bộ")),
    ("figures", "figure", _("Chỉ số"), _("Chỉ số")),
    ("reports", "report", _("Báo cáo"), _("Báo cáo")),
    ("classes", "class", _("Lớp học"), pgettext_lazy("phòng", "Lớp")),
    ("plans", "plan", _("Kế hoạch"), _("Kế hoạch")),
    ("units", "unit", pgettext_lazy("phòng", "Đơn vị"), pgettext_lazy("phòng", "Đơn vị")),
    ("imports", "import", _("Nhập liệu"), _("Nhập")),
)
_TO_WRITE = ("imports",)  # rooms with nothing to read


@dataclass(frozen=True, slots=True)
class NavItem:
    """A room in the rail or the bottom bar."""

    label: str | Promise
    short: str | Promise
    url: str
    icon: str
    active: bool


def shell(request: HttpRequest) -> dict[str, object]:
    """Navigation of the frame; asks the database nothing."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"nav": []}
    scope = getattr(request, "scope", None)
    rooms = [room for room in ROOMS if room[0] not in _TO_WRITE or (scope and scope.can_write)]
    return {"nav": [item for room in rooms if (item := _item(request, *room))]}


def _item(
    request: HttpRequest, name: str, icon: str, label: str | Promise, short: str | Promise
) -> NavItem | None:
    try:
        url = reverse(name)
    except NoReverseMatch:
        return None
    inside = request.path == url if url == "/" else request.path.startswith(url)
    return NavItem(label, short, url, icon, inside)
