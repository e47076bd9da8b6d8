"""Columns that the solver is not given before they are of use to it.

Of a hundred thousand deliveries that could be made, a plan makes some thousands. A solver that knows all of them looks
at all of them before each step it takes. So it is given few, and of the others those that would improve its answer,
until none would: then that answer is the best of all. (Sifting, or column generation: Bixby and others, 1992.)
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from comporta.plan.matrix import Floats, Ints, Matrix, runs

FIRST = 0.05  # of the columns that may be held back, this part is given from the start
PART = 120  # of them, no more than one in so many are given at a time
LEAST = 500  # or so many, where that is more


class Given(NamedTuple):
    """Columns of a matrix, column by column: entry k of the c-th is in starts[c] ≤ k < starts[c + 1]."""

    columns: Ints
    starts: Ints
    rows: Ints
    values: Floats


class Reserve:
    """Columns held back, each at nothing; those of them that may still be given."""

    def __init__(self, matrix: Matrix, spare: Ints) -> None:
        held = np.zeros(matrix.width, bool)
        held[spare] = True
        held[np.random.default_rng(0).permutation(spare)[: int(FIRST * len(spare))]] = False
        self.first = ~held
        self.columns = np.flatnonzero(held).astype(np.int32)
        self.waiting: NDArray[np.bool_] = np.ones(len(self.columns), bool)
        self._most = max(LEAST, len(spare) // PART)
        self._starts, self._rows, self._values = _by_column(matrix, held)
        self._owner = np.repeat(np.arange(len(self.columns)), np.diff(self._starts))

    def reduced(self, cost: Floats, duals: Floats) -> Floats:
        """What one unit of each column would add to the objective; nothing for those that wait no more.

        cost[f] − Σ dual[r] · value[r, f]
        """
        used = np.bincount(self._owner, self._values * duals[self._rows], minlength=len(self.columns))
        return np.where(self.waiting, cost[self.columns] - used, 0.0)

    def helpful(self, cost: Floats, duals: Floats, zero: float) -> Ints:
        """The places of those that would improve an answer, or of the best of them where they are many."""
        reduced = self.reduced(cost, duals)
        places = np.flatnonzero(reduced < -zero)
        if len(places) > self._most:
            places = places[np.argpartition(reduced[places], self._most)[: self._most]]
        return np.sort(places).astype(np.int32)

    def give(self, places: Ints) -> Given:
        """Hands some of them over; they wait no more."""
        self.waiting[places] = False
        counts = np.diff(self._starts)[places]
        starts = np.concatenate([[0], np.cumsum(counts)])
        entries = runs(self._starts[places].astype(np.int64), counts.astype(np.int64))
        return Given(self.columns[places], starts.astype(np.int32), self._rows[entries], self._values[entries])

    def drop(self, places: Ints) -> None:
        """Keeps some of them at nothing for good."""
        self.waiting[places] = False


def _by_column(matrix: Matrix, which: NDArray[np.bool_]) -> tuple[Ints, Ints, Floats]:
    """The entries of some of the columns, column by column."""
    kept = which[matrix.index]
    rows = np.repeat(np.arange(len(matrix.row_lower), dtype=np.int32), np.diff(matrix.starts))[kept]
    place = np.cumsum(which) - 1
    owners, values = place[matrix.index[kept]], matrix.value[kept]
    order = np.argsort(owners, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(owners, minlength=int(which.sum())))])
    return starts.astype(np.int32), rows[order], values[order]
