"""Making the commented file: inside a workbook where that is safe, anew from the cells of everything else."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from nhanlucso.exchange.sheets.commenting.anew import write_anew
from nhanlucso.exchange.sheets.commenting.inside import is_plain_workbook, write_inside
from nhanlucso.exchange.sheets.commenting.notes import placed
from nhanlucso.exchange.sheets.opening import open_grids
from nhanlucso.exchange.sheets.packages import Damaged, truncated
from nhanlucso.exchange.sheets.problems import Problem


def commented(path: Path, name: str, problems: Sequence[Problem]) -> Path:
    """A workbook (.xlsx) with a comment and a light fill in each faulty cell of the file at `path`, which came as
    `name`, and a last sheet that lists all problems. A new temporary file: whoever asks for it removes it.

    An .xlsx keeps all else as it was. One with parts that run or fetch on opening (macros, links to other files,
    embedded objects), and every other format, becomes a workbook of the same cells: looks, pictures, formulas and
    macros are lost, and the list of problems says so. Nothing in the file is run.

    Raises Refused as `open_grids` does.
    """
    grids = list(open_grids(path))
    notes = placed(grids, problems)
    handle, made = tempfile.mkstemp(prefix="ghi-chu-", suffix=".xlsx")
    out = Path(made)
    with open(handle, "wb") as file:
        try:
            if is_plain_workbook(path):
                write_inside(path, file, notes)
            else:
                write_anew(grids, file, notes, name)
        except Damaged as problem:
            out.unlink()
            raise truncated() from problem
        except BaseException:
            out.unlink()
            raise
    return out
