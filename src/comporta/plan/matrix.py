"""The union of all rows as arrays: what a solver is handed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from comporta.findings import Finding, halt_on
from comporta.gates.rows import Rows

NOTHING = 1e-9  # beside the largest weight of its row, the solver takes so small a one for nothing
MOST = 20  # so many rows are told of
Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Matrix:
    """Rows by columns, row by row: entry k of row r is in starts[r] ≤ k < starts[r + 1].

    Columns are the flows in order, then the total of each order.
    Each row is divided by its largest weight, so that units of one measure do not drown those of another; `names` says
    which row is which: number, cause, row, scale.
    """

    names: pl.DataFrame
    starts: Ints
    index: Ints
    value: Floats
    row_lower: Floats
    row_upper: Floats
    col_lower: Floats
    col_upper: Floats

    def loads(self, amounts: Floats) -> Floats:
        """Σ value · amount of each row, as it is scaled.   Shapes: `amounts`, one per column."""
        return self._sums(self.value * amounts[self.index])

    def least_loads(self) -> Floats:
        """The least that each row can hold, whatever its columns have within their bounds."""
        return self._sums(self.value * np.where(self.value > 0, self.col_lower[self.index], self.col_upper[self.index]))

    def most_loads(self) -> Floats:
        """The most that each row can hold, whatever its columns have within their bounds."""
        return self._sums(self.value * np.where(self.value > 0, self.col_upper[self.index], self.col_lower[self.index]))

    def _sums(self, of_entries: Floats) -> Floats:
        """The sum over the entries of each row."""
        sums = np.add.reduceat(np.append(of_entries, 0.0), self.starts[:-1])
        sums[np.diff(self.starts) == 0] = 0.0
        return sums

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.col_lower)


def matrix(columns: pl.DataFrame, rows: Sequence[Rows], totals: pl.DataFrame) -> Matrix:
    """Puts all rows together; the row of each order becomes the definition of its total.

    Shapes: `columns`, one row per flow in order of `flow`: flow, stage, delivered_units; `totals`, one row per order
    that some flow fills, in order of `total`, its column: total, order, units.
    Refuses: Findings, for rows whose weights are so far apart that the smaller ones would be lost.
    """
    limits = [_limits(part, totals) for part in rows]
    numbered = pl.concat(limits).with_row_index("number")
    row, index, weight = _entries(rows, limits, totals)
    starts = np.searchsorted(row, np.arange(numbered.height + 1)).astype(np.int32)
    scale = np.maximum.reduceat(np.append(np.abs(weight), 0.0), starts[:-1]) if numbered.height else np.ones(0)
    scale[np.diff(starts) == 0] = 1.0
    _tell_far_apart(numbered, row, weight, scale)
    limit = numbered["limit"].to_numpy() / scale
    lower, upper = _column_bounds(columns, totals)
    return Matrix(
        names=numbered.select("number", "cause", "row", scale=pl.Series(scale)),
        starts=starts,
        index=index,
        value=weight / scale[row],
        row_lower=np.where(numbered["equal"].to_numpy(), limit, -np.inf),
        row_upper=limit,
        col_lower=lower,
        col_upper=upper,
    )


def _limits(part: Rows, totals: pl.DataFrame) -> pl.DataFrame:
    """The limits of one set of rows under its cause, in order of their names; orders as: filled − total = 0."""
    limits = part.limits.select(
        "row", pl.col("limit").cast(pl.Float64), cause=pl.lit(part.cause), equal=pl.lit(part.sense == "=")
    )
    if part.cause == "orders":
        limits = limits.join(_defined(totals), on="row", how="semi")
        limits = limits.with_columns(limit=pl.lit(0.0), equal=pl.lit(value=True))
    return limits.sort("row")


def _entries(rows: Sequence[Rows], limits: Sequence[pl.DataFrame], totals: pl.DataFrame) -> tuple[Ints, Ints, Floats]:
    """Every weight that is not nothing, row by row in order of columns: its row, its column and itself."""
    parts, before = [], 0
    for part, limit in zip(rows, limits, strict=True):
        weights = part.weights.select("row", pl.col("flow").cast(pl.UInt32), pl.col("weight").cast(pl.Float64))
        if part.cause == "orders":
            weights = pl.concat([weights, _defined(totals)])
        parts.append(_in_order(weights.filter(pl.col("weight") != 0), limit["row"], before))
        before += limit.height
    row, index, weight = (np.concatenate(column) for column in zip(*parts, strict=True))
    return row, index, weight


def _in_order(weights: pl.DataFrame, names: pl.Series, before: int) -> tuple[Ints, Ints, Floats]:
    """The weights of one set of rows, which have their numbers from `before` on in order of their names.

    Weights that follow each other in one row are looked up once, and those in order already are not sorted.
    """
    runs = weights["row"].rle().struct.unnest()
    numbers = pl.DataFrame({"value": names}).with_columns(number=pl.row_index().cast(pl.Int32) + before)
    found = runs.join(numbers, on="value", how="left", maintain_order="left")
    row = found["number"].fill_null(-1).to_numpy().repeat(found["len"].to_numpy())
    index, weight = weights["flow"].to_numpy().astype(np.int32), weights["weight"].to_numpy()
    key = row.astype(np.int64) * (int(index.max(initial=0)) + 1) + index
    if not (key[1:] > key[:-1]).all():
        order = np.argsort(key)
        row, index, weight = row[order], index[order], weight[order]
    first = int(np.searchsorted(row, 0))  # those of rows without a limit come first
    return row[first:], index[first:], weight[first:]


def _defined(totals: pl.DataFrame) -> pl.DataFrame:
    """The totals of orders in the rows of these, each of them less its total."""
    return totals.select(row=pl.format("order[{}]", "order"), flow=pl.col("total").cast(pl.UInt32), weight=pl.lit(-1.0))


def _tell_far_apart(numbered: pl.DataFrame, row: Ints, weight: Floats, scale: Floats) -> None:
    small = np.abs(weight)
    far = small <= NOTHING * scale[row]
    if not far.any():
        return
    told = pl.DataFrame({"number": row[far], "weight": small[far], "scale": scale[row[far]]})
    told = told.group_by("number").agg(pl.col("weight").min(), pl.col("scale").first())
    names = numbered.select(pl.col("number").cast(pl.Int32), "row")
    halt_on(
        Finding(
            "out-of-range",
            one["row"],
            f"One unit counts as {one['weight']:,g} here and another as {one['scale']:,g}, too far apart to plan with.",
            "Put right the figure that is too large or too small, such as a rate, a recipe or a price.",
        )
        for one in told.join(names, on="number").sort("number").head(MOST).to_dicts()
    )


def runs(first: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The places of some runs laid end to end, of each so many from its first one on."""
    return np.repeat(first - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())


def with_entries(bounds: Matrix, row: NDArray[np.int64], index: NDArray[np.integer[Any]], value: Floats) -> Matrix:
    """The matrix of these bounds with other entries, put row by row in order of columns."""
    order = np.argsort(row * bounds.width + index)
    counts = np.bincount(row, minlength=len(bounds.row_lower))
    return replace(
        bounds,
        starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
        index=index[order].astype(np.int32),
        value=value[order],
    )


def columns_of(whole: Matrix, which: NDArray[np.bool_]) -> Matrix:
    """All rows over some of the columns."""
    if which.all():
        return whole
    place, kept = (np.cumsum(which) - 1).astype(np.int32), which[whole.index]
    before = np.concatenate([[0], np.cumsum(kept)])
    return replace(
        whole,
        starts=before[whole.starts].astype(np.int32),
        index=place[whole.index[kept]],
        value=whole.value[kept],
        col_lower=whole.col_lower[which],
        col_upper=whole.col_upper[which],
    )


def between(whole: Matrix, lower: Floats, upper: Floats) -> tuple[Matrix, Ints]:
    """The matrix within other bounds of its columns, without those that these fix; and which columns are left."""
    left = lower < upper
    load = whole.loads(np.where(left, 0.0, lower))
    smaller = replace(
        columns_of(whole, left),
        row_lower=whole.row_lower - load,
        row_upper=whole.row_upper - load,
        col_lower=lower[left],
        col_upper=upper[left],
    )
    return smaller, np.flatnonzero(left).astype(np.int32)


def rows_of(whole: Matrix, which: NDArray[np.bool_]) -> Matrix:
    """Some of the rows, over all columns."""
    counts = np.diff(whole.starts)
    kept = np.repeat(which, counts)
    return replace(
        whole,
        names=whole.names.filter(pl.Series(which)),
        starts=np.concatenate([[0], np.cumsum(counts[which])]).astype(np.int32),
        index=whole.index[kept],
        value=whole.value[kept],
        row_lower=whole.row_lower[which],
        row_upper=whole.row_upper[which],
    )


def that_may_bind(whole: Matrix) -> Matrix:
    """The matrix without rows that its columns, each at that of its bounds which loads a row most, still keep."""
    return rows_of(whole, (whole.most_loads() > whole.row_upper) | ~np.isinf(whole.row_lower))


def _column_bounds(columns: pl.DataFrame, totals: pl.DataFrame) -> tuple[Floats, Floats]:
    """Deliveries already made are fixed; a restart happens at most once; a total never exceeds its order."""
    most = pl.when(pl.col("stage") == "restart").then(1.0).otherwise(np.inf)
    flows = columns.select(
        lower=pl.coalesce(pl.col("delivered_units").cast(pl.Float64), 0.0),
        upper=pl.coalesce(pl.col("delivered_units").cast(pl.Float64), most),
    )
    ordered = totals.select(lower=pl.lit(0.0), upper=pl.col("units").cast(pl.Float64))
    bounds = pl.concat([flows, ordered])
    return bounds["lower"].to_numpy().copy(), bounds["upper"].to_numpy().copy()
