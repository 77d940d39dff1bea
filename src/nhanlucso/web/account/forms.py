"""The form of signing in."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Name and password, with errors that do not tell which of the two is wrong."""

    error_messages = {
        "invalid_login": _(
            "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt."
        ),
        "inactive": _("Tài khoản này đã bị khóa. Liên hệ người quản trị của tỉnh."),
    }
