"""The plan that does nothing: always allowed, and what is left when time runs out before anything better is found."""

import numpy as np
import polars as pl

from comporta.case.case import Case
from comporta.plan.goals import Aims
from comporta.plan.matrix import Floats
from comporta.plan.supply import shelves


def do_nothing(case: Case, aims: Aims, calendar: pl.DataFrame) -> Floats:
    """Nothing is made, moved, delivered or restarted; what lies on a shelf stays there.   [units, one per column]"""
    lying = (
        shelves(case, calendar)
        .join(calendar.filter("open").select(later="period"), how="cross")
        .filter(pl.col("later") >= pl.col("period"))
        .group_by("product", "later", from_place="place")
        .agg(pl.col("units").sum())
        .with_columns(stage=pl.lit("carry"))
    )
    lying = lying.rename({"later": "period"})
    shelf = ["stage", "product", "from_place", "period"]
    carried = aims.columns.join(lying, on=shelf, how="left", maintain_order="left")
    flows = carried.select(pl.coalesce("delivered_units", "units", 0).cast(pl.Float64)).to_series()
    made = aims.columns.group_by("order").agg(made=pl.col("delivered_units").sum())
    totals = aims.totals.join(made, on="order", how="left", maintain_order="left")["made"].fill_null(0)
    return np.concatenate([flows.to_numpy(), totals.cast(pl.Float64).to_numpy()])
