"""Gates on the screen: each with its tightest limit and what it says."""

import textwrap
from typing import Any

import polars as pl
from rich.console import Console
from rich.text import Text

from comporta import units
from comporta.plan.plan import Plan


def show_gates(plan: Plan, gates: pl.DataFrame, console: Console) -> None:
    """Every gate once: its tightest row, and the rule in the words of the case where it has some."""
    if gates.is_empty():
        console.print("No gate stands in the way.")
        return
    says = {gate.id: f"{gate.says.rstrip('.')} ({gate.citation})." for gate in plan.gates if gate.says}
    for row in tightest(gates).iter_rows(named=True):
        title = Text.assemble((row["gate"], "bold"), f", a {row['kind']}", _figures(row))
        console.print(title, overflow="fold")
        show_indented(says.get(row["gate"], row["sentence"]), console)


def show_indented(text: str, console: Console) -> None:
    """A sentence below a title."""
    width = max(20, console.width - 2)
    for line in textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="  "):
        console.print(Text(line), soft_wrap=True)


def tightest(gates: pl.DataFrame) -> pl.DataFrame:
    """One row per gate: the one with the least part of its limit left; one without a limit above nothing comes last."""
    part = pl.when(pl.col("limit") > 0).then(pl.col("left") / pl.col("limit"))
    return (
        gates.with_columns(part=part, rows=pl.len().over("gate"))
        .sort(["gate", "part", "used", "row"], descending=[False, False, True, False], nulls_last=True)
        .unique("gate", keep="first", maintain_order=True)
    )


def _figures(row: dict[str, Any]) -> str:
    """Limit, used and left, where the gate counts anything."""
    if row["limit"] is None:
        return ""
    which = row["row"].removeprefix(row["gate"]).strip("[]")
    tight = f"{which}, the tightest of {row['rows']:,}; " if row["rows"] > 1 else ""
    used, left = (_plain(row[name], row["measure"]) for name in ("used", "left"))
    return f": {tight}{used} of {units.of(row['limit'], row['measure'])} used, {left} left"


def _plain(amount: float, measure: str) -> str:
    """An amount beside another of the same unit."""
    if round(amount, 6) == 0:
        return "none"
    return units.usd(amount) if units.UNITS.get(measure) == "US$" else units.number(amount)
