"""What moved behind a figure between two moments: who came in, who fell out, in what words; plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nhanlucso.indicators.behind import WHY, Row
from nhanlucso.indicators.engine.passport import COUNTED, HEADS
from nhanlucso.kernel.language import mark as _
from nhanlucso.kernel.numbers import vi_date
from nhanlucso.papers.paper import Annex, Block, Column, Paragraph, Table

# Why somebody or something counts now and did not, or the other way round.
MERGED, MERGED_HERE, RECORD_GONE, RECORD_NEW = "merged", "merged_here", "record_gone", "record_new"
ATTENDED, NOT_ATTENDED, RESULT, NO_RESULT = "attended", "not_attended", "result", "no_result"
POST_NEW, POST_ENDED, POST_GONE, POST_CHANGED = "post_new", "post_ended", "post_gone", "post_changed"
MARK_OR_POST = "mark_or_post"
JOINED, LEFT, ITEM_NEW, ITEM_GONE, ITEM_CHANGED = "joined", "left", "item_new", "item_gone", "item_changed"
DEFINITION, OTHER = "definition", "other"

WORDS: Mapping[str, str] = {
    MERGED: _("hồ sơ đã gộp vào hồ sơ khác"),
    MERGED_HERE: _("hồ sơ khác gộp vào"),
    RECORD_GONE: _("hồ sơ không còn"),
    RECORD_NEW: _("hồ sơ mới"),
    ATTENDED: _("điểm danh ghi thêm"),
    NOT_ATTENDED: _("điểm danh đã sửa hoặc xóa"),
    RESULT: _("kết quả học tập ghi thêm"),
    NO_RESULT: _("kết quả học tập đã sửa hoặc xóa"),
    POST_NEW: _("vị trí công tác ghi thêm"),
    POST_ENDED: _("vị trí công tác đã kết thúc"),
    POST_GONE: _("vị trí công tác đã xóa"),
    POST_CHANGED: _("vị trí công tác hoặc đơn vị đã thay đổi"),
    MARK_OR_POST: _("điểm danh đã sửa, hoặc đơn vị của người đó lúc học đã thay đổi"),
    JOINED: _("vào tổ"),
    LEFT: _("không còn trong tổ"),
    ITEM_NEW: _("ghi thêm"),
    ITEM_GONE: _("không còn ghi"),
    ITEM_CHANGED: _("đã sửa"),
    DEFINITION: _("định nghĩa chỉ số thay đổi"),
    OTHER: _("hồ sơ đã sửa"),
}

KINDS: Mapping[str, str] = {
    "pairs": "class",
    "trained": "class",
    "rounds": "class",
    "classes": "class",
    "conferences": "class",
    "learners": "course",
    "completions": "course",
    "teams": "team",
    "members": "team",
    "assists": "team",
    "villages": "village",
    "outreach": "outreach",
}
"""What the rows of a relation hang on."""

_BY_ITEM = frozenset({"pairs", "completions"})
Identity = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """One thing behind a figure that stands elsewhere than before: `before` and `after` are groups of the passport,
    "" for none; `amounts`: how much it counted then and now."""

    person: int | None
    item: int | None
    day: date | None
    before: str
    after: str
    amounts: tuple[int, int]

    @property
    def came(self) -> bool:
        """Whether it counts now and did not, or counts more."""
        return self._weight(1) > self._weight(0)

    def _weight(self, side: int) -> int:
        group = (self.before, self.after)[side]
        return self.amounts[side] if group in (COUNTED, HEADS) else 0


def moves(relation: str, then: Sequence[Row], now: Sequence[Row]) -> tuple[Move, ...]:
    """What stands elsewhere, or counts otherwise, than before; persons first, in the order of their keys."""
    old, new = _standing(relation, then), _standing(relation, now)
    found = []
    for identity in [*new, *(one for one in old if one not in new)]:
        before, after = old.get(identity), new.get(identity)
        if before is not None and after is not None and before[:2] == after[:2]:
            continue
        row = after or before
        assert row is not None
        found.append(
            Move(
                row[2],
                row[3],
                row[4],
                before[0] if before else "",
                after[0] if after else "",
                (before[1] if before else 0, after[1] if after else 0),
            )
        )
    return tuple(sorted(found, key=lambda move: (move.person is None, move.person or 0, move.item or 0)))


_Stand = tuple[str, int, int | None, int | None, date | None]


def _standing(relation: str, rows: Iterable[Row]) -> dict[Identity, _Stand]:
    """Group, amount, person, item and day of everything that a figure counts as one."""
    found: dict[Identity, _Stand] = {}
    for group, person, item, day, amount, _source in rows:
        if group == WHY:
            continue
        identity = _identity(relation, group, person, item, day)
        held = found.get(identity)
        found[identity] = (group, amount + (held[1] if held else 0), person, item, day)
    return found


def _identity(relation: str, group: str, person: int | None, item: int | None, day: date | None) -> Identity:
    if group == HEADS:
        return HEADS, item, day
    if person is not None:
        if relation == "days":
            return person, day
        return (person, item) if relation in _BY_ITEM else (person,)
    return ("item", item, day) if relation in ("assists", "outreach") else ("item", item)


def by_person(rows: Sequence[Row]) -> Mapping[int, list[Row]]:
    """What brought each person in, and their posts."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        if row[0] == WHY and row[1] is not None:
            found.setdefault(row[1], []).append(row)
    return found


def reasons_of(entries: Iterable[Mapping[str, Any]]) -> list[tuple[str, int]]:
    """How often each reason stands behind the moves of a note, the most frequent first."""
    return Counter(why["code"] for entry in entries for why in entry["why"][:1]).most_common()


def annex(note: Mapping[str, Any], names: Mapping[str, str]) -> Annex:
    """The note of differences as it is printed: figures, how many came in and fell out, and why; nobody's name."""
    columns = (
        Column("STT", "center", 11),
        Column("Chỉ số", "left", 50),
        Column(f"Bản lần {note['of']}", "right", 20),
        Column("Bản này", "right", 20),
        Column("Vào", "right", 12),
        Column("Ra", "right", 12),
        Column("Vì sao", "left", 40),
    )
    rows = tuple(
        (
            place,
            _named(entry, names),
            entry["said"][0],
            entry["said"][1],
            entry["came"] if entry["known"] else None,
            entry["left"] if entry["known"] else None,
            "; ".join(_why(entry)),
        )
        for place, entry in enumerate(note["figures"], 1)
    )
    blocks: list[Block] = [
        Paragraph(note["reason"].replace("\n", "; "), "Lý do đính chính:"),
        Table("Số liệu khác bản đã duyệt", columns, rows),
    ]
    if not rows:
        blocks = [blocks[0], Paragraph("Không có số liệu nào khác bản đã duyệt.")]
    return Annex(f"Đính chính so với bản lần {note['of']}", tuple(blocks))


def _code(entry: Mapping[str, Any]) -> str:
    return str((entry["after"] or entry["before"])["indicator"])


def _named(entry: Mapping[str, Any], names: Mapping[str, str]) -> str:
    span = "–".join(vi_date(date.fromisoformat(day)) for day in entry["window"])
    return f"{names.get(_code(entry), _code(entry))} ({span})"


def _why(entry: Mapping[str, Any]) -> list[str]:
    if not entry["known"]:
        return ["bản trước không giữ danh sách người được tính"]
    told = [f"{WORDS[code]}: {count}" for code, count in reasons_of(entry["moves"])]
    return told if not entry["redefined"] else [WORDS[DEFINITION], *told]


def sentence(note: Mapping[str, Any], approved: date) -> str:
    """What the paper says of itself before it ends."""
    return (
        f"Báo cáo này thay bản lần {note['of']} đã duyệt ngày {vi_date(approved)}; số liệu khác và lý do nêu tại Phụ "
        "lục đính chính."
    )
