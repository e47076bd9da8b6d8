"""The fewest causes that would fill an order if they fell away together: for orders that no cause alone holds back."""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from comporta.gates.words import listed
from comporta.plan.changes import FILLED
from comporta.plan.matrix import Floats

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "order": pl.String,
    "causes": pl.List(pl.String),
    "sentence": pl.String,
}


def together(causes: Sequence[str], lacks: Floats, places: Mapping[str, int]) -> pl.DataFrame:
    """For each order the smallest set of causes without which it is filled; of several as small, always the same one.

    Shapes: `lacks`, one row per set of causes in force, in order of its bits, and `places`, the column of each order.
    Comes back: order, causes, sentence; no row for an order that is not filled even without all of them.
    """
    rows = []
    for order, place in places.items():
        filled = np.flatnonzero(lacks[:, place] <= FILLED)
        if len(filled) == 0:
            continue
        kept = int(filled[np.argmax(np.bitwise_count(filled))])
        fallen = [cause for number, cause in enumerate(causes) if not kept >> number & 1]
        at_once = " together" if len(fallen) > 1 else ""
        rows.append((order, fallen, f"The order would be filled if {listed(fallen, 'and')} fell away{at_once}."))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")
