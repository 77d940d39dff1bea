"""What every page's frame needs."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope

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
_NEEDS = {  # what a room shows nothing without
    "people": Permission.SEE_PEOPLE,
    "figures": Permission.SEE_FIGURES,
    "reports": Permission.SEE_FIGURES,
    "classes": Permission.SEE_CLASSES,
    "plans": Permission.SEE_PLANS,
    "imports": Permission.IMPORT_LISTS,
}


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
    rooms = [room for room in ROOMS if _open(request, room[0])]
    return {"nav": [item for room in rooms if (item := _item(request, *room))]}


def _open(request: HttpRequest, room: str) -> bool:
    scope = getattr(request, "scope", None)
    needed = _NEEDS.get(room)
    return needed is None or (isinstance(scope, Scope) and scope.may(needed))


def _item(
    request: HttpRequest, name: str, icon: str, label: str | Promise, short: str | Promise
) -> NavItem | None:
    try:
        url = reverse(name)
    except NoReverseMatch:
        return None
    inside = request.path == url if url == "/" else request.path.startswith(url)
    return NavItem(label, short, url, icon, inside)
