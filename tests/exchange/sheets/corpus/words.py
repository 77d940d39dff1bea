"""Headings as offices write them."""

from __future__ import annotations

import random
import unicodedata

HEADINGS: dict[str, str] = {
    "serial": "STT|TT|Số TT|Số thứ tự|No.|#|S.T.T|T.T|S T T|Stt",
    "full_name": "Họ và tên|HỌ VÀ TÊN|Họ tên|Họ, tên|Họ và tên khai sinh|Họ và tên cán bộ|Ho va ten|"
    "Full name|Họ và\ntên|"
    "HỌ TÊN CBCCVC|Họ và tên (chữ in hoa)|Họ  và  tên|Họ tên cán bộ, công chức|Họ & tên|Họ và tên người tham gia|"
    "Tên cán bộ|Họ và tên học viên|Name|Họ và tên công chức, viên chức|Họ và tên đại biểu",
    "birth_date": "Ngày sinh|Ngày, tháng, năm sinh|Ngày tháng năm sinh|NGÀY/THÁNG/NĂM SINH|Năm sinh|"
    "Sinh ngày|Ngay sinh|"
    "Date of birth|N.sinh|Ngày tháng\nnăm sinh|NTNS|Sinh năm|Ngày, tháng,\nnăm sinh|DOB|Ngày sinh (dd/mm/yyyy)|"
    "Ngày,tháng,năm sinh",
    "sex": "Giới tính|Giới|Phái|G.tính|Nam/Nữ|Gioi tinh|Gender|Giới tính (Nam/Nữ)|GT|Sex",
    "title": "Chức vụ|Chức danh|Chức vụ, chức danh|Chức vụ/Chức danh|CHỨC VỤ CÔNG TÁC|Vị trí việc làm|Chuc vu|Position|"
    "Chức vụ hiện tại|Chức vụ\ncông tác|Chức vụ/vị trí công tác|C.vụ|Công việc đảm nhận|Chức danh nghề nghiệp|"
    "Chức vụ, vị trí việc làm|Nhiệm vụ được giao|Job title",
    "unit": "Đơn vị|Đơn vị công tác|Cơ quan, đơn vị|Nơi công tác|Cơ quan công tác|ĐƠN VỊ CÔNG TÁC|Don vi cong tac|"
    "Tên đơn vị|Xã, thị trấn|Cơ quan/Đơn vị|Đơn vị\ncông tác|Phòng, ban|Organization|Đơn vị, địa phương|Nơi làm việc|"
    "Đơn vị (ghi rõ)|Xã/phường|Cơ quan,\nđơn vị công tác|Unit|Tên cơ quan, đơn vị",
    "phone": "SĐT|Điện thoại|Số điện thoại|Di động|Số ĐT|Điện thoại/Zalo|ĐTDĐ|So dien thoai|Phone|"
    "Số điện thoại liên hệ|"
    "Số điện\nthoại|Điện thoại di động|Số ĐTDĐ|Mobile|ĐT liên hệ|Số điện thoại (Zalo)|Số di động|Phone number",
    "national_id": "CCCD|Số CCCD|Số định danh cá nhân|CMND/CCCD|Số CCCD/CMND|Số căn cước|Số căn cước công dân|CMTND|"
    "So CCCD|Số CMND\n(CCCD)|Mã định danh|Số ĐDCN|Số CMTND/CCCD|National ID|Căn cước",
    "email": "Email|Thư điện tử|Địa chỉ email|E-mail|Hộp thư công vụ|Thư điện tử công vụ|Email công vụ|Địa chỉ hộp thư|"
    "Email address|Hòm thư|Địa chỉ thư điện tử|EMAIL|Tài khoản thư công vụ",
    "note": "Ghi chú|GHI CHÚ|Ký nhận|Ghi chu|Note|Chữ ký",
}
SENSITIVE: dict[str, str] = {
    "ethnicity": "Dân tộc|DÂN TỘC|Thành phần dân tộc|Dan toc|Dân\ntộc|Ethnicity",
    "religion": "Tôn giáo|Tôn giáo (nếu có)|Ton giao|Religion|Tín ngưỡng, tôn giáo",
    "party_membership": "Đảng viên|Đảng viên (x)|Ngày vào Đảng|Đảng|Chức vụ Đảng|Ngày kết nạp Đảng|"
    "Là đảng viên|Party member",
    "health": "Tình trạng sức khỏe|Sức khoẻ|Nhóm máu|Khuyết tật|Tình trạng sức khoẻ hiện nay",
}
SENSITIVE_VALUES = {
    "ethnicity": ["Kinh", "Mông", "Dao", "Tày", "Giáy"],
    "religion": ["Không", "Tin lành", "Công giáo"],
    "party_membership": ["x", "", "03/02/2010"],
    "health": ["Tốt", "Loại II", "Bình thường"],
}
JUNK: dict[str, list[str]] = {
    "Trình độ chuyên môn": ["Đại học", "Cao đẳng", "Thạc sĩ Luật", "Trung cấp"],
    "Quê quán": ["Gia Phú, Bảo Thắng", "Nam Định", "Phú Thọ"],
    "Nơi ở hiện nay": ["Thôn Hùng Thắng", "Tổ 3", "Thôn Nhuần 1"],
    "Ngày vào ngành": ["01/09/2005", "15/3/2010"],
    "Hệ số lương": ["2,34", "3.66", "4,98"],
    "Trình độ LLCT": ["Trung cấp", "Cao cấp", "Sơ cấp"],
    "Ngày tuyển dụng": ["01/7/2012", "2015"],
    "Mã số thuế": ["8012345678", "8412233445"],
    "Số sổ BHXH": ["1012345678", "2512345670"],
    "Nơi sinh": ["Lào Cai", "Yên Bái"],
    "Ngoại ngữ": ["Anh B", "A2"],
}


def heading(pick: random.Random, key: str, *, plain: bool = False) -> str:
    """One spelling of a heading, now and then typed with decomposed letters or all in capitals."""
    text = pick.choice(HEADINGS[key].split("|"))
    if plain:
        return text
    roll = pick.random()
    if roll < 0.1:
        return unicodedata.normalize("NFD", text)
    if roll < 0.25:
        return text.upper()
    return f" {text} " if roll < 0.3 else text
