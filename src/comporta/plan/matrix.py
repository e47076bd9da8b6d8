"""The union of all rows as arrays: what a solver is handed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
        shares = np.append(self.value * amounts[self.index], 0.0)
        loads = np.add.reduceat(shares, self.starts[:-1])
        loads[np.diff(self.starts) == 0] = 0.0
        return loads

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
    named = [_numbered(part, totals) for part in rows]
    limits = pl.concat([limit for limit, _ in named]).with_row_index("number")
    entries = (
        pl.concat([weights for _, weights in named])
        .join(limits.select("cause", "row", "number"), on=["cause", "row"])
        .filter(pl.col("weight") != 0)
        .with_columns(scale=pl.col("weight").abs().max().over("number"))
        .sort("number", "flow")
    )
    limits = limits.join(entries.group_by("number").agg(pl.col("scale").first()), on="number", how="left")
    _tell_far_apart(entries, limits)
    limits = limits.sort("number").with_columns(pl.col("limit") / pl.col("scale").fill_null(1.0))
    counts = np.bincount(entries["number"].to_numpy(), minlength=limits.height)
    lower, upper = _column_bounds(columns, totals)
    return Matrix(
        names=limits.select("number", "cause", "row", pl.col("scale").fill_null(1.0)),
        starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
        index=entries["flow"].to_numpy().astype(np.int32),
        value=(entries["weight"] / entries["scale"]).to_numpy().astype(np.float64),
        row_lower=limits.select(pl.when("equal").then("limit").otherwise(-np.inf)).to_series().to_numpy(),
        row_upper=limits["limit"].to_numpy(),
        col_lower=lower,
        col_upper=upper,
    )


def _tell_far_apart(entries: pl.DataFrame, limits: pl.DataFrame) -> None:
    far = entries.filter(pl.col("weight").abs() <= NOTHING * pl.col("scale"))
    if far.is_empty():
        return
    told = far.group_by("number").agg(pl.col("weight").abs().min(), pl.col("scale").first())
    halt_on(
        Finding(
            "out-of-range",
            row["row"],
            f"One unit counts as {row['weight']:,g} here and another as {row['scale']:,g}, too far apart to plan with.",
            "Put right the figure that is too large or too small, such as a rate, a recipe or a price.",
        )
        for row in told.join(limits.select("number", "row"), on="number").sort("number").head(MOST).to_dicts()
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


def _numbered(part: Rows, totals: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Limits and weights of one set of rows under its cause; orders as: filled − total = 0."""
    weights = part.weights.select(
        "row", pl.col("flow").cast(pl.UInt32), pl.col("weight").cast(pl.Float64), cause=pl.lit(part.cause)
    )
    limits = part.limits.select("row", pl.col("limit").cast(pl.Float64), cause=pl.lit(part.cause))
    limits = limits.with_columns(equal=pl.lit(part.sense == "="))
    if part.cause != "orders":
        return limits.sort("row"), weights
    total = totals.select(
        row=pl.format("order[{}]", "order"), flow="total", weight=pl.lit(-1.0), cause=pl.lit(part.cause)
    )
    defined = limits.join(total, on="row", how="semi").with_columns(limit=pl.lit(0.0), equal=pl.lit(value=True))
    return defined.sort("row"), pl.concat([weights, total])


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
