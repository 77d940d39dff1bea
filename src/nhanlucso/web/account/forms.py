"""Forms of signing in, of taking up an invitation, of one's own password, PIN and delegations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nhanlucso.access.models import Account
from nhanlucso.access.queries import NOBODY
from nhanlucso.access.rules import PIN_LENGTH
from nhanlucso.access.signing.services import sign_in
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.web.kit.filling import day_field
from nhanlucso.web.kit.naming import name_field


class SignInForm(AuthenticationForm):
    """Name and password, with errors that do not tell which of the two is wrong."""

    def clean(self) -> dict[str, Any]:
        known = self.cleaned_data
        if known.get("username") and known.get("password"):
            try:
                self.user_cache: Account = sign_in(
                    username=known["username"], password=known["password"], by=NOBODY, at=now()
                )
            except Refused as refusal:
                raise ValidationError(refusal.message, code=refusal.code) from None
        return known


def pin_field(label: Any, help_text: Any = "", hidden: bool = True) -> forms.CharField:
    """Six digits on the number pad of a phone."""
    kind = "password" if hidden else "text"
    attributes = {"type": kind, "inputmode": "numeric", "maxlength": PIN_LENGTH, "autocomplete": "off"}
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.TextInput(attrs=attributes),
        error_messages={"required": _("Hãy nhập 6 chữ số.")},
    )


def password_field(label: Any, kind: str, help_text: Any = "") -> forms.CharField:
    """A password; `kind` tells the browser whether it is the current or a new one."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": kind}),
        error_messages={"required": _("Hãy nhập mật khẩu.")},
    )


NEW, CURRENT = "new-password", "current-password"
HOW_LONG = _("Ít nhất 10 ký tự. Một câu ngắn dễ nhớ là tốt.")


class CardForm(forms.Form):
    """The PIN of a card."""

    pin = pin_field(_("Mã PIN"))


class NewPinForm(forms.Form):
    """The first PIN, seen while it is chosen."""

    full_name = name_field()
    pin = pin_field(_("Chọn mã PIN"), _("6 chữ số mà chỉ bạn biết; không dùng ngày sinh."), hidden=False)

    def __init__(self, data: Any, named: bool) -> None:
        super().__init__(data)
        if named:
            del self.fields["full_name"]


class AcceptForm(forms.Form):
    """Name and password of a new account."""

    full_name = name_field()
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=30,
        help_text=_("Chữ không dấu, số, dấu chấm; ví dụ: vang.a.sung"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        error_messages={"required": _("Hãy chọn một tên đăng nhập.")},
    )
    password = password_field(_("Mật khẩu"), NEW, HOW_LONG)

    def __init__(self, data: Any, named: bool) -> None:
        super().__init__(data)
        if named:
            del self.fields["full_name"]


class NewPasswordForm(forms.Form):
    """A new password behind a link."""

    password = password_field(_("Mật khẩu mới"), NEW, HOW_LONG)


class PasswordForm(forms.Form):
    """A new password of one's own."""

    old = password_field(_("Mật khẩu đang dùng"), CURRENT)
    new = password_field(_("Mật khẩu mới"), NEW, HOW_LONG)


class PinForm(forms.Form):
    """A new PIN of one's own."""

    old = pin_field(_("Mã PIN đang dùng"))
    new = pin_field(_("Mã PIN mới"), _("6 chữ số mà chỉ bạn biết; không dùng ngày sinh."), hidden=False)


class CodeForm(forms.Form):
    """A code of the app, or one on paper."""

    code = forms.CharField(
        label=_("Mã 6 số trong ứng dụng, hoặc một mã dự phòng"),
        max_length=30,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "autofocus": True}
        ),
        error_messages={"required": _("Hãy nhập mã.")},
    )


class AppForm(forms.Form):
    """The first code of a new app."""

    code = forms.CharField(
        label=_("Mã 6 số mà ứng dụng đang hiện"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Hãy nhập mã.")},
    )


class PasskeyForm(forms.Form):
    """What the device answered."""

    answer = forms.CharField(
        widget=forms.HiddenInput, error_messages={"required": _("Thiết bị chưa xác nhận. Thử lại.")}
    )


class NewPasskeyForm(PasskeyForm):
    """A new key, with a name to tell it from others."""

    name = forms.CharField(
        label=_("Tên của khóa"),
        max_length=100,
        help_text=_("Để sau này nhận ra, ví dụ: điện thoại của tôi"),
        error_messages={"required": _("Hãy đặt tên.")},
    )


class DelegateForm(forms.Form):
    """To whom a role is lent, and for which days."""

    username = forms.CharField(
        label=_("Tên đăng nhập của người làm thay"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": _("Hãy ghi tên đăng nhập.")},
    )
    first = day_field(_("Từ ngày"))
    last = day_field(_("Đến hết ngày"))
