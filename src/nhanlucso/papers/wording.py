"""What every format says alike: fixed phrases, numbering, punctuation, the text of cells, table heads.

Source of the phrases and their order: decree 30/2020/NĐ-CP, annex I.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from math import isfinite
from typing import Any, TypeVar

from nhanlucso.kernel.numbers import vi_date, vi_number
from nhanlucso.papers.paper import (
    Amount,
    Annex,
    Block,
    Bullets,
    Cell,
    Column,
    Dated,
    Heading,
    Paper,
    Paragraph,
    Table,
)

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DRAFT = "DỰ THẢO"
RECIPIENTS = "Nơi nhận:"
ADDRESSEES = "Kính gửi:"
ANNEX = "Phụ lục"
NUMBER = "Số:"
UNKNOWN = "–"
BLANK = "…"
NUMBER_GAP = "\u00a0" * 8  # where the clerk writes the number

_ROMAN = (("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))
_LETTERS = "abcdđeghiklmnopqrstuvxy"  # the order in which points are lettered in Vietnamese papers
_PEOPLES_COMMITTEE = "ỦY BAN NHÂN DÂN "
_SPACES = re.compile(r"[^\S\n\u00a0]+")

T = TypeVar("T")


def printable(value: T) -> T:
    """The same description with texts that every format can hold: NFC, single spaces, no control,
    invisible, direction-changing, private or unassigned characters; line breaks stay."""
    if isinstance(value, str):
        return _printable_text(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(printable(item) for item in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        changed: dict[str, Any] = {f.name: printable(getattr(value, f.name)) for f in fields(value)}
        return replace(value, **changed)
    return value


def _printable_text(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    kept = "".join(c for c in text if c == "\n" or not unicodedata.category(c).startswith("C"))
    # Line and paragraph separators are spaces here: only "\n" breaks a line.
    return "\n".join(_SPACES.sub(" ", line).strip() for line in kept.split("\n")).strip("\n")


def agency_heading(name: str) -> str:
    """The agency in capitals; a people's committee breaks after its kind, as is the custom."""
    upper = name.upper()
    if upper.startswith(_PEOPLES_COMMITTEE) and "\n" not in upper:
        return f"{_PEOPLES_COMMITTEE.strip()}\n{upper.removeprefix(_PEOPLES_COMMITTEE)}"
    return upper


def symbol(paper: Paper) -> str:
    """The part after the blank number, with its stroke: /BC-UBND."""
    return "/" + paper.symbol.lstrip("/")


def day_line(dated: Dated) -> str:
    """ngày 05 tháng 01 năm 2024; days below 10 and months 1 and 2 with a zero, unknown parts open."""
    day = BLANK if dated.day is None else f"{dated.day:02d}"
    month = BLANK if dated.month is None else (f"{dated.month:02d}" if dated.month < 3 else str(dated.month))
    year = BLANK if dated.year is None else str(dated.year)
    return f"ngày {day} tháng {month} năm {year}"


def place_and_day(paper: Paper) -> str:
    return f"{paper.place}, {day_line(paper.dated)}"


def listed(items: Iterable[str]) -> tuple[str, ...]:
    """Items of an official list without their dash: each ends with a semicolon, the last with a full stop."""
    bare = [item.rstrip(" ;.") for item in items]
    return tuple(f"{item}{'.' if i == len(bare) - 1 else ';'}" for i, item in enumerate(bare))


def roman(number: int) -> str:
    text = ""
    for sign, value in _ROMAN:
        while number >= value:
            text += sign
            number -= value
    return text


def annex_heading(paper: Paper, index: int) -> str:
    """ "Phụ lục", or "Phụ lục II" where there are several; index from 0."""
    return ANNEX if len(paper.annexes) == 1 else f"{ANNEX} {roman(index + 1)}"


def annex_origin(paper: Paper) -> tuple[str, str]:
    """The line below an annex title, in two halves around the blank number."""
    kind = paper.kind_title.capitalize()
    rest = f"{symbol(paper)} {day_line(paper.dated)} của {' '.join(paper.agency.split())})"
    return f"(Kèm theo {kind} số", rest


def body(paper: Paper) -> tuple[Block, ...]:
    """The blocks with headings and captions numbered and the closing "./." set."""
    return _closed(_numbered(paper.blocks, 0))


def annex_body(paper: Paper, index: int) -> tuple[Block, ...]:
    """Blocks of an annex; tables go on counting where the paper stopped, headings start anew."""
    before = [paper.blocks, *(annex.blocks for annex in paper.annexes[:index])]
    tables = sum(isinstance(block, Table) for blocks in before for block in blocks)
    return _numbered(paper.annexes[index].blocks, tables)


def tables(paper: Paper) -> Iterator[tuple[Table, Annex | None]]:
    """All tables in order with numbered captions and the annex that holds each."""
    yield from ((block, None) for block in body(paper) if isinstance(block, Table))
    for index, annex in enumerate(paper.annexes):
        yield from ((block, annex) for block in annex_body(paper, index) if isinstance(block, Table))


def _numbered(blocks: tuple[Block, ...], tables_before: int) -> tuple[Block, ...]:
    counts = [0, 0, 0]
    table_number = tables_before
    numbered: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            text = block.text.upper() if block.level == 1 else block.text
            if block.numbered:
                counts[block.level - 1] += 1
                counts[block.level :] = [0] * (3 - block.level)
                text = f"{_number(block.level, counts[block.level - 1])} {text}"
            block = replace(block, text=text)
        elif isinstance(block, Table):
            table_number += 1
            caption = f"Bảng {table_number}. {block.caption}" if block.caption else f"Bảng {table_number}"
            block = replace(block, caption=caption)
        numbered.append(block)
    return tuple(numbered)


def _number(level: int, count: int) -> str:
    if level == 1:
        return f"{roman(count)}."
    if level == 2:
        return f"{count}."
    return f"{_LETTERS[count - 1]})" if count <= len(_LETTERS) else f"({count})"


def _closed(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    last = blocks[-1] if blocks else None
    if isinstance(last, Paragraph):
        return (*blocks[:-1], replace(last, text=_close(last.text)))
    if isinstance(last, Bullets) and last.items:
        return (*blocks[:-1], Bullets((*last.items[:-1], _close(last.items[-1]))))
    return (*blocks, Paragraph("./."))


def _close(text: str) -> str:
    return text if text.endswith("./.") else f"{text.rstrip(' .;')}./."


def cell_text(cell: Cell, column: Column) -> str:
    """A cell as it is read: numbers and dates in Vietnamese, a dash for the unknown (also 0 ÷ 0)."""
    if cell is None:
        return UNKNOWN
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return vi_date(cell)
    if not isfinite(cell.value if isinstance(cell, Amount) else cell):
        return UNKNOWN
    if isinstance(cell, Amount):
        decimals = column.decimals if cell.decimals is None else cell.decimals
        return " ".join(filter(None, (cell.before, vi_number(cell.value, decimals), cell.after)))
    return vi_number(cell, column.decimals)


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of a table head: where it begins (from 0) and how far it reaches."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


def head_rows(columns: tuple[Column, ...]) -> int:
    return 2 if any(column.group for column in columns) else 1


def head_cells(columns: tuple[Column, ...]) -> tuple[HeadCell, ...]:
    """The head of a table, row by row; groups span their columns, the others span both rows."""
    if head_rows(columns) == 1:
        return tuple(HeadCell(column.title, 0, i) for i, column in enumerate(columns))
    upper: list[HeadCell] = []
    lower: list[HeadCell] = []
    for i, column in enumerate(columns):
        if not column.group:
            upper.append(HeadCell(column.title, 0, i, rows=2))
            continue
        if i and columns[i - 1].group == column.group:
            upper[-1] = replace(upper[-1], columns=upper[-1].columns + 1)
        else:
            upper.append(HeadCell(column.group, 0, i))
        lower.append(HeadCell(column.title, 1, i))
    return (*upper, *lower)


def column_widths(columns: tuple[Column, ...], total: float) -> tuple[float, ...]:
    """Widths in millimetres that fill `total`: given widths kept, the rest shared, all shrunk if too wide."""
    least = 18.0  # what a column without a width must have
    fixed = sum(column.width or 0 for column in columns)
    free = sum(column.width is None for column in columns)
    share = max(least, (total - fixed) / free) if free else 0.0
    wanted = [share if column.width is None else column.width for column in columns]
    scale = total / sum(wanted)
    return tuple(width * scale for width in wanted)
