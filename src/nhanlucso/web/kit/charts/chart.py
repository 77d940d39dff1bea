"""A finished chart: the drawing and the table behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class TableRow:
    """One row: what it is about, and pairs of column word and value."""

    name: str
    cells: Sequence[tuple[str, str]]
    href: str | None = None


@dataclass(frozen=True)
class Table:
    """The numbers of a chart for reading, printing and the keyboard (template kit/_table.html)."""

    head: Sequence[str]
    rows: Sequence[TableRow]
    caption: str = ""


@dataclass(frozen=True)
class Chart:
    """Title (the finding in words), drawing and table; printed in a template it gives the drawing."""

    title: str
    svg: SafeString
    table: Table

    def __str__(self) -> str:
        return self.svg

    def __html__(self) -> SafeString:
        return self.svg


def finished(title: str, svg: str, head: Sequence[str], rows: Sequence[TableRow], caption: str) -> Chart:
    """A chart from a drawing in which everything has been escaped by `svg.element`."""
    return Chart(title, mark_safe(svg), Table(head, rows, caption))  # noqa: S308


def no_numbers() -> str:
    """What an empty chart says."""
    return _("Chưa có số liệu")
