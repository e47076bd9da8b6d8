"""Everything a plan decides: flows as gates leave them, what lies over, and restarts."""

from collections.abc import Sequence

import polars as pl

from comporta.case.case import Case
from comporta.case.flows import KEY, flows, in_time
from comporta.case.places import held
from comporta.gates import kinds
from comporta.gates.gate import Gate
from comporta.plan import running


def columns(case: Case, gates: Sequence[Gate], calendar: pl.DataFrame) -> pl.DataFrame:
    """One row is one decision, with what one unit of it costs.   [units; restarts: 0 or 1]

    Comes back: `flow` (0, 1, …), every column of a flow, and cost_usd; ordered by key, so that the order of rows in the
    case's tables has no say.
    """
    opened = kinds.opened_by(gates, flows(case, calendar), case.grants)
    kept = opened.filter(taken()).with_columns(cost_usd=_flow_cost(case))
    grants = [name for name in kept.columns if name.startswith("grant:")]
    parts = [kept.sort(*KEY, *sorted(grants)), carries(case, calendar), restarts(case, calendar)]
    return pl.concat(parts, how="diagonal", rechunk=True).with_row_index("flow")


def taken() -> pl.Expr:
    """Whether a flow comes on a day and at a price at which its order takes it; deliveries already made are taken."""
    late, dear = ~in_time(), landed_usd() > pl.col("max_price_usd")
    return ~((late | dear) & pl.col("delivered_units").is_null()).fill_null(value=False)


def landed_usd() -> pl.Expr:
    """What a buyer pays for one unit on its doorstep: price, fees and carriage.   [US$]"""
    return sum((pl.col(name).fill_null(0.0) for name in ("price_usd", "fees_usd", "lane_usd")), start=pl.lit(0.0))


def _flow_cost(case: Case) -> pl.Expr:
    """Deliveries and moves cost their way and fees; making costs its line's unit cost."""
    costs = case.lines.select("id", pl.col("unit_cost_usd").fill_null(0.0))
    made = pl.col("line").replace_strict(costs["id"], costs["unit_cost_usd"], default=0.0, return_dtype=pl.Float64)
    return made + pl.col("lane_usd").fill_null(0.0) + pl.col("fees_usd").fill_null(0.0)


def carries(case: Case, calendar: pl.DataFrame) -> pl.DataFrame:
    """What lies over from one period to the next; from the last, what is left, worth its salvage price."""
    last = calendar["period"].max()
    salvage = case.products.select(product="id", salvage_usd=pl.col("salvage_usd").fill_null(0.0))
    left = pl.when(pl.col("period") == last).then(-pl.col("salvage_usd")).otherwise(0.0)
    return (
        held(case)
        .join(salvage, on="product")
        .join(calendar.filter("open"), how="cross")
        .select("product", "period", "starts", "ships", stage=pl.lit("carry"), from_place="place", cost_usd=left)
        .sort("product", "from_place", "period")
    )


def restarts(case: Case, calendar: pl.DataFrame) -> pl.DataFrame:
    """The days on which an open stop could be ended, as decisions.   [0 or 1]"""
    return running.restarts(case, calendar).select(
        "line", "period", "starts", "ships", "cost_usd", stage=pl.lit("restart")
    )
