"""XLSX of a plain list: a title, notes, one table. For lists that people sort, filter and send on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

import xlsxwriter

from nhanlucso.kernel.text import clean

Value = str | int | float | date | None

_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CELL_LIMIT = 32_767  # characters, by the file format
_WIDEST, _NARROWEST = 60, 6
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
