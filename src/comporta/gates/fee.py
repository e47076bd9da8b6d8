"""A fee: at this price; it limits nothing and makes things dearer."""

import polars as pl

from comporta import units
from comporta.gates.gate import Gate
from comporta.gates.room import Room, unlimited
from comporta.gates.rows import Rows
from comporta.gates.words import deliveries, told


def opened(gate: Gate, flows: pl.DataFrame, _grants: pl.DataFrame) -> pl.DataFrame:
    """Adds the fee to what a unit costs.   [US$ per unit]

    fees_usd + rate · price_usd + usd_per_unit   for the flows the fee speaks of.
    """
    fee = gate.rate * pl.col("price_usd").fill_null(0.0) + gate.usd_per_unit
    return flows.with_columns(fees_usd=pl.col("fees_usd") + pl.when(gate.speaks_of()).then(fee).otherwise(0.0))


def rows(gate: Gate, flows: pl.DataFrame, _grants: pl.DataFrame) -> Rows:
    """No rows: a fee limits nothing."""
    weights = flows.clear().select(pl.lit(gate.id).alias("row"), "flow", pl.lit(0.0).alias("weight"))
    return Rows(gate.id, weights, weights.select("row", pl.lit(0.0).alias("limit")))


def room(gate: Gate, _so_far: pl.DataFrame, _request: pl.DataFrame, _grants: pl.DataFrame) -> Room:
    """As much as anyone pays for."""
    return unlimited(gate)


def sentence(gate: Gate) -> str:
    """The rule as a person would say it."""
    price = f"{units.percent(gate.rate)} of the price" if gate.rate else ""
    flat = f"{units.usd(gate.usd_per_unit)} a unit" if gate.usd_per_unit else ""
    fee = " and ".join(part for part in (price, flat) if part) or "nothing"
    return told(gate, f"Of {deliveries(gate.select)}, each pays {fee}")
