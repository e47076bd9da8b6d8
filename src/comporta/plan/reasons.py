"""The reasons asked for by the ids of orders, or of buyers, whose orders are then meant."""

from collections.abc import Sequence

import polars as pl

from comporta.case.case import Case
from comporta.case.gathered import Gathered, meant, shown
from comporta.findings import halt_on
from comporta.plan.plan import Plan, Told
from comporta.plan.why import Reasons, explain


def why(plan: Plan, orders: Sequence[str] | None = None, *, told: Told = lambda _: None) -> Reasons:
    """Why orders are short or late: causes that add up, the smallest change of each, and what more room is worth.

    `orders`: ids of orders or of buyers; every order that is not optional and lacks something if none are given.

    Refuses: Findings, if a word is neither.
    """
    return explain(plan, orders=None if orders is None else orders_of(plan.case, orders), told=told)


def orders_of(case: Case, words: Sequence[str]) -> list[str]:
    """The orders that words name, by their own ids or by those of their buyers.

    A buyer's optional orders are meant only if it has no others.

    Refuses: Findings, with the closest id there is, if a word is neither.
    """
    optional = pl.col("optional").fill_null(value=False)
    asked = case.orders.select("id", "buyer", meant=~optional | optional.all().over("buyer"))
    ids, buyers = set(asked["id"]), set(asked["buyer"])
    gathered = Gathered()
    for word in words:
        if word not in ids | buyers:
            wrong = f"{shown(word)} is neither an order of this case nor a buyer with one."
            gathered.tell("unknown-id", "ORDER", wrong, meant(word, ids | buyers))
    halt_on(gathered.findings())
    whole = [word for word in words if word not in ids]
    named = pl.col("id").is_in(list(words)) | (pl.col("buyer").is_in(whole) & pl.col("meant"))
    return asked.filter(named)["id"].sort().to_list()
