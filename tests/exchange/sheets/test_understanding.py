"""The corpus read whole: every field of every row, both ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhanlucso.exchange.sheets.reading import read_sheet
from tests.exchange.sheets.corpus.files import write
from tests.exchange.sheets.corpus.lists import FAMILIES, corpus
from tests.exchange.sheets.corpus.pages import Made
from tests.exchange.sheets.corpus.score import Score, compare

ENOUGH = 0.995


def _score(made: Made, folder: Path) -> Score:
    path = write(made, folder)
    return compare(made, read_sheet(path), path.stem if made.suffix in (".csv", ".tsv") else "")


@pytest.mark.parametrize("family", FAMILIES)
def test_lists_of_every_shape_come_back(tmp_path: Path, family: str) -> None:
    total = Score()
    for made in corpus(family):
        total.add(_score(made, tmp_path))
    assert total.right > 100
    assert total.f1 >= ENOUGH, total.faults
    assert not total.faults, total.faults
