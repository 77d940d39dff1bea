"""Columns of tables in words, with their values before and after an act; those that identify people masked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhanlucso.journal.enums import ChangeKind
from nhanlucso.journal.queries import Change
from nhanlucso.journal.rows import model_of
from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.orgs.queries import history
from nhanlucso.people.identity import masked
from nhanlucso.web.kit.wording import day, moment

_COLUMNS = {
    "full_name": gettext_lazy("Họ và tên"),
    "birth": gettext_lazy("Ngày sinh"),
    "sex": gettext_lazy("Giới tính"),
    "phone": gettext_lazy("Điện thoại"),
    "email": gettext_lazy("Thư điện tử"),
    "national_id_hash": gettext_lazy("Số định danh"),
    "unit_id": gettext_lazy("Đơn vị"),
    "parent_id": gettext_lazy("Cấp trên"),
    "host_unit_id": gettext_lazy("Đơn vị chủ trì"),
    "title": gettext_lazy("Tên, chức vụ"),
    "name": gettext_lazy("Tên"),
    "code": gettext_lazy("Mã"),
    "kind": gettext_lazy("Loại"),
    "category": gettext_lazy("Đối tượng"),
    "qualification": gettext_lazy("Trình độ"),
    "is_leader": gettext_lazy("Lãnh đạo"),
    "is_main": gettext_lazy("Vị trí chính"),
    "dt_dedicated": gettext_lazy("Chuyên trách chuyển đổi số"),
    "dt_concurrent": gettext_lazy("Kiêm nhiệm chuyển đổi số"),
    "dt_lead": gettext_lazy("Phụ trách chuyển đổi số"),
    "one_stop": gettext_lazy("Một cửa"),
    "records": gettext_lazy("Lưu trữ"),
    "valid_from": gettext_lazy("Từ ngày"),
    "valid_to": gettext_lazy("Đến ngày"),
    "score": gettext_lazy("Điểm"),
    "passed": gettext_lazy("Đạt hay không"),
    "completed_at": gettext_lazy("Ngày hoàn thành"),
    "enrolled_at": gettext_lazy("Ngày ghi danh"),
    "starts_at": gettext_lazy("Bắt đầu"),
    "ends_at": gettext_lazy("Kết thúc"),
    "place": gettext_lazy("Địa điểm"),
    "number": gettext_lazy("Số, ký hiệu"),
    "issued_on": gettext_lazy("Ngày ban hành"),
}
_UNITS = {"unit_id", "parent_id", "host_unit_id"}
_MASKED = {"phone", "email"}
_NEVER = {"national_id_hash"}
_NONE = "–"


@dataclass(frozen=True, slots=True)
class Difference:
    """A column in words with its value before and after; both empty where only the change may be told."""

    column: str
    before: str
    after: str


def differences(changes: Iterable[Change]) -> tuple[Difference, ...]:
    """What is different, column by column; rows that came or went are told by the act itself."""
    return tuple(
        Difference(str(_COLUMNS[name]), *_both(change, name))
        for change in changes
        if change.kind == ChangeKind.CHANGED
        for name in change.columns
        if name in _COLUMNS
    )


def _both(change: Change, name: str) -> tuple[str, str]:
    if name in _NEVER:
        return "", ""
    return _shown(change, name, (change.before or {}).get(name)), _shown(
        change, name, (change.after or {}).get(name)
    )


def _shown(change: Change, name: str, value: Any) -> str:
    if value is None or value in ("", EVER, ALWAYS):
        return _NONE
    if name in _UNITS:
        version = history().last_version(value)
        return version.name if version else _NONE
    if name in _MASKED:
        return masked(str(value))
    match value:
        case bool():
            return _("Có") if value else _("Không")
        case datetime():
            return moment(value)
        case date():
            return day(value)
    column = next(one for one in model_of(change.table)._meta.concrete_fields if one.attname == name)
    choices = dict(column.flatchoices)
    return str(choices.get(value) or (day(value) if name == "birth" else value))
