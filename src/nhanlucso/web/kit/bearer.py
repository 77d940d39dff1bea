"""Programs that show a token (`Authorization: Bearer …`): who asks, and how far they reach."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from nhanlucso.access.enums import Limited
from nhanlucso.access.models import Token
from nhanlucso.access.queries import NOBODY
from nhanlucso.access.tokens.services import take_token
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import Scope
from nhanlucso.web.kit.limits import address_of, count, host_of


def bears_token(request: HttpRequest) -> bool:
    """Whether the request shows a token at all, a good one or not."""
    return request.headers.get("Authorization", "").partition(" ")[0].lower() == "bearer"


def authenticate(request: HttpRequest) -> Scope:
    """The scope of the token that the request shows; it is `request.scope` from then on, `request.token` the token.

    Raises Refused("sign_in") where it shows none, Refused("wrong") where it opens nothing, TooMany where that came too
    often from one address.
    """
    if not bears_token(request):
        raise Refused("sign_in", _("Thiếu mã truy cập (Authorization: Bearer …)."))
    secret = request.headers["Authorization"].partition(" ")[2].strip()
    try:
        token, scope = take_token(secret=secret, address=str(host_of(request) or ""), by=NOBODY, at=now())
    except Refused:
        count(request, Limited.TOKEN, address_of(request))
        raise
    request.scope, request.token = scope, token  # type: ignore[attr-defined]
    return scope


def token_of_request(request: HttpRequest) -> Token | None:
    """The token that `authenticate` took; None for accounts."""
    return getattr(request, "token", None)
