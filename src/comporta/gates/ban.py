"""A ban: never, while in force."""

import polars as pl

from comporta.gates.delivered import undecided
from comporta.gates.gate import Gate
from comporta.gates.room import Room, load, speaks, unlimited
from comporta.gates.rows import Rows
from comporta.gates.words import deliveries, told


def opened(gate: Gate, flows: pl.DataFrame, _grants: pl.DataFrame) -> pl.DataFrame:
    """Strikes every flow the ban speaks of, except deliveries already made."""
    return flows.filter(~(gate.speaks_of() & undecided()))


def rows(gate: Gate, flows: pl.DataFrame, _grants: pl.DataFrame) -> Rows:
    """Nothing passes; no row at all once the banned flows are struck.   [units]

    Σ x[f] ≤ 0   over the flows f the ban speaks of that are not delivered already.
    """
    weights = flows.filter(gate.speaks_of() & undecided()).select(
        pl.lit(gate.id).alias("row"), "flow", pl.lit(1.0).alias("weight")
    )
    return Rows(gate.id, weights, weights.select("row", pl.lit(0.0).alias("limit")).unique())


def room(gate: Gate, so_far: pl.DataFrame, request: pl.DataFrame, _grants: pl.DataFrame) -> Room:
    """Nothing, for a request the ban speaks of; less than nothing if some has passed against it.   [units]"""
    if not speaks(gate, request):
        return unlimited(gate)
    passed = so_far.filter(gate.speaks_of() & undecided())
    return Room(-load(passed, pl.lit(1.0)), 0.0, "units", gate.citation)


def sentence(gate: Gate) -> str:
    """The rule as a person would say it."""
    return told(gate, f"Nothing may pass of {deliveries(gate.select)}")
