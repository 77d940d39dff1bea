"""Why a person may be the one of a row: short codes, and their words in one table."""

from __future__ import annotations

from nhanlucso.kernel.language import mark as _
from nhanlucso.kernel.language import say

WORDS = {
    "decided": _("đã được người phụ trách chọn"),
    "same_id": _("cùng số định danh"),
    "other_id": _("số định danh khác"),
    "same_name": _("cùng họ tên"),
    "same_name_bare": _("cùng họ tên, khác dấu"),
    "common_name": _("tên nhiều người có"),
    "name_order": _("cùng các chữ, khác thứ tự"),
    "name_initials": _("tên viết tắt khớp"),
    "name_part": _("tên thiếu chữ đệm"),
    "name_typo": _("họ tên lệch một hai chữ"),
    "other_name": _("họ tên khác"),
    "same_birth": _("cùng ngày sinh"),
    "same_year": _("cùng năm sinh"),
    "swapped_birth": _("ngày và tháng sinh đổi chỗ"),
    "near_birth": _("ngày sinh lệch một chữ số"),
    "other_birth": _("ngày sinh khác"),
    "other_sex": _("giới tính khác"),
    "same_phone": _("cùng số điện thoại"),
    "other_phone": _("số điện thoại khác"),
    "same_email": _("cùng thư điện tử"),
    "other_email": _("thư điện tử khác"),
    "same_unit": _("cùng đơn vị"),
    "near_unit": _("đơn vị cấp trên hoặc trực thuộc"),
    "became_unit": _("đơn vị nay là đơn vị của người này"),
    "other_unit": _("đơn vị khác"),
    "rival": _("dòng khác của danh sách cũng giống người này"),
    "taken": _("dòng khác của danh sách đã là người này"),
}


def in_words(codes: tuple[str, ...]) -> list[str]:
    """What the codes say, in the active language."""
    return [say(WORDS[code]) for code in codes]
