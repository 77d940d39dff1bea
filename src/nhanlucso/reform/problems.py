"""What stands in the way of a resolution, in words that say how to mend it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhanlucso.reform.rules.draft import Problem

WORDS = {
    "two_rows": _("«%(name)s» có hai dòng khác nhau. Giữ một dòng; nếu chia thì mọi dòng đều là «chia»."),
    "same_row": _("«%(name)s» ghi hai lần cùng một nơi nhận. Bỏ bớt một dòng."),
    "split_without_targets": _(
        "«%(name)s» chia thì phải có ít nhất hai nơi nhận. Thêm nơi nhận, hoặc đổi thành «nhập»."
    ),
    "ended_already": _(
        "«%(name)s» đã kết thúc ngày %(day)s. Chọn đơn vị còn hiệu lực, hoặc sửa ngày của nghị quyết."
    ),
    "not_there_yet": _("«%(name)s» đến ngày %(day)s mới có. Sửa ngày của nghị quyết, hoặc bỏ dòng này."),
    "changed_that_day": _(
        "«%(name)s» đã có một thay đổi ghi đúng ngày này. Hoàn tác thay đổi ấy trước, hoặc bỏ dòng này."
    ),
    "changes_later": _(
        "«%(name)s» (hoặc đơn vị bên dưới) đã có thay đổi ghi cho ngày sau đó. Hoàn tác thay đổi ấy trước."
    ),
    "unit_without_row": _("Không dòng nào nói «%(name)s» từ đâu mà có. Thêm dòng, hoặc ghi là «thành lập»."),
    "unknown_kind": _("Không có loại thay đổi này."),
    "bad_create": _("«Thành lập» chỉ nêu đơn vị mới, không có đơn vị cũ."),
    "no_origin": _("Thiếu đơn vị cũ. Chọn đơn vị thay đổi."),
    "no_heir": _("Thiếu đơn vị mà «%(name)s» thành. Chọn nơi nhận, hoặc đổi thành «giải thể»."),
    "heir_of_none": _("«%(name)s» giải thể thì không có nơi nhận. Bỏ nơi nhận, hoặc đổi thành «nhập»."),
    "goes_on_elsewhere": _(
        "Đổi tên, chuyển về nơi khác thì «%(name)s» vẫn là nó. Nếu thành đơn vị khác, ghi là «nhập»."
    ),
    "stands_there": _("«%(name)s» đã ở dưới cấp trên này. Chọn cấp trên khác, hoặc bỏ dòng."),
    "no_parent": _("Thiếu cấp trên mới của «%(name)s»."),
    "no_name": _("Tên và mã mới của «%(name)s» vẫn như cũ. Ghi tên mới, hoặc bỏ dòng này."),
    "joins_itself": _("«%(name)s» nhập vào chính nó mà không nhận đơn vị nào. Bỏ dòng này."),
    "heir_ends": _(
        "Nơi nhận «%(heir)s» của «%(name)s» cũng kết thúc trong nghị quyết này. Chọn đơn vị sẽ còn."
    ),
    "heir_not_valid": _(
        "Nơi nhận «%(heir)s» của «%(name)s» không có hiệu lực từ ngày này. Chọn đơn vị khác."
    ),
    "wrong_heir": _("«%(heir)s» không cùng loại để tiếp nhận «%(name)s». Chọn đơn vị cùng loại."),
    "heir_below": _(
        "«%(heir)s» đang ở dưới «%(name)s» nên không tiếp nhận được. Ghi «%(heir)s» chuyển về nơi khác trước."
    ),
    "left_behind": _(
        "«%(name)s» giải thể mà «%(child)s» còn ở dưới. Ghi «%(child)s» chuyển về đâu, hoặc chọn nơi nhận."
    ),
    "to_be_placed": _(
        "«%(name)s» chia ra mà chưa ghi «%(child)s» thuộc về nơi nào. Thêm dòng «chuyển» cho «%(child)s»."
    ),
    "no_place": _("«%(name)s» chưa có cấp trên. Chọn đơn vị cấp trên."),
    "parent_not_valid": _("Cấp trên của «%(name)s» không có hiệu lực từ ngày này. Chọn cấp trên khác."),
    "cycle": _("«%(name)s» sẽ ở dưới chính nó. Chọn cấp trên khác."),
    "wrong_place": _("«%(name)s» không đặt dưới «%(parent)s» được. Chọn cấp trên khác."),
    "name_taken": _(
        "Dưới «%(parent)s» đã có đơn vị cùng loại tên «%(name)s». Đổi tên, hoặc nhập vào đơn vị ấy."
    ),
}


def said(problem: Problem) -> str:
    """The problem as people read it."""
    return str(WORDS[problem.code]) % problem.words
