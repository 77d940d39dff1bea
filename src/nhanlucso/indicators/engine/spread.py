"""What a worker of a cluster does with its share of the people: the tally of one machine, over some of the keys.

Sent to the workers together with `tally`, `placing` and `tree`; imports nothing that a worker may lack.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

import numpy as np
import pyarrow as pa

from nhanlucso.indicators.engine.placing import Placing
from nhanlucso.indicators.engine.tally import once

COUNTED = ("value", "undecided", "hits", "undecided_hits")
Batches = Iterator[pa.RecordBatch]


class Sent(Protocol):
    """A placing that was sent to every worker once."""

    @property
    def value(self) -> Placing: ...


def tallying(placing: Sent) -> Callable[[Batches], Batches]:
    """From the rows (key, anchor, amount, hits) of some keys, all of each, to what they add to every unit: (position,
    and the columns of COUNTED), units without any left out."""

    def tallied(batches: Batches) -> Batches:
        held = list(batches)
        if not held:
            return
        rows = pa.Table.from_batches(held)
        key, anchor, amount, hits = (rows[name].to_numpy() for name in ("key", "anchor", "amount", "hits"))
        counted = [column for tally in once(placing.value, key, anchor, [amount, hits]) for column in tally]
        some = np.flatnonzero(np.any(np.stack(counted), axis=0))
        yield pa.RecordBatch.from_arrays(
            [pa.array(column, pa.int64()) for column in (some, *(column[some] for column in counted))],
            names=["position", *COUNTED],
        )

    return tallied
