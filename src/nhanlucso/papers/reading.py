"""A paper as plain data for a page: the same words as in the files, without head and signature."""

from __future__ import annotations

from typing import Any

from nhanlucso.papers import wording
from nhanlucso.papers.paper import Band, Block, Bullets, Heading, Paper, Paragraph, Table

Plain = dict[str, Any]


def reading(paper: Paper) -> Plain:
    """{"title", "blocks", "annexes": [{"title", "blocks"}], "footer"}; a block is a JSON object with its `kind`:

    heading (level, text), paragraph (lead, text), bullets (items), table (caption, head: rows of {text, rows,
    columns}, width in columns, rows of {kind: row | band | total, cells of {text, number}}, note).
    """
    paper = wording.printable(paper)
    return {
        "title": f"{paper.kind_title} {paper.subject}".replace("\n", " "),
        "blocks": [_block(block) for block in wording.body(paper)],
        "annexes": [
            {"title": annex.title, "blocks": [_block(block) for block in wording.annex_body(paper, index)]}
            for index, annex in enumerate(paper.annexes)
        ],
        "footer": paper.footer_note,
    }


def _block(block: Block) -> Plain:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": block.text}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "lead": block.lead, "text": block.text}
    if isinstance(block, Bullets):
        return {"kind": "bullets", "items": list(block.items)}
    return _table(block)


def _table(table: Table) -> Plain:
    rows = [_row(table, row) for row in table.rows]
    if table.total_row is not None:
        rows.append(_row(table, table.total_row) | {"kind": "total"})
    cells = wording.head_cells(table.columns)
    return {
        "kind": "table",
        "caption": table.caption,
        "head": [
            [{"text": c.text, "rows": c.rows, "columns": c.columns} for c in cells if c.row == at]
            for at in range(wording.head_rows(table.columns))
        ],
        "width": len(table.columns),
        "rows": rows,
        "note": table.note,
    }


def _row(table: Table, row: Any) -> Plain:
    if isinstance(row, Band):
        return {"kind": "band", "cells": [{"text": row.text, "number": False}]}
    return {
        "kind": "row",
        "cells": [
            {"text": wording.cell_text(cell, column), "number": column.align == "right"}
            for cell, column in zip(row, table.columns, strict=True)
        ],
    }
