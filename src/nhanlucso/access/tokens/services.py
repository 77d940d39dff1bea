"""Making tokens of programs, taking them for their word, taking them back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nhanlucso.access.models import Token
from nhanlucso.access.tokens.queries import (
    grantable,
    scope_of_token,
    token_hash,
    token_of,
    visible_tokens,
)
from nhanlucso.access.tokens.rules import LASTS_AT_MOST, PREFIX, is_over, lets_in, networks
from nhanlucso.audit.services import record
from nhanlucso.kernel.clock import local_date
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import require_reach

_SEEN_EVERY = timedelta(minutes=1)


def make_token(
    *,
    name: str,
    purpose: str,
    permissions: Collection[Permission],
    unit: Unit | None,
    ends_on: date,
    addresses: str,
    secret: str,
    by: Scope,
    at: datetime,
) -> tuple[Token, bool]:
    """A token with this secret, and whether it is new: the same secret makes no second one.

    Raises Refused("not_allowed", "name_missing", "purpose_missing", "nothing_allowed", "more_than_own", "bad_date",
    "bad_address").
    """
    reached = by.require(Permission.OPERATE)
    if unit is not None:
        require_reach(reached, unit.pk)
    name, purpose = clean(name), clean(purpose)
    if not name or not purpose:
        raise Refused("name_missing", _("Ghi tên chương trình và mục đích dùng."))
    _check_permissions(permissions, unit, by)
    _check_end(ends_on, local_date(at))
    with transaction.atomic():
        made, created = Token.objects.get_or_create(
            secret_hash=token_hash(by, secret),
            defaults={
                "name": name[:100],
                "purpose": purpose[:300],
                "permissions": " ".join(sorted(permissions)),
                "unit": unit,
                "addresses": _networks(addresses),
                "made_by_id": by.account_id,
                "made_at": at,
                "ends_on": ends_on,
            },
        )
        if created:
            _written("token.make", made, by, at)
    return made, created


def _check_permissions(permissions: Collection[Permission], unit: Unit | None, by: Scope) -> None:
    if not permissions:
        raise Refused("nothing_allowed", _("Chọn ít nhất một việc chương trình được làm."))
    if set(permissions) - grantable(by, unit.pk if unit else None):
        raise Refused("more_than_own", _("Chỉ giao cho chương trình việc chính mình được làm ở đơn vị này."))


def _check_end(ends_on: date, day: date) -> None:
    if not day <= ends_on <= day + LASTS_AT_MOST:
        raise Refused("bad_date", _("Ngày hết hạn phải từ hôm nay đến nhiều nhất một năm sau."))


def _networks(addresses: str) -> str:
    try:
        found = " ".join(networks(addresses))
    except ValueError:
        raise Refused(
            "bad_address", _("Địa chỉ mạng viết như 10.1.2.3 hoặc 10.1.0.0/16, cách nhau bằng dấu cách.")
        ) from None
    if len(found) > 600:
        raise Refused("bad_address", _("Quá nhiều địa chỉ mạng; gộp lại thành mạng con."))
    return found


def revoke_token(*, token_id: int, by: Scope, at: datetime) -> None:
    """The token opens nothing any more. Raises Refused("not_allowed"), Token.DoesNotExist."""
    found = visible_tokens(by.require(Permission.OPERATE)).get(pk=token_id)
    with transaction.atomic():
        open_ = Token.objects.filter(pk=found.pk, revoked_at__isnull=True)
        if open_.update(revoked_at=at, revoked_by_id=by.account_id):
            _written("token.revoke", found, by, at)


def take_token(*, secret: str, address: str, by: Scope, at: datetime) -> tuple[Token, Scope]:
    """The token with this secret and how far it reaches, when a program at an address shows it. `by` is a visitor.

    That it was used is noted at most once a minute. Raises Refused("wrong").
    """
    token = token_of(secret) if secret.startswith(PREFIX) else None
    if token is None or token.revoked_at is not None or is_over(token.ends_on, local_date(at)):
        raise Refused("wrong", _("Mã truy cập không đúng, đã hết hạn hoặc đã thu hồi."))
    if not lets_in(token.addresses, address):
        raise Refused("wrong", _("Mã truy cập này không dùng được từ địa chỉ mạng đang gọi."))
    scope = scope_of_token(token)
    if scope.is_empty and not scope.permissions:
        raise Refused("wrong", _("Người lập mã truy cập này không còn quyền đã giao."))
    stale = Q(used_at__isnull=True) | Q(used_at__lt=at - _SEEN_EVERY)
    if token.used_at is None or at - token.used_at > _SEEN_EVERY:
        Token.objects.filter(stale, pk=token.pk).update(used_at=at)
    return token, scope


def _written(verb: str, made: Token, by: Scope, at: datetime) -> None:
    record(verb=verb, object_type="token", object_id=str(made.pk), by=by.account_id, at=at)
