"""SCIM 2.0: accounts as the directory of a province makes, changes and shuts them; roles to read."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nhanlucso.access.models import Account
from nhanlucso.access.provisioning.queries import provisioned, roles_today
from nhanlucso.access.provisioning.services import change_account, provision_account, shut_account
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.scim.answers import body_of, directory, listed, page_of, said, shown
from nhanlucso.web.scim.filters import condition
from nhanlucso.web.scim.patching import patched
from nhanlucso.web.scim.resources import USER_COLUMNS, group_docs, said_user, user_docs
from nhanlucso.web.scim.schemas import MOST, Doc, configuration, resource_types, schemas

_LONGEST_FILTER = 2_000


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/scim/v2")


@directory
@needs(Permission.MANAGE_ACCOUNTS)
@require_GET
def service(request: HttpRequest) -> HttpResponseBase:
    return said(configuration(_base(request)))


@directory
@needs(Permission.MANAGE_ACCOUNTS)
@require_GET
def described(request: HttpRequest, kind: str, uid: str = "") -> HttpResponseBase:
    """Kinds of resources, or schemas: all, or one."""
    if "filter" in request.GET:  # RFC 7644, 4
        raise Refused("not_allowed", _("Địa chỉ này không lọc."))
    found = (resource_types if kind == "ResourceTypes" else schemas)(_base(request))
    if not uid:
        return listed(found, len(found), 1)
    one = next((doc for doc in found if doc["id"] == uid), None)
    if one is None:
        raise Refused("not_found", _("Không có «%(id)s».") % {"id": uid[:100]})
    return said(one)


@directory
@needs(Permission.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def users(request: HttpRequest) -> HttpResponseBase:
    """The accounts in reach, or a new one."""
    scope = scope_of(request)
    if request.method == "POST":
        data, roles = said_user(body_of(request))
        made = provision_account(data=data, roles=roles or [], by=scope, at=now())
        doc = user_docs([made], _base(request))[0]
        return said(shown(request, doc), 201, Location=doc["meta"]["location"], ETag=doc["meta"]["version"])
    found = provisioned(scope)
    if text := _filter(request):
        found = found.filter(condition(text, USER_COLUMNS))
    start, count = page_of(request, MOST)
    docs = user_docs(found[start - 1 : start - 1 + count], _base(request))
    return listed([shown(request, doc) for doc in docs], found.count(), start)


@directory
@needs(Permission.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "PUT", "PATCH", "DELETE"])
def user(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One account: shown, said anew, changed, shut."""
    scope = scope_of(request)
    account: Account = provisioned(scope).get(pk=pk)
    doc = user_docs([account], _base(request))[0]
    _check_version(request, doc)
    if request.method == "GET":
        if doc["meta"]["version"] in _versions(request, "If-None-Match"):
            return said(None, 304, ETag=doc["meta"]["version"])
        return said(shown(request, doc), ETag=doc["meta"]["version"])
    if request.method == "DELETE":
        shut_account(account=account, by=scope, at=now(), removed=True)
        return said(None, 204)
    body = body_of(request)
    wanted = patched(doc, body) if request.method == "PATCH" else body
    data, roles = said_user(wanted)
    if wanted.get("roles") == doc.get("roles") or (request.method == "PATCH" and roles is None):
        roles = None if wanted.get("roles") == doc.get("roles") else []
    changed = change_account(account=account, data=data, roles=roles, by=scope, at=now())
    new = user_docs([changed], _base(request))[0]
    return said(shown(request, new), ETag=new["meta"]["version"])


@directory
@needs(Permission.MANAGE_ACCOUNTS)
@require_GET
def groups(request: HttpRequest, uid: str = "") -> HttpResponseBase:
    """Each role in each unit with who has it; roles are given by the attribute of accounts."""
    scope = scope_of(request)
    rows = roles_today(scope).select_related("account", "unit").filter(account__in=provisioned(scope))
    role, _dash, unit = uid.rpartition("-")
    if uid:
        rows = rows.filter(role=role, unit=int(unit) or None) if unit.isdecimal() else rows.none()
    docs = group_docs(rows, _base(request))
    if uid:
        if not docs:
            raise Refused("not_found", _("Không có nhóm này."))
        return said(shown(request, docs[0]), ETag=docs[0]["meta"]["version"])
    docs = _named(docs, _filter(request))
    start, count = page_of(request, MOST)
    some = docs[start - 1 : start - 1 + count]
    return listed([shown(request, doc) for doc in some], len(docs), start)


def _named(docs: list[Doc], text: str) -> list[Doc]:
    """Groups by `displayName eq "…"`, the one filter that there is for them."""
    if not text:
        return docs
    name, _eq, value = text.partition(" eq ")
    if name.strip().lower() != "displayname" or not value.strip().startswith('"'):
        raise Refused("invalidFilter", _("Nhóm chỉ lọc được theo displayName eq."))
    wanted = value.strip().strip('"').lower()
    return [doc for doc in docs if doc["displayName"].lower() == wanted]


def _filter(request: HttpRequest) -> str:
    text = request.GET.get("filter", "").strip()
    if len(text) > _LONGEST_FILTER:
        raise Refused("invalidFilter", _("Bộ lọc quá dài."))
    return text


def _versions(request: HttpRequest, header: str) -> set[str]:
    return {one.strip() for one in request.headers.get(header, "").split(",") if one.strip()}


def _check_version(request: HttpRequest, doc: Doc) -> None:
    """Raises Refused("version") where the sender knew the account otherwise."""
    known = _versions(request, "If-Match")
    if known and "*" not in known and doc["meta"]["version"] not in known:
        raise Refused("version", _("Tài khoản đã thay đổi từ lần đọc trước; đọc lại rồi gửi."))


@directory
@needs(Permission.MANAGE_ACCOUNTS)
def nothing(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Addresses of SCIM that are not offered: bulk, .search, Me."""
    raise Refused("not_supported" if rest in ("Bulk", "Me") else "not_found", _("Không có địa chỉ này."))
