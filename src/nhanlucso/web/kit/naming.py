"""What forms ask of a person, wherever one is written down."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nhanlucso.kernel.text import has_letters
from nhanlucso.people.enums import Sex
from nhanlucso.people.rules import birth_of, phone_of


def check_name(text: str) -> None:
    """Raises ValidationError for a name without a letter."""
    if not has_letters(text):
        raise ValidationError(_("Họ và tên phải có chữ."))


def name_field(help_text: Any = "") -> forms.CharField:
    """A full name."""
    return forms.CharField(
        label=_("Họ và tên"),
        max_length=200,
        help_text=help_text,
        validators=[check_name],
        error_messages={"required": _("Hãy ghi họ và tên.")},
    )


class WhoForm(forms.Form):
    """Who somebody is: name, birth, sex, telephone."""

    full_name = name_field(_("Viết đủ họ, tên đệm và tên, có dấu."))
    birth = forms.CharField(
        label=_("Ngày sinh"),
        required=False,
        max_length=10,
        help_text=_("Ví dụ 15/12/1985. Chỉ biết năm thì ghi 1985."),
    )
    sex = forms.ChoiceField(
        label=_("Giới tính"),
        required=False,
        choices=[*Sex.choices, ("", _("Chưa rõ"))],
        widget=forms.RadioSelect,
    )
    phone = forms.CharField(
        label=_("Điện thoại"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )

    def clean_birth(self) -> str:
        return judged(
            birth_of(self.cleaned_data["birth"]),
            _("Ngày này không có. Sửa lại, ghi riêng năm, hoặc để trống."),
        )

    def clean_phone(self) -> str:
        return judged(phone_of(self.cleaned_data["phone"]), _("Số điện thoại có 8 đến 12 chữ số."))


def judged(value: str | None, problem: Any) -> str:
    """The value that a rule made of what was written. Raises ValidationError where it made none."""
    if value is None:
        raise forms.ValidationError(problem)
    return value
