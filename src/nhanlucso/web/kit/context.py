"""What every page's frame needs: the rooms that somebody may enter, the four of their role at the foot of a phone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhanlucso.access.enums import Role
from nhanlucso.jobs.progress import working
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.scope import Scope
from nhanlucso.web.kit.doors import Door
from nhanlucso.web.kit.tour import step


@dataclass(frozen=True, slots=True)
class Room:
    """A room of the product: the name of its address, its icon, how it is called in full and on a phone. Its door
    says who may enter; `when`, who has something to find there; `also`: addresses beside its own that are in it."""

    name: str
    icon: str
    label: str | Promise
    short: str | Promise
    when: Callable[[Scope], bool] = lambda scope: True
    also: str = ""


def _looks(scope: Scope) -> bool:
    return not scope.is_empty


def _is_somebody(scope: Scope) -> bool:
    return scope.person_id is not None


ROOMS = (
    Room("home", "home", _("Hôm nay"), _("Hôm nay")),
    Room("people", "people", pgettext_lazy("phòng", "Cán bộ"), pgettext_lazy("phòng", "Cán bộ")),
    Room("classes", "class", _("Lớp học"), pgettext_lazy("phòng", "Lớp")),
    Room("results", "learn", _("Kết quả học tập"), pgettext_lazy("phòng", "Kết quả")),
    Room("teams", "team", _("Tổ công nghệ số"), pgettext_lazy("phòng", "Tổ")),
    Room("plans", "plan", _("Kế hoạch"), _("Kế hoạch")),
    Room("figures", "figure", _("Chỉ số"), _("Chỉ số")),
    Room("quality", "check", _("Chất lượng số liệu"), _("Chất lượng")),
    Room("reports", "report", _("Báo cáo"), _("Báo cáo")),
    Room(
        "units",
        "unit",
        pgettext_lazy("phòng", "Đơn vị"),
        pgettext_lazy("phòng", "Đơn vị"),
        _looks,
        "/cai-cach/",
    ),
    Room("imports", "import", _("Nhập liệu"), _("Nhập")),
    Room("own", "user", _("Hồ sơ của tôi"), _("Của tôi"), _is_somebody),
    Room("admin", "admin", _("Quản trị"), _("Quản trị")),
)
DOCK = {  # the three rooms beside «today», by role; roles in the order in which they go before others
    Role.OFFICER: ("people", "classes", "reports"),
    Role.PLANNER: ("plans", "figures", "classes"),
    Role.APPROVER: ("reports", "figures", "plans"),
    Role.ADMINISTRATOR: ("people", "figures", "admin"),
    Role.ENTERPRISE: ("people", "classes", "imports"),
    Role.AUDITOR: ("figures", "reports", "admin"),
    Role.VIEWER: ("figures", "reports", "plans"),
    Role.TRAINER: ("classes", "results", "own"),
    Role.TEAM_MEMBER: ("teams", "own"),
    Role.LEARNER: ("own",),
}


@dataclass(frozen=True, slots=True)
class NavItem:
    """A room in the rail or the bottom bar."""

    name: str
    label: str | Promise
    short: str | Promise
    url: str
    icon: str
    active: bool


def shell(request: HttpRequest) -> dict[str, object]:
    """Navigation of the frame; asks the database nothing."""
    scope = getattr(request, "scope", None)
    if not isinstance(scope, Scope) or scope.account_id is None:
        return {"nav": []}
    items = [_item(request, room, url) for room in ROOMS if (url := _way_in(room, scope))]
    first = ("home", *next((DOCK[role] for role in DOCK if role in scope.roles), ()))
    dock = sorted((item for item in items if item.name in first), key=lambda item: first.index(item.name))
    return {
        "nav": items,
        "dock": dock,
        "beyond_dock": [item for item in items if item not in dock],
        "working": sum(running.account == scope.account_id for running in working(now())),
        "tour": step(request, scope, next((name for name in first if name != "home"), "")),
    }


def _way_in(room: Room, scope: Scope) -> str:
    """The address of a room that somebody may enter, else nothing."""
    found = _entrance(room.name)
    return found[0] if found and found[1].lets_in(scope) and room.when(scope) else ""


@cache
def _entrance(name: str) -> tuple[str, Door] | None:
    """The address of a room and its door."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return None
    door: Door = resolve(url).func.door  # type: ignore[attr-defined]
    return url, door


def _item(request: HttpRequest, room: Room, url: str) -> NavItem:
    inside = request.path == url if url == "/" else request.path.startswith(url)
    inside = inside or bool(room.also and request.path.startswith(room.also))
    return NavItem(room.name, room.label, room.short, url, room.icon, inside)
