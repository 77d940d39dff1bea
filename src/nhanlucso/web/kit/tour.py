"""The first-run tour: three steps through the rooms of one's role, as words on the pages themselves."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhanlucso.kernel.scope import Scope

WORD = "lam-quen"  # of the address: the step
WORDS: dict[str, str | Promise] = {
    "home": _(
        "Mỗi ngày bắt đầu ở đây: việc đang chờ ở trên cùng, rồi việc chính, rồi chỉ tiêu đã đạt đến đâu."
    ),
    "people": _(
        "Mọi cán bộ của đơn vị. Lọc «chưa đạt» để thấy ai còn thiếu, bấm vào tên để xem cả quá trình."
    ),
    "classes": _("Lớp học, hội nghị. Mở lớp, điểm danh từng buổi; lần sau bấm «Giống lần trước»."),
    "plans": _("Chỉ tiêu của kế hoạch, nay đến đâu, còn thiếu bao nhiêu."),
    "reports": _("Báo cáo từng kỳ: lập, trình, duyệt. Mỗi con số trong báo cáo mở ra người phía sau."),
    "figures": _("Mỗi con số bấm vào được: định nghĩa, ngày số liệu, ai được tính, ai chưa."),
    "teams": _("Tổ công nghệ số: ghi một lượt hỗ trợ bằng ba lần chạm."),
    "own": _("Hồ sơ của bạn: lớp sắp tới, kết quả, chứng nhận."),
    "guide": _("Hướng dẫn theo vai trò và tệp mẫu để thử. Lúc nào cũng có trong «Thêm»."),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: which of how many, what to know of the page, the address of the next; empty at the last."""

    number: int
    of: int
    words: str | Promise
    following: str


def start_of_tour() -> str:
    """Where the tour begins."""
    return f"{reverse('home')}?{WORD}=1"


def step(request: HttpRequest, scope: Scope, first_room: str) -> Step | None:
    """The step that the address asks for. `first_room`: the room of the role beside «today»."""
    number = request.GET.get(WORD, "")
    rooms = ["home", *([first_room] if first_room in WORDS else []), "guide"]
    if not number.isdecimal() or not 1 <= int(number) <= len(rooms) or scope.account_id is None:
        return None
    at = int(number)
    following = f"{reverse(rooms[at])}?{WORD}={at + 1}" if at < len(rooms) else ""
    return Step(at, len(rooms), WORDS[rooms[at - 1]], following)
