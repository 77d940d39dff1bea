"""The tables of facts in a capsule: their columns, as Parquet and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from io import BytesIO
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from nhanlucso.indicators.capsules import container
from nhanlucso.kernel.language import say as _

MOST_ROWS = 5_000_000  # of one table: five times a province of 60,000 staff
FOLDER = "facts/"


class Kind(Enum):
    """What a column holds. PERSON to RECORD: numbers given in the capsule; LABEL: a number instead of a free text."""

    PERSON = "person"
    UNIT = "unit"
    POST = "post"
    CLASS = "training_class"
    SESSION = "session"
    COURSE = "course"
    TEAM = "team"
    RECORD = "record"
    LABEL = "label"
    PSEUDONYM = "pseudonym"
    WORD = "word"
    COUNT = "count"
    DAY = "day"
    FLAG = "flag"


_TYPES = {
    Kind.PSEUDONYM: pa.string(),
    Kind.WORD: pa.string(),
    Kind.COUNT: pa.int64(),
    Kind.DAY: pa.date32(),
    Kind.FLAG: pa.bool_(),
}
_POST_FLAGS = ("staff", "leader", "civil", "dedicated", "concurrent", "lead", "one_stop", "records")
COLUMNS: Mapping[str, Mapping[str, Kind]] = {
    "persons": {"person": Kind.PERSON, "pseudonym": Kind.PSEUDONYM, "sex": Kind.WORD, "born": Kind.COUNT},
    "posts": {
        "post": Kind.POST, "person": Kind.PERSON, "unit": Kind.UNIT, "valid_from": Kind.DAY, "valid_to": Kind.DAY,
        "category": Kind.WORD, **dict.fromkeys(_POST_FLAGS, Kind.FLAG),
    },
    "classes": {
        "training_class": Kind.CLASS, "form": Kind.WORD, "mode": Kind.WORD, "host_unit": Kind.UNIT,
        "round": Kind.LABEL, "course": Kind.COURSE, "basic": Kind.FLAG, "ict": Kind.FLAG,
    },
    "sessions": {"session": Kind.SESSION, "training_class": Kind.CLASS, "day": Kind.DAY},
    "attendance": {"session": Kind.SESSION, "person": Kind.PERSON},
    "heads": {
        "head": Kind.RECORD, "training_class": Kind.CLASS, "unit": Kind.UNIT, "audience": Kind.LABEL,
        "people": Kind.COUNT, "qualifier": Kind.WORD, "day": Kind.DAY,
    },
    "results": {
        "result": Kind.RECORD, "person": Kind.PERSON, "course": Kind.COURSE, "enrolled": Kind.DAY,
        "completed": Kind.DAY, "passed": Kind.FLAG, "self_paced": Kind.FLAG, "basic": Kind.FLAG, "ict": Kind.FLAG,
    },
    "topics": {"course": Kind.COURSE, "topic": Kind.WORD},
    "teams": {"team": Kind.TEAM, "unit": Kind.UNIT, "valid_from": Kind.DAY, "valid_to": Kind.DAY},
    "members": {"team": Kind.TEAM, "person": Kind.PERSON, "valid_from": Kind.DAY, "valid_to": Kind.DAY},
    "assists": {
        "assist": Kind.RECORD, "team": Kind.TEAM, "day": Kind.DAY, "people": Kind.COUNT, "outcome": Kind.WORD,
    },
    "outreach": {"item": Kind.RECORD, "unit": Kind.UNIT, "day": Kind.DAY, "items": Kind.COUNT},
}  # fmt: skip
_MAY_BE_ABSENT = {"sex", "born"}  # in a capsule whose indicators do not ask for them

Rows = Sequence[tuple[Any, ...]]


def member(table: str) -> str:
    """Name of the member that holds a table."""
    return f"{FOLDER}{table}.parquet"


def table_of(name: str, columns: Sequence[str], rows: Rows) -> pa.Table:
    """Rows as columns of the types that the format asks for."""
    data = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    return pa.table(
        {column: pa.array(values, _type(name, column)) for column, values in zip(columns, data, strict=True)}
    )


def to_parquet(table: pa.Table) -> bytes:
    """The same bytes for the same table, with one version of the library."""
    out = BytesIO()
    pq.write_table(
        table,
        out,
        version="2.6",
        compression="zstd",
        compression_level=9,
        use_dictionary=False,
        column_encoding={
            field.name: _encoding(field.type) for field in table.schema if not pa.types.is_boolean(field.type)
        },
        write_statistics=False,
        store_schema=False,
        row_group_size=MOST_ROWS,
    )
    return out.getvalue()


def from_parquet(name: str, body: bytes) -> pa.Table:
    """A table again. Raises Refused("capsule_damaged") where columns, types or size are not as the format says."""
    where = member(name)
    try:
        file = pq.ParquetFile(pa.BufferReader(body))
        if file.metadata.num_rows > MOST_ROWS or file.metadata.num_row_groups > 1:
            raise container.damaged_member(where, _("quá nhiều dòng."))
        found = {field.name: field.type for field in file.schema_arrow}
        wanted = {column: _type(name, column) for column in COLUMNS[name]}
        missing = set(wanted) - set(found) - _MAY_BE_ABSENT
        if len(file.schema_arrow) != len(found) or missing or not found.items() <= wanted.items():
            raise container.damaged_member(where, _("các cột không đúng định dạng."))
        return file.read()
    except (pa.ArrowException, OSError, ValueError, KeyError) as problem:
        raise container.damaged_member(where, _("không đọc được.")) from problem


def _type(table: str, column: str) -> pa.DataType:
    return _TYPES.get(COLUMNS[table][column], pa.int32())


def _encoding(kind: pa.DataType) -> str:
    return "DELTA_BYTE_ARRAY" if pa.types.is_string(kind) else "DELTA_BINARY_PACKED"
