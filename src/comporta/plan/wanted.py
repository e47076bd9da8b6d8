"""How much of a product anybody could want: nothing gains from a line that makes more."""

from graphlib import TopologicalSorter
from math import inf

import polars as pl

from comporta.case.case import Case


def wanted(case: Case) -> pl.DataFrame:
    """The most of each product that orders, and the recipes of what they order, could take.   [units]

    wanted[p] = Σ units of orders that accept p + Σ wanted[q] · units per unit   over the recipes of q that need p
    No end is set to what is worth its salvage price at the end, nor to its parts.   Comes back: product, wanted.
    """
    asked = case.orders.explode("products").group_by("products").agg(pl.col("units").sum())
    most = dict.fromkeys(case.products["id"], 0.0) | dict(asked.rows())
    salvaged = case.products.filter(pl.col("salvage_usd") > 0)["id"]
    most |= dict.fromkeys(salvaged, inf)
    uses = case.recipes.group_by("part").agg(pl.struct("product", "units_per_unit")).rows()
    into = {part: [(row["product"], row["units_per_unit"]) for row in rows] for part, rows in uses}
    for part in TopologicalSorter(
        {part: [whole for whole, _ in wholes] for part, wholes in into.items()}
    ).static_order():
        most[part] += sum(each * most[whole] for whole, each in into.get(part, ()))
    return pl.DataFrame(sorted(most.items()), schema={"product": pl.String, "wanted": pl.Float64}, orient="row")
