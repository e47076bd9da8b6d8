"""A cap: so much and no more, for each group and in each calendar window."""

import polars as pl

from comporta import units
from comporta.gates.delivered import doing_nothing_allowed, undecided
from comporta.gates.gate import Gate
from comporta.gates.room import Room, load, speaks, unlimited, whole_units
from comporta.gates.rows import Rows, in_millionths, millionths
from comporta.gates.windows import alike, group_parts, row_name, window_around, window_parts
from comporta.gates.words import EVERY, deliveries, for_each, joined, told


def opened(_gate: Gate, flows: pl.DataFrame, _grants: pl.DataFrame) -> pl.DataFrame:
    """Changes no flow: a cap limits what all of them add up to."""
    return flows


def rows(gate: Gate, flows: pl.DataFrame, _grants: pl.DataFrame) -> Rows:
    """So much and no more: one row for each group and window the cap speaks of.   [gate.measure]

    Σ measure[f] · x[f] ≤ limit − already   over the flows f of one group and window; never below nothing, nor
    below what is delivered already.
    """
    name = row_name(gate, group_parts(gate) + window_parts(gate.every))
    chosen = flows.filter(gate.speaks_of()).select(name.alias("row"), "flow", weight=gate.weight())
    weights = chosen.filter(pl.col("weight") != 0.0)
    limit = pl.lit(_limit(gate) / 1_000_000).alias("limit")
    limits = weights.select("row").unique().sort("row").with_columns(limit)
    return doing_nothing_allowed(Rows(gate.id, weights, limits, gate.measure), flows)


def room(gate: Gate, so_far: pl.DataFrame, request: pl.DataFrame, _grants: pl.DataFrame) -> Room:
    """What is left under the cap for the group and the window of a request.   [gate.measure]

    limit − already − Σ measure[s] · amount[s]   over the shipments s of that group between the
    first and the last day of that window. What is delivered already leaves no less than nothing.
    """
    if not speaks(gate, request):
        return unlimited(gate)
    first, last = window_around(gate.every, request["ships"].item())
    counted = alike(gate, so_far.filter(gate.speaks_of() & pl.col("ships").is_between(first, last)), request)
    made = load(counted.filter(~undecided()), gate.weight())
    promised = load(counted.filter(undecided()), gate.weight())
    return Room(max(_limit(gate) - made, 0) - promised, gate.limit, gate.measure, gate.citation)


def left(gate: Gate, flows: pl.DataFrame, made: pl.DataFrame, _grants: pl.DataFrame) -> pl.Series:
    """How many units of each flow may pass by itself, after deliveries made; empty where the cap sets no limit.

    ⌊max(limit − already − Σ measure[s] · amount[s], 0) ÷ measure[f]⌋   over the deliveries s of its group and window.
    """
    name = row_name(gate, group_parts(gate) + window_parts(gate.every)).alias("row")
    used = made.filter(gate.speaks_of()).select(name, load=millionths(gate.weight()) * pl.col("amount"))
    rows_used = used.group_by("row").agg(pl.col("load").sum())
    asked = flows.select(name, speaks=gate.speaks_of(), weight=millionths(gate.weight()))
    loaded = asked.join(rows_used, on="row", how="left", maintain_order="left")
    room_left = (pl.lit(_limit(gate)) - pl.col("load").fill_null(0)).clip(lower_bound=0)
    return loaded.select(whole_units(room_left).alias(gate.id)).to_series()


def _limit(gate: Gate) -> int:
    """What may pass besides what was counted before the horizon.   [millionths]"""
    return max(in_millionths(gate.limit) - in_millionths(gate.already), 0)


def sentence(gate: Gate) -> str:
    """The rule as a person would say it."""
    most = f"at most {units.of(gate.limit, gate.measure)}"
    counted = joined(most, for_each(gate), EVERY.get(gate.every, "in all"), "may pass")
    used = f", of which {units.of(gate.already, gate.measure)} passed before" if gate.already else ""
    return told(gate, f"Of {deliveries(gate.select)}, {counted}{used}")
