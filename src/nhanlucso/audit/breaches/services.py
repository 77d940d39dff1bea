"""Noting breaches, and what was done about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.models import Breach
from nhanlucso.audit.services import record
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean


@dataclass(frozen=True, slots=True)
class BreachData:
    """What is known of it; None and empty are unknown or not yet."""

    title: str
    found_at: datetime
    happened: str
    people: int | None = None
    measures: str = ""
    reported_at: datetime | None = None
    reported_to: str = ""
    closed_at: datetime | None = None


def note_breach(*, data: BreachData, by: Scope, at: datetime) -> Breach:
    """A new line of the register; the same again within it is one. Raises Refused("not_allowed", "bad_order",
    "too_early")."""
    _check(data, by, at)
    with transaction.atomic():
        fields = _fields(data)
        made, new = Breach.objects.get_or_create(
            title=fields.pop("title"),
            found_at=fields.pop("found_at"),
            defaults=fields | {"noted_by": by.account_id, "noted_at": at},
        )
        if new:
            _written("breach.note", made, by, at)
    return made


def change_breach(*, breach: Breach, data: BreachData, by: Scope, at: datetime) -> Breach:
    """What is known now: reported to whom, what was done, when it ended. Raises as `note_breach`."""
    _check(data, by, at)
    with transaction.atomic():
        for name, value in _fields(data).items():
            setattr(breach, name, value)
        breach.save()
        _written("breach.change", breach, by, at)
    return breach


def _check(data: BreachData, by: Scope, at: datetime) -> None:
    if not by.require(Permission.OPERATE).everything:
        raise Refused("not_allowed", _("Chỉ người quản trị toàn hệ thống mới được làm việc này."))
    if any(
        moment is not None and moment > at for moment in (data.found_at, data.reported_at, data.closed_at)
    ):
        raise Refused("too_early", _("Thời điểm này chưa đến."))
    if any(moment is not None and moment < data.found_at for moment in (data.reported_at, data.closed_at)):
        raise Refused("bad_order", _("Báo cáo và kết thúc không thể trước lúc phát hiện."))


def _fields(data: BreachData) -> dict[str, object]:
    return {
        "title": clean(data.title)[:200],
        "found_at": data.found_at,
        "happened": data.happened.strip(),
        "people": data.people,
        "measures": data.measures.strip(),
        "reported_at": data.reported_at,
        "reported_to": clean(data.reported_to)[:200],
        "closed_at": data.closed_at,
    }


def _written(verb: str, breach: Breach, by: Scope, at: datetime) -> None:
    record(verb=verb, object_type="breach", object_id=str(breach.pk), by=by.account_id, at=at)
