"""Columns whose values say what their headings leave open: «DT» is a telephone or an ethnic group, a user name may be a
mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from nhanlucso.exchange.sheets.grids import Grid
from nhanlucso.exchange.sheets.meanings import Field, Meaning
from nhanlucso.exchange.sheets.paths import Column
from nhanlucso.exchange.sheets.values import as_text
from nhanlucso.kernel.text import fold

_SAMPLE = 50
_USER = re.compile(r"\b(tai khoan|ten dang nhap|nguoi dung|user ?name|user)\b")


def by_values(grid: Grid, body: int, columns: list[Column]) -> list[Column]:
    """The columns, those that are doubtful as their first values say; `body` is the first row below the headings."""
    mailed = any(column.meaning.field is Field.EMAIL for column in columns)
    found = []
    for column in columns:
        last = fold(column.path[-1]).strip(" .:") if column.path else ""
        if last in ("dt", "d t", "d.t") and _all(grid, body, column, lambda text: text.isalpha()):
            column = replace(column, meaning=Meaning(None, exact=True, sensitive="ethnicity"))
        elif not mailed and _USER.search(last) and _all(grid, body, column, lambda text: "@" in text):
            column = replace(column, meaning=Meaning(Field.EMAIL))
        found.append(column)
    return found


def _all(grid: Grid, body: int, column: Column, fits: Callable[[str], bool]) -> bool:
    """Whether the first values of a column are all so, and there are any."""
    rows = grid.rows[body : body + _SAMPLE]
    texts = [text for row in rows if column.index < len(row) and (text := as_text(row[column.index]))]
    return bool(texts) and all(fits(text.replace(" ", "")) for text in texts)
