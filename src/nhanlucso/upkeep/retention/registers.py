"""Every register of personal data: purpose, basis, whose data, how long. The one place where that is said.

These words are the record of processing: they stand in Vietnamese as an officer for data protection reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

_TASK = "Thực hiện nhiệm vụ của cơ quan nhà nước về đào tạo, bồi dưỡng và chuyển đổi số (Luật 91/2025/QH15)"
_SAFE = "Nghĩa vụ bảo vệ dữ liệu cá nhân và an ninh mạng (Luật 91/2025/QH15, Luật 116/2025)"


@dataclass(frozen=True, slots=True)
class Register:
    """`keep`: after how long the daily work takes a row away; None: as long as `kept` says, by people."""

    code: str
    name: str
    whose: str
    data: str
    purpose: str
    basis: str
    kept: str
    keep: timedelta | None = None


REGISTERS = (
    Register(
        "people", "Hồ sơ cán bộ, người học", "Cán bộ, công chức, viên chức, người lao động, người dân đã học",
        "Họ tên, ngày sinh, giới tính, điện thoại, thư điện tử, số định danh (mã hóa), vị trí công tác",
        "Biết ai cần học gì, ai đã học gì; không ghi trùng một người", _TASK,
        "Khi còn công tác và còn kỳ báo cáo cần đến; sau đó xóa tên, số liệu đã chốt giữ nguyên",
    ),
    Register(
        "training", "Lớp học, điểm danh, kết quả", "Người học",
        "Lớp đã dự, buổi có mặt, kết quả, chứng nhận", "Công nhận kết quả, lập báo cáo", _TASK,
        "Cùng hồ sơ của người đó",
    ),
    Register(
        "teams", "Tổ công nghệ số cộng đồng", "Thành viên tổ", "Họ tên, vai trò trong tổ, thời gian",
        "Biết thôn nào có tổ, ai liên hệ được", _TASK, "Cùng hồ sơ của người đó",
    ),
    Register(
        "accounts", "Tài khoản đăng nhập", "Người dùng phần mềm",
        "Tên đăng nhập, họ tên, vai trò, lần đăng nhập, cách đăng nhập", "Chỉ người có việc mới vào được", _SAFE,
        "Khi còn được giao việc; khóa khi thôi việc",
    ),
    Register(
        "imports", "Danh sách đã tải lên", "Người có tên trong danh sách", "Tệp nguyên bản và bản đã đọc",
        "Đối chiếu, hoàn tác một lần nhập", _TASK, "1 năm từ ngày tải lên", timedelta(days=365),
    ),
    Register(
        "journal", "Bản ghi trước và sau khi sửa", "Người có hồ sơ đã sửa",
        "Giá trị trước và sau của từng dòng", "Hoàn tác, biết ai sửa gì", _TASK,
        "Nhập danh sách: 1 năm, cùng tệp; đã hoàn tác: 1 năm; gộp hồ sơ và nghị quyết: khi còn hoàn tác được",
        timedelta(days=365),
    ),
    Register(
        "changes", "Lịch sử sửa hồ sơ", "Người có hồ sơ đã sửa", "Giá trị trước và sau của từng lần sửa",
        "Trả lời ai đã sửa gì", _SAFE, "2 năm", timedelta(days=730),
    ),
    Register(
        "reveals", "Lần xem đầy đủ thông tin", "Người được xem, người xem", "Ai xem, lúc nào, để làm gì",
        "Người có dữ liệu biết ai đã xem", _SAFE, "2 năm", timedelta(days=730),
    ),
    Register(
        "invites", "Lời mời lập tài khoản", "Người được mời", "Họ tên, vai trò, đơn vị; mã bí mật chỉ lưu dạng băm",
        "Lập tài khoản không cần gửi mật khẩu", _SAFE, "90 ngày sau khi hết hạn", timedelta(days=90),
    ),
    Register(
        "resets", "Liên kết đặt lại mật khẩu", "Người dùng", "Tài khoản, thời điểm; mã bí mật chỉ lưu dạng băm",
        "Đặt lại mật khẩu", _SAFE, "30 ngày sau khi hết hạn", timedelta(days=30),
    ),
    Register(
        "sessions", "Phiên đăng nhập", "Người dùng", "Mã phiên, thời hạn", "Không phải đăng nhập lại mỗi trang",
        _SAFE, "Đến khi hết hạn", timedelta(0),
    ),
    Register(
        "jobs", "Việc dài đã xong", "Người giao việc", "Tên việc, kết quả, tài khoản", "Xem lại kết quả",
        _TASK, "90 ngày", timedelta(days=90),
    ),
    Register(
        "log", "Nhật ký", "Người dùng", "Tài khoản, việc, thời điểm, mã bản ghi; không có họ tên, số của người khác",
        "Biết ai đã làm gì; phát hiện sửa trộm", _SAFE, "Suốt thời gian vận hành; chỉ ghi thêm, có niêm phong",
    ),
    Register(
        "frozen", "Số liệu đã chốt, gói số liệu", "Người được tính",
        "Con số; trong gói: mã thay tên, không có họ tên", "Số liệu đã báo cáo không đổi, kiểm tra lại được",
        _TASK, "Vĩnh viễn, theo hồ sơ báo cáo",
    ),
)  # fmt: skip


def register(code: str) -> Register:
    """Raises KeyError."""
    return {one.code: one for one in REGISTERS}[code]


def keep(code: str) -> timedelta:
    """How long rows of a register that the daily work tends are kept."""
    found = register(code).keep
    assert found is not None
    return found
