"""What could not be read as it stands, told by sheet, row and reason. Never silently guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from nhanlucso.kernel.language import mark as _
from nhanlucso.kernel.language import say

TEMPLATES = {
    "bad_date": _("«%(value)s» không phải là ngày có thật ở cột «%(column)s»; để trống."),
    "two_digit_year": _("«%(value)s» chỉ ghi hai số của năm; hiểu là %(read)s."),
    "month_first": _("«%(value)s» ghi tháng trước ngày; hiểu là %(read)s."),
    "month_only": _("«%(value)s» không có ngày; chỉ giữ năm %(read)s."),
    "day_unknown": _("«%(value)s» không rõ ngày; chỉ giữ năm %(read)s."),
    "name_and_more": _("Ô «%(value)s» ghi thêm thông tin sau họ tên; hiểu họ tên là %(read)s."),
    "sex_by_number": _("Cột «%(column)s» ghi bằng số; hiểu 1 là nam, số khác là nữ."),
    "unit_carried_down": _(
        "Cột «%(column)s» chỉ ghi đơn vị ở dòng đầu; hiểu các dòng trống bên dưới là cùng đơn vị."
    ),
    "unit_in_title": _("Chức vụ và đơn vị chung một ô («%(value)s»); hiểu đơn vị là %(read)s."),
    "not_of_its_heading": _("Cột «%(column)s» không chứa giá trị đúng như tiêu đề; không đọc cột này."),
    "bad_phone": _("«%(value)s» không phải là số điện thoại; để trống."),
    "several_phones": _("Có nhiều số điện thoại («%(value)s»); giữ số đầu %(read)s."),
    "old_id_number": _("Số %(value)s là số chứng minh nhân dân cũ (9 chữ số); giữ nguyên."),
    "bad_national_id": _("«%(value)s» không phải là số định danh 12 chữ số; để trống."),
    "bad_email": _("«%(value)s» không phải là địa chỉ thư điện tử; để trống."),
    "bad_sex": _("«%(value)s» không phải là Nam hay Nữ; để trống."),
    "two_sexes": _("Dòng này được đánh dấu ở cả hai cột Nam và Nữ; giới tính để trống."),
    "bad_number": _("«%(value)s» không phải là số ở cột «%(column)s»; để trống."),
    "bad_count": _("«%(value)s» không phải là số người ở cột «%(column)s»; để trống."),
    "unknown_status": _("Không hiểu trạng thái «%(value)s»; chưa rõ đạt hay không."),
    "unknown_mark": _("Không hiểu dấu «%(value)s» ở cột «%(column)s»; bỏ qua ô này."),
    "tick_v": _("Chữ v ở cột «%(column)s» được hiểu là dấu có mặt, vì bảng không dùng dấu nào khác."),
    "marks_in_english": _(
        "Dấu ở cột «%(column)s» được hiểu theo tiếng Anh: P có mặt, A vắng, L muộn, E có phép."
    ),
    "empty_mark_column": _("Cột «%(column)s» không có dấu nào; coi như buổi này chưa điểm danh."),
    "mark_without_date": _("Cột «%(column)s» là điểm danh nhưng không có ngày; bỏ qua."),
    "year_from_title": _("Cột «%(column)s» không ghi năm; lấy năm %(read)s ở tiêu đề."),
    "month_from_title": _("Cột «%(column)s» chỉ ghi ngày; lấy tháng %(read)s ở tiêu đề."),
    "day_from_title": _("Cột «%(column)s» không ghi ngày; lấy ngày %(read)s ở tiêu đề."),
    "halves_by_order": _("Cột «%(column)s» cùng ngày với cột «%(read)s»; hiểu là buổi chiều và buổi sáng."),
    "date_twice": _("Có hai cột điểm danh cho «%(column)s»; chỉ dùng cột đầu."),
    "column_twice": _("Cột «%(column)s» trùng nghĩa với cột «%(read)s»; chỉ dùng «%(read)s»."),
    "table_beside": _(
        "Bên phải còn một bảng nữa (cột «%(column)s») với %(value)s người chưa được đọc. "
        "Tách bảng ấy thành trang riêng rồi nhập."
    ),
    "row_not_understood": _("Không hiểu dòng này («%(value)s»); bỏ qua."),
    "no_rows": _("Bảng có tiêu đề nhưng không có dòng nào."),
    "no_name_column": _("Không tìm thấy cột họ tên trong trang tính này; bỏ qua trang."),
    "kind_differs": _("Bảng này giống danh sách loại «%(read)s» hơn loại «%(value)s»."),
    "legacy_encoding": _("Chữ ghi bằng bảng mã %(value)s; đã chuyển sang Unicode."),
    "name_missing": _("Dòng này không có họ tên; bỏ qua."),
    "row_twice": _("%(name)s đã có ở dòng %(read)s của tệp này; bỏ qua."),
    "unit_missing": _("Không ghi đơn vị của %(name)s; bỏ qua."),
    "unknown_unit": _("Không tìm thấy đơn vị «%(value)s» trong phạm vi nhập; bỏ qua %(name)s."),
    "ambiguous_unit": _("Có nhiều đơn vị khớp «%(value)s»; bỏ qua %(name)s."),
    "ambiguous_person": _("%(name)s có thể là %(read)s người đã có; chưa ghi, cần người quyết định."),
    "uncertain_person": _("%(name)s trùng tên một người đã có nhưng chưa đủ căn cứ; chưa ghi."),
    "person_not_found": _("Không tìm thấy %(name)s trong danh sách đã có; bỏ qua."),
    "rival_rows": _("%(name)s: nhiều dòng cùng giống một người đã có; chưa ghi, cần người quyết định."),
    "similar_person": _("%(name)s giống %(read)s (%(value)s) đã có nhưng khác ngày sinh; coi là người khác."),
    "unit_skipped": _("Bỏ qua %(name)s: đơn vị «%(value)s» đã được chọn bỏ qua."),
    "unit_ended": _("«%(value)s» có đến %(read)s, nay là: %(column)s; ghi theo đơn vị khi ấy."),
    "unit_divided": _("«%(value)s» đã tách thành nhiều đơn vị; hãy chọn đơn vị. Bỏ qua %(name)s."),
    "count_missing": _("Không ghi số người của %(name)s; bỏ qua."),
    "count_without_class": _("Không có lớp nào cho số người của %(name)s; hãy chọn lớp. Bỏ qua."),
    "count_class_unclear": _("Có nhiều lớp cho số người của %(name)s; hãy chọn lớp. Bỏ qua."),
    "count_twice": _("%(name)s đã có một số khác ở dòng %(read)s; giữ số ở dòng ấy."),
    "unit_not_valid": _("Đơn vị «%(value)s» không có hiệu lực vào ngày %(read)s; bỏ qua."),
    "other_unit": _("%(name)s đang ở đơn vị khác (%(read)s) trong danh sách đã có; không chuyển."),
    "still_elsewhere": _("%(name)s có thêm vị trí mới; vị trí cũ ở %(read)s vẫn còn."),
    "differs": _("%(name)s: %(column)s trong tệp khác với đã lưu; giữ nguyên đã lưu."),
    "category_unknown": _("Chưa rõ %(name)s là cán bộ, công chức hay viên chức; chưa tính vào biên chế."),
    "mark_without_session": _("Không có buổi học nào cho «%(value)s»; bỏ qua các dấu ở cột này."),
    "mark_session_unclear": _("Có nhiều buổi học cho «%(value)s»; hãy chọn buổi. Bỏ qua các dấu ở cột này."),
    "marks_contradict": _("%(name)s có hai dấu khác nhau cho cùng một buổi (%(value)s); bỏ qua."),
    "no_marks": _("Không dấu nào của %(name)s ghi được vào buổi học; bỏ qua."),
    "course_missing": _("Không ghi khóa học của %(name)s; bỏ qua."),
    "unknown_course": _("Không có khóa học «%(value)s»; bỏ qua %(name)s."),
    "ambiguous_course": _("Có nhiều khóa học tên «%(value)s»; bỏ qua %(name)s."),
    "older_result": _("%(name)s đã hoàn thành khóa học này; tệp ghi chưa, nên giữ nguyên đã lưu."),
    "score_scale": _("Điểm %(value)s không theo thang 10; không ghi điểm."),
    "error_value": _("Ô ở cột «%(column)s» mang lỗi của bảng tính (%(value)s); để trống."),
}

_ISO_DATE = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to look at in one row (0: the sheet as a whole). `code` is stable; `values` fill the template.

    `column` is the 0-based column of the faulty cell in the sheet, -1 where it is the row or the sheet.
    """

    sheet: str
    row: int
    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    column: int = -1

    @property
    def template(self) -> str:
        return TEMPLATES[self.code]

    @property
    def message(self) -> str:
        read = _ISO_DATE.sub(r"\3/\2/\1", str(self.values.get("read", "")))
        return say(self.template) % {**self.values, "read": read}

    def as_json(self) -> dict[str, object]:
        return {"sheet": self.sheet, "row": self.row, "code": self.code, "message": self.message}
