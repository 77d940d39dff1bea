"""What every answer of SCIM has in common: who asks, bodies, refusals in the shape of RFC 7644, 3.12."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from nhanlucso.kernel.errors import Refused
from nhanlucso.web.kit.bearer import authenticate
from nhanlucso.web.scim.schemas import ERROR, LIST, Doc

TYPE = "application/scim+json"
LARGEST = 512 * 1024  # bytes of a body
_STATUS = {
    "sign_in": 401,
    "wrong": 401,
    "not_allowed": 403,
    "not_in_charge": 403,
    "not_entrustable": 403,
    "own_account": 403,
    "own_assignment": 403,
    "last_administrator": 403,
    "not_found": 404,
    "bad_method": 405,
    "taken": 409,
    "version": 412,
    "too_large": 413,
    "not_supported": 501,
    "busy": 503,
}
_KINDS = {"taken": "uniqueness", "bad_method": "", "version": ""}
_OF_SCIM = frozenset(
    {"invalidFilter", "invalidSyntax", "invalidPath", "invalidValue", "mutability", "noTarget", "tooMany"}
)
Answer = Callable[..., HttpResponseBase]


def said(doc: Doc | None, status: int = 200, **headers: str) -> HttpResponse:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    body = b"" if doc is None else json.dumps(doc, ensure_ascii=False).encode()
    return HttpResponse(body, content_type=TYPE, status=status, headers=named)


def refused(refusal: Refused) -> HttpResponse:
    status = _STATUS.get(refusal.code, 400)
    doc: Doc = {"schemas": [ERROR], "status": str(status), "detail": refusal.message}
    kind = (
        refusal.code
        if refusal.code in _OF_SCIM
        else _KINDS.get(refusal.code, "invalidValue" if status == 400 else "")
    )
    if kind:
        doc["scimType"] = kind
    answer = said(doc, status)
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="nhanlucso"'
    return answer


def listed(docs: list[Doc], total: int, start: int) -> HttpResponse:
    return said(
        {
            "schemas": [LIST],
            "totalResults": total,
            "startIndex": start,
            "itemsPerPage": len(docs),
            "Resources": docs,
        }
    )


def directory(view: Answer) -> Answer:
    """For the directory of a province: a token goes with every request. Every answer is SCIM's JSON."""

    @wraps(view)
    def answer(request: HttpRequest, *given: Any, **named: Any) -> HttpResponseBase:
        try:
            authenticate(request)
            found = view(request, *given, **named)
            if isinstance(found, HttpResponseNotAllowed):
                told = refused(
                    Refused("bad_method", _("Địa chỉ này không nhận %(verb)s.") % {"verb": request.method})
                )
                told.headers["Allow"] = found.headers["Allow"]
                return told
            return found
        except Refused as refusal:
            return refused(refusal)
        except RequestDataTooBig:
            return refused(Refused("too_large", _("Nội dung gửi quá lớn.")))
        except OperationalError:
            told = refused(Refused("busy", _("Máy chủ đang bận ghi; thử lại sau một phút.")))
            told.headers["Retry-After"] = "60"
            return told
        except (ObjectDoesNotExist, OverflowError):
            return refused(Refused("not_found", _("Không có tài nguyên này, hoặc ngoài phạm vi.")))

    return login_not_required(csrf_exempt(answer))


def body_of(request: HttpRequest) -> Doc:
    """The object that was sent. Raises Refused("invalidSyntax", "too_large")."""
    if len(request.body) > LARGEST:
        raise Refused("too_large", _("Nội dung gửi quá lớn."))
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Refused("invalidSyntax", _("Nội dung gửi phải là một đối tượng JSON."))
    return found


def shown(request: HttpRequest, doc: Doc) -> Doc:
    """The document with the attributes that were asked for; id and schemas always."""
    wanted, left_out = (_names(request, name) for name in ("attributes", "excludedAttributes"))
    if wanted and left_out:
        raise Refused("invalidValue", _("Chỉ dùng một trong attributes, excludedAttributes."))
    kept = {"id", "schemas"}
    return {
        key: value
        for key, value in doc.items()
        if key in kept or ((not wanted or key.lower() in wanted) and key.lower() not in left_out)
    }


def _names(request: HttpRequest, name: str) -> set[str]:
    """Names of whole attributes: of «name.familyName» or «urn:…:User:userName» that one."""
    found = set()
    for text in request.GET.get(name, "").split(","):
        word = text.strip().lower()
        if word.startswith("urn:"):
            head, _colon, tail = word.rpartition(":")
            word = tail if ":core:" in head or ":user" not in head else head
        if word:
            found.add(word if word.startswith("urn:") else word.partition(".")[0])
    return found


def page_of(request: HttpRequest, most: int) -> tuple[int, int]:
    """First place (from 1) and how many. Below 1 is 1, a negative count is 0. Raises Refused("invalidValue")."""
    found = []
    for name, usual in (("startIndex", 1), ("count", most)):
        text = request.GET.get(name, str(usual))
        if not text.lstrip("-").isdecimal() or len(text) > 9 or not text.isascii():
            raise Refused("invalidValue", _("«%(name)s» phải là số.") % {"name": name})
        found.append(int(text))
    return max(found[0], 1), min(max(found[1], 0), most)
