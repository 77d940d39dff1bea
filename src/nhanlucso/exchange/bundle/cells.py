"""The kinds of cells: how a text becomes a value, a value fields of a record, and back again.

`parse` and `show` are inverse on what `show` writes; an empty cell is unknown and never 0 or false.
References and ids are only checked for shape here, since what they stand for depends on the bundle.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from nhanlucso.kernel import sealing
from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.kernel.text import clean, fold, name_key

LIST_SEPARATOR = ";"
LARGEST_WHOLE = 2_147_483_647
_LOCAL = timezone(timedelta(hours=7))
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR = re.compile(r"[0-9]{4}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_WHOLE = re.compile(r"[0-9]{1,10}")
_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")
_IDENTITY = re.compile(r"[0-9]{12}|[0-9]{9}")


class BadCell(Exception):
    """A text that is no value of its kind; the message says what to write instead."""


@dataclass(frozen=True)
class Cell:
    """A text kept as it is given. `fields` are the fields of the record, the first one read back."""

    fields: tuple[str, ...]

    def parse(self, text: str) -> Any:
        return text

    def show(self, value: Any) -> str:
        return str(value)

    def read(self, record: Mapping[str, Any]) -> Any:
        return record[self.fields[0]]

    def write(self, value: Any) -> dict[str, Any]:
        return {self.fields[0]: value}

    def same(self, value: Any, record: Mapping[str, Any]) -> bool:
        return bool(self.read(record) == value)


class Id(Cell):
    """The id of the row itself."""


@dataclass(frozen=True)
class Ref(Cell):
    """The id of a row of another file (`target`, the name without .csv)."""

    target: str

    def parse(self, text: str) -> Any:
        return text or None


@dataclass(frozen=True)
class Refs(Ref):
    """Several ids, a set; `fields` names the many-to-many relation."""

    def parse(self, text: str) -> Any:
        return frozenset(part for part in text.split(LIST_SEPARATOR) if part)


class UnitName(Cell):
    """A name with its folded key for search."""

    def write(self, value: Any) -> dict[str, Any]:
        return {self.fields[0]: value, self.fields[1]: fold(clean(value))[:300]}


class PersonName(Cell):
    """A name with its folded key for search and its key for sorting."""

    def write(self, value: Any) -> dict[str, Any]:
        plain = clean(value)
        return {"full_name": value, "name_folded": fold(plain)[:200], "name_key": name_key(plain)[:1000]}


class IdentityNumber(Cell):
    """Twelve digits (or nine, the old card), stored encrypted and compared by keyed hash."""

    def parse(self, text: str) -> Any:
        if text and not _IDENTITY.fullmatch(text):
            raise BadCell(_("phải là 12 chữ số, giữ cả số 0 ở đầu; không rõ thì để trống."))
        return text

    def read(self, record: Mapping[str, Any]) -> Any:
        return sealing.decrypt(record["national_id_cipher"])

    def write(self, value: Any) -> dict[str, Any]:
        return {"national_id_cipher": sealing.encrypt(value), "national_id_hash": sealing.match_hash(value)}

    def same(self, value: Any, record: Mapping[str, Any]) -> bool:
        return bool(record["national_id_hash"] in sealing.match_hashes(value))


class Day(Cell):
    """A date; unknown is None."""

    unknown: date | None = None

    def parse(self, text: str) -> Any:
        return _day(text) if text else self.unknown

    def show(self, value: Any) -> str:
        return "" if value == self.unknown else str(value.isoformat())


class SpanStart(Day):
    """The first day of a validity; empty is since ever."""

    unknown = EVER


class SpanEnd(Day):
    """The last day of a validity; empty is still valid."""

    unknown = ALWAYS


class Birth(Cell):
    """A date or a year alone."""

    def parse(self, text: str) -> Any:
        if not text or (_YEAR.fullmatch(text) and text != "0000"):
            return text
        _day(text)
        return text


class Moment(Cell):
    """A time with offset, kept as a moment and shown in Vietnamese time."""

    def parse(self, text: str) -> Any:
        return _moment(text) if text else None

    def show(self, value: Any) -> str:
        return "" if value is None else str(value.astimezone(_LOCAL).isoformat())


@dataclass(frozen=True)
class Whole(Cell):
    """A whole number that counts something; unknown is None."""

    least: int = 0
    most: int = LARGEST_WHOLE

    def parse(self, text: str) -> Any:
        if not text:
            return None
        if not _WHOLE.fullmatch(text) or not self.least <= int(text) <= self.most:
            raise BadCell(
                _("«%(text)s» phải là số nguyên từ %(least)d đến %(most)d; không rõ thì để trống.")
                % {"text": text, "least": self.least, "most": self.most}
            )
        return int(text)

    def show(self, value: Any) -> str:
        return "" if value is None else str(value)


@dataclass(frozen=True)
class Number(Cell):
    """A number with a decimal point; shown in the shortest form that reads back the same."""

    least: float | None = None
    most: float | None = None

    def parse(self, text: str) -> Any:
        if not text:
            return None
        value = float(text) + 0.0 if _NUMBER.fullmatch(text) else None  # + 0.0: there is no -0
        if value is None:
            raise BadCell(_("«%(text)s» không phải số; viết với dấu chấm, như 7.5.") % {"text": text})
        if (self.least is not None and value < self.least) or (self.most is not None and value > self.most):
            raise BadCell(
                _("«%(text)s» phải từ %(least)g đến %(most)g.")
                % {"text": text, "least": self.least, "most": self.most}
            )
        return value

    def show(self, value: Any) -> str:
        if value is None:
            return ""
        return f"{Decimal(repr(value)):f}".removesuffix(".0")


class Truth(Cell):
    """true, false, or unknown."""

    def parse(self, text: str) -> Any:
        if text not in _TRUTH:
            raise BadCell(_("«%(text)s» phải là true, false hoặc để trống.") % {"text": text})
        return _TRUTH[text]

    def show(self, value: Any) -> str:
        return "" if value is None else "true" if value else "false"


_TRUTH = {"": None, "true": True, "false": False}


@dataclass(frozen=True)
class Choice(Cell):
    """One of a fixed list of words; unknown is the empty text."""

    choices: type[TextChoices]

    def parse(self, text: str) -> Any:
        if text and text not in _words(self.choices):
            raise BadCell(_not_among(text, self.choices))
        return text


@dataclass(frozen=True)
class Flags(Cell):
    """A set of words of a fixed list, each a true/false field: `prefix` + word."""

    choices: type[TextChoices]
    prefix: str = ""

    def parse(self, text: str) -> Any:
        words = frozenset(part for part in text.split(LIST_SEPARATOR) if part)
        for word in sorted(words):
            if word not in _words(self.choices):
                raise BadCell(_not_among(word, self.choices))
        return words

    def show(self, value: Any) -> str:
        return LIST_SEPARATOR.join(sorted(value))

    def read(self, record: Mapping[str, Any]) -> Any:
        return frozenset(word for word in self.choices.values if record[self.prefix + word])

    def write(self, value: Any) -> dict[str, Any]:
        return {self.prefix + word: word in value for word in self.choices.values}


@lru_cache(maxsize=4_096)
def _moment(text: str) -> datetime:
    """Kept for a while, since the rows of one session were often recorded at one time."""
    match = _MOMENT.fullmatch(text)
    try:
        moment = datetime.fromisoformat(text) if match else None
        if match and moment and match[3]:
            moment.astimezone(_LOCAL)  # so that it can be shown again
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadCell(
            _("«%(text)s» không có thật; viết như 2024-03-15T08:00:00+07:00.") % {"text": text}
        ) from None
    if match:
        raise BadCell(
            _("«%(text)s» thiếu múi giờ; viết thêm +07:00, như 2024-03-15T08:00:00+07:00.") % {"text": text}
        )
    raise BadCell(_("«%(text)s» không phải thời điểm; viết như 2024-03-15T08:00:00+07:00.") % {"text": text})


def _day(text: str) -> date:
    if not _DATE.fullmatch(text):
        raise BadCell(_("«%(text)s» không phải ngày; viết năm-tháng-ngày, như 2024-03-15.") % {"text": text})
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadCell(
            _("«%(text)s» không có trong lịch; sửa thành ngày có thật hoặc để trống.") % {"text": text}
        ) from None


@lru_cache
def _words(choices: type[TextChoices]) -> frozenset[str]:
    return frozenset(choices.values)


def _not_among(text: str, choices: type[TextChoices]) -> str:
    return _("«%(text)s» không có trong danh mục; chỉ nhận: %(allowed)s.") % {
        "text": text,
        "allowed": ", ".join(choices.values),
    }
