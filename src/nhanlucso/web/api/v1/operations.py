"""An operation is declared beside its view: who may, what it is asked, what it answers. `resource` makes the address:
it reads and checks what was sent, asks the view, and answers with an ETag.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, is_dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from nhanlucso.access.answers.services import answer_once
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.web.api.answers import programs
from nhanlucso.web.api.v1.shapes import from_text, is_clean, read
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.bearer import token_of_request
from nhanlucso.web.kit.doors import everyone, needs

KEY, MATCH = "Idempotency-Key", "If-Match"
LONGEST_KEY = 100


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of the address: a kind of `shapes`, read from text; `many`: may be given several times."""

    name: str
    kind: Any
    text: str | Promise
    required: bool = False
    many: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """`name` is what the client calls it. Without permissions it stands open to who has any, and `why` says for what
    reason. `keyed`: writes once for each Idempotency-Key; `matched`: only what the asker has seen is changed."""

    name: str
    tag: str
    summary: str | Promise
    permissions: tuple[Permission, ...]
    answer: Any
    params: tuple[Param, ...] = ()
    body: Any = None
    keyed: bool = False
    matched: bool = False
    why: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was sent, read: parameters by name (None where not given), the ids in the path, the body."""

    params: Mapping[str, Any]
    path: Mapping[str, str]
    body: Any = None

    def __getitem__(self, name: str) -> Any:
        return self.params[name]


@dataclass(frozen=True, slots=True)
class Dated:
    """An answer of which the last change is known."""

    document: object
    changed_at: datetime | None


View = Callable[[Scope, Asked], object]


def operation(declared: Operation) -> Callable[[View], View]:
    """Says what a view is for programs."""

    def mark(view: View) -> View:
        view.operation = declared  # type: ignore[attr-defined]
        return view

    return mark


def resource(**views: View) -> Callable[..., HttpResponseBase]:
    """The address of views by method."""
    declared: dict[str, Operation] = {method: view.operation for method, view in views.items()}  # type: ignore[attr-defined]
    any_of = tuple(dict.fromkeys(p for one in declared.values() for p in one.permissions))
    whys = [one.why for one in declared.values() if not one.permissions]
    door = everyone(whys[0]) if whys else needs(*any_of)

    def answer(request: HttpRequest, **path: str) -> HttpResponseBase:
        method = "GET" if request.method == "HEAD" else request.method or ""
        if method not in views:
            return HttpResponseNotAllowed(sorted(views))
        asked_for, view, scope = declared[method], views[method], scope_of(request)
        if asked_for.permissions and not any(map(scope.may, asked_for.permissions)):
            scope.require(asked_for.permissions[0])
        if not all(map(is_clean, path.values())):
            raise _not_found()
        try:
            return _answered(request, asked_for, view, path)
        except ObjectDoesNotExist:
            raise _not_found() from None

    made = programs(door(answer))
    made.operations = declared  # type: ignore[attr-defined]
    return made


def described(
    view: Callable[..., HttpResponseBase], **declared: Operation
) -> Callable[..., HttpResponseBase]:
    """A view that reads and answers by itself, with what it is for programs."""
    view.operations = declared  # type: ignore[attr-defined]
    return view


def _answered(
    request: HttpRequest, declared: Operation, view: View, path: dict[str, str]
) -> HttpResponseBase:
    asked = Asked(_params(declared, request.GET), path)
    if declared.body is None:
        return _conditional(request, view(scope_of(request), asked))
    asked = replace(asked, body=read(declared.body, _document(request)))
    if declared.matched and not request.headers.get(MATCH):
        raise Refused(
            "match_needed", _("Thiếu If-Match: gửi ETag của bản đã xem, để không ghi đè lên sửa đổi khác.")
        )
    if not declared.keyed:
        asked = replace(asked, params={**asked.params, MATCH: request.headers.get(MATCH, "")})
        return _said(view(scope_of(request), asked))
    return _once(request, asked, view)


def _once(request: HttpRequest, asked: Asked, view: View) -> HttpResponseBase:
    key = request.headers.get(KEY, "")
    if not key or len(key) > LONGEST_KEY or not (key.isascii() and key.isprintable()):
        raise Refused(
            "key_needed", _("Thiếu Idempotency-Key (1 đến 100 chữ cái, chữ số): khóa riêng của lần gửi này.")
        )
    scope, token = scope_of(request), token_of_request(request)
    asked = replace(asked, params={**asked.params, MATCH: request.headers.get(MATCH, "")})
    kept = answer_once(
        caller=f"token {token.pk}" if token else f"account {scope.account_id}",
        token_id=token.pk if token else None,
        key=key,
        fingerprint=hashlib.sha256(f"{request.method} {request.path}\n".encode() + request.body).hexdigest(),
        work=lambda: json.loads(_text(view(scope, asked))),
        by=scope,
        at=now(),
    )
    answer = _said(kept.document)
    if kept.is_replay:
        answer.headers["Idempotency-Replayed"] = "true"
    return answer


def _params(declared: Operation, words: QueryDict) -> dict[str, Any]:
    known = {param.name for param in declared.params}
    if unknown := sorted(set(words) - known):
        raise Refused("unknown_parameter", _("Không có tham số «%(name)s».") % {"name": unknown[0][:50]})
    found: dict[str, Any] = {}
    for param in declared.params:
        texts = words.getlist(param.name)
        if param.required and not any(texts):
            raise Refused("missing_parameter", _("Thiếu tham số «%(name)s».") % {"name": param.name})
        if len(texts) > 1 and not param.many:
            raise Refused("bad_parameter", _("Tham số «%(name)s» chỉ gửi một lần.") % {"name": param.name})
        read_ones = [from_text(param.kind, text, param.name) for text in texts]
        found[param.name] = read_ones if param.many else read_ones[0] if read_ones else None
    return found


def _document(request: HttpRequest) -> object:
    if request.content_type != "application/json":
        raise Refused("bad_type", _("Gửi nội dung dạng JSON (Content-Type: application/json)."))
    try:
        return json.loads(request.body, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Refused("bad_body", _("Nội dung gửi lên không phải JSON.")) from None


def _no_constant(text: str) -> object:
    raise ValueError(text)


def etag_of(document: object) -> str:
    """The ETag of an answer: the same bytes, the same tag."""
    return f'"{hashlib.sha256(_text(document).encode()).hexdigest()[:32]}"'


def check_match(asked: Asked, document: object) -> None:
    """Raises Refused("changed") where the asker saw another state than that of the document. A tag that a proxy or our
    own compression made weak is the same tag."""
    wanted = asked.params.get(MATCH) or ""
    tags = [tag.strip().removeprefix("W/") for tag in wanted.split(",") if tag.strip()]
    if tags and "*" not in tags and etag_of(document) not in tags:
        raise Refused("changed", _("Bản này đã được sửa sau khi chương trình đọc. Đọc lại rồi gửi lại."))


def _conditional(request: HttpRequest, found: object) -> HttpResponseBase:
    changed_at = found.changed_at if isinstance(found, Dated) else None
    answer = _said(found.document if isinstance(found, Dated) else found)
    etag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "private, no-cache"
    seconds = None
    if changed_at is not None:
        seconds = int(changed_at.timestamp())
        moment = datetime.fromtimestamp(seconds, UTC)
        answer.headers["Last-Modified"] = moment.strftime("%a, %d %b %Y %H:%M:%S GMT")
    return get_conditional_response(request, etag, seconds, answer) or answer


def _said(document: object) -> HttpResponse:
    return HttpResponse(_text(document), content_type="application/json")


def _text(document: object) -> str:
    plain = asdict(document) if is_dataclass(document) and not isinstance(document, type) else document
    return json.dumps(plain, ensure_ascii=False, cls=_Encoder)


class _Encoder(DjangoJSONEncoder):
    def default(self, value: Any) -> Any:
        if is_dataclass(value) and not isinstance(value, type):
            return asdict(value)
        return super().default(value)


def _not_found() -> Refused:
    return Refused("not_found", _("Không có bản ghi này, hoặc ngoài phạm vi được xem."))
