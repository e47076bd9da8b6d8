"""Every plan checked again by exact arithmetic that never saw the program."""

from collections.abc import Sequence

import polars as pl

from comporta.gates.rows import Rows, overruns

PARTS = 1e-6  # how far a plan in parts of units may be off, relative to the limit, or to one unit where that is more


def audit(columns: pl.DataFrame, rows: Sequence[Rows], *, whole_units: bool) -> pl.DataFrame:
    """Every balance, line, order and gate that a plan breaks, and by how much; empty when all are kept.

    Shapes: `columns`, one row per decision: flow, amount, delivered_units; `rows`, all rows of the plan.
    In whole units the sums are exact; in parts of units a millionth of the limit, or of a unit, is let pass.
    Comes back: cause, row, load, limit, over.
    """
    amounts = columns.select("flow", "amount")
    found = [_broken(amounts, part, whole_units).with_columns(cause=pl.lit(part.cause)) for part in rows]
    below = columns.filter(pl.col("amount") < 0).select(
        row=pl.format("flow {}", "flow"),
        load="amount",
        limit=pl.lit(0.0),
        over=-pl.col("amount"),
        cause=pl.lit("sign"),
    )
    return pl.concat([*found, below], how="vertical_relaxed") if whole_units else pl.concat([*found, below])


def _broken(amounts: pl.DataFrame, rows: Rows, whole_units: bool) -> pl.DataFrame:
    if whole_units:
        exact = overruns(amounts.filter(pl.col("amount") != 0), rows)
        return exact.select("row", *(pl.col(name).cast(pl.Float64) / 1e6 for name in ("load", "limit", "over")))
    weighed = rows.weights.join(amounts, on="flow").group_by("row")
    load = weighed.agg(load=(pl.col("weight") * pl.col("amount")).sum(), unit=pl.col("weight").abs().max())
    over = pl.col("load") - pl.col("limit")
    allowed = PARTS * pl.max_horizontal(pl.col("limit").abs(), "unit", 1.0)
    compared = rows.limits.join(load, on="row", how="left").with_columns(pl.col("load").fill_null(0.0))
    broken = over.abs() > allowed if rows.sense == "=" else over > allowed
    return compared.filter(broken).select("row", "load", "limit", over=over).sort("row")
