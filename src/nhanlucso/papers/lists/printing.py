"""A list as a PDF on A4."""

from __future__ import annotations

import json
from pathlib import Path

from nhanlucso.kernel.text import clean
from nhanlucso.papers.lists.paper import SIGNED_HOW, SIGNERS, ListPaper, printed
from nhanlucso.papers.pdf import breakable, typeset

_TEMPLATE = Path(__file__).with_name("list.typ")
_WIDE = 70  # letters that a line on upright paper holds


def print_list(paper: ListPaper) -> bytes:
    """The list as a PDF on A4, lying where its columns need the room; the head repeats on every page.

    Raises FontsMissing before set-up.
    """
    head = [clean(word) for word in paper.head]
    kept = [tuple(cells) for cells in paper.cells()]
    lines = [[printed(value) for value in cells] for cells in kept]
    widths = [min(40, max(4, *(len(line[at]) for line in [head, *lines]))) for at in range(len(head))]
    data = {
        "heading": paper.heading,
        "titles": paper.titles,
        "note": paper.note,
        "head": head,
        "rows": lines,
        "widths": widths,
        "wide": sum(widths) > _WIDE,
        "numeric": [
            bool(kept) and all(isinstance(row[at], int | float) for row in kept) for at in range(len(head))
        ],
        "total": paper.total,
        "signers": [(word, SIGNED_HOW) for word in SIGNERS] if paper.total else [],
        "language": "vi",
    }
    return typeset(_TEMPLATE, {"list": json.dumps(breakable(data), ensure_ascii=False)})
