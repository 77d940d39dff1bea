"""What a password must not be, beside short and common (settings.AUTH_PASSWORD_VALIDATORS)."""

from __future__ import annotations

from difflib import SequenceMatcher

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from nhanlucso.access.models import Account
from nhanlucso.kernel.text import fold

_ALIKE = 0.7
_OWN = 5  # letters that must stand beside the name
_SHORTEST = 4  # a name of fewer letters stands in many words


class NotTheName:
    """Refuses what is little else than the name of the account or of its owner, with or without marks."""

    def validate(self, password: str, user: Account | None = None) -> None:
        typed = _letters(password)
        names = {_letters(user.username), _letters(user.full_name)} if user is not None else set()
        if any(len(name) >= _SHORTEST and _alike(typed, name) for name in names):
            raise ValidationError(
                _("Mật khẩu giống tên của bạn. Chọn một câu khác, người quen không đoán được."),
                code="like_name",
            )

    def get_help_text(self) -> str:
        return _("Không giống họ tên hay tên đăng nhập.")


def _letters(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


def _alike(typed: str, name: str) -> bool:
    if name in typed:
        return len(typed.replace(name, "")) < _OWN
    return SequenceMatcher(a=typed, b=name).ratio() >= _ALIKE
