"""Writing the log of communications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.kernel.clock import local_date
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.ids import is_nonce
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history, writable_unit
from nhanlucso.outreach.enums import Channel
from nhanlucso.outreach.models import OutreachItem
from nhanlucso.outreach.queries import writable_item

MOST_ITEMS = 9_999  # in one entry; more is a slip of the finger


@dataclass(frozen=True, slots=True)
class ItemData:
    """`count` items under one title on a day; `channel` is a value of `Channel`."""

    channel: str
    date: date
    title: str
    count: int


def add_item(*, unit: Unit, nonce: str, data: ItemData, by: Scope, at: datetime) -> OutreachItem:
    """Adds an entry of a unit. The nonce, made once for a form, becomes its id: sent again, it is stored once.

    Raises Refused("not_allowed", "bad_nonce", "bad_value", "title_missing", "bad_count", "future_day",
    "unit_not_valid"), Refused("nonce_taken") if the nonce came with other content before; Unit.DoesNotExist outside
    the scope.
    """
    unit = writable_unit(by, Permission.EDIT_TEAMS, unit.pk)
    if not is_nonce(nonce):
        raise Refused("bad_nonce", _("Trang này đã cũ. Mở lại trang rồi ghi."))
    fields = _fields(unit.pk, data, at)
    try:
        with transaction.atomic():
            made, fresh = OutreachItem.objects.get_or_create(
                origin="", uid=nonce, defaults={"unit": unit, **fields}
            )
            if fresh:
                _written("outreach.add", made, by, at)
    except IntegrityError:  # another server stored it between our look and our write
        made = OutreachItem.objects.get(origin="", uid=nonce)
    if made.unit_id != unit.pk or any(getattr(made, name) != value for name, value in fields.items()):
        raise Refused("nonce_taken", _("Lần ghi trước đã được lưu với nội dung khác. Bấm Ghi để ghi thêm."))
    return made


def change_item(*, item: OutreachItem, data: ItemData, by: Scope, at: datetime) -> OutreachItem:
    """Corrects an entry. Raises as `add_item`; OutreachItem.DoesNotExist outside the scope."""
    item = writable_item(by.require(Permission.EDIT_TEAMS), item.pk)
    fields = _fields(item.unit_id, data, at)
    with transaction.atomic():
        for name, value in fields.items():
            setattr(item, name, value)
        item.save(update_fields=list(fields))
        _written("outreach.change", item, by, at)
    return item


def remove_item(*, item: OutreachItem, by: Scope, at: datetime) -> None:
    """Takes an entry away. Raises Refused("not_allowed"), OutreachItem.DoesNotExist outside the scope."""
    item = writable_item(by.require(Permission.EDIT_TEAMS), item.pk)
    with transaction.atomic():
        _written("outreach.remove", item, by, at)
        item.delete()


def _fields(unit: int, data: ItemData, at: datetime) -> dict[str, object]:
    """The columns of an entry. Raises Refused for what cannot be."""
    title = clean(data.title)
    if data.channel not in Channel.values:
        raise Refused("bad_value", _("Không có kênh này."))
    if not title:
        raise Refused("title_missing", _("Chưa có tên tin, bài hoặc sự kiện."))
    if not 1 <= data.count <= MOST_ITEMS:
        raise Refused("bad_count", _("Số tin từ 1 đến %(most)d.") % {"most": MOST_ITEMS})
    if data.date > local_date(at):
        raise Refused("future_day", _("Ngày này chưa đến."))
    if history().version(unit, data.date) is None:
        raise Refused("unit_not_valid", _("Đơn vị không có hiệu lực vào ngày này."))
    return {"channel": data.channel, "date": data.date, "title": title, "count": data.count}


def _written(verb: str, item: OutreachItem, by: Scope, at: datetime) -> None:
    record(verb=verb, object_type="outreach", object_id=item.uid, by=by.account_id, at=at, facts=True)
