"""A plan in a few sentences: who gets how many by when, and what shuts the door where nothing passes."""

import polars as pl

from comporta import units
from comporta.case.flows import flows
from comporta.gates import kinds
from comporta.plan import report
from comporta.plan.columns import taken
from comporta.plan.plan import Plan

NAMED = 6  # how many buyers or gates a sentence names before it counts the rest


def headline(plan: Plan) -> list[str]:
    """What a reader should know first, one sentence each."""
    counted = report.orders(plan).filter(~pl.col("optional"))
    countries = counted.group_by("buyer_country").agg(pl.col("tier").min()).sort("tier", "buyer_country")
    sentences = [_opening(plan)]
    for country in countries["buyer_country"]:
        orders = counted.filter(pl.col("buyer_country") == country)
        sentences.append(_reached(orders, country))
        if orders["short"].sum() > 0:
            sentences.append(_short(plan, orders))
    if not plan.complete:
        sentences.append("The time limit came first: this is the best plan found, and a better one may exist.")
    return sentences + _shut(plan, counted)


def _opening(plan: Plan) -> str:
    """The day it is seen from and what is supposed."""
    supposed = f", supposing {_listed(list(plan.case.supposed))}" if plan.case.supposed else ""
    return f"{plan.case.settings.title}, as of {units.day(plan.case.settings.as_of)}{supposed}."


def _reached(orders: pl.DataFrame, country: str) -> str:
    """How many units come, of how many asked for, by when and how many of them late."""
    come, late, asked = (float(orders.select(total).item()) for total in (_come(), pl.sum("late"), pl.sum("units")))
    by = units.day(orders.select(pl.max_horizontal(pl.max("last_arrives"), pl.max("due"))).item())
    if come == 0:
        return f"Buyers in {country} get none of the {units.number(asked)} units they ordered, by {by}."
    in_time = "none of them late" if late == 0 else f"{units.number(late)} of them late"
    before = float(orders.select(pl.sum("made")).item())
    made = f" {units.number(before)} of them are delivered already." if before else ""
    got = f"{units.number(come)} of the {units.number(asked)} units they ordered by {by}"
    return f"Buyers in {country} get {got}, {in_time}.{made}"


def _come() -> pl.Expr:
    return pl.sum("planned") + pl.sum("made")


def _short(plan: Plan, orders: pl.DataFrame) -> str:
    """Who lacks how many, the most first."""
    names = plan.case.parties.select(buyer="id", called=pl.coalesce("name", "id"))
    lacking = (
        orders.group_by("buyer")
        .agg(pl.col("short").sum())
        .filter(pl.col("short") > 0)
        .join(names, on="buyer", how="left")
        .sort("short", "buyer", descending=[True, False])
    )
    return (
        "Short: "
        + _listed([f"{name} {units.number(short)}" for name, short in lacking[["called", "short"]].rows()])
        + "."
    )


def _shut(plan: Plan, orders: pl.DataFrame) -> list[str]:
    """For orders that no flow can fill: each gate that would stop all of them by itself."""
    fillable = plan.columns.filter(pl.col("stage") == "deliver")["order"].unique()
    shut = orders.filter((pl.col("units") > 0) & ~pl.col("order").is_in(fillable.implode()))
    if shut.is_empty():
        return []
    asked = flows(plan.case, plan.calendar).filter(pl.col("order").is_in(shut["order"].implode()))
    if asked.is_empty():
        return [f"No way, time or stock leads to {_orders(shut.height)}, whatever the gates say."]
    if asked.filter(taken()).is_empty():
        return [f"Nothing comes to {_orders(shut.height)} at a price that it takes, whatever the gates say."]
    stoppers = [
        gate
        for gate in plan.gates
        if kinds.KINDS[gate.kind].opened(gate, asked, plan.case.grants).filter(taken()).is_empty()
    ]
    if not stoppers:
        return [f"No single gate stops {_orders(shut.height)}; several together do."]
    by = _listed([f"{gate.id} ({gate.citation})" for gate in stoppers])
    return [f"Nothing can pass to {_orders(shut.height)}; each of these gates alone would stop all of it: {by}."]


def _orders(count: int) -> str:
    return "1 order" if count == 1 else f"{count:,} orders"


def _listed(words: list[str]) -> str:
    """The first few words, and how many more there are."""
    more = len(words) - NAMED
    shown = [*words[:NAMED], f"{more:,} more"] if more > 0 else words
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else shown[0]
