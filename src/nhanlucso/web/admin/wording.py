"""What the log says of an act, in words: an act, and what it was done to. Never whose record it was."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

ACTS = {
    "add": gettext_lazy("Thêm"),
    "add_partner": gettext_lazy("Thêm đơn vị phối hợp:"),
    "add_seat": gettext_lazy("Thêm thành viên:"),
    "adopt": gettext_lazy("Lấy đơn vị từ"),
    "answer": gettext_lazy("Trả lời ý kiến về"),
    "apply": gettext_lazy("Áp dụng thay đổi theo"),
    "approve": gettext_lazy("Duyệt"),
    "begin": gettext_lazy("Lập"),
    "change": gettext_lazy("Sửa"),
    "change_seat": gettext_lazy("Sửa thành viên:"),
    "complete": gettext_lazy("Bổ sung"),
    "confirm": gettext_lazy("Xác nhận"),
    "confirmed": gettext_lazy("Xác nhận"),
    "disputed": gettext_lazy("Chưa đồng ý với"),
    "copy": gettext_lazy("Chép"),
    "create": gettext_lazy("Mở"),
    "discard": gettext_lazy("Bỏ"),
    "distinct": gettext_lazy("Ghi là hai người:"),
    "download": gettext_lazy("Tải về"),
    "end": gettext_lazy("Kết thúc"),
    "export": gettext_lazy("Tải về"),
    "forget": gettext_lazy("Quên nghĩa các cột của"),
    "freeze": gettext_lazy("Chốt"),
    "hand_down": gettext_lazy("Giao xuống"),
    "import": gettext_lazy("Nhập"),
    "invite": gettext_lazy("Mời vào"),
    "log": gettext_lazy("Ghi"),
    "make": gettext_lazy("Lập"),
    "maybe_same": gettext_lazy("Xét lại hai hồ sơ:"),
    "merge": gettext_lazy("Gộp"),
    "move": gettext_lazy("Chuyển cấp trên của"),
    "object": gettext_lazy("Nêu ý kiến về"),
    "open": gettext_lazy("Mở"),
    "print": gettext_lazy("In"),
    "record": gettext_lazy("Ghi"),
    "remember": gettext_lazy("Nhớ nghĩa các cột của"),
    "comment": gettext_lazy("Tải tệp có chú thích của"),
    "remove": gettext_lazy("Xóa"),
    "remove_partner": gettext_lazy("Bỏ đơn vị phối hợp:"),
    "remove_seat": gettext_lazy("Bỏ thành viên:"),
    "rename": gettext_lazy("Đổi tên"),
    "return": gettext_lazy("Trả lại"),
    "seat": gettext_lazy("Thêm thành viên:"),
    "seat_change": gettext_lazy("Sửa thành viên:"),
    "seat_remove": gettext_lazy("Bỏ thành viên:"),
    "submit": gettext_lazy("Trình"),
    "typed": gettext_lazy("Đã nhập xong"),
    "undo": gettext_lazy("Hoàn tác"),
    "uninvite": gettext_lazy("Bỏ mời vào"),
    "view": gettext_lazy("Xem"),
    "withdraw": gettext_lazy("Rút ý kiến về"),
    "write": gettext_lazy("Xuất"),
}
THINGS = {
    "act": gettext_lazy("một lần ghi"),
    "activity": gettext_lazy("nhiệm vụ"),
    "assist": gettext_lazy("lượt hỗ trợ"),
    "attendance": gettext_lazy("điểm danh"),
    "backup": gettext_lazy("bản sao lưu"),
    "board": gettext_lazy("ban chỉ đạo"),
    "bundle": gettext_lazy("gói dữ liệu"),
    "catalogue": gettext_lazy("danh mục"),
    "class": gettext_lazy("lớp học"),
    "course": gettext_lazy("khóa học"),
    "directive": gettext_lazy("văn bản chỉ đạo"),
    "file": gettext_lazy("tệp"),
    "head_count": gettext_lazy("số người không có danh sách"),
    "invitations": gettext_lazy("danh sách mời"),
    "list": gettext_lazy("danh sách"),
    "outreach": gettext_lazy("tin truyền thông"),
    "paper": gettext_lazy("ảnh danh sách giấy"),
    "passport": gettext_lazy("danh sách của chỉ số"),
    "person": gettext_lazy("cán bộ"),
    "plan": gettext_lazy("kế hoạch"),
    "post": gettext_lazy("vị trí công tác"),
    "programme": gettext_lazy("chương trình"),
    "report": gettext_lazy("báo cáo"),
    "result": gettext_lazy("kết quả học tập"),
    "roster": gettext_lazy("danh sách lớp"),
    "session": gettext_lazy("buổi học"),
    "sheet": gettext_lazy("bảng tính"),
    "sign_sheet": gettext_lazy("danh sách ký tên"),
    "target": gettext_lazy("chỉ tiêu"),
    "team": gettext_lazy("tổ công nghệ số"),
    "unit": gettext_lazy("đơn vị"),
}
WHOLE = {  # where act and thing do not make the sentence
    "account.accept": gettext_lazy("Nhận lời mời, lập tài khoản"),
    "account.add": gettext_lazy("Lập tài khoản"),
    "account.card": gettext_lazy("Làm thẻ mới"),
    "account.delegate": gettext_lazy("Nhờ làm thay"),
    "account.disable": gettext_lazy("Khóa tài khoản"),
    "account.enable": gettext_lazy("Mở khóa tài khoản"),
    "account.end": gettext_lazy("Kết thúc vai trò"),
    "account.entrust": gettext_lazy("Giao vai trò"),
    "account.invite": gettext_lazy("Mời lập tài khoản"),
    "account.lock": gettext_lazy("Nhập sai nhiều lần, tạm khóa"),
    "account.password": gettext_lazy("Đổi mật khẩu"),
    "account.person": gettext_lazy("Gắn tài khoản với người trong danh sách"),
    "account.pin": gettext_lazy("Đổi mã PIN"),
    "account.reset": gettext_lazy("Lập liên kết đặt lại mật khẩu"),
    "account.return": gettext_lazy("Kết thúc làm thay"),
    "account.sign_in": gettext_lazy("Đăng nhập"),
    "account.withdraw": gettext_lazy("Rút lời mời"),
    "indicator.compose": gettext_lazy("Soạn chỉ số tự lập"),
    "indicator.drop": gettext_lazy("Bỏ bản nháp chỉ số"),
    "indicator.publish": gettext_lazy("Công bố chỉ số"),
    "indicator.retire": gettext_lazy("Thôi dùng chỉ số"),
    "quality.accept": gettext_lazy("Chấp nhận điểm cần xem lại, có lý do"),
    "quality.limit": gettext_lazy("Đặt ngưỡng của quy tắc chất lượng"),
    "quality.reopen": gettext_lazy("Mở lại điểm cần xem lại"),
}
KINDS = {  # kinds of records
    "account": gettext_lazy("Tài khoản"),
    "activity": gettext_lazy("Nhiệm vụ"),
    "assist": gettext_lazy("Lượt hỗ trợ"),
    "board": gettext_lazy("Ban chỉ đạo"),
    "bundle": gettext_lazy("Gói dữ liệu"),
    "catalogue": gettext_lazy("Danh mục đơn vị"),
    "class_session": gettext_lazy("Buổi học"),
    "course": gettext_lazy("Khóa học"),
    "course_result": gettext_lazy("Kết quả học tập"),
    "directive": gettext_lazy("Văn bản chỉ đạo"),
    "head_count": gettext_lazy("Số người không có danh sách"),
    "indicator": gettext_lazy("Chỉ số"),
    "installation": gettext_lazy("Hệ thống"),
    "invite": gettext_lazy("Lời mời"),
    "list": gettext_lazy("Danh sách"),
    "outreach": gettext_lazy("Truyền thông"),
    "person": pgettext_lazy("phòng", "Cán bộ"),
    "plan": gettext_lazy("Kế hoạch"),
    "post": gettext_lazy("Vị trí công tác"),
    "programme": gettext_lazy("Chương trình"),
    "quality_rule": gettext_lazy("Quy tắc chất lượng"),
    "report": gettext_lazy("Báo cáo"),
    "result": gettext_lazy("Kết quả học tập"),
    "target": gettext_lazy("Chỉ tiêu"),
    "team": gettext_lazy("Tổ công nghệ số"),
    "training_class": gettext_lazy("Lớp học"),
    "unit": pgettext_lazy("phòng", "Đơn vị"),
    "upload": gettext_lazy("Tệp"),
}


def verb_words(verb: str) -> str:
    """An act in words; KeyError for one without words, which a test finds."""
    if verb in WHOLE:
        return str(WHOLE[verb])
    thing, _dot, act = verb.partition(".")
    return f"{ACTS[act]} {THINGS[thing]}"


def told_verb(verb: str) -> str:
    """An act in words; an old one that no version knows any more as it was written."""
    try:
        return verb_words(verb)
    except KeyError:
        return verb


def kind_words(kind: str) -> str:
    """A kind of record in words."""
    return str(KINDS.get(kind) or KINDS.get(kind.split(".")[0]) or _("Khác"))
