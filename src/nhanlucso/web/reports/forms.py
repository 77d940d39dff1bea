"""What is said when a report is submitted or decided on."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

APPROVE, RETURN = "approve", "return"
_LONGEST = 2000


class SubmitForm(forms.Form):
    """A word to whoever approves; after an approval, the reason for the correction."""

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
