"""A step: through this place first, so many a day, so many days of delay."""

import polars as pl

from comporta import units
from comporta.gates.delivered import undecided
from comporta.gates.gate import Gate
from comporta.gates.room import Room, load, speaks, unlimited
from comporta.gates.rows import Rows, in_millionths, millionths
from comporta.gates.windows import row_name
from comporta.gates.words import deliveries, joined, told


def opened(gate: Gate, flows: pl.DataFrame, _grants: pl.DataFrame) -> pl.DataFrame:
    """Lets every flow that passes through arrive later, except deliveries already made.   [days]"""
    delay = pl.when(gate.speaks_of() & undecided()).then(gate.delay_days).otherwise(0)
    return flows.with_columns(
        transit_days=pl.col("transit_days") + delay,
        arrives=pl.col("arrives") + pl.duration(days=delay),
    )


def rows(gate: Gate, flows: pl.DataFrame, _grants: pl.DataFrame) -> Rows:
    """So many a day: one row for each period; none if no rate is given.   [units]

    Σ x[f] ≤ ⌊units per day · days of the period⌋   over the flows f of one period.
    """
    chosen = flows.filter(gate.speaks_of() & undecided() & pl.lit(gate.units_per_day is not None))
    named = chosen.select(row_name(gate, [pl.col("starts").cast(pl.String)]).alias("row"), "flow", "days")
    rate = millionths(pl.lit(gate.units_per_day or 0.0))
    capacity = (rate * pl.col("days").cast(pl.Int128) // 1_000_000).cast(pl.Float64)
    limits = named.select("row", limit=capacity).unique().sort("row")
    return Rows(gate.id, named.select("row", "flow", weight=pl.lit(1.0)), limits)


def room(gate: Gate, so_far: pl.DataFrame, request: pl.DataFrame, _grants: pl.DataFrame) -> Room:
    """What can still pass through in the days of the request's period.   [units]"""
    if gate.units_per_day is None or not speaks(gate, request):
        return unlimited(gate)
    capacity = in_millionths(gate.units_per_day) * int(request["days"].item()) // 1_000_000
    same_days = pl.col("ships").is_between(request["starts"].item(), request["ships"].item())
    passing = load(so_far.filter(gate.speaks_of() & undecided() & same_days), pl.lit(1.0))
    return Room(capacity * 1_000_000 - passing, float(capacity), "units", gate.citation)


def sentence(gate: Gate) -> str:
    """The rule as a person would say it."""
    rate = f"at most {units.of(gate.units_per_day, 'units')} a day" if gate.units_per_day is not None else ""
    delay = f"with {units.days(gate.delay_days)} of delay" if gate.delay_days else ""
    through = joined("each passes through", gate.place or "a step", "first")
    return told(gate, ", ".join(part for part in (f"Of {deliveries(gate.select)}", through, rate, delay) if part))
