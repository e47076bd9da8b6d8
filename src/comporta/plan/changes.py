"""The smallest change of one cause that alone would fill an order: tried by planning again, not read off a formula."""

from collections.abc import Callable
from math import ceil

import polars as pl

from comporta.plan.coalitions import Coalitions, Outcome
from comporta.plan.dials import Dial, dial_of
from comporta.plan.plan import Plan

FILLED = 1e-6
SCHEMA: dict[str, type[pl.DataType]] = {
    "order": pl.String,
    "cause": pl.String,
    "change": pl.String,
    "amount": pl.Float64,
    "measure": pl.String,
    "day": pl.Date,
    "sentence": pl.String,
}
Lack = Callable[[Outcome], float]


def smallest(plan: Plan, coalitions: Coalitions, parts: pl.DataFrame) -> pl.DataFrame:
    """For each order and each cause that has a part in what it lacks: the smallest change that alone would fill it.

    Shapes: `parts`, one row per order and cause: order, cause.   Comes back: order, cause, change, amount, measure,
    day, sentence. `change` says what is turned: room, rate, units, power, restart, days; `lift` where only the end of
    the cause would do; `none` where no change of this cause alone would.
    """
    numbers = {cause.id: number for number, cause in enumerate(coalitions.causes)}
    places = dict(coalitions.totals.select("order", pl.row_index()).rows())
    told = []
    for order, cause in parts.select("order", "cause").rows():
        if cause in numbers and order in places:
            lack = _lack_of(coalitions, places[order])
            told.append({"order": order, "cause": cause, **_smallest(plan, coalitions, numbers[cause], order, lack)})
    return pl.DataFrame(told, schema=SCHEMA)


def _smallest(plan: Plan, coalitions: Coalitions, number: int, order: str, lack: Lack) -> dict[str, object]:
    """The change of one cause for one order, with its amount or day and a sentence."""
    cause = coalitions.causes[number]
    if lack(coalitions.outcome(coalitions.all & ~(1 << number))) > FILLED:
        return {"change": "none", "sentence": f"No change of {cause.id} alone would fill the order."}
    dial = dial_of(plan, coalitions, number, order)
    steps = _fewest(dial, lack, lack(coalitions.outcome(coalitions.all))) if dial else None
    if dial is None or steps is None:
        return {"change": "lift", "sentence": f"The order would be filled only if {cause.id} fell away."}
    return dial.told(steps)


def _lack_of(coalitions: Coalitions, place: int) -> Lack:
    """What is to come to nothing: units short if there are any, else units late."""
    if coalitions.outcome(coalitions.all).short[place] > FILLED:
        return lambda outcome: float(outcome.short[place])
    return lambda outcome: float(outcome.late[place])


def _fewest(dial: Dial, lack: Lack, now: float) -> int | None:
    """The fewest steps that fill the order; none if not even the most do.

    What an order lacks falls in straight lines, piece by piece, as room grows: the next try is where the last line
    comes to nothing, then one step less, and half way where that does not narrow the search.
    """
    if lack(dial.outcome(dial.most)) > FILLED:
        return None
    below, above = (0, now), dial.most
    guess, on_line = ceil(now * dial.steps_per_unit), True
    while above - below[0] > 1:
        step = min(max(guess, below[0] + 1), above - 1)
        left = lack(dial.outcome(step))
        if left <= FILLED:
            above, guess = step, step - 1 if on_line and guess == step else (below[0] + step) // 2
            on_line = False
            continue
        fell = below[1] - left
        on_line = fell > FILLED
        guess = ceil(step + left * (step - below[0]) / fell) if on_line else (step + above) // 2
        below = (step, left)
    return above
