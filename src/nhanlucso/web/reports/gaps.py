"""What is missing before a report is complete, and where it is mended."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from nhanlucso.reports.compose import Composed
from nhanlucso.reports.models import Report
from nhanlucso.reports.rules import gaps
from nhanlucso.reports.rules import todo as t
from nhanlucso.web.kit.wording import quantity
from nhanlucso.web.reports.changes import question_words


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing, and where it is mended."""

    words: str
    href: str


def gaps_of(report: Report, made: Composed) -> list[Gap]:
    """What is missing in a report, each with the way to where it is mended."""
    words = question_words(report, f"{made.content.year_window[0]}..{made.content.year_window[1]}")
    return [Gap(_gap_words(one), _gap_href(one, words)) for one in t.todo(made.content)]


def _gap_words(one: t.Todo) -> str:
    whole = {
        t.STAFF: _("Chưa có danh sách cán bộ: nhập danh sách thì mới tính được tỷ lệ."),
        t.TRAINING: _("Chưa ghi lớp, hội nghị hay khóa học trực tuyến nào trong kỳ."),
        t.LISTS: _("Có lớp, hội nghị chỉ có số đếm: thêm danh sách người dự để tính được số người."),
        t.OFFICER: _("Chưa ghi ai chuyên trách hay kiêm nhiệm công nghệ thông tin, chuyển đổi số."),
    }
    if one.kind in whole:
        return whole[one.kind]
    count = quantity(one.count, "")
    if one.kind == t.PLACES:
        return _("%(count)s người của đơn vị đã chia, tách chưa rõ nơi công tác mới.") % {"count": count}
    if one.kind == t.VILLAGES:
        return _("%(count)s thôn, tổ dân phố chưa có tổ công nghệ số.") % {"count": count}
    people = {
        gaps.BASIC: _("%(count)s người chưa được phổ cập kỹ năng số cơ bản."),
        gaps.ICT: _("%(count)s công chức chưa được chuẩn hóa kỹ năng công nghệ thông tin."),
        gaps.LEADERS: _("%(count)s lãnh đạo chưa được tập huấn."),
        gaps.OFFICERS: _("%(count)s cán bộ công nghệ thông tin, chuyển đổi số chưa được tập huấn."),
    }
    return people[one.code] % {"count": count}


def _gap_href(one: t.Todo, words: str) -> str:
    """Where it is mended: lists are imported, classes recorded, the missing invited."""
    if one.kind == t.STAFF:
        return reverse("imports")
    if one.kind in (t.TRAINING, t.LISTS):
        return reverse("classes")
    if one.kind == t.OFFICER:
        return reverse("people")
    group = "unallocated" if one.kind == t.PLACES else "missing"
    return f"{reverse('passport', args=[one.code])}?{words}&group={group}"
