"""The record of processing as a document (docs/privacy.md)."""

from __future__ import annotations

from nhanlucso.upkeep.retention.registers import REGISTERS, Register

_HEAD = """# Hồ sơ xử lý dữ liệu cá nhân

In từ khai báo trong mã nguồn bằng `nhanlucso privacy`; trang Quản trị > Dữ liệu cá nhân hiện cùng bảng này. Đơn vị vận
hành xác nhận căn cứ và thời hạn với cán bộ bảo vệ dữ liệu trước khi dùng thật.

| sổ | của ai | dữ liệu | để làm gì | căn cứ | giữ bao lâu | tự xóa |
|---|---|---|---|---|---|---|
"""
_TAIL = """
## Bảo vệ

- Số định danh mã hóa khi lưu (AES-256-GCM), đối chiếu bằng băm có khóa; khóa nằm riêng, đổi được (`nhanlucso keys
  rotate`).
- Điện thoại, thư điện tử, số định danh che bớt trên trang; xem đầy đủ phải nêu lý do, được ghi lại, người trong hồ sơ
  đọc được.
- Không thu thập dân tộc, tôn giáo, sức khỏe, ảnh giấy tờ; cột như vậy trong danh sách tải lên bị bỏ và được nêu tên.
- Danh sách tải về được ghi vào nhật ký. Nhật ký chỉ ghi thêm được, có niêm phong nối tiếp; `nhanlucso doctor` kiểm tra.
- Một người xin bản sao mọi dữ liệu của mình: trang của người đó, nút «Bản sao dữ liệu». Xin xóa: nút «Xóa thông tin cá
  nhân»; số liệu đã chốt và gói số liệu giữ nguyên, không có tên.
- Sự cố lộ dữ liệu ghi vào sổ sự cố, có hạn 72 giờ để báo cáo.
"""


def privacy_document() -> str:
    rows = [
        f"| {' | '.join((*_cells(one), 'có' if one.keep is not None else 'không'))} |" for one in REGISTERS
    ]
    return _HEAD + "\n".join(rows) + "\n" + _TAIL


def _cells(one: Register) -> tuple[str, ...]:
    return one.name, one.whose, one.data, one.purpose, one.basis, one.kept
