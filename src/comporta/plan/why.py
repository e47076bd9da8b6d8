"""Why not more: what each order lacks, put down to causes that add up, and what alone would fill it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from comporta import units
from comporta.plan import changes, report
from comporta.plan.apportion import apportioned
from comporta.plan.causes import CALENDAR, Cause, causes_of, ways, whole_units
from comporta.plan.coalitions import Coalitions, Outcome
from comporta.plan.large import LargeCoalitions, coalitions_of
from comporta.plan.matrix import Floats
from comporta.plan.plan import Plan, Told
from comporta.plan.players import Players, that_change, that_matter
from comporta.plan.shapley import Values, exact, sampled
from comporta.plan.together import SCHEMA as TOGETHER
from comporta.plan.together import together
from comporta.plan.worth import worth

SCHEMA: dict[str, Any] = {
    "order": pl.String,
    "buyer": pl.String,
    "cause": pl.String,
    "kind": pl.String,
    "short": pl.Float64,
    "late": pl.Float64,
    "sentence": pl.String,
    "source": pl.List(pl.String),
}


@dataclass(frozen=True)
class Reasons:
    """Why orders are short or late.

    `causes`: order, buyer, cause, kind, short, late (units), sentence, source; over the causes of an order, short and
    late add up exactly to what the order lacks. `changes`: order, cause, change, amount, measure, day, sentence.
    `together`: order, causes, sentence: the fewest causes without which it is filled, where every set was weighed.
    `worth`: gate, row, tier, worth, more, lost, less, measure. `error`: if orders of causes were drawn, the largest
    standard error [units]. `draws`: in a large case, on how many sets of all causes drawn at random it was tried, and
    found, that no other cause than those named changes what these orders lack.
    """

    causes: pl.DataFrame
    changes: pl.DataFrame
    together: pl.DataFrame
    worth: pl.DataFrame
    error: float | None
    draws: int | None = None

    @property
    def exact(self) -> bool:
        """Whether every set of the causes that have a part was weighed."""
        return self.error is None


def explain(plan: Plan, *, orders: Sequence[str] | None = None, told: Told = lambda _: None) -> Reasons:
    """Puts what each order lacks down to causes, by the Shapley value over the sets of causes in force.

    `orders`: only these; every order that is not optional and lacks something if none are named.
    """
    causes = causes_of(plan.case, plan.gates)
    asked = _lacking(plan, orders)
    lacking, past = asked.filter(~pl.col("closed")), _past(asked.filter("closed"))
    if lacking.is_empty():
        return Reasons(past, pl.DataFrame(schema=changes.SCHEMA), pl.DataFrame(schema=TOGETHER), worth(plan), None)
    told("which causes matter")
    tiers = plan.case.orders.filter(pl.col("id").is_in(lacking["order"].implode()))["tier"].fill_null(1)
    coalitions = coalitions_of(plan, causes, last_tier=max(tiers, default=None))
    players = _players(coalitions, lacking["order"].to_list(), told=told)
    told("causes of what is lacking")
    names = [causes[player] for player in players.numbers]
    lacks = every_set(coalitions, players.numbers)
    values = exact(len(names), lacks) if len(lacks) else estimated(coalitions, players.numbers, told=told)
    found = _causes(plan, coalitions, names, values, lacking)
    fewest = together([cause.id for cause in names], lacks, _places(coalitions, lacking))
    told("smallest changes")
    smallest = changes.smallest(plan, coalitions, found)
    told("worth of room")
    both = pl.concat([found, past]).sort("order", maintain_order=True)
    return Reasons(both, smallest, fewest, worth(plan), values.error, players.draws)


def _players(coalitions: Coalitions, orders: list[str], *, told: Told) -> Players:
    """The causes to be weighed: those that ever change anything, or in a large case those that change these orders."""
    if isinstance(coalitions, LargeCoalitions):
        places = coalitions.totals.select("order", pl.row_index()).filter(pl.col("order").is_in(orders))["index"]
        return that_change(coalitions, places.to_list(), told=told)
    matter = that_matter(coalitions)
    return Players(list(range(len(coalitions.causes))) if matter is None else matter, None)


def every_set(coalitions: Coalitions, players: list[int]) -> Floats:
    """What orders lack under every set of some causes; nothing if these are too many.

    Shapes: one row per set, in order of its bits; one column per order for units short, then one for units late.
    """
    if len(players) > coalitions.exact_up_to:
        return np.zeros((0, 2 * coalitions.totals.height))
    return np.array([_lacks(outcome) for outcome in coalitions.outcomes(players)])


def estimated(coalitions: Coalitions, players: list[int], *, told: Told = lambda _: None) -> Values:
    """What each of many causes adds to each order's units short and late, from orders of causes that are drawn."""
    return sampled(players, lambda force: _lacks(coalitions.outcome(force)), rounds=coalitions.rounds, told=told)


def _lacks(outcome: Outcome) -> Floats:
    return np.concatenate([outcome.short, outcome.late])


def _places(coalitions: Coalitions, lacking: pl.DataFrame) -> dict[str, int]:
    """Of each order that some flow fills, the column of what it lacks: units short, or late if none are short."""
    place = coalitions.totals.select("order", pl.row_index("place").cast(pl.Int64))
    late = pl.when(pl.col("short") > 0).then(0).otherwise(coalitions.totals.height)
    return dict(lacking.join(place, on="order").select("order", pl.col("place") + late).sort("order").rows())


def _lacking(plan: Plan, orders: Sequence[str] | None) -> pl.DataFrame:
    """The orders asked about that are short or late.   Comes back: order, buyer, short, late, closed, latest."""
    table = report.orders(plan).filter((pl.col("short") > 0) | (pl.col("late") > 0))
    wanted = ~pl.col("optional") if orders is None else pl.col("order").is_in(list(orders))
    return table.filter(wanted).select("order", "buyer", "short", "late", "closed", "latest")


def _past(closed: pl.DataFrame) -> pl.DataFrame:
    """The causes of orders whose latest day has passed: the calendar, for all that they lack; no plan can change it."""
    rows = [
        _row(order, buyer, Cause(CALENDAR, CALENDAR, f"Its latest day, {units.day(latest)}, has passed."), short, late)
        for order, buyer, short, late, latest in closed.select("order", "buyer", "short", "late", "latest").rows()
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _causes(
    plan: Plan, coalitions: Coalitions, players: list[Cause], values: Values, lacking: pl.DataFrame
) -> pl.DataFrame:
    """One row per order and cause that has a part in what the order lacks."""
    places, count = dict(coalitions.totals.select("order", pl.row_index()).rows()), coalitions.totals.height
    nothing = coalitions.outcome(0)
    told = [*players, ways(plan.case), whole_units()]
    rows = []
    for order, buyer, short, late in lacking.select("order", "buyer", "short", "late").rows():
        place = places.get(order)
        parts = []
        for of, base, lacked in ((0, nothing.short, short), (count, nothing.late, late)):
            added = np.zeros(len(players)) if place is None else values.added[:, of + place]
            without = float(lacked) if place is None else float(base[place])
            exactly = apportioned(np.append(added, without), lacked, whole=plan.case.settings.whole_units)
            parts.append([*exactly, lacked - sum(exactly)])
        rows += [_row(order, buyer, cause, *both) for cause, *both in zip(told, *parts, strict=True) if any(both)]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row").sort(
        "order", "short", "late", "cause", descending=[False, True, True, False]
    )


def _row(order: str, buyer: str, cause: Cause, short: float, late: float) -> tuple[object, ...]:
    """One cause of one order, with a sentence that has its figures and its source."""
    figures = [f"{units.of(amount, 'units')} {word}" for amount, word in ((short, "short"), (late, "late")) if amount]
    source = f" ({', '.join(cause.source)})" if cause.source else ""
    sentence = f"{' and '.join(figures)}: {cause.says.rstrip('.')}{source}."
    return order, buyer, cause.id, cause.kind, short, late, sentence, list(cause.source)
