"""What is said when a report is submitted or decided on."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

APPROVE, RETURN = "approve", "return"
_LONGEST = 2000


class CheckForm(forms.Form):
    """That the figures were gone through; `figures` names those that were shown."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    figures = forms.CharField(max_length=64, widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Ghi chú"),
        help_text=_("Đã xem gì, chỗ nào còn thiếu mà vẫn trình, vì sao."),
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CorrectForm(forms.Form):
    """Why what was approved is corrected."""

    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Lý do đính chính"),
        help_text=_("Số liệu nào sai hoặc đến muộn, vì sao. Lý do được ghi vào văn bản."),
        error_messages={"required": _("Hãy ghi lý do đính chính: số liệu nào sai, vì sao.")},
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SubmitForm(forms.Form):
    """A word to whoever approves."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Lời nhắn cho người duyệt"),
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DecideForm(forms.Form):
    """Yes, or no with a reason."""

    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    decision = forms.ChoiceField(choices=[(APPROVE, APPROVE), (RETURN, RETURN)], widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Ý kiến"),
        help_text=_("Cần có khi trả lại: sửa gì, ở đâu."),
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
