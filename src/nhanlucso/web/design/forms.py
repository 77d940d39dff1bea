"""A form with every kind of field."""

from __future__ import annotations

from django import forms


class PatternForm(forms.Form):
    """Fields as they are laid out by kit/_field.html."""

    full_name = forms.CharField(
        label="Họ và tên",
        help_text="Viết đủ họ, tên đệm và tên, có dấu.",
        error_messages={"required": "Hãy ghi họ và tên."},
    )
    birth_date = forms.DateField(
        label="Ngày sinh",
        required=False,
        input_formats=["%d/%m/%Y"],
        help_text="Ví dụ 15/12/1985. Chỉ biết năm thì ghi 1985.",
        error_messages={"invalid": "Ngày này không có. Sửa lại hoặc để trống."},
    )
    category = forms.ChoiceField(
        label="Đối tượng",
        choices=[("cadre", "Cán bộ"), ("civil_servant", "Công chức"), ("part_time", "Không chuyên trách")],
        widget=forms.RadioSelect,
    )
    unit = forms.ChoiceField(
        label="Đơn vị", choices=[("phu-nhuan", "Xã Phú Nhuận"), ("gia-phu", "Xã Gia Phú")], required=False
    )
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    leader = forms.BooleanField(label="Giữ chức vụ lãnh đạo", required=False)
    file = forms.FileField(label="Danh sách", help_text="Excel, Word hoặc CSV, đến 20 MB.", required=False)
