"""What is judged: a capsule, and if wanted the paper and the key that it should be of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from nhanlucso.indicators.capsules.marks import Mark, read_mark
from nhanlucso.indicators.capsules.signing import FINGERPRINT, written_key
from nhanlucso.kernel.errors import Refused

MOST = 64 * 1024 * 1024


class VerifyForm(forms.Form):
    """A capsule; the text of the QR code of a paper; the key that must have signed."""

    file = forms.FileField(
        label=_("Gói số liệu"),
        help_text=_("Tệp .nls.zip gửi kèm báo cáo, nhiều nhất 64 MB. Tệp không được lưu lại."),
        widget=forms.FileInput(attrs={"accept": ".zip"}),
        error_messages={"required": _("Hãy chọn một tệp."), "empty": _("Tệp này trống.")},
    )
    paper = forms.CharField(
        label=_("Nội dung mã QR trên văn bản"),
        required=False,
        max_length=400,
        help_text=_("Quét mã ở cuối văn bản rồi dán vào đây: NHANLUCSO:1:…"),
    )
    key = forms.CharField(
        label=_("Dấu vân tay của khóa cần có"),
        required=False,
        max_length=400,
        help_text=_("Hỏi nơi gửi báo cáo bằng đường khác; 32 chữ số và chữ cái a–f."),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST:
            raise forms.ValidationError(
                _("Tệp lớn hơn 64 MB; kiểm tra bằng lệnh nhanlucso verify trên máy tính.")
            )
        return file

    def clean_paper(self) -> Mark | None:
        text = self.cleaned_data["paper"].strip()
        try:
            return read_mark(text) if text else None
        except Refused as problem:
            raise forms.ValidationError(problem.message) from problem

    def clean_key(self) -> str:
        text = self.cleaned_data["key"].strip()
        digits = written_key(text)
        if text and len(digits) not in (FINGERPRINT, 64):
            raise forms.ValidationError(_("Dấu vân tay có 32 chữ số và chữ cái a–f; chép lại cho đủ."))
        return digits

    def asked(self) -> dict[str, Any]:
        return {"mark": self.cleaned_data["paper"], "key": self.cleaned_data["key"]}
