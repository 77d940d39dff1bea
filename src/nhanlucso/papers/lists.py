"""Plain lists: a title, notes, one table; as XLSX for whoever sorts and sends on, as PDF for paper."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import typst
import xlsxwriter

from nhanlucso.kernel.numbers import vi_date, vi_number
from nhanlucso.kernel.text import clean
from nhanlucso.papers.pdf import breakable, embedded_fonts

Value = str | int | float | date | None

_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CELL_LIMIT = 32_767  # characters, by the file format
_WIDEST, _NARROWEST = 60, 6
_TEMPLATE = Path(__file__).with_name("list.typ")
_WIDE = 70  # letters that a line on upright paper holds
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def render_list(
    title: str, notes: Sequence[str], head: Sequence[str], rows: Iterable[Sequence[Value]]
) -> bytes:
    """The list as a workbook. No text is ever a formula: one that begins like a formula is marked as quoted."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **_PLAIN})
    look = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", "text_wrap": True}
    text, quoted = book.add_format(look), book.add_format({**look, "quote_prefix": True})
    day = book.add_format({**look, "num_format": "dd/mm/yyyy", "align": "left"})
    strong = book.add_format({**look, "bold": True})
    sheet = book.add_worksheet()
    for row, words in enumerate((title, *notes)):
        sheet.write_string(
            row, 0, words[:_CELL_LIMIT], book.add_format({**look, "text_wrap": False, "bold": not row})
        )
    top = len(notes) + 2
    widths = [len(word) for word in head]
    for column, word in enumerate(head):
        sheet.write_string(top, column, word, strong)
    last = top
    for last, cells in enumerate(rows, top + 1):
        for column, value in enumerate(cells):
            if isinstance(value, date):
                sheet.write_datetime(last, column, value, day)
            elif isinstance(value, str):
                words = clean(value)[:_CELL_LIMIT]
                widths[column] = max(widths[column], len(words))
                form = quoted if words.startswith(_LIKE_FORMULA) else text
                sheet.write_string(last, column, words, form)
            elif value is not None:
                sheet.write_number(last, column, value, text)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(_WIDEST, max(_NARROWEST, width + 2)))
    sheet.freeze_panes(top + 1, 0)
    sheet.autofilter(top, 0, last, len(head) - 1)
    sheet.set_paper(9)
    sheet.repeat_rows(top)
    sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def print_list(
    title: str, notes: Sequence[str], head: Sequence[str], rows: Iterable[Sequence[Value]]
) -> bytes:
    """The list as a PDF on A4, lying where its columns need the room; the head repeats on every page.

    Raises FontsMissing before set-up.
    """
    kept = [tuple(cells) for cells in rows]
    lines = [[_printed(value) for value in cells] for cells in kept]
    widths = [min(40, max(4, *(len(line[at]) for line in [list(head), *lines]))) for at in range(len(head))]
    data = {
        "title": clean(title),
        "notes": [clean(note) for note in notes],
        "head": list(head),
        "rows": lines,
        "widths": widths,
        "wide": sum(widths) > _WIDE,
        "numeric": [
            bool(kept) and all(isinstance(row[at], int | float) for row in kept) for at in range(len(head))
        ],
        "language": "vi",
    }
    return typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        font_paths=embedded_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"list": json.dumps(breakable(data), ensure_ascii=False)},
    )


def _printed(value: Value) -> str:
    if isinstance(value, date):
        return vi_date(value)
    if isinstance(value, int | float):
        return vi_number(value)
    return clean(value or "")
