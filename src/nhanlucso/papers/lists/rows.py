"""Rows of a list as markup of a sheet. Every text is a text cell: none is ever a formula.

A text that begins like a formula is marked as quoted, so that it stays text when somebody edits the cell; the mark is
of the look of the cell and no part of the text, so that nothing comes back that was not there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from html import escape
from itertools import islice

from xlsxwriter.utility import xl_col_to_name

from nhanlucso.kernel.text import clean
from nhanlucso.papers.lists.paper import ListPaper, Value, printed

CELL_LIMIT = 32_767  # characters, by the file format
_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets count their days wrongly
_ZERO_DAY = date(1899, 12, 30).toordinal()
_NO_CHARACTERS = str.maketrans("", "", "\ufffe\uffff")
_LIKE_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # would be read as the sign with that number
_NUMBER_HEADS = ("stt", "tt")
_CHUNK = 2_000  # rows written at once
_KEPT = 50_000  # texts whose markup is kept: most stand in many rows


def row_chunks(paper: ListPaper, first: int, styles: Sequence[bytes]) -> Iterator[bytes]:
    """The rows, some thousands at once. `first` is the 1-based row of the first of them; `styles` are the numbers of
    the looks: text, quoted text, day, number, serial number."""
    names = [xl_col_to_name(column) for column in range(len(paper.head))]
    serial = [clean(word).casefold() in _NUMBER_HEADS for word in paper.head]
    cells = _Cells(styles)
    numbered = enumerate(paper.cells(), first)
    while some := list(islice(numbered, _CHUNK)):
        lines = []
        for at, row in some:
            placed = zip(row, names, serial, strict=True)
            inside = "".join(
                [f'<c r="{name}{at}"{cells.after(value, centred)}' for value, name, centred in placed]
            )
            lines.append(f'<row r="{at}">{inside}</row>')
        yield "".join(lines).encode()


class _Cells:
    """Cells after their place, by value."""

    def __init__(self, styles: Sequence[bytes]) -> None:
        self._text, self._quoted, self._day, self._number, self._middle = (style.decode() for style in styles)
        self._written: dict[str, str] = {}

    def after(self, value: Value, centred: bool) -> str:
        """What follows the place of a cell with this value."""
        if isinstance(value, str):
            return self._written.get(value) or self._of_text(value)
        if value is None:
            return f' s="{self._text}"/>'
        if isinstance(value, date):
            if isinstance(value, datetime) or value < _FIRST_DAY:
                return self._of_text(printed(value))
            return f' s="{self._day}"><v>{value.toordinal() - _ZERO_DAY}</v></c>'
        if not math.isfinite(value):
            return f' s="{self._text}"/>'
        return f' s="{self._middle if centred else self._number}"><v>{value!r}</v></c>'

    def _of_text(self, value: str) -> str:
        words = clean(value).translate(_NO_CHARACTERS)[:CELL_LIMIT]
        style = self._quoted if words.startswith(_LIKE_FORMULA) else self._text
        inside = escape(_LIKE_ESCAPE.sub("_x005F_", words), quote=False)
        made = f' t="inlineStr"><is><t xml:space="preserve">{inside}</t></is></c>' if words else "/>"
        if len(self._written) > _KEPT:
            self._written.clear()
        self._written[value] = f' s="{style}"{made}'
        return self._written[value]
