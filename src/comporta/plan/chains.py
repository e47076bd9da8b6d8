"""Rows that go on from the row before them, as running totals: what a running ratio says of every period.

The row of each period holds all flows of the period before, so that its entries grow with the square of the periods.
The same, said of totals that go on from each other, has each flow once.
"""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comporta.plan.matrix import Floats, Ints, Matrix, with_entries

LONG = 64  # rows with fewer entries than this are left as they are


def chained(whole: Matrix) -> Matrix:
    """The matrix with a total for each row of a chain: a column behind the others, a row behind the others.

    Σ weight[r, f] · x[f] ≤ limit[r]   becomes   total[r] ≤ limit[r], in its old place, and behind all rows
    total[r] = total[r − 1] + Σ (weight[r, f] − weight[r − 1, f]) · x[f].
    """
    scale = whole.names.sort("number")["scale"].to_numpy()  # what each row was divided by
    fresh = {row: beyond for row in _longer(whole) if (beyond := _beyond(whole, row, scale)) is not None}
    if not fresh:
        return whole
    later = np.array(list(fresh), np.int64)
    links = np.union1d(later, later - 1)
    place = np.zeros(len(whole.row_lower), np.int64)
    place[links] = np.arange(len(links))
    entries = [*_others(whole, later, place), *_of_totals(whole, later, links, place, scale)]
    entries += [
        (np.full(len(index), len(place) + place[row], np.int64), index, value) for row, (index, value) in fresh.items()
    ]
    none, free = np.zeros(len(links)), np.full(len(links), np.inf)
    wider = replace(
        whole,
        row_lower=np.concatenate([whole.row_lower, none]),
        row_upper=np.concatenate([whole.row_upper, none]),
        col_lower=np.concatenate([whole.col_lower, -free]),
        col_upper=np.concatenate([whole.col_upper, free]),
    )
    row, index, value = (np.concatenate(column) for column in zip(*entries, strict=True))
    return with_entries(wider, row, index, value)


Entries = tuple[NDArray[np.int64], NDArray[np.integer[Any]], Floats]  # rows, columns, values


def _longer(whole: Matrix) -> list[int]:
    """The rows that may hold every column of the row before: long, not shorter, and not begun later or ended sooner."""
    counts, starts = np.diff(whole.starts), whole.starts
    rows = np.flatnonzero((counts[1:] >= counts[:-1]) & (counts[:-1] >= LONG)) + 1
    first, last = whole.index[starts[rows]], whole.index[starts[rows + 1] - 1]
    before, ended = whole.index[starts[rows - 1]], whole.index[starts[rows] - 1]
    found: list[int] = rows[(first <= before) & (last >= ended)].tolist()
    return found


def _beyond(whole: Matrix, row: int, scale: Floats) -> tuple[Ints, Floats] | None:
    """What a row has beyond the row before: columns and values; nothing if it does not hold all columns of that."""
    before, now = (slice(whole.starts[at], whole.starts[at + 1]) for at in (row - 1, row))
    place = np.searchsorted(whole.index[now], whole.index[before])
    place = np.minimum(place, now.stop - now.start - 1)
    if not (whole.index[now][place] == whole.index[before]).all():
        return None
    weights = whole.value[now] * scale[row]
    weights[place] = (weights[place] - whole.value[before] * scale[row - 1]).round(6)
    kept = weights != 0
    return whole.index[now][kept], weights[kept] / scale[row]


def _others(whole: Matrix, later: NDArray[np.int64], place: NDArray[np.int64]) -> list[Entries]:
    """The entries of rows in no chain, and of the first of each, in the row added for it."""
    rows = np.repeat(np.arange(len(place)), np.diff(whole.starts))
    target = np.arange(len(place))
    target[later - 1] = len(place) + place[later - 1]
    kept = np.ones(len(place), bool)
    kept[later] = False
    stay = kept[rows]
    return [(target[rows[stay]], whole.index[stay], whole.value[stay])]


def _of_totals(
    whole: Matrix, later: NDArray[np.int64], links: NDArray[np.int64], place: NDArray[np.int64], scale: Floats
) -> list[Entries]:
    """The totals themselves: in the old place of their row, in the row added for it, and in that of the next."""
    total, added = whole.width + place, len(place) + place
    goes_on = scale[later - 1] / scale[later]
    return [
        (links, total[links], np.ones(len(links))),
        (added[links], total[links], -np.ones(len(links))),
        (added[later], total[later - 1], goes_on),
    ]
