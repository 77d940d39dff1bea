"""Secrets that are shown once. The form carries its secret, signed, from the start: sent twice it makes one link,
and nothing but the hash is stored."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from nhanlucso.access.rules import pin_is_easy
from nhanlucso.access.secret import new_pin, new_secret
from nhanlucso.kernel.errors import Refused

FIELD = "once"
_AGE = timedelta(hours=12)


def fresh(request: HttpRequest) -> str:
    """A new secret with a new PIN, signed for who asked."""
    pin = new_pin()
    while pin_is_easy(pin):
        pin = new_pin()
    return signing.dumps([new_secret(), pin], salt=_salt(request))


def opened(request: HttpRequest) -> tuple[str, str]:
    """The secret and the PIN that a form sent back. Raises Refused("stale_form")."""
    try:
        secret, pin = signing.loads(request.POST.get(FIELD, ""), salt=_salt(request), max_age=_AGE)
    except signing.BadSignature:
        raise Refused(
            "stale_form", _("Trang này đã mở quá lâu. Quay lại, tải lại trang rồi làm lại.")
        ) from None
    return secret, pin


def _salt(request: HttpRequest) -> str:
    return f"admin.once.{request.user.pk}"
