"""The most that each order could get if there were no other: what its own days, grants and caps let through.

A rising level stops at the limits that orders share, of which there are few, and at those of a single order, of which
there are as many as orders. Known beforehand, the latter need no solve each.
"""

from dataclasses import replace
from typing import TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from comporta.plan.goals import Aims
from comporta.plan.matrix import Ints, Matrix, rows_of
from comporta.plan.program import SHARP, Program

SomeAims = TypeVar("SomeAims", bound=Aims)


def with_most(aims: SomeAims, arrays: Matrix, *, deadline: float | None = None) -> SomeAims:
    """The aims, each order with the most it could get by the rows that speak of it and of no other.

    Refuses: `OutOfTime`.
    """
    totals = aims.totals["total"].to_numpy()
    program = Program(rows_of(arrays, _alone(arrays, _owners(aims, arrays.width))), deadline=deadline)
    program.minimize(-program.chosen(totals))
    most = np.minimum(program.amounts[totals], arrays.col_upper[totals])
    return replace(aims, totals=aims.totals.with_columns(most=pl.Series(most, dtype=pl.Float64)))


def binding(arrays: Matrix, aims: Aims) -> Matrix:
    """The matrix without rows of one order that never bind, as it could not get so much if it were alone.

    max(weight[f]) · most ≤ limit   over the flows f of a row; each total is held to the most of its order.
    """
    owners = _owners(aims, arrays.width)
    alone = np.flatnonzero(_alone(arrays, owners) & np.isinf(arrays.row_lower))
    if len(alone) == 0:
        return arrays
    largest = np.maximum.reduceat(np.append(arrays.value, 0.0), arrays.starts[:-1])[alone]
    most = aims.totals["most"].to_numpy()
    kept = np.ones(len(arrays.row_lower), bool)
    kept[alone] = (
        largest.clip(0.0) * most[owners[arrays.index[arrays.starts[alone]]]] > arrays.row_upper[alone] + SHARP[0]
    )
    upper = arrays.col_upper.copy()
    upper[aims.totals["total"].to_numpy()] = most
    return replace(rows_of(arrays, kept), col_upper=upper)


def _owners(aims: Aims, width: int) -> Ints:
    """For each column the place of the order that it speaks of; −1 for those that speak of none."""
    place = aims.totals.select("order", owner=pl.row_index().cast(pl.Int32))
    of_flows = aims.columns.select("order").join(place, on="order", how="left", maintain_order="left")["owner"]
    others = np.full(width - aims.columns.height - aims.totals.height, -1)
    return np.concatenate([of_flows.fill_null(-1).to_numpy(), np.arange(aims.totals.height), others]).astype(np.int32)


def _alone(arrays: Matrix, owners: Ints) -> NDArray[np.bool_]:
    """Which rows speak of one order only."""
    some = np.flatnonzero(np.diff(arrays.starts))
    owned = owners[arrays.index]
    least, most = (part.reduceat(owned, arrays.starts[some]) for part in (np.minimum, np.maximum))
    alone = np.zeros(len(arrays.row_lower), bool)
    alone[some] = (least == most) & (least >= 0)
    return alone
