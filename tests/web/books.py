"""What stands in a workbook that a page gave out."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import load_workbook


def lines(content: bytes) -> list[list[Any]]:
    """The cells of the first sheet."""
    return [list(row) for row in load_workbook(BytesIO(content)).active.iter_rows(values_only=True)]


def text(content: bytes) -> str:
    """All cells of the first sheet as one text."""
    return "\n".join(" | ".join("" if cell is None else str(cell) for cell in row) for row in lines(content))
