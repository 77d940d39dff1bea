"""People present who stand on no roster: how many, never who."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.kernel.clock import local_date
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean, fold
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history, visible_unit
from nhanlucso.training.enums import Qualifier
from nhanlucso.training.models import HeadCount, TrainingClass
from nhanlucso.training.queries.classes import hosted_class

_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class HeadCountData:
    """How many of an audience of a unit were there on a day, and how exactly that is known (a Qualifier)."""

    unit: Unit
    audience: str
    count: int
    qualifier: str
    date: date


def add_head_count(
    *, training_class: TrainingClass, data: HeadCountData, by: Scope, at: datetime
) -> HeadCount:
    """A head count of a class that `by` hosts. The same one sent twice is the first one.

    Raises Refused("not_allowed", "bad_value", "bad_count", "future_day", "unit_not_valid", "counted_already"),
    TrainingClass.DoesNotExist, Unit.DoesNotExist outside the scope.
    """
    by = by.require(Permission.RECORD_ATTENDANCE)
    hosted_class(by, training_class.pk)
    fields = _fields(data, by, at)
    with transaction.atomic():
        TrainingClass.objects.select_for_update().get(pk=training_class.pk)
        known = _same_people(training_class.pk, data)
        if known is not None and all(getattr(known, name) == value for name, value in fields.items()):
            return known
        _refuse_second(known)
        made = HeadCount.objects.create(uid=new_uid(), training_class=training_class, **fields)
        _record("head_count.add", made.uid, by, at)
    return made


def change_head_count(*, head_count: HeadCount, data: HeadCountData, by: Scope, at: datetime) -> HeadCount:
    """Corrects a head count of a class that `by` hosts. Raises as `add_head_count`, HeadCount.DoesNotExist."""
    by = by.require(Permission.RECORD_ATTENDANCE)
    held = _hosted(by, head_count)
    fields = _fields(data, by, at, held.unit_id)
    with transaction.atomic():
        TrainingClass.objects.select_for_update().get(head_counts=held)
        known = _same_people(held.training_class_id, data)
        _refuse_second(known if known is not None and known.pk != held.pk else None)
        changed = [name for name, value in fields.items() if getattr(held, name) != value]
        for name in changed:
            setattr(held, name, fields[name])
        if changed:
            held.save(update_fields=changed)
            _record("head_count.change", held.uid, by, at)
    return held


def remove_head_count(*, head_count: HeadCount, by: Scope, at: datetime) -> None:
    """Takes away a head count of a class that `by` hosts.

    Raises Refused("not_allowed"), TrainingClass.DoesNotExist, HeadCount.DoesNotExist outside the scope.
    """
    by = by.require(Permission.RECORD_ATTENDANCE)
    with transaction.atomic():
        held = _hosted(by, head_count)
        uid = held.uid
        held.delete()
        _record("head_count.remove", uid, by, at)


def _hosted(by: Scope, head_count: HeadCount) -> HeadCount:
    """The head count as it stands, if `by` hosts its class; one without a class is no class's to change."""
    if head_count.training_class_id is None:
        raise HeadCount.DoesNotExist
    hosted_class(by, head_count.training_class_id)
    return HeadCount.objects.get(pk=head_count.pk)


def _fields(data: HeadCountData, by: Scope, at: datetime, stood: int | None = None) -> dict[str, object]:
    """The columns of a head count. Raises Refused for what cannot be; a unit that stands already needs no leave."""
    if data.qualifier not in Qualifier.values:
        raise Refused("bad_value", _("Hãy chọn con số được biết chính xác đến đâu."))
    if not 0 < data.count <= _MOST:
        raise Refused("bad_count", _("Số người từ 1 đến 1.000.000. Chưa biết bao nhiêu thì chưa ghi."))
    if data.date > local_date(at):
        raise Refused("future_day", _("Ngày này chưa đến: đếm xong mới ghi."))
    if data.unit.pk != stood:
        visible_unit(by, data.unit.pk)
    if history().version(data.unit.pk, data.date) is None:
        raise Refused("unit_not_valid", _("Đơn vị không có hiệu lực vào ngày này."))
    return {
        "unit": data.unit,
        "audience": clean(data.audience),
        "count": data.count,
        "qualifier": data.qualifier,
        "date": data.date,
    }


def _same_people(class_id: int | None, data: HeadCountData) -> HeadCount | None:
    """The head count of the same audience and unit in the class: figures take only the largest of them."""
    wanted = fold(data.audience)
    rows = HeadCount.objects.filter(training_class=class_id, unit=data.unit).order_by("uid")
    return next((row for row in rows if fold(row.audience) == wanted), None)


def _refuse_second(known: HeadCount | None) -> None:
    if known is not None:
        raise Refused(
            "counted_already",
            _("Lớp đã có số đếm của đơn vị và đối tượng này. Sửa số đó, hoặc ghi rõ đối tượng khác."),
        )


def _record(verb: str, uid: str, by: Scope, at: datetime) -> None:
    record(verb=verb, object_type="head_count", object_id=uid, by=by.account_id, at=at, facts=True)
