"""The big buttons of «today»: the jobs of a role, in its words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhanlucso.access.enums import Role
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.web.kit.asking import Question
from nhanlucso.web.kit.context import DOCK
from nhanlucso.web.kit.periods import period_label
from nhanlucso.web.kit.wording import number

MISSING = "coverage.basic"


@dataclass(frozen=True, slots=True)
class Action:
    """A job: where it is done, its icon, its name, one line more."""

    url: str
    icon: str
    title: str | Promise
    note: str | Promise


@dataclass(frozen=True, slots=True)
class Known:
    """What the buttons tell: the question of the page, that of the running period (who is missing now), how
    many are missing, how many reports wait for approval."""

    question: Question | None
    current: Question | None
    missing: int | None = None
    to_approve: int = 0

    def address(self, name: str, *arguments: str, of: Question | None = None) -> str:
        asked = of or self.question
        query = f"?{asked.query}" if asked else ""
        return f"{reverse(name, args=arguments)}{query}"


def actions(scope: Scope, known: Known) -> list[Action]:
    """The buttons of the first role that the account has, in the order in which roles go before others."""
    role = next((role for role in DOCK if role in scope.roles), None)
    return [make(known) for make in _OF_ROLE.get(role, ())] if role else []


def _record(known: Known) -> Action:
    return Action(
        reverse("record"), "check", _("Ghi lại việc đã làm"), _("Lớp học, danh sách, kết quả, hỗ trợ")
    )


def _missing(known: Known) -> Action:
    url = (
        f"{known.address('passport', MISSING, of=known.current)}{'&' if known.question else '?'}group=missing"
    )
    if known.missing is None:
        note = _("Chưa có số liệu")
    elif known.missing:
        note = _("%(count)s người chưa được phổ cập kỹ năng số cơ bản") % {"count": number(known.missing)}
    else:
        note = _("Mọi người đã được phổ cập kỹ năng số cơ bản")
    if known.current is not None and known.missing is not None:
        note = f"{note}, {period_label(known.current.period)}"
    return Action(url, "people", _("Ai còn thiếu"), note)


def _report(known: Known) -> Action:
    note = period_label(known.question.period) if known.question else ""
    return Action(known.address("reports"), "report", _("Báo cáo"), note)


def _approve(known: Known) -> Action:
    waiting = _("%(count)s báo cáo đang chờ") % {"count": number(known.to_approve)}
    return Action(
        known.address("reports"),
        "report",
        _("Duyệt báo cáo"),
        waiting if known.to_approve else _("Chưa có gì chờ duyệt"),
    )


def _plain(name: str, icon: str, title: str | Promise, note: str | Promise) -> Callable[[Known], Action]:
    return lambda known: Action(reverse(name), icon, title, note)


_board = _plain(
    "plans", "plan", gettext_lazy("Chỉ tiêu, kế hoạch"), gettext_lazy("Đến đâu, còn thiếu bao nhiêu")
)
_new_class = _plain(
    "class-add", "class", gettext_lazy("Mở lớp"), gettext_lazy("Lớp, hội nghị, cầm tay chỉ việc")
)
_classes = _plain("classes", "class", gettext_lazy("Lớp học"), gettext_lazy("Danh sách, lịch"))
_people = _plain("people", "people", gettext_lazy("Cán bộ"), gettext_lazy("Thêm, sửa, tìm"))
_lists = _plain("imports", "import", gettext_lazy("Nhập danh sách"), gettext_lazy("Tệp Excel có sẵn"))
_figures = _plain(
    "figures", "figure", gettext_lazy("Chỉ số"), gettext_lazy("Mỗi con số mở ra người phía sau")
)
_accounts = _plain("admin", "admin", gettext_lazy("Tài khoản"), gettext_lazy("Mời người dùng, giao vai trò"))
_trail = _plain("admin-trail", "clock", gettext_lazy("Nhật ký"), gettext_lazy("Ai làm gì, lúc nào"))
_results = _plain("results", "learn", gettext_lazy("Kết quả học tập"), gettext_lazy("Ghi, sửa kết quả"))
_own = _plain("own", "user", gettext_lazy("Hồ sơ của tôi"), gettext_lazy("Lớp, kết quả, chứng nhận"))

_OF_ROLE: dict[Role, Sequence[Callable[[Known], Action]]] = {
    Role.OFFICER: (_record, _missing, _report),
    Role.PLANNER: (_board, _missing, _new_class),
    Role.APPROVER: (_approve, _board, _missing),
    Role.ADMINISTRATOR: (_accounts, _missing, _report),
    Role.ENTERPRISE: (_people, _lists, _missing),
    Role.AUDITOR: (_trail, _figures, _report),
    Role.VIEWER: (_figures, _missing, _report),
    Role.TRAINER: (_classes, _results),
    Role.TEAM_MEMBER: (),
    Role.LEARNER: (_own,),
}

RECORDS: tuple[tuple[Permission, str, str, str | Promise, str | Promise], ...] = (
    (Permission.EDIT_CLASSES, "class-add", "class", gettext_lazy("Một lớp, một hội nghị"),
     gettext_lazy("Mở lớp rồi điểm danh; lần sau bấm «Giống lần trước»")),
    (Permission.RECORD_ATTENDANCE, "classes", "check", gettext_lazy("Điểm danh lớp đã có"),
     gettext_lazy("Chọn lớp, chọn buổi")),
    (Permission.IMPORT_LISTS, "imports", "import", gettext_lazy("Danh sách có sẵn"),
     gettext_lazy("Tệp Excel: cán bộ, điểm danh, kết quả")),
    (Permission.RECORD_RESULTS, "results-record", "learn", gettext_lazy("Kết quả học trực tuyến, bài thi"),
     gettext_lazy("Nhiều người của một khóa học")),
    (Permission.LOG_ASSISTS, "teams", "team", gettext_lazy("Tổ công nghệ số giúp người dân"),
     gettext_lazy("Ghi lượt hỗ trợ")),
    (Permission.EDIT_TEAMS, "outreach", "bell", gettext_lazy("Tin, bài, buổi truyền thông"),
     gettext_lazy("Sổ truyền thông")),
    (Permission.EDIT_PEOPLE, "people", "people", gettext_lazy("Cán bộ mới đến, chuyển đi"),
     gettext_lazy("Thêm người, kết thúc vị trí")),
)  # fmt: skip
"""What may be recorded: with which permission, where, and in which words."""


def records(scope: Scope) -> list[Action]:
    """What the account may record."""
    return [
        Action(reverse(name), icon, title, note)
        for permission, name, icon, title, note in RECORDS
        if scope.may(permission)
    ]
