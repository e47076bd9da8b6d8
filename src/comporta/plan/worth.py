"""What one more unit of room under each gate is worth."""

import polars as pl

from comporta.plan.goals import Aims
from comporta.plan.matrix import matrix
from comporta.plan.plan import Plan, order_totals
from comporta.plan.program import Prices, Program

SMALL = 1e-7
SCHEMA: dict[str, type[pl.DataType]] = {
    "gate": pl.String,
    "row": pl.String,
    "tier": pl.Int64,
    "worth": pl.Float64,
    "least": pl.Float64,
    "most": pl.Float64,
    "less": pl.Float64,
    "more": pl.Float64,
    "measure": pl.String,
}


def worth(plan: Plan) -> pl.DataFrame:
    """For each row of a gate that binds: how many units more a tier would get for one more of the gate's measure.

    It is the dual of the row when the tier's units are made as many as can be, earlier tiers kept, in parts of units.
    Comes back: gate, row, tier, worth (units per measure), least and most (the limits of the row between which it
    holds), less and more (how much less and more room that is), measure.
    """
    decisions = plan.columns.drop("amount")
    aims = Aims(decisions, order_totals(plan.case, decisions))
    arrays = matrix(decisions, plan.rows, aims.totals)
    program, found = Program(arrays), [pl.DataFrame(schema=SCHEMA)]
    measures = {part.cause: part.measure for part in plan.rows if part.cause in {gate.id for gate in plan.gates}}
    for tier in aims.tiers:
        program.minimize(-program.chosen(aims.claims(tier).columns))
        found.append(_priced(arrays.names.with_columns(limit=arrays.row_upper), program.prices(), tier, measures))
        program.keep()
    return pl.concat(found).sort("gate", "row", "tier")


def _priced(names: pl.DataFrame, prices: Prices, tier: int, measures: dict[str, str]) -> pl.DataFrame:
    """The rows of gates that have a price, in the gate's own measure."""
    priced = names.with_columns(
        worth=pl.Series(prices.price) / pl.col("scale"),
        least=pl.Series(prices.least) * pl.col("scale"),
        most=pl.Series(prices.most) * pl.col("scale"),
        tier=pl.lit(tier, pl.Int64),
        less=(pl.col("limit") - pl.Series(prices.least)) * pl.col("scale"),
        more=(pl.Series(prices.most) - pl.col("limit")) * pl.col("scale"),
        measure=pl.col("cause").replace_strict(measures, default=None, return_dtype=pl.String),
    )
    binding = priced.filter(pl.col("measure").is_not_null() & (pl.col("worth") * pl.col("scale") > SMALL))
    return binding.rename({"cause": "gate"}).select(*SCHEMA)
