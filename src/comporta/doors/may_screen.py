"""Answers to «may it pass?» on the screen."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table
from rich.text import Text

from comporta import units
from comporta.doors.gate_list import show_indented
from comporta.doors.screen import files_said, heading
from comporta.gates.may_words import gate_said, line_said, price_said, untold_said

SHOWN = 20
MET, UNMET = ("met", "green"), ("not met", "bold red")
OWED = {"fee": ("due", "yellow"), "step": ("to be gone through", "yellow")}


def show_answers(lines: pl.DataFrame, gates: pl.DataFrame, written: Sequence[Path], console: Console) -> None:
    """Each line with its gates in sentences; of many lines the first, and how many of each answer there are."""
    shown = gates.filter(pl.col("line") <= SHOWN).partition_by("line", as_dict=True)
    for number, line in enumerate(lines.head(SHOWN).iter_rows(named=True), 1):
        _show_line(line, shown.get((number,), gates.clear()), console)
    if lines.height > 1:
        heading("How many of each answer", console)
        console.print(_counts(lines))
    if lines.height > SHOWN:
        console.print(f"Shown are the first {SHOWN} of {units.counted(lines.height, 'line')}; --out DIR writes all.")
    for sentence in files_said(written):
        console.print(sentence)


def _show_line(line: dict[str, object], gates: pl.DataFrame, console: Console) -> None:
    console.print(Text(line_said(line), style="bold"))
    for sentence in (price_said(line), untold_said(line)):
        if sentence:
            show_indented(sentence, console)
    if gates.is_empty():
        show_indented("No gate speaks of it.", console)
    for gate in gates.sort("met", maintain_order=True).iter_rows(named=True):
        mark = OWED.get(gate["kind"], MET) if gate["met"] else UNMET
        console.print(Text.assemble("  ", (gate["gate"], "bold"), f", a {gate['kind']}: ", mark))
        show_indented(gate_said(gate), console)


def _counts(lines: pl.DataFrame) -> Table:
    """Lines and units by answer and policy of review."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in ("may pass", "policy of review"):
        table.add_column(name)
    for name in ("lines", "units"):
        table.add_column(name, justify="right")
    counted = lines.group_by("may", "policy").agg(lines=pl.len(), units=pl.col("units").sum()).sort("may", "policy")
    for may, policy, many, amount in counted.iter_rows():
        table.add_row(may, policy, units.number(many), units.number(amount))
    return table
