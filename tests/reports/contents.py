"""Contents of reports for tests, without a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from nhanlucso.indicators.catalogue import INDICATORS
from nhanlucso.indicators.rules import Count, Figure, judge
from nhanlucso.papers.paper import Block, Bullets, Heading, Paragraph, Table
from nhanlucso.reports.rules.content import Child, Content, Issued, TargetLine
from nhanlucso.reports.rules.naming import Body

WINDOW = (date(2023, 12, 15), date(2024, 9, 14))
DISTRICT = Body("Huyện Bảo Thắng", "district", "086")
PROVINCE = Body("Tỉnh Lào Cai", "province", "10")
AS_OF = "2024-09-20T02:00:00Z"


def figure(code: str, count: Count) -> Figure:
    return judge(INDICATORS[code], 1, WINDOW, WINDOW[1], count, AS_OF)


def share(code: str, hits: int, of: int, unallocated: int = 0) -> Figure:
    return figure(code, Count(value=of, hits=hits, unallocated=unallocated))


def figures(**counts: Count) -> dict[str, Figure]:
    """All figures; those not given are empty. A double underscore stands for the dot of a code."""
    given = {name.replace("__", "."): count for name, count in counts.items()}
    return {code: figure(code, given.get(code, Count())) for code in INDICATORS}


def child(name: str, kind: str, found: Mapping[str, Figure], code: str = "") -> Child:
    return Child(Body(name, kind, code), found, found)


def target(code: str, value: float | None, comparator: str = "", *, of: Figure | None = None) -> TargetLine:
    return TargetLine(code, value, comparator, Issued("84/KH-UBND", "Kế hoạch", "UBND tỉnh"), figure=of)


def content(found: Mapping[str, Figure] | None = None, **changes: Any) -> Content:
    """A report of huyện Bảo Thắng on nine months of 2024 with the given figures."""
    found = figures() if found is None else found
    plain = Content(
        kind="nine-month",
        label="9 tháng năm 2024",
        window=WINDOW,
        year_window=WINDOW,
        year=2024,
        calendar="decree",
        on=WINDOW[1],
        line=(DISTRICT, PROVINCE),
        figures=found,
        to_date=found,
        children=(),
        hidden_children=0,
        targets=(),
        programmes=(),
        plans=(),
        issued=(),
        board=None,
        hosted=(),
        audience="cán bộ, công chức",
        learners="cán bộ, công chức",
        channels={},
        fields={},
        as_of=datetime(2024, 9, 20, 2, tzinfo=UTC),
        build="20240920T020000-abc",
        catalogue_version=1,
    )
    return replace(plain, **changes)


def said(blocks: list[Block] | tuple[Block, ...]) -> str:
    """The words of blocks outside tables, a line for each."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            lines.append(block.text)
        elif isinstance(block, Bullets):
            lines.extend(block.items)
    return "\n".join(lines)


def tables_of(blocks: list[Block] | tuple[Block, ...]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]
