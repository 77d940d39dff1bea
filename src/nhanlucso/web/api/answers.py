"""What every answer of the JSON interface has in common: who asks, and refusals."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist, SuspiciousOperation
from django.http import HttpRequest, HttpResponseNotAllowed, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from nhanlucso.access.limits.services import TooMany
from nhanlucso.access.models import Account
from nhanlucso.access.queries import NOBODY, scope_of
from nhanlucso.access.signing.services import sign_in
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.people.queries import with_person
from nhanlucso.web.kit.bearer import authenticate, bears_token
from nhanlucso.web.kit.limits import too_many

Answer = Callable[..., HttpResponseBase]

_STATUS = {
    "wrong": 401,
    "sign_in": 401,
    "not_allowed": 403,
    "disabled": 403,
    "csrf": 403,
    "unknown_unit": 404,
    "not_found": 404,
    "unknown_job": 404,
    "bad_method": 405,
    "changed": 412,
    "too_large": 413,
    "bad_type": 415,
    "key_reused": 422,
    "key_needed": 428,
    "match_needed": 428,
    "locked": 429,
}


def said(document: object, status: int = 200) -> JsonResponse:
    return JsonResponse(document, safe=False, status=status, json_dumps_params={"ensure_ascii": False})


def refused(refusal: Refused) -> JsonResponse:
    """A refusal with its status: 400 unless its code says more."""
    answer = said(refusal.as_json(), _STATUS.get(refusal.code, 400))
    if answer.status_code == 401:
        answer.headers["WWW-Authenticate"] = 'Basic realm="nhanlucso", charset="UTF-8"'
    return answer


def told(answer: HttpResponseBase) -> HttpResponseBase:
    """The answer, with a body of JSON where a method is not allowed."""
    if not isinstance(answer, HttpResponseNotAllowed):
        return answer
    message = _("Địa chỉ này chỉ nhận %(methods)s.") % {"methods": answer.headers["Allow"]}
    document = refused(Refused("bad_method", message))
    document.headers["Allow"] = answer.headers["Allow"]
    return document


def programs(view: Answer) -> Answer:
    """For programs: a token made for them goes with every request (Bearer), or name and password of an account (HTTP
    Basic; failures count and lock as they do on the page of signing in), or a signed-in browser sends its token of
    forms. Every answer is JSON.

    A browser that was once asked for name and password sends them along with forms of other sites, too: those are
    refused."""
    guarded = csrf_protect(view)

    @wraps(view)
    def answer(request: HttpRequest, *given: Any, **named: Any) -> HttpResponseBase:
        try:
            if bears_token(request):
                authenticate(request)
                return told(view(request, *given, **named))
            account = _account(request)
            if account is None:
                return _by_browser(guarded, request, *given, **named)
            request.user = account
            request.scope = with_person(scope_of(account))  # type: ignore[attr-defined]
            return told(view(request, *given, **named))
        except TooMany as refusal:
            return too_many(request, refusal)
        except Refused as refusal:
            return refused(refusal)
        except (MultiPartParserError, SuspiciousOperation, UnicodeDecodeError) as problem:
            return refused(Refused("bad_request", _("Yêu cầu không đọc được: %(why)s.") % {"why": problem}))
        except ObjectDoesNotExist:
            return refused(
                Refused("unknown_unit", _("Không có đơn vị này, hoặc ngoài phạm vi của tài khoản."))
            )

    return login_not_required(csrf_exempt(answer))


def _by_browser(guarded: Answer, request: HttpRequest, *given: Any, **named: Any) -> HttpResponseBase:
    if not request.user.is_authenticated:
        raise Refused("sign_in", _("Hãy đăng nhập trước."))
    found = guarded(request, *given, **named)
    if found.status_code == 403 and not isinstance(found, JsonResponse):
        raise Refused("csrf", _("Thiếu mã chống giả mạo (CSRF) của phiên đăng nhập."))
    return told(found)


def _is_of_another_site(request: HttpRequest) -> bool:
    """Whether a browser says that a page of another site made this request. Programs say nothing of the kind."""
    origin = request.headers.get("Origin", "")
    if origin and urlsplit(origin).netloc != request.get_host():
        return True
    return request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")


def _account(request: HttpRequest) -> Account | None:
    """The account whose name and password the request bears; None if it bears none. Raises Refused("wrong", "csrf")."""
    kind, _sep, words = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    if _is_of_another_site(request):
        raise Refused("csrf", _("Yêu cầu này đến từ một trang khác."))
    try:
        name, colon, password = base64.b64decode(words.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        name = colon = password = ""
    if not colon or "\0" in name + password:
        raise Refused("wrong", _("Phần Authorization không đọc được."))
    return sign_in(username=name, password=password, by=NOBODY, at=now())
