"""Deliveries already made: no gate undoes them, caps and ratios count them."""

from dataclasses import replace

import polars as pl

from comporta.gates.rows import Rows, from_millionths, millionths, overruns


def undecided() -> pl.Expr:
    """Whether a flow is still to be decided."""
    return pl.col("delivered_units").is_null()


def doing_nothing_allowed(rows: Rows, flows: pl.DataFrame) -> Rows:
    """Raises the limit of rows that deliveries already made overrun to just what they use.

    Where so large a load has no number of its own, the limit is the next whole one.
    """
    made = flows.filter(~undecided()).select("flow", amount="delivered_units")
    if made.is_empty():
        return rows
    whole = ((pl.col("load") + 999_999) // 1_000_000).cast(pl.Float64)
    over = overruns(made, rows).with_columns(raised=from_millionths("load"))
    over = over.select("row", raised=pl.when(millionths("raised") < pl.col("load")).then(whole).otherwise("raised"))
    limits = rows.limits.join(over, on="row", how="left", maintain_order="left")
    return replace(rows, limits=limits.select("row", limit=pl.coalesce("raised", "limit")))
