"""Rows that go on from the row before them, as running totals: what a running ratio says of every period.

The row of each period holds all flows of the period before, so that its entries grow with the square of the periods.
The same, said of totals that go on from each other, has each flow once.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from comporta.plan.matrix import Ints, Matrix

LONG = 64  # rows with fewer entries than this are left as they are


def chained(whole: Matrix) -> Matrix:
    """The matrix with a total for each row of a chain: a column behind the others, a row behind the others.

    Σ weight[r, f] · x[f] ≤ limit[r]   becomes   total[r] ≤ limit[r], in its old place, and behind all rows
    total[r] = total[r − 1] + Σ (weight[r, f] − weight[r − 1, f]) · x[f].
    """
    if len(whole.value) == 0 or not (goes_on := _goes_on(whole)).any():
        return whole
    links = np.flatnonzero(goes_on | np.append(goes_on[1:], False))
    total = np.zeros(len(goes_on), np.int64)
    total[links] = whole.width + np.arange(len(links))
    added = len(goes_on) + np.arange(len(links))
    later = goes_on[links]
    before = links[later] - 1
    rows, index, value = _new(whole, goes_on, links)
    scale = _scale(whole)
    parts = [
        (rows, index, value),
        (links, total[links], np.ones(len(links))),
        (added, total[links], -np.ones(len(links))),
        (added[later], total[before], scale[before] / scale[links[later]]),
    ]
    row, index, value = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((index, row))
    none, free = np.zeros(len(links)), np.full(len(links), np.inf)
    counts = np.bincount(row, minlength=len(goes_on) + len(links))
    return replace(
        whole,
        starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
        index=index[order].astype(np.int32),
        value=value[order],
        row_lower=np.concatenate([whole.row_lower, none]),
        row_upper=np.concatenate([whole.row_upper, none]),
        col_lower=np.concatenate([whole.col_lower, -free]),
        col_upper=np.concatenate([whole.col_upper, free]),
    )


def _goes_on(whole: Matrix) -> NDArray[np.bool_]:
    """Whether each row holds all columns of the row before it."""
    counts = np.diff(whole.starts)
    long = np.append(False, (counts[1:] >= counts[:-1]) & (counts[:-1] >= LONG))
    row, _, same = _before(whole, long)
    held = np.bincount(row, same, minlength=len(counts))
    held_all: NDArray[np.bool_] = held == np.append(0, counts[:-1])
    return long & held_all


def _before(whole: Matrix, which: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """For each entry of some rows: its row, where the row before may hold the same column, and whether it does."""
    rows = np.repeat(np.arange(len(which)), np.diff(whole.starts))
    keys = rows * whole.width + whole.index
    asked = keys[which[rows]] - whole.width
    place = np.searchsorted(keys, asked)
    return rows[which[rows]], place, keys[place] == asked


def _new(
    whole: Matrix, goes_on: NDArray[np.bool_], links: NDArray[np.int64]
) -> tuple[NDArray[np.int64], Ints, NDArray[np.float64]]:
    """The entries of rows in no chain, and of rows in one what they have beyond the row before, in its added row."""
    rows, scale = np.repeat(np.arange(len(goes_on)), np.diff(whole.starts)), _scale(whole)
    row, place, same = _before(whole, goes_on)
    had = np.where(same, whole.value[place] * scale[row - 1], 0.0)
    weights = whole.value * scale[rows]
    weights[goes_on[rows]] = (weights[goes_on[rows]] - had).round(6)
    added = np.arange(len(goes_on))
    added[links] = len(goes_on) + np.arange(len(links))
    kept = weights != 0
    return added[rows[kept]], whole.index[kept], weights[kept] / scale[rows[kept]]


def _scale(whole: Matrix) -> NDArray[np.float64]:
    """What each row was divided by."""
    return whole.names.sort("number")["scale"].to_numpy()
