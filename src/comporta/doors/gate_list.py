"""Gates on the screen: each with its tightest limit and its sentence."""

from typing import Any

import polars as pl
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from comporta import units


def show_gates(gates: pl.DataFrame, console: Console) -> None:
    """Every gate once: the row with the least left of it, and the rule in one sentence."""
    if gates.is_empty():
        console.print("No gate stands in the way.")
    for row in tightest(gates).iter_rows(named=True):
        console.print(Text.assemble((row["gate"], "bold"), f" ({row['kind']})", _figures(row)))
        console.print(Padding(Text(row["sentence"]), (0, 0, 0, 2)))


def tightest(gates: pl.DataFrame) -> pl.DataFrame:
    """One row per gate: the one with the smallest part of its limit left."""
    part = pl.when(pl.col("limit") > 0).then(pl.col("left") / pl.col("limit")).otherwise(0.0)
    counted = pl.len().over("gate")
    return (
        gates.with_columns(part=part, rows=counted)
        .sort("gate", "part", "row")
        .unique("gate", keep="first", maintain_order=True)
    )


def _figures(row: dict[str, Any]) -> str:
    """Limit, used and left, where the gate counts anything."""
    if row["limit"] is None:
        return ""
    limit, used, left = (units.of(row[name], row["measure"]) for name in ("limit", "used", "left"))
    which = row["row"].removeprefix(row["gate"])
    of = f", tightest of {row['rows']:,}" if row["rows"] > 1 else ""
    return f"  {which}{of}: {used} used of {limit}, {left} left"
