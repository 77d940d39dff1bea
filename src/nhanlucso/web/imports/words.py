"""Words for what lists hold: kinds, fields, values as read, problems as kinds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhanlucso.exchange.sheets.meanings import Field
from nhanlucso.exchange.sheets.problems import TEMPLATES, Problem
from nhanlucso.kernel.language import say
from nhanlucso.web.kit.wording import number

_KINDS = {
    "staff": gettext_lazy("Danh sách cán bộ"),
    "attendance": gettext_lazy("Bảng điểm danh"),
    "results": gettext_lazy("Kết quả học tập"),
    "headcounts": gettext_lazy("Số lượng người theo đơn vị"),
}
_FIELDS = {
    "serial": gettext_lazy("Số thứ tự"),
    "full_name": gettext_lazy("Họ và tên"),
    "family_name": gettext_lazy("Họ và chữ đệm"),
    "given_name": gettext_lazy("Tên"),
    "birth_date": gettext_lazy("Ngày hoặc năm sinh"),
    "birth_day": gettext_lazy("Ngày sinh, cột riêng"),
    "birth_month": gettext_lazy("Tháng sinh, cột riêng"),
    "birth_year": gettext_lazy("Năm sinh, cột riêng"),
    "sex": gettext_lazy("Giới tính"),
    "male": gettext_lazy("Cột Nam"),
    "female": gettext_lazy("Cột Nữ"),
    "title": gettext_lazy("Chức vụ"),
    "title_unit": gettext_lazy("Chức vụ và đơn vị"),
    "unit": gettext_lazy("Đơn vị"),
    "phone": gettext_lazy("Điện thoại"),
    "national_id": gettext_lazy("Số định danh"),
    "email": gettext_lazy("Thư điện tử"),
    "category": gettext_lazy("Đối tượng"),
    "course": gettext_lazy("Khóa học"),
    "progress": gettext_lazy("Tiến độ"),
    "score": gettext_lazy("Điểm"),
    "passed": gettext_lazy("Đạt hay không"),
    "completed_at": gettext_lazy("Ngày hoàn thành"),
    "enrolled_at": gettext_lazy("Ngày ghi danh"),
    "count": gettext_lazy("Số người"),
    "audience": gettext_lazy("Đối tượng dự"),
    "date": gettext_lazy("Ngày tổ chức"),
    "mark": gettext_lazy("Điểm danh"),
    "marks": gettext_lazy("Điểm danh"),
    "note": gettext_lazy("Ghi chú"),
    "qualifier": gettext_lazy("Mức chính xác"),
}
_SENSITIVE = {
    "ethnicity": gettext_lazy("dân tộc"),
    "religion": gettext_lazy("tôn giáo"),
    "party_membership": gettext_lazy("đảng viên"),
    "health": gettext_lazy("sức khỏe"),
}
_VALUES = {
    "m": gettext_lazy("Nam"),
    "f": gettext_lazy("Nữ"),
    "present": gettext_lazy("có mặt"),
    "late": gettext_lazy("muộn"),
    "excused": gettext_lazy("có phép"),
    "absent": gettext_lazy("vắng"),
    "exact": gettext_lazy("đúng số"),
    "about": gettext_lazy("khoảng"),
    "over": gettext_lazy("hơn"),
    "nearly": gettext_lazy("gần"),
    "under": gettext_lazy("dưới"),
}
_DATES = {"birth_date", "birth", "completed_at", "enrolled_at", "date"}
_NOT_CHOSEN = {"mark", "other"}  # follows from the heading itself; is not read
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_PLACEHOLDER = re.compile(r"«?%\(\w+\)s»?")
_LEADING = re.compile(r"^(?:…:? ?)+")
_TABLE = re.compile(r"Table (\d+)")


def kind_words(kind: str) -> str:
    return str(_KINDS.get(kind, kind))


def field_words(field: str) -> str:
    """A field in words; of a column of marks the half day that it stands for."""
    if field.startswith("marks "):
        return _("Điểm danh %(day)s") % {"day": half_day(field.removeprefix("marks "))}
    return str(_FIELDS.get(field, field))


def half_day(key: str) -> str:
    """«2024-03-04 am» → «04/03/2024 sáng»."""
    day, _space, half = key.partition(" ")
    halves = {"am": _("sáng"), "pm": _("chiều")}
    return " ".join(filter(None, (_day(day), halves.get(half, half))))


def meanings() -> list[tuple[str, str]]:
    """What a column may be said to mean; first that it is not to be read."""
    fields = [(field.value, field_words(field.value)) for field in Field if field.value not in _NOT_CHOSEN]
    return [("", _("Không đọc cột này")), *fields]


def sensitive_words(reason: str) -> str:
    return str(_SENSITIVE.get(reason, reason))


def value_words(key: str, value: Any) -> str:
    """A value as read, as people write it; empty for none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Đạt") if value else _("Không đạt")
    if isinstance(value, Mapping):
        counts = Counter(value.values())
        return ", ".join(f"{number(count)} {_VALUES.get(mark, mark)}" for mark, count in counts.items())
    if isinstance(value, int | float):
        return number(value)
    if key in _DATES:
        return _day(str(value))
    return str(_VALUES.get(value, value)) if key in ("sex", "qualifier") else str(value)


def _day(text: str) -> str:
    return _ISO.sub(r"\3/\2/\1", text)


def problem_kind(code: str) -> str:
    """What all problems of a kind have in common: their sentence, with dots where each says its own."""
    return capfirst(_LEADING.sub("", _PLACEHOLDER.sub("…", say(TEMPLATES[code]).replace("%%", "%"))))


def sheet_words(sheet: str, stem: str) -> str:
    """A sheet as people know it: tables of documents are numbered, a text file (its sheet bears the name under which
    the file is kept, `stem`) has none."""
    if sheet == stem:
        return ""
    table = _TABLE.fullmatch(sheet)
    return _("Bảng %(number)s") % {"number": table[1]} if table else sheet


def problem_of(kept: Mapping[str, Any]) -> Problem:
    """A problem as it was before it was kept."""
    return Problem(kept["sheet"], kept["row"], kept["code"], kept["values"], kept["column"])
