"""What is refused while composing, in words that say how to mend it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhanlucso.kernel.errors import Refused

_WORDS = {
    "not_allowed": _("Chỉ số dùng chung cho cả tỉnh: chỉ người phụ trách cấp tỉnh mới lập được."),
    "name_missing": _("Hãy đặt tên cho chỉ số."),
    "name_too_long": _("Tên dài nhất 200 chữ."),
    "note_too_long": _("Ghi chú dài nhất 1.000 chữ."),
    "bad_slug": _(
        "Mã chỉ gồm chữ thường không dấu, số và dấu gạch ngang, nhiều nhất 40 chữ, như nu-lanh-dao."
    ),
    "slug_taken": _("Mã này đã dùng cho một chỉ số khác. Chọn mã khác."),
    "bad_age": _("Tuổi từ 0 đến 120, tuổi sau không nhỏ hơn tuổi trước."),
    "members_have_no_posts": _(
        "Thành viên tổ công nghệ số không xét theo vị trí công tác: bỏ lãnh đạo, nhiệm vụ, loại đơn vị."
    ),
    "event_missing": _("Tỷ lệ và số lượt cần một việc đã làm: chọn dự lớp, hoàn thành hoặc đạt khóa."),
    "nothing_to_count": _("Không đếm được lượt của người chưa làm. Chọn số người hoặc tỷ lệ."),
    "form_of_classes": _("Hình thức và cách học chỉ có ở lớp: chọn dự lớp hoặc hoàn thành lớp."),
    "self_paced_of_results": _("Tự học trực tuyến chỉ đi với đạt khóa học."),
    "bad_months": _("Số tháng từ 1 đến 120."),
    "course_unknown": _("Có khóa học không còn nữa. Chọn lại khóa học."),
    "measure_stays": _("Loại số của một chỉ số không đổi qua các phiên bản. Lập chỉ số mới."),
    "retired": _("Chỉ số này đã thôi dùng."),
    "nothing_to_publish": _("Không có bản nháp nào để công bố."),
    "nothing_to_drop": _("Không có bản nháp nào để bỏ."),
    "not_published": _("Chỉ số này chưa công bố."),
    "day_missing": _("Ghi ngày phiên bản mới có hiệu lực."),
}


def refusal(code: str) -> Refused:
    """The refusal of a code."""
    return Refused(code, str(_WORDS[code]))
