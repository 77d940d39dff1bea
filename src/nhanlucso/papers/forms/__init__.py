"""Forms that come from elsewhere: where their blanks are, and filling them in without touching their layout."""

from __future__ import annotations

from collections.abc import Mapping

from nhanlucso.papers.forms.document import fill_document, read_document
from nhanlucso.papers.forms.layout import BLANK, DAY, NUMBER, OTHER, PERIOD, Block, Cell, Layout, Piece, Spot
from nhanlucso.papers.forms.package import parts_of
from nhanlucso.papers.forms.workbook import fill_workbook, read_workbook
from nhanlucso.papers.packing import packed

__all__ = [
    "BLANK", "DAY", "NUMBER", "OTHER", "PERIOD", "Block", "Cell", "Layout", "Piece", "Spot", "fill_form", "is_workbook",
    "read_form",
]  # fmt: skip


def is_workbook(parts: Mapping[str, bytes]) -> bool:
    """Whether the parts are those of an .xlsx; else they are taken for a .docx."""
    return "xl/workbook.xml" in parts


def read_form(body: bytes) -> Layout:
    """What a form holds and where its blanks are.

    Raises Refused("not_a_form", "form_too_large", "form_runs").
    """
    parts = parts_of(body)
    return read_workbook(parts) if is_workbook(parts) else read_document(parts)


def fill_form(body: bytes, texts: Mapping[str, str], numbers: Mapping[str, float]) -> bytes:
    """The form with values in its spots, by their names: the same bytes for the same values. A workbook gets `numbers`
    as numbers where a whole cell waits for one, a document gets the texts. Raises as `read_form`."""
    parts = parts_of(body)
    if not is_workbook(parts):
        return packed(fill_document(parts, texts))
    whole = {spot: number for spot, number in numbers.items() if "." not in spot}
    return packed(fill_workbook(parts, {**texts, **whole}))
