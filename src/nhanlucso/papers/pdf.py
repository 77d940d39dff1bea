"""PDF: typeset by typst from `paper.typ`; tagged, archival where its letters allow, fonts embedded."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import typst

from nhanlucso.papers import seal, wording
from nhanlucso.papers.fonts import ready_fonts
from nhanlucso.papers.paper import Band, Block, Bullets, Cell, Column, Heading, Paper, Paragraph, Table

_TEMPLATE = Path(__file__).with_name("paper.typ")
_ARCHIVAL = ["a-2a", "ua-1"]
_WIDTH = 165.0  # mm of text on A4 upright between the margins
_WIDTH_LANDSCAPE = 252.0
_LONG_WORD = re.compile(r"\S{30,}")
_LONG_CELL = 600  # characters; a longer cell may break over pages, lest it fall off the page
_LONG_HEAD = 300  # characters; a head with a longer cell would fill the pages that it repeats on
_MM_PER_LETTER = 2.3  # a letter in a table
_CELL_MARGINS = 3.2  # mm


def render_pdf(paper: Paper) -> bytes:
    """The paper as a tagged PDF with Tinos embedded, as PDF/A-2a and PDF/UA-1.

    Where a text has a character that no embedded font draws (both standards forbid that), it is a
    tagged PDF without the two labels. Raises FontsMissing before set-up.
    """
    paper = wording.printable(paper)
    data = json.dumps(breakable(_data(paper)), ensure_ascii=False)
    try:
        return _compile(paper, data, _ARCHIVAL)
    except typst.TypstError:
        return _compile(paper, data, [])


def _compile(paper: Paper, data: str, standards: list[Any]) -> bytes:
    made_at = int(paper.made_at.timestamp())
    drawing = seal.drawn(paper.seal.text).decode() if paper.seal else ""
    inputs = {"paper": data, "seal": drawing}
    return typeset(_TEMPLATE, inputs, pdf_standards=standards, timestamp=made_at)


def typeset(template: Path, inputs: dict[str, str], **options: Any) -> bytes:
    """A template as PDF with our fonts and no others; `options` are typst's. Raises FontsMissing before set-up."""
    printed: bytes = typst.compile(
        template,
        root=template.parent,
        font_paths=embedded_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=inputs,
        **options,
    )
    return printed


def embedded_fonts() -> typst.Fonts:
    """The fonts of our papers and no others. Raises FontsMissing before set-up."""
    return _fonts(ready_fonts())


@cache
def _fonts(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])


def _data(paper: Paper) -> dict[str, Any]:
    """The paper as the template reads it: every word as it is to be printed."""
    return {
        "title": f"{paper.kind_title} {paper.subject}".replace("\n", " ").strip(),
        "author": paper.agency.replace("\n", " "),
        "nation": wording.NATION,
        "motto": wording.MOTTO,
        "agency_above": wording.agency_heading(paper.agency_above),
        "agency": wording.agency_heading(paper.agency),
        "number": wording.NUMBER,
        "symbol": wording.symbol(paper),
        "draft": wording.DRAFT if paper.draft else "",
        "place_and_day": wording.place_and_day(paper),
        "kind_title": paper.kind_title.upper(),
        "subject": paper.subject,
        "addressees_word": wording.ADDRESSEES,
        "addressees": paper.addressees if len(paper.addressees) < 2 else wording.listed(paper.addressees),
        "blocks": [_block(block, _WIDTH) for block in wording.body(paper)],
        "recipients_word": wording.RECIPIENTS,
        "recipients": wording.listed(paper.recipients),
        "signing": {
            "form": paper.signing.form.upper(),
            "position": paper.signing.position.upper(),
            "name": paper.signing.name,
        },
        "annexes": [_annex(paper, index) for index in range(len(paper.annexes))],
        "footer": paper.footer_note,
        "seal": paper.seal.words if paper.seal else "",
        "seal_side": seal.SIDE,
    }


def _annex(paper: Paper, index: int) -> dict[str, Any]:
    annex = paper.annexes[index]
    width = _WIDTH_LANDSCAPE if annex.landscape else _WIDTH
    return {
        "heading": wording.annex_heading(paper, index),
        "title": annex.title.upper(),
        "origin": wording.annex_origin(paper),
        "landscape": annex.landscape,
        "blocks": [_block(block, width) for block in wording.annex_body(paper, index)],
    }


def _block(block: Block, width: float) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": block.text}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "lead": block.lead, "text": block.text}
    if isinstance(block, Bullets):
        return {"kind": "bullets", "items": block.items}
    return _table(block, width)


def _table(table: Table, width: float) -> dict[str, Any]:
    widths = wording.column_widths(table.columns, width)
    rows = [
        _row("band", [row.text])
        if isinstance(row, Band)
        else _row("row", [_cell(*parts) for parts in zip(row, table.columns, widths, strict=True)])
        for row in table.rows
    ]
    if table.total_row is not None:
        total = zip(table.total_row, table.columns, widths, strict=True)
        rows.append(_row("total", [_cell(*parts) for parts in total]))
    head = wording.head_cells(table.columns)
    return {
        "kind": "table",
        "caption": table.caption,
        "widths": widths,
        "aligns": [column.align for column in table.columns],
        "head": [
            {
                "text": _fitting(c.text, widths[c.column]),
                "row": c.row,
                "column": c.column,
                "rows": c.rows,
                "columns": c.columns,
            }
            for c in head
        ],
        "head_repeats": max(len(c.text) for c in head) <= _LONG_HEAD,
        "rows": rows,
        "note": table.note,
    }


def _row(kind: str, cells: list[str]) -> dict[str, Any]:
    return {"kind": kind, "cells": cells, "breakable": max(map(len, cells)) > _LONG_CELL}


def _cell(cell: Cell, column: Column, width: float) -> str:
    return _fitting(wording.cell_text(cell, column), width)


def _fitting(text: str, width: float) -> str:
    """Places to break in words that are longer than a column of `width` mm; numbers and dates stay whole."""
    letters = max(2, int((width - _CELL_MARGINS) / _MM_PER_LETTER))
    if len(text) <= letters:
        return text
    chunk = rf"(\S{{{max(1, letters // 2)}}})(?=\S)"
    long = rf"(?=\S*[^\W\d])\S{{{letters + 1},}}"
    return re.sub(long, lambda word: re.sub(chunk, "\\1\u200b", word.group()), text)


def breakable(value: Any) -> Any:
    """The same data; words longer than any in the language get places where they may break, so none leaves the page."""
    if isinstance(value, str):
        return _LONG_WORD.sub(lambda word: re.sub(r"(.{15})", "\\1\u200b", word.group()), value)
    if isinstance(value, dict):
        return {key: breakable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [breakable(item) for item in value]
    return value
