"""The tables of an extract: columns of a build without what no figure of the country asks for.

No attendance by session, no sex, no year of birth, no order of names; a person is a number, named by a pseudonym in
one table alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

import pyarrow as pa


class Kind(Enum):
    """What a column holds. Numbers of PERSON to RECORD mean something within one extract only."""

    PERSON = "person"
    POST = "post"
    UNIT = "unit"
    ANCHOR = "anchor"
    CLASS = "training_class"
    COURSE = "course"
    TEAM = "team"
    RECORD = "record"
    LABEL = "label"
    PSEUDONYM = "pseudonym"
    WORD = "word"
    COUNT = "count"
    DAY = "day"
    FLAG = "flag"


NUMBERED = (
    Kind.PERSON, Kind.POST, Kind.UNIT, Kind.ANCHOR, Kind.CLASS, Kind.COURSE, Kind.TEAM, Kind.RECORD,
)  # fmt: skip
POSTS_EACH = 1 << 16
"""The number of a post is that of its person times this, and the place among the posts of the person."""
NONE = -1
"""Stands for «no post» where a post is named."""

_TYPES = {
    Kind.LABEL: pa.string(),
    Kind.PSEUDONYM: pa.string(),
    Kind.WORD: pa.string(),
    Kind.DAY: pa.date32(),
    Kind.FLAG: pa.bool_(),
}
_POST_FLAGS = ("staff", "leader", "civil", "dedicated", "concurrent", "lead", "one_stop", "records")
COLUMNS: Mapping[str, Mapping[str, Kind]] = {
    "persons": {"person": Kind.PERSON, "pseudonym": Kind.PSEUDONYM},
    "posts": {
        "post": Kind.POST, "person": Kind.PERSON, "unit": Kind.UNIT, "anchor": Kind.ANCHOR, "valid_from": Kind.DAY,
        "valid_to": Kind.DAY, "category": Kind.WORD, **dict.fromkeys(_POST_FLAGS, Kind.FLAG),
    },
    "anchors": {"anchor": Kind.ANCHOR, "unit": Kind.UNIT, "since": Kind.DAY, "person": Kind.PERSON},
    "classes": {
        "training_class": Kind.CLASS, "form": Kind.WORD, "mode": Kind.WORD, "host_unit": Kind.UNIT,
        "anchor": Kind.ANCHOR, "round": Kind.LABEL, "first_day": Kind.DAY, "course": Kind.COURSE,
        "basic": Kind.FLAG, "ict": Kind.FLAG,
    },
    "class_days": {"training_class": Kind.CLASS, "day": Kind.DAY},
    "attended": {
        "person": Kind.PERSON, "training_class": Kind.CLASS, "day": Kind.DAY, "anchor": Kind.ANCHOR,
        "before": Kind.DAY,
    },
    "progress": {
        "person": Kind.PERSON, "training_class": Kind.CLASS, "attended": Kind.COUNT, "sessions": Kind.COUNT,
        "last_day": Kind.DAY, "basic": Kind.FLAG, "ict": Kind.FLAG,
    },
    "heads": {
        "head": Kind.RECORD, "training_class": Kind.CLASS, "unit": Kind.UNIT, "audience": Kind.LABEL,
        "people": Kind.COUNT, "qualifier": Kind.WORD, "day": Kind.DAY, "anchor": Kind.ANCHOR,
    },
    "results": {
        "person": Kind.PERSON, "course": Kind.COURSE, "enrolled": Kind.DAY, "completed": Kind.DAY,
        "passed": Kind.FLAG, "self_paced": Kind.FLAG, "basic": Kind.FLAG, "ict": Kind.FLAG,
        "enrolled_post": Kind.POST, "completed_post": Kind.POST,
    },
    "teams": {
        "team": Kind.TEAM, "unit": Kind.UNIT, "valid_from": Kind.DAY, "valid_to": Kind.DAY, "anchor": Kind.ANCHOR,
    },
    "members": {"team": Kind.TEAM, "person": Kind.PERSON, "valid_from": Kind.DAY, "valid_to": Kind.DAY},
    "assists": {
        "assist": Kind.RECORD, "team": Kind.TEAM, "day": Kind.DAY, "people": Kind.COUNT, "outcome": Kind.WORD,
    },
    "outreach": {"item": Kind.RECORD, "day": Kind.DAY, "items": Kind.COUNT, "anchor": Kind.ANCHOR},
}  # fmt: skip
FACTS = tuple(name for name in COLUMNS if name != "persons")
"""The tables that figures are computed from."""

TREE = "tree.json"


def member(table: str) -> str:
    """Where a table lies in an extract."""
    return f"facts/{table}.parquet"


MEMBERS = (TREE, *map(member, COLUMNS))


def schema(table: str) -> dict[str, pa.DataType]:
    return {column: _TYPES.get(kind, pa.int64()) for column, kind in COLUMNS[table].items()}
