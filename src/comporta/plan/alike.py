"""Orders that are alike, planned as one and divided afterwards.

Orders are alike if they agree in everything but their units: buyer, products, sites, days, tier, weight, highest
price. Any plan for one of them can be exchanged for the same of another, so a plan for their sum, divided by the share
rule, reaches every goal as well as a plan for each. That is exact where the rule divides by fill rates (fill-rate, and
first-come within a day), where no gate asks which order a flow fills, and for orders without deliveries made.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from comporta.case import conditions
from comporta.case.case import Case
from comporta.case.flows import KEY
from comporta.gates.gate import Gate
from comporta.plan.matrix import runs

BY_FILL_RATE = ("fill-rate", "first-come")
SLIVER = 1e-9  # what is cut off by the rounding of sums   [units]
SAID_APART = ("id", "units", "source", "note")  # what orders that are alike may differ in


def merged(case: Case, gates: Sequence[Gate]) -> tuple[Case, pl.DataFrame]:
    """The case with orders that are alike as one, under the first of their ids.

    Comes back: the case; and one row per order: order, one (the order that stands for it), units.
    """
    alike = [name for name in case.orders.columns if name not in SAID_APART]
    apart = pl.col("id").is_in(case.delivered["order"].implode()) | pl.lit(not _merge(case, gates))
    one = pl.when(apart).then("id").otherwise(pl.col("id").min().over([*alike, apart]))
    members = case.orders.select(order="id", one=one, units="units").sort("one", "order")
    sums = members.group_by("one").agg(pl.col("units").sum())
    orders = case.orders.drop("units").join(sums, left_on="id", right_on="one").select(case.orders.columns).sort("id")
    return replace(case, orders=orders), members


def _merge(case: Case, gates: Sequence[Gate]) -> bool:
    """Whether a plan for a sum of orders can be divided exactly."""
    asked = {name for gate in gates for text in (gate.select, gate.against) if text
             for name in conditions.columns_in(text)}  # fmt: skip
    asked |= {name for gate in gates for name in (*gate.each, gate.holder)}
    return case.settings.share in BY_FILL_RATE and "order" not in asked


def written_out(decisions: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """The decisions of the case itself: those of each merged order once for every order that it stands for.

    Orders that are alike may do the same in the same periods. Decisions of orders come first, order by order.
    Shapes: `decisions`, of the merged case; `members`, from `merged`. Comes back: as `columns` makes them.
    """
    of_orders = decisions["order"].is_not_null()
    spans = decisions.filter(of_orders).group_by("order").agg(first=pl.col("flow").min(), count=pl.len())
    each = members.join(spans, left_on="one", right_on="order").sort("order")
    first, count = each["first"].to_numpy().astype(np.int64), each["count"].to_numpy().astype(np.int64)
    repeated = decisions[runs(first, count)].with_columns(
        order=pl.Series(each["order"].to_numpy().repeat(count), dtype=pl.String)
    )
    return pl.concat([repeated, decisions.filter(~of_orders)], rechunk=True).drop("flow").with_row_index("flow")


def divided(answered: pl.DataFrame, members: pl.DataFrame, decisions: pl.DataFrame, *, whole_units: bool) -> pl.Series:
    """The amounts of a plan for merged orders, as amounts of the decisions of the case itself.

    What an order of several gets is divided by what each asks for; its deliveries, soonest first, go to one after the
    other.   Shapes: `answered`, merged decisions with amount; `members`, from `merged`; `decisions`, one row each.
    """
    several = members.filter(pl.len().over("one") > 1)
    key = [*KEY, "ships", *sorted(name for name in decisions.columns if name.startswith("grant:"))]
    of_several = answered.join(several.select(order="one").unique(), on="order", how="semi")
    others = answered.join(several.select(order="one").unique(), on="order", how="anti")
    deliveries = of_several.filter(pl.col("amount") > 0).sort("order", "arrives", "flow")
    cut = _cut(deliveries, _due(several, deliveries, whole_units=whole_units))
    amounts = pl.concat(
        [others.select(*key, "amount"), cut.select(*key, pl.col("amount").cast(answered["amount"].dtype))]
    )
    found = decisions.select(key).join(amounts, on=key, how="left", nulls_equal=True, maintain_order="left")
    return found["amount"].fill_null(0)


def _due(several: pl.DataFrame, deliveries: pl.DataFrame, *, whole_units: bool) -> pl.DataFrame:
    """What each of several orders gets of what their sum does, whole units going to the largest parts first.

    Comes back: order, one, gets; in order of one and order.
    """
    got = deliveries.group_by(one="order").agg(got=pl.col("amount").sum())
    asked = pl.col("units").sum().over("one")
    shares = several.join(got, on="one").sort("one", "order").with_columns(asked=asked)
    if not whole_units:
        return shares.select("order", "one", gets=pl.col("got") * pl.col("units") / pl.col("asked"))
    claim = pl.col("got").cast(pl.Int128) * pl.col("units")
    part, rest = (claim // pl.col("asked")).cast(pl.Int64), claim % pl.col("asked")
    rounded = shares.with_columns(gets=part, place=rest.rank("ordinal", descending=True).over("one"))
    over = pl.col("got") - pl.col("gets").sum().over("one")
    return rounded.select("order", "one", gets=pl.col("gets") + (pl.col("place") <= over).cast(pl.Int64))


def _cut(deliveries: pl.DataFrame, shares: pl.DataFrame) -> pl.DataFrame:
    """Deliveries laid end to end, cut where one order has what it gets and the next begins."""
    flows, orders = deliveries["amount"].cum_sum().to_numpy(), shares["gets"].cum_sum().to_numpy().copy()
    orders[-1:] = flows[-1:]
    ends = np.union1d(flows, orders)
    amounts = np.diff(ends, prepend=np.zeros(1, ends.dtype))
    ends, amounts = ends[amounts > SLIVER], amounts[amounts > SLIVER]
    pieces = deliveries[np.searchsorted(flows, ends)]
    taken = shares["order"].gather(np.searchsorted(orders, ends))
    return pieces.with_columns(order=taken, amount=pl.Series(amounts))
